package dev.mainstay.app;

import dev.mainstay.core.engine.Allowance;
import dev.mainstay.core.engine.Capability;
import dev.mainstay.core.engine.Engine;
import dev.mainstay.core.engine.Explaining;
import dev.mainstay.core.engine.Rows;
import dev.mainstay.core.engine.Written;
import dev.mainstay.core.plan.Plan;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

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
    @Nullable Written[] written = new Written[1];
    try {
      engine.unit(
          allowance,
          unit -> {
            written[0] = unit.write(plan);
            throw new Undo();
          });
    } catch (Undo undone) {
      return Objects.requireNonNull(written[0]);
    }
    throw new AssertionError("the unit was to be undone");
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
