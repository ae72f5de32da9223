package dev.mainstay.core.migration;

import org.jspecify.annotations.Nullable;

/// Whose SQL a file is in, which decides where its statements end.
enum Grammar {
  SQLITE("sqlite"),
  POSTGRES("postgres");

  private final String engine;

  Grammar(String engine) {
    this.engine = engine;
  }

  /// The name of the engine, as a model and a file name call it.
  String engine() {
    return engine;
  }

  /// That of an engine, or null when there is no such engine.
  static @Nullable Grammar of(String engine) {
    for (Grammar grammar : values()) if (grammar.engine.equals(engine)) return grammar;
    return null;
  }
}
