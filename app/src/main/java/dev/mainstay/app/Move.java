package dev.mainstay.app;

import dev.mainstay.core.engine.Served;
import dev.mainstay.core.migration.SqlMigration;
import dev.mainstay.core.model.Column;
import dev.mainstay.core.model.Fill;
import dev.mainstay.core.model.Table;
import dev.mainstay.core.model.TableName;
import dev.mainstay.core.problem.ProblemText;
import dev.mainstay.core.query.Value;
import dev.mainstay.core.query.ValueText;
import dev.mainstay.services.rows.Departure;
import dev.mainstay.services.rows.Progress;
import dev.mainstay.services.rows.Tally;
import dev.mainstay.services.writes.WriteSwitch;
import dev.mainstay.sql.Arrival;
import dev.mainstay.sql.Installation;
import dev.mainstay.sql.Ledgers;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// A move of a database to another one, while nobody writes: tables, rows, what is made after them,
/// and a comparison of both. It goes on from wherever it was cut short.
final class Move {
  /// What each database says of itself only.
  private static final Set<TableName> OWN =
      Set.of(WriteSwitch.TABLE, new TableName("mainstay", "moves"));

  private final Backend backend;
  private final Store from;
  private final Store to;
  private final Served source;
  private final Arrival arrival;
  private final List<SqlMigration> files;
  private final Function<String, Progress> progress;

  /// @param backend the model that the database has
  /// @param source what serves the database that is moved
  /// @param files the migrations beside the model for its engine
  /// @param progress who is told, by what is under way
  Move(
      Backend backend,
      Store from,
      Store to,
      Served source,
      Arrival arrival,
      List<SqlMigration> files,
      Function<String, Progress> progress) {
    this.backend = backend;
    this.from = from;
    this.to = to;
    this.source = source;
    this.arrival = arrival;
    this.files = List.copyOf(files);
    this.progress = progress;
  }

  /// What a table holds here and there.
  record Compared(Table table, Tally here, Tally there, @Nullable String difference) {
    boolean isSame() {
      return here.equals(there);
    }
  }

  /// The tables that are moved.
  static List<Table> tables(Backend backend) {
    return backend.whole().tables().stream()
        .filter(table -> !table.isView() && !OWN.contains(table.name()))
        .toList();
  }

  /// Moves everything but the ledger of models, and compares. Nobody can serve the other database
  /// yet.
  ///
  /// @throws Sorry when a row cannot be kept there
  List<Compared> run() {
    Arrival.Reached reached = arrival.reached();
    if (!reached.isMade()) {
      arrival.begin();
      arrival.make();
    }
    if (!reached.isFinished()) {
      rows(reached);
      arrival.finish(numbers(), ledgers(), files);
    }
    return compare();
  }

  /// Lets the other database be served.
  void arrive() {
    arrival.arrive(ledgers());
  }

  private Ledgers ledgers() {
    try (Installation transaction = from.migratable().get().look()) {
      return Ledgers.of(transaction, from.dialect());
    }
  }

  private Map<TableName, Map<String, Long>> numbers() {
    Map<TableName, Map<String, Long>> numbers = new LinkedHashMap<>();
    try (Installation transaction = from.migratable().get().look()) {
      for (Table table : tables(backend))
        for (Column column : table.columns())
          if (column.fill() instanceof Fill.Identity) {
            Long last = transaction.lastNumber(table.name(), column.name());
            if (last != null) numbers.put(table.name(), Map.of(column.name(), last));
          }
    }
    return numbers;
  }

  /// How many rows there are to move.
  long total() {
    long total = 0;
    try (Installation transaction = from.migratable().get().look()) {
      for (Table table : tables(backend))
        total += Arrival.rows(transaction, from.dialect(), table.name());
    }
    return total;
  }

  // ── rows ──

  private void rows(Arrival.Reached reached) {
    Departure departure = Wiring.departure(source);
    Progress told = progress.apply("copying");
    long before = 0;
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Table table : tables(backend)) {
        Arrival.Rows rows = reached.tables().getOrDefault(table.name(), Arrival.Rows.NONE);
        told.at(before + rows.number(), before + rows.number());
        if (!rows.isWhole()) rows = rows(table, rows, departure, told, before, threads);
        before += rows.number();
      }
    }
  }

  /// The next rows are read while those before them are written.
  private Arrival.Rows rows(
      Table table,
      Arrival.Rows begin,
      Departure departure,
      Progress told,
      long before,
      ExecutorService threads) {
    Arrival.Rows rows = begin;
    List<Column> columns = Departure.columns(table);
    try (Departure.Taking taking = departure.take(table, begin.last())) {
      Departure.Batch batch = taking.next();
      while (batch != null) {
        Future<Departure.@Nullable Batch> next = threads.submit(taking::next);
        try {
          rows = new Arrival.Rows(rows.number() + batch.rows().size(), batch.last(), false);
          take(table, columns, batch.rows(), rows);
        } finally {
          batch = await(next);
        }
        told.at(before + rows.number(), before + rows.number());
      }
    }
    Arrival.Rows whole = new Arrival.Rows(rows.number(), rows.last(), true);
    take(table, columns, List.of(), whole);
    return whole;
  }

  private void take(Table table, List<Column> columns, List<List<Value>> rows, Arrival.Rows now) {
    try {
      arrival.take(table, columns, rows, now);
    } catch (Installation.RowRefused e) {
      throw new Sorry(
          "%s cannot keep the row %s of '%s': %s"
              .formatted(
                  to.shown(),
                  key(table, columns, rows.get(e.row())),
                  table.name().title(),
                  ProblemText.of(e.problem())));
    }
  }

  private static String key(Table table, List<Column> columns, List<Value> row) {
    List<String> key = new ArrayList<>();
    for (int i = 0; i < columns.size(); i++)
      if (table.primaryKey().contains(columns.get(i).name()))
        key.add(columns.get(i).name() + " " + ValueText.text(columns.get(i).type(), row.get(i)));
    return String.join(", ", key);
  }

  // ── comparison ──

  /// Adds up what both hold, at the same time.
  private List<Compared> compare() {
    List<Table> tables = tables(backend);
    Departure here = Wiring.departure(source);
    Departure there = Wiring.departure(new Served(source.planner(), to.serve(backend.whole())));
    Map<TableName, Tally> ours;
    Map<TableName, Tally> theirs;
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<Map<TableName, Tally>> other =
          threads.submit(() -> there.tallies(tables, Progress.NOBODY));
      try {
        ours = here.tallies(tables, progress.apply("comparing"));
      } finally {
        theirs = await(other);
      }
    }
    List<Compared> compared = new ArrayList<>();
    for (Table table : tables) {
      Tally one = Objects.requireNonNull(ours.get(table.name()));
      Tally another = Objects.requireNonNull(theirs.get(table.name()));
      compared.add(
          new Compared(
              table, one, another, one.equals(another) ? null : here.difference(table, there)));
    }
    return compared;
  }

  private static <T extends @Nullable Object> T await(Future<T> future) {
    boolean interrupted = false;
    while (true)
      try {
        T result = future.get();
        if (interrupted) Thread.currentThread().interrupt();
        return result;
      } catch (InterruptedException e) {
        interrupted = true;
      } catch (ExecutionException e) {
        if (e.getCause() instanceof RuntimeException thrown) throw thrown;
        throw new IllegalStateException(e.getCause());
      }
  }
}
