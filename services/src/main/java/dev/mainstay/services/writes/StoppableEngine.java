package dev.mainstay.services.writes;

import dev.mainstay.core.engine.Allowance;
import dev.mainstay.core.engine.Capability;
import dev.mainstay.core.engine.Engine;
import dev.mainstay.core.engine.Explaining;
import dev.mainstay.core.engine.Rows;
import dev.mainstay.core.engine.Served;
import dev.mainstay.core.engine.Written;
import dev.mainstay.core.plan.Plan;
import dev.mainstay.core.plan.Planner;
import dev.mainstay.core.problem.Problem;
import dev.mainstay.core.problem.ProblemException;
import java.util.Set;

/// An engine that writes nothing while its database says so. It answers reads all the same.
public final class StoppableEngine implements Engine {
  /// A stop is made for minutes.
  private static final int RETRY_AFTER_SECONDS = 30;

  private final Served served;
  private final WriteSwitch writes;

  private StoppableEngine(Served served, WriteSwitch writes) {
    this.served = served;
    this.writes = writes;
  }

  /// The same planner, with an engine over the given one.
  public static Served over(Planner planner, Engine engine, WriteSwitch writes) {
    return new Served(planner, new StoppableEngine(new Served(planner, engine), writes));
  }

  private Engine engine() {
    return served.engine();
  }

  private void requireAllowed() {
    Stopped stopped = writes.recent(served);
    if (stopped != null)
      throw new ProblemException(new Problem.Unavailable(stopped.reason(), RETRY_AFTER_SECONDS));
  }

  @Override
  public Set<Capability> capabilities() {
    return engine().capabilities();
  }

  @Override
  public Rows read(Plan.Read plan, Allowance allowance) {
    return engine().read(plan, allowance);
  }

  @Override
  public Written write(Plan.Write plan, Allowance allowance) {
    requireAllowed();
    return engine().write(plan, allowance);
  }

  @Override
  public byte[] explain(Plan plan, Explaining how, Allowance allowance) {
    return engine().explain(plan, how, allowance);
  }

  @Override
  public Rows call(Plan.Call plan, Allowance allowance) {
    if (plan.shape().writes()) requireAllowed();
    return engine().call(plan, allowance);
  }

  @Override
  public <T> T snapshot(Allowance allowance, Work<T> work) {
    return engine().snapshot(allowance, work);
  }

  @Override
  public <T> T unit(Allowance allowance, Work<T> work) {
    requireAllowed();
    return engine().unit(allowance, work);
  }

  @Override
  public boolean reachable() {
    return engine().reachable();
  }

  @Override
  public void close() {
    engine().close();
  }
}
