package dev.mainstay.services.rows;

import dev.mainstay.core.engine.Allowance;
import dev.mainstay.core.engine.ByteBudget;
import dev.mainstay.core.engine.Engine;
import dev.mainstay.core.model.Column;
import dev.mainstay.core.model.Fill;
import dev.mainstay.core.model.Table;
import dev.mainstay.core.observe.Observer;
import dev.mainstay.core.plan.Planner;
import dev.mainstay.core.query.Asked;
import dev.mainstay.core.read.RowReader.Format;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;

/// Writes all rows of tables to files, each column but those that are generated: what follows from
/// the others is not to be read back.
///
/// The rows are those of one moment, of all tables alike. No more than a page of them is in memory.
public final class Exporter {
  /// A read of everything may take its time.
  private static final Duration PATIENCE = Duration.ofDays(7);

  private final Planner planner;
  private final Engine engine;
  private final ByteBudget budget;

  /// @param planner without a limit of rows
  /// @param budget what a page may have at most
  public Exporter(Planner planner, Engine engine, ByteBudget budget) {
    this.planner = planner;
    this.engine = engine;
    this.budget = budget;
  }

  /// Where the rows of a table go.
  public interface Destination {
    /// Begins a table, or begins it again: a transaction that fails may be run once more.
    OutputStream open(Table table) throws IOException;

    /// The table is whole.
    void done(Table table, long rows) throws IOException;
  }

  /// @param tables each with a key
  public void export(List<Table> tables, Format format, Destination destination, Progress progress)
      throws IOException {
    try (ByteBudget.Lease lease = budget.lease()) {
      engine.snapshot(
          new Allowance(PATIENCE, lease, Observer.NOBODY),
          unit -> {
            for (Table table : tables) export(table, format, destination, progress, unit, lease);
            return tables;
          });
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private void export(
      Table table,
      Format format,
      Destination destination,
      Progress progress,
      Engine.Unit unit,
      ByteBudget.Lease lease) {
    List<Column> columns = columns(table);
    List<Asked.Item> items =
        columns.stream().map(column -> RowWriter.item(format, column)).toList();
    Pages pages = new Pages(planner, table, items, List.of(), lease);
    long count = 0;
    long bytes = 0;
    try (OutputStream out = destination.open(table)) {
      RowWriter writer = new RowWriter(format, columns, out);
      writer.header();
      for (List<byte[]> rows = pages.next(unit); !rows.isEmpty(); rows = pages.next(unit)) {
        for (byte[] row : rows) {
          writer.row(row);
          bytes += row.length;
        }
        count += rows.size();
        progress.at(count, bytes);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    try {
      destination.done(table, count);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static List<Column> columns(Table table) {
    return table.columns().stream()
        .filter(
            column ->
                !(column.fill() instanceof Fill.Generated)
                    || table.primaryKey().contains(column.name()))
        .toList();
  }
}
