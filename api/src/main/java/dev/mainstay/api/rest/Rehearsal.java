package dev.mainstay.api.rest;

import dev.mainstay.core.engine.Allowance;
import dev.mainstay.core.engine.Engine;
import dev.mainstay.core.engine.Written;
import dev.mainstay.core.plan.Plan;

/// A write that is done, answered and undone, as `tx=rollback` asks for.
final class Rehearsal {
  private Rehearsal() {}

  static Written write(Engine engine, Plan.Write plan, Allowance allowance) {
    try {
      return engine.unit(
          allowance,
          unit -> {
            throw new Done(unit.write(plan));
          });
    } catch (Done done) {
      return done.written;
    }
  }

  /// Ends the unit of work, which undoes it, and carries out what it did.
  private static final class Done extends RuntimeException {
    private final transient Written written;

    Done(Written written) {
      super(null, null, false, false);
      this.written = written;
    }
  }
}
