package dev.mainstay.api.http;

import dev.mainstay.core.engine.Allowance;
import dev.mainstay.core.engine.Capability;
import dev.mainstay.core.engine.Engine;
import dev.mainstay.core.engine.Explaining;
import dev.mainstay.core.engine.Rows;
import dev.mainstay.core.engine.Served;
import dev.mainstay.core.engine.Written;
import dev.mainstay.core.plan.Limits;
import dev.mainstay.core.plan.Plan;
import dev.mainstay.core.plan.Planner;
import dev.mainstay.testkit.Catalogs;
import java.time.InstantSource;
import java.util.Random;
import java.util.Set;

/// The engine of a model without tables, which nobody asks.
final class NoEngine implements Engine {
  static Served served() {
    var planner =
        new Planner(
            Catalogs.of("tables: {}"),
            new Limits(null, false),
            InstantSource.system(),
            new Random(1));
    return new Served(planner, new NoEngine());
  }

  @Override
  public Set<Capability> capabilities() {
    return Set.of();
  }

  @Override
  public Rows read(Plan.Read plan, Allowance allowance) {
    throw new AssertionError(plan);
  }

  @Override
  public Written write(Plan.Write plan, Allowance allowance) {
    throw new AssertionError(plan);
  }

  @Override
  public byte[] explain(Plan plan, Explaining how, Allowance allowance) {
    throw new AssertionError(plan);
  }

  @Override
  public Rows call(Plan.Call plan, Allowance allowance) {
    throw new AssertionError(plan);
  }

  @Override
  public <T> T snapshot(Allowance allowance, Work<T> work) {
    throw new AssertionError();
  }

  @Override
  public <T> T unit(Allowance allowance, Work<T> work) {
    throw new AssertionError();
  }

  @Override
  public boolean reachable() {
    return true;
  }

  @Override
  public void close() {}
}
