package dev.mainstay.services.writes;

import dev.mainstay.core.engine.Allowance;
import dev.mainstay.core.engine.ByteBudget;
import dev.mainstay.core.engine.Served;
import dev.mainstay.core.model.TableName;
import dev.mainstay.core.observe.Observer;
import dev.mainstay.core.plan.Caller;
import dev.mainstay.core.plan.Plan;
import dev.mainstay.core.query.Asked;
import dev.mainstay.core.query.Asked.Cell;
import dev.mainstay.core.query.Operator;
import dev.mainstay.core.query.Quantifier;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Stops and starts the writes of a database: the only row of its table `mainstay.stops`. What it
/// says is remembered for [#TRUSTED], so every server on the database has noticed by then.
public final class WriteSwitch {
  /// How long what was found is taken for what it was.
  public static final Duration TRUSTED = Duration.ofSeconds(1);

  /// Its table.
  public static final TableName TABLE = new TableName("mainstay", "stops");

  private static final String WRITES = "writes";
  private static final Caller INSIDE = new Caller.Inside();
  private static final Duration TIMEOUT = Duration.ofSeconds(8);
  private static final int LARGEST = 1 << 16;

  private final LongSupplier nanos;
  private final ByteBudget budget = new ByteBudget(LARGEST);
  private final ReentrantLock looking = new ReentrantLock();
  private volatile @Nullable Look last;

  /// @param at in nanoseconds of the clock
  private record Look(@Nullable Stopped found, long at) {}

  /// @param nanos a clock that only goes on
  public WriteSwitch(LongSupplier nanos) {
    this.nanos = nanos;
  }

  /// What was found lately.
  ///
  /// @param served whose engine refuses nothing
  @Nullable Stopped recent(Served served) {
    Look look = last;
    if (look != null && isRecent(look)) return look.found();
    looking.lock();
    try {
      Look others = last;
      return others != null && isRecent(others) ? others.found() : look(served);
    } finally {
      looking.unlock();
    }
  }

  private boolean isRecent(Look look) {
    return nanos.getAsLong() - look.at() < TRUSTED.toNanos();
  }

  /// What is the case now, or null when everybody may write.
  public @Nullable Stopped look(Served served) {
    long now = nanos.getAsLong();
    var everything =
        new Asked.Rows(List.of(new Asked.Item.Star()), List.of(writes()), List.of(), null, null);
    try (ByteBudget.Lease lease = budget.lease()) {
      List<byte[]> rows =
          served
              .engine()
              .read(
                  served
                      .planner()
                      .read(new Asked.Read(TABLE, everything, Asked.Count.NONE), INSIDE),
                  new Allowance(TIMEOUT, lease, Observer.NOBODY))
              .rows();
      Stopped found = rows.isEmpty() ? null : stopped(rows.getFirst());
      last = new Look(found, now);
      return found;
    }
  }

  /// Lets nobody write from now on, or changes why.
  ///
  /// @param move null when it is for none
  public void stop(Served served, String reason, Stopped.@Nullable Move move) {
    List<String> columns = new ArrayList<>(List.of("what", "reason", "done"));
    boolean isDone = move != null && move.isDone();
    List<Cell> cells =
        new ArrayList<>(
            List.of(new Cell.Text(WRITES), new Cell.Text(reason), new Cell.Text("" + isDone)));
    columns.addAll(List.of("move", "target"));
    cells.add(move == null ? new Cell.Null() : new Cell.Text(move.id()));
    cells.add(move == null ? new Cell.Null() : new Cell.Text(move.target()));
    var byKey = new Asked.Conflict(List.of(), /* merge= */ true);
    write(
        served,
        served
            .planner()
            .insert(new Asked.Insert(TABLE, columns, List.of(cells), byKey, null), INSIDE));
  }

  /// Lets everybody write again.
  public void start(Served served) {
    write(
        served,
        served
            .planner()
            .delete(
                new Asked.Delete(TABLE, List.of(writes()), null), Plan.Expectation.ANY, INSIDE));
  }

  private void write(Served served, Plan.Write plan) {
    try (ByteBudget.Lease lease = budget.lease()) {
      served.engine().write(plan, new Allowance(TIMEOUT, lease, Observer.NOBODY));
    }
    last = null;
  }

  private static Asked.Condition writes() {
    return new Asked.Condition.Compare(
        Asked.Field.of("what"), Operator.EQ, Quantifier.ONE, List.of(WRITES));
  }

  private static Stopped stopped(byte[] row) {
    JsonNode json = JsonMapper.shared().readTree(row);
    JsonNode move = json.get("move");
    return new Stopped(
        json.get("since").asString(),
        json.get("reason").asString(),
        move == null || move.isNull()
            ? null
            : new Stopped.Move(
                move.asString(), json.get("target").asString(), json.get("done").asBoolean()));
  }
}
