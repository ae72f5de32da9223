package dev.mainstay.core.engine;

import dev.mainstay.core.plan.Plan;
import java.util.Set;

/// A database that runs plans on one model. Safe for use by many threads; every call blocks until
/// it is done. One database may have several, each for the requests that began with its model.
///
/// Refusals come as [dev.mainstay.core.problem.ProblemException]: a broken constraint, a policy
/// violated by a new row, a time-out, a database that is away. A plan that the tables no longer fit
/// changes nothing: [dev.mainstay.core.problem.Problem.Outdated], or the database's own refusal of
/// a statement (SQLSTATE class 42).
public interface Engine extends AutoCloseable {
  Set<Capability> capabilities();

  /// Reads in one statement and one snapshot.
  Rows read(Plan.Read plan, Allowance allowance);

  /// Writes in one transaction, which is durable when this returns, or changes nothing when it
  /// throws.
  Written write(Plan.Write plan, Allowance allowance);

  /// How the plan would be carried out, as the database tells it: UTF-8, every line ended. A write
  /// is not carried out for it.
  ///
  /// @throws dev.mainstay.core.problem.ProblemException also for an option the engine does not have
  byte[] explain(Plan plan, Explaining how, Allowance allowance);

  /// Runs a function: in one snapshot and kept from writing, or as a write. A function that reads a
  /// set is one statement, with whatever is embedded in its rows.
  ///
  /// @return its rows as JSON objects, or its values as JSON; none for a function that returns
  ///   nothing, or whose row or value is not there
  Rows call(Plan.Call plan, Allowance allowance);

  /// Runs several plans as one transaction that reads the rows of one moment; none may write.
  <T> T snapshot(Allowance allowance, Work<T> work);

  /// Runs several plans as one transaction. `work` may be run again after a serialisation failure
  /// or a deadlock, so it does no I/O of its own; what it throws undoes everything.
  <T> T unit(Allowance allowance, Work<T> work);

  /// Whether the database answers, for readiness.
  boolean reachable();

  /// Closes the database, for every engine it has.
  @Override
  void close();

  @FunctionalInterface
  interface Work<T> {
    T in(Unit unit);
  }

  /// A transaction under way.
  interface Unit {
    Rows read(Plan.Read plan);

    Written write(Plan.Write plan);

    Rows call(Plan.Call plan);
  }
}
