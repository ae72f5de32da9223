package dev.mainstay.app;

import dev.mainstay.core.engine.Allowance;
import dev.mainstay.core.engine.Capability;
import dev.mainstay.core.engine.Engine;
import dev.mainstay.core.engine.Explaining;
import dev.mainstay.core.engine.Rows;
import dev.mainstay.core.engine.Written;
import dev.mainstay.core.plan.Plan;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// An engine whose writes are answered and then undone, so that each request finds the same rows.
record Undone(Engine engine) implements Engine {
  private static final class Undo extends RuntimeException {
    Undo() {
      super(null, null, false, false);
    }
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
    return undone(allowance, unit -> unit.write(plan));
  }

  @Override
  public Rows call(Plan.Call plan, Allowance allowance) {
    return undone(allowance, unit -> unit.call(plan));
  }

  private <T> T undone(Allowance allowance, Work<T> work) {
    List<T> results = new ArrayList<>(1);
    try {
      engine.unit(
          allowance,
          unit -> {
            results.add(work.in(unit));
            throw new Undo();
          });
    } catch (Undo undone) {
      return results.getLast();
    }
    throw new AssertionError("the unit was to be undone");
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
  public <T> T unit(Allowance allowance, Work<T> work) {
    return engine.unit(allowance, work);
  }

  @Override
  public boolean reachable() {
    return engine.reachable();
  }

  @Override
  public void close() {}
}
