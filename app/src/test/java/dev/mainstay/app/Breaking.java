package dev.mainstay.app;

import dev.mainstay.core.engine.Allowance;
import dev.mainstay.core.engine.Capability;
import dev.mainstay.core.engine.Engine;
import dev.mainstay.core.engine.Explaining;
import dev.mainstay.core.engine.Rows;
import dev.mainstay.core.engine.Written;
import dev.mainstay.core.plan.Plan;
import java.util.Set;

/// An engine under somebody who is killed at a certain step: before one of the writes of a unit, or
/// behind a commit of which nobody hears any more.
final class Breaking implements Engine {
  private final Engine engine;
  private int steps;

  /// What the killed one does not live to see.
  static final class Killed extends RuntimeException {
    Killed() {
      super(null, null, false, false);
    }
  }

  /// @param steps how many are lived through
  Breaking(Engine engine, int steps) {
    this.engine = engine;
    this.steps = steps;
  }

  void step() {
    if (steps-- == 0) throw new Killed();
  }

  @Override
  public <T> T unit(Allowance allowance, Work<T> work) {
    T result =
        engine.unit(
            allowance,
            unit ->
                work.in(
                    new Unit() {
                      @Override
                      public Rows read(Plan.Read plan) {
                        return unit.read(plan);
                      }

                      @Override
                      public Written write(Plan.Write plan) {
                        step();
                        return unit.write(plan);
                      }

                      @Override
                      public Rows call(Plan.Call plan) {
                        return unit.call(plan);
                      }
                    }));
    step();
    return result;
  }

  @Override
  public Set<Capability> capabilities() {
    return engine.capabilities();
  }

  @Override
  public Rows read(Plan.Read plan, Allowance allowance) {
    return engine.read(plan, allowance);
  }

  @Override
  public Written write(Plan.Write plan, Allowance allowance) {
    step();
    return engine.write(plan, allowance);
  }

  @Override
  public Rows call(Plan.Call plan, Allowance allowance) {
    return engine.call(plan, allowance);
  }

  @Override
  public <T> T snapshot(Allowance allowance, Work<T> work) {
    return engine.snapshot(allowance, work);
  }

  @Override
  public byte[] explain(Plan plan, Explaining how, Allowance allowance) {
    return engine.explain(plan, how, allowance);
  }

  @Override
  public boolean reachable() {
    return engine.reachable();
  }

  @Override
  public void close() {}
}
