package dev.mainstay.testkit;

import dev.mainstay.core.engine.Engine;
import dev.mainstay.core.plan.Catalog;

/// A kind of engine that the conformance suite can open databases on.
public interface EngineUnderTest {
  /// The name under which a model keeps text for this engine: `sqlite`, `postgres`.
  String name();

  /// A database of its own with the catalog's tables, empty.
  Database open(Catalog catalog);

  /// A database opened for one test or one suite.
  interface Database extends AutoCloseable {
    Engine engine();

    /// How many connections are lent out at this moment.
    int connectionsInUse();

    /// Closes the engine and throws its data away.
    @Override
    void close();
  }
}
