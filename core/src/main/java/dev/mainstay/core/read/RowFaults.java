package dev.mainstay.core.read;

import dev.mainstay.core.model.Column;
import dev.mainstay.core.model.Fault;
import dev.mainstay.core.model.Fill;
import dev.mainstay.core.model.Position;
import dev.mainstay.core.model.Table;
import dev.mainstay.core.query.Asked;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What is wrong with a file of rows so far, and what is asked of the rows of its table.
final class RowFaults implements CsvRecords.Refusal {
  private final Table table;
  private final String file;
  private final RowReader.Format format;
  private final RowReader.Identities identities;
  private final List<Fault> faults = new ArrayList<>();

  /// Ends a row whose fault has been noted, or the whole file.
  static final class Skipped extends RuntimeException {
    private final boolean last;

    Skipped(boolean last) {
      super(null, null, false, false);
      this.last = last;
    }

    boolean last() {
      return last;
    }
  }

  RowFaults(Table table, String file, RowReader.Format format, RowReader.Identities identities) {
    this.table = table;
    this.file = file;
    this.format = format;
    this.identities = identities;
  }

  String file() {
    return file;
  }

  /// What was noted since this was asked before.
  List<Fault> drained() {
    List<Fault> all = List.copyOf(faults);
    faults.clear();
    return all;
  }

  int size() {
    return faults.size();
  }

  void add(Position position, String message, @Nullable String hint) {
    faults.add(new Fault(position, message, hint, null));
  }

  /// Notes the fault and gives up the row.
  Skipped skip(Position position, String message, @Nullable String hint) {
    add(position, message, hint);
    return new Skipped(false);
  }

  @Override
  public Skipped at(Position position, String message, @Nullable String hint) {
    return stop(position, message, hint);
  }

  @Override
  public Skipped within(Position position, String message, @Nullable String hint) {
    return skip(position, message, hint);
  }

  /// Notes the fault and gives up the file.
  Skipped stop(Position position, String message, @Nullable String hint) {
    add(position, message, hint);
    return new Skipped(true);
  }

  /// The column of that name if a row may give it a value; else a fault is noted.
  @Nullable Column column(String name, Position position) {
    Column column = table.column(name);
    if (column == null) {
      List<String> known = table.columns().stream().map(Column::name).toList();
      add(
          position,
          "'" + table.name().name() + "' has no column '" + name + "'",
          Faults.suggestion(name, known));
      return null;
    }
    return switch (column.fill()) {
      case Fill.Generated _ -> {
        add(position, "'" + name + "' is generated and takes no value", "leave the column out");
        yield null;
      }
      case Fill.Identity(boolean always) when always && identities == RowReader.Identities.MADE -> {
        add(
            position,
            "'" + name + "' is identity: always and takes no value",
            "leave the column out, or write identity: true");
        yield null;
      }
      default -> column;
    };
  }

  /// Notes what is wrong with a cell.
  void check(Column column, Asked.Cell cell, Position position) {
    if (cell instanceof Asked.Cell.Null) {
      boolean text = format == RowReader.Format.CSV;
      if (!column.nullable())
        add(
            position,
            "'" + column.name() + "' is never null",
            text ? "an empty field is null; empty text is \"\"" : null);
      return;
    }
    String complaint = Literals.complaint(column.type(), cell);
    if (complaint != null) add(position, column.name() + ": " + complaint, null);
  }

  /// Notes which columns would be left without a value.
  void checkMissing(List<String> columns, Position position) {
    for (Column column : table.columns())
      if (!column.nullable()
          && column.fill() instanceof Fill.Nothing
          && !columns.contains(column.name()))
        add(position, "'" + column.name() + "' is never null and has no value here", null);
  }
}
