package dev.mainstay.api.rest;

import dev.mainstay.core.engine.Allowance;
import dev.mainstay.core.engine.Engine;
import java.util.ArrayList;
import java.util.List;

/// Work that is done, answered and undone, as `tx=rollback` asks for.
final class Rehearsal {
  private Rehearsal() {}

  static <T> T of(Engine engine, Allowance allowance, Engine.Work<T> work) {
    // One for each time that the work was begun.
    List<T> results = new ArrayList<>(1);
    try {
      return engine.unit(
          allowance,
          unit -> {
            results.add(work.in(unit));
            throw new Done();
          });
    } catch (Done done) {
      return results.getLast();
    }
  }

  /// Ends the unit of work, which undoes it.
  private static final class Done extends RuntimeException {
    Done() {
      super(null, null, false, false);
    }
  }
}
