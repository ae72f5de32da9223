package dev.mainstay.testkit.conformance;

import dev.mainstay.testkit.EngineUnderTest;
import org.junit.jupiter.api.TestInstance;

/// A part of the conformance suite. One instance serves all of its tests, so that they can share a
/// database.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class Suite {
  protected abstract EngineUnderTest engine();
}
