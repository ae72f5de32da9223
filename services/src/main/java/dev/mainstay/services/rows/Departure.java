package dev.mainstay.services.rows;

import dev.mainstay.core.engine.Allowance;
import dev.mainstay.core.engine.ByteBudget;
import dev.mainstay.core.engine.Engine;
import dev.mainstay.core.model.Column;
import dev.mainstay.core.model.ColumnType;
import dev.mainstay.core.model.Fill;
import dev.mainstay.core.model.Table;
import dev.mainstay.core.model.TableName;
import dev.mainstay.core.observe.Observer;
import dev.mainstay.core.plan.Planner;
import dev.mainstay.core.problem.ProblemException;
import dev.mainstay.core.problem.ProblemText;
import dev.mainstay.core.query.Asked;
import dev.mainstay.core.query.Value;
import dev.mainstay.core.query.ValueReader;
import dev.mainstay.core.read.RowReader.Format;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Takes the rows of a database for another one, and tells whether both hold the same. Rows are
/// read as they are answered to callers, past every policy; nobody may write meanwhile.
///
/// What is computed of other columns is left out: the other database computes it itself.
public final class Departure {
  private static final Duration PATIENCE = Duration.ofDays(7);

  private final Planner planner;
  private final Engine engine;
  private final ByteBudget budget;

  /// @param planner without a limit of rows
  /// @param budget what a page of rows may have at most
  public Departure(Planner planner, Engine engine, ByteBudget budget) {
    this.planner = planner;
    this.engine = engine;
    this.budget = budget;
  }

  /// Some rows that follow each other.
  ///
  /// @param rows with a value for each of the [#columns]
  /// @param last the key of the last of them, as text
  public record Batch(List<List<Value>> rows, List<String> last) {
    public Batch {
      rows = List.copyOf(rows);
      last = List.copyOf(last);
    }
  }

  /// The columns that the rows have values for.
  public static List<Column> columns(Table table) {
    return table.columns().stream()
        .filter(column -> !(column.fill() instanceof Fill.Generated))
        .toList();
  }

  /// All rows of a table in the order of its key.
  ///
  /// @param after the key of the row behind which to begin; empty for the first one
  public Taking take(Table table, List<String> after) {
    return new Taking(table, after);
  }

  /// The rows of one table on their way.
  public final class Taking implements AutoCloseable {
    private final Table table;
    private final List<Column> read;
    private final ByteBudget.Lease lease = budget.lease();
    private final Pages pages;

    private Taking(Table table, List<String> after) {
      this.table = table;
      this.read = Exporter.columns(table);
      this.pages = new Pages(planner, table, items(read), List.of(), after, lease);
    }

    /// The next rows, or null behind the last.
    public @Nullable Batch next() {
      List<byte[]> rows = page();
      if (rows.isEmpty()) return null;
      List<List<Value>> values = new ArrayList<>(rows.size());
      for (byte[] row : rows) values.add(values(row));
      return new Batch(values, pages.last());
    }

    private List<byte[]> page() {
      return engine.snapshot(new Allowance(PATIENCE, lease, Observer.NOBODY), pages::next);
    }

    private List<Value> values(byte[] row) {
      List<Asked.Cell> cells = Cells.of(row, read.size());
      List<Value> values = new ArrayList<>(read.size());
      for (int i = 0; i < read.size(); i++) {
        Column column = read.get(i);
        if (!(column.fill() instanceof Fill.Generated))
          values.add(value(column, cells.get(i), row));
      }
      return values;
    }

    private Value value(Column column, Asked.Cell cell, byte[] row) {
      try {
        return Objects.requireNonNull(ValueReader.fromCell(column.type(), cell));
      } catch (ProblemException e) {
        throw new NotMoved(
            "%s of the row %s of '%s' cannot be moved: %s"
                .formatted(
                    column.name(),
                    shown(table, row),
                    table.name().title(),
                    ProblemText.of(e.problem())));
      }
    }

    @Override
    public void close() {
      lease.close();
    }
  }

  /// Adds up the rows of tables as they are at one moment.
  public Map<TableName, Tally> tallies(List<Table> tables, Progress progress) {
    try (ByteBudget.Lease lease = budget.lease()) {
      return engine.snapshot(
          new Allowance(PATIENCE, lease, Observer.NOBODY),
          unit -> {
            Map<TableName, Tally> tallies = new LinkedHashMap<>();
            long rows = 0;
            for (Table table : tables) {
              Tally.Counter counter = counter(table);
              Pages pages =
                  new Pages(planner, table, items(Exporter.columns(table)), List.of(), lease);
              for (List<byte[]> page = pages.next(unit); !page.isEmpty(); page = pages.next(unit)) {
                page.forEach(counter::add);
                rows += page.size();
                progress.at(rows, rows);
              }
              tallies.put(table.name(), counter.end());
            }
            return tallies;
          });
    }
  }

  /// The first row, in the order of the key, that is another one in the other database: its key; or
  /// null when there is none.
  public @Nullable String difference(Table table, Departure other) {
    Tally.Counter counter = counter(table);
    try (Taking here = take(table, List.of());
        Taking there = other.take(table, List.of())) {
      List<byte[]> ours = List.of();
      List<byte[]> theirs = List.of();
      while (true) {
        if (ours.isEmpty()) ours = here.page();
        if (theirs.isEmpty()) theirs = there.page();
        if (ours.isEmpty() && theirs.isEmpty()) return null;
        if (ours.isEmpty()) return shown(table, theirs.getFirst());
        int both = Math.min(ours.size(), theirs.size());
        for (int i = 0; i < both; i++)
          if (!Arrays.equals(counter.form(ours.get(i)), counter.form(theirs.get(i))))
            return shown(table, ours.get(i));
        if (both == 0) return shown(table, ours.getFirst());
        ours = ours.subList(both, ours.size());
        theirs = theirs.subList(both, theirs.size());
      }
    }
  }

  private static List<Asked.Item> items(List<Column> columns) {
    return columns.stream().map(column -> RowWriter.item(Format.CSV, column)).toList();
  }

  private static Tally.Counter counter(Table table) {
    List<Column> columns = Exporter.columns(table);
    boolean isSpaced =
        columns.stream()
            .anyMatch(column -> column.type() instanceof ColumnType.ArrayOf(ColumnType.Json _));
    return new Tally.Counter(columns.size(), isSpaced);
  }

  /// `id 5`
  private static String shown(Table table, byte[] row) {
    List<Column> columns = Exporter.columns(table);
    List<Asked.Cell> cells = Cells.of(row, columns.size());
    List<String> key = new ArrayList<>();
    for (int i = 0; i < columns.size(); i++)
      if (table.primaryKey().contains(columns.get(i).name()))
        key.add(
            columns.get(i).name()
                + " "
                + switch (cells.get(i)) {
                  case Asked.Cell.Text(String text) -> text;
                  case Asked.Cell.Json(String json) -> json;
                  case Asked.Cell.Null _, Asked.Cell.Default _ -> "null";
                });
    return String.join(", ", key);
  }
}
