package dev.mainstay.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.mainstay.core.engine.Allowance;
import dev.mainstay.core.engine.ByteBudget;
import dev.mainstay.core.engine.Engine;
import dev.mainstay.core.engine.Rows;
import dev.mainstay.core.observe.Observer;
import dev.mainstay.core.plan.Caller;
import dev.mainstay.core.plan.Catalog;
import dev.mainstay.core.plan.Limits;
import dev.mainstay.core.plan.Plan;
import dev.mainstay.core.plan.Planner;
import dev.mainstay.core.problem.Problem;
import dev.mainstay.core.problem.ProblemException;
import dev.mainstay.core.query.Asked;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;

/// A model served by an engine under test: what a test asks goes through the planner, as every
/// request does.
///
/// Rows come and go as JSON text. Closing it fails when a connection or a byte of the budget was
/// not given back.
public final class Backend implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Limits NO_LIMITS = new Limits(null, true);

  private final EngineUnderTest.Database database;
  private final Planner planner;
  private final ByteBudget budget = new ByteBudget(64L << 20);

  private Backend(EngineUnderTest.Database database, Planner planner) {
    this.database = database;
    this.planner = planner;
  }

  /// A fresh database for the model of this `backend.yaml`.
  public static Backend open(EngineUnderTest engine, String yaml) {
    return open(engine, yaml, NO_LIMITS);
  }

  public static Backend open(EngineUnderTest engine, String yaml, Limits limits) {
    return open(engine, Catalogs.of(yaml), limits);
  }

  /// A fresh database for a model with rules of its own.
  public static Backend open(EngineUnderTest engine, Catalog catalog) {
    return open(engine, catalog, NO_LIMITS);
  }

  private static Backend open(EngineUnderTest engine, Catalog catalog, Limits limits) {
    Planner planner = new Planner(catalog, limits, InstantSource.system(), new Random(1));
    return new Backend(engine.open(catalog), planner);
  }

  public Engine engine() {
    return database.engine();
  }

  public Planner planner() {
    return planner;
  }

  public ByteBudget budget() {
    return budget;
  }

  // ── asking ──

  /// The rows as one JSON array.
  public String read(Caller caller, Asked.Read asked) {
    return array(rows(caller, asked).rows());
  }

  public Rows rows(Caller caller, Asked.Read asked) {
    return read(caller, asked, Observer.NOBODY);
  }

  public Rows read(Caller caller, Asked.Read asked, Observer observer) {
    try (ByteBudget.Lease lease = budget.lease()) {
      return engine().read(planner.read(asked, caller), new Allowance(PATIENCE, lease, observer));
    }
  }

  public Rows read(Plan.Read plan) {
    try (ByteBudget.Lease lease = budget.lease()) {
      return engine().read(plan, new Allowance(PATIENCE, lease, Observer.NOBODY));
    }
  }

  /// Calls a function with the arguments of a JSON object: its rows or values.
  public List<String> call(Caller caller, String function, String arguments, Ask result) {
    return call(
            caller,
            NewRows.call(function, arguments, result, Asked.Count.NONE),
            Plan.Expectation.ANY,
            Observer.NOBODY)
        .rows()
        .stream()
        .map(row -> new String(row, UTF_8))
        .toList();
  }

  public Rows call(Caller caller, Asked.Call asked, Plan.Expectation expected, Observer observer) {
    try (ByteBudget.Lease lease = budget.lease()) {
      return engine()
          .call(planner.call(asked, expected, caller), new Allowance(PATIENCE, lease, observer));
    }
  }

  public Rows call(Plan.Call plan) {
    try (ByteBudget.Lease lease = budget.lease()) {
      return engine().call(plan, new Allowance(PATIENCE, lease, Observer.NOBODY));
    }
  }

  /// Runs several plans as one transaction that cannot write.
  public <T> T snapshot(Engine.Work<T> work) {
    try (ByteBudget.Lease lease = budget.lease()) {
      return engine().snapshot(new Allowance(PATIENCE, lease, Observer.NOBODY), work);
    }
  }

  /// Inserts an object or an array of objects.
  public Wrote insert(Caller caller, String table, String json) {
    return insert(caller, table, json, null);
  }

  public Wrote insert(Caller caller, String table, String json, @Nullable Ask returning) {
    return write(planner.insert(NewRows.insert(table, json, returning), caller));
  }

  /// Inserts, or overwrites what has the same values in `target`; an empty target is the primary
  /// key.
  public Wrote merge(
      Caller caller, String table, List<String> target, String json, @Nullable Ask returning) {
    return upsert(caller, table, new Asked.Conflict(target, true), json, returning);
  }

  /// Inserts, or leaves what has the same values in `target`.
  public Wrote insertNew(
      Caller caller, String table, List<String> target, String json, @Nullable Ask returning) {
    return upsert(caller, table, new Asked.Conflict(target, false), json, returning);
  }

  private Wrote upsert(
      Caller caller, String table, Asked.Conflict conflict, String json, @Nullable Ask returning) {
    Asked.Insert plain = NewRows.insert(table, json, returning);
    return write(
        planner.insert(
            new Asked.Insert(
                plain.into(), plain.columns(), plain.rows(), conflict, plain.returning()),
            caller));
  }

  /// Sets what the object says on the rows that match.
  public Wrote update(Caller caller, String table, String json, Asked.Condition... where) {
    return update(caller, table, json, Plan.Expectation.ANY, null, where);
  }

  public Wrote update(
      Caller caller,
      String table,
      String json,
      Plan.Expectation expected,
      @Nullable Ask returning,
      Asked.Condition... where) {
    Asked.Update asked = NewRows.update(table, json, List.of(where), returning);
    return write(planner.update(asked, expected, caller));
  }

  public Wrote delete(Caller caller, String table, Asked.Condition... where) {
    return delete(caller, table, Plan.Expectation.ANY, null, where);
  }

  public Wrote delete(
      Caller caller,
      String table,
      Plan.Expectation expected,
      @Nullable Ask returning,
      Asked.Condition... where) {
    Asked.Delete asked =
        new Asked.Delete(
            Ask.table(table), List.of(where), returning == null ? null : returning.rows());
    return write(planner.delete(asked, expected, caller));
  }

  public Wrote write(Plan.Write plan) {
    try (ByteBudget.Lease lease = budget.lease()) {
      return Wrote.of(engine().write(plan, new Allowance(PATIENCE, lease, Observer.NOBODY)));
    }
  }

  /// Runs several plans as one transaction.
  public <T> T unit(Engine.Work<T> work) {
    try (ByteBudget.Lease lease = budget.lease()) {
      return engine().unit(new Allowance(PATIENCE, lease, Observer.NOBODY), work);
    }
  }

  /// First rows, past every policy.
  public Backend seed(String table, String json) {
    insert(Callers.INSIDE, table, json);
    return this;
  }

  /// Everything a table holds, by its key.
  public String stored(String table, String... columns) {
    Ask ask = columns.length == 0 ? Ask.everything() : Ask.of(columns);
    List<Asked.Ordering> order = new ArrayList<>();
    for (String key :
        Objects.requireNonNull(planner.catalog().table(Ask.table(table))).primaryKey())
      order.add(Ask.asc(key));
    return read(Callers.INSIDE, ask.order(order.toArray(Asked.Ordering[]::new)).from(table));
  }

  /// Why the call is refused.
  public static Problem refusal(ThrowingCallable call) {
    try {
      call.call();
    } catch (ProblemException refused) {
      return refused.problem();
    } catch (Throwable other) {
      throw new AssertionError("a problem was expected", other);
    }
    throw new AssertionError("a problem was expected, and there was none");
  }

  @Override
  public void close() {
    try {
      int inUse = database.connectionsInUse();
      if (inUse != 0) throw new AssertionError(inUse + " connections were not given back");
      if (budget.held() != 0)
        throw new AssertionError(budget.held() + " bytes of the budget were not given back");
    } finally {
      database.close();
    }
  }

  static String array(List<byte[]> rows) {
    StringBuilder text = new StringBuilder("[");
    for (byte[] row : rows) {
      if (text.length() > 1) text.append(',');
      text.append(new String(row, UTF_8));
    }
    return text.append(']').toString();
  }
}
