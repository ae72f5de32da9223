package dev.mainstay.core.plan;

import dev.mainstay.core.model.Column;
import dev.mainstay.core.model.Fill;
import dev.mainstay.core.model.Policy;
import dev.mainstay.core.model.Table;
import dev.mainstay.core.problem.Problem;
import dev.mainstay.core.problem.ProblemException;
import dev.mainstay.core.query.Asked.Cell;
import dev.mainstay.core.query.Expr;
import dev.mainstay.core.query.Value;
import dev.mainstay.core.query.ValueReader;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Settles which columns a write sets, and to what.
final class WritePlanner {
  private final Sight sight;
  private final Fills fills;
  private final Numbers numbers;

  /// Who numbers the rows.
  private enum Numbers {
    /// The database, unless the column leaves it to callers.
    NEW,
    /// Whoever gives the rows: they had their numbers already.
    KEPT
  }

  WritePlanner(Sight sight, Fills fills) {
    this(sight, fills, Numbers.NEW);
  }

  private WritePlanner(Sight sight, Fills fills, Numbers numbers) {
    this.sight = sight;
    this.fills = fills;
    this.numbers = numbers;
  }

  /// For rows that are put back as they once were.
  static WritePlanner restoring(Sight sight, Fills fills) {
    return new WritePlanner(sight, fills, Numbers.KEPT);
  }

  /// The table, if that can be done to its rows at all.
  Table writable(Table table, Policy.Action action) {
    if (!table.allows(action))
      throw new ProblemException(new Problem.PermissionDenied(table.name().name()));
    return table;
  }

  List<Expr.Column> key(Table table) {
    List<Expr.Column> key = new ArrayList<>(table.primaryKey().size());
    for (String column : table.primaryKey()) key.add(sight.here(table.name(), column));
    return key;
  }

  /// The named columns, each of which the caller may write.
  List<Column> columns(Table table, List<String> names) {
    List<Column> columns = new ArrayList<>(names.size());
    for (String name : names) {
      Column column = sight.find(table, name);
      if (column == null || column.fill() instanceof Fill.Computed)
        throw new ProblemException(new Problem.UnknownBodyColumn(table.name().name(), name));
      if (!sight.mayWrite(column))
        throw new ProblemException(new Problem.PermissionDenied(table.name().name()));
      columns.add(column);
    }
    return columns;
  }

  /// The columns that get their fill from here when a new row does not name them.
  List<Column> filled(Table table, List<Column> named) {
    List<Column> filled = new ArrayList<>();
    for (Column column : table.columns())
      if (fills.supplies(column.fill()) && !named.contains(column)) filled.add(column);
    return filled;
  }

  /// The value to store, or null for the engine's own fill.
  @Nullable Value value(Column column, Cell cell, String verb) {
    if (cell instanceof Cell.Default)
      return fills.supplies(column.fill()) ? fills.fill(column, sight.caller()) : null;
    if (!isKept(column)) requireGiven(column, verb);
    return ValueReader.fromCell(column.type(), cell, sight.zone());
  }

  /// Whether the column is the database's to number, and keeps the number of a row all the same.
  private boolean isKept(Column column) {
    return numbers == Numbers.KEPT && column.fill() instanceof Fill.Identity;
  }

  /// Which of the named columns a row that is there already can take over: not a number by which it
  /// was found.
  List<Column> mergeable(Table table, List<Column> named) {
    return named.stream()
        .filter(column -> !(isKept(column) && table.primaryKey().contains(column.name())))
        .toList();
  }

  /// The named columns whose numbers are kept.
  List<Expr.Column> numbered(Table table, List<Column> named) {
    return named.stream()
        .filter(this::isKept)
        .map(column -> sight.here(table.name(), column.name()))
        .toList();
  }

  /// A value for a column the engine alone may fill is refused, as PostgreSQL does.
  static void requireGiven(Column column, String verb) {
    switch (column.fill()) {
      case Fill.Generated _ ->
          throw refused(
              column, verb, "Column \"" + column.name() + "\" is a generated column.", null);
      case Fill.Identity(boolean always) -> {
        if (always)
          throw refused(
              column,
              verb,
              "Column \"" + column.name() + "\" is an identity column defined as GENERATED ALWAYS.",
              verb.equals("insert") ? "Use OVERRIDING SYSTEM VALUE to override." : null);
      }
      case Fill.Nothing _,
          Fill.Literal _,
          Fill.Now _,
          Fill.RandomUuid _,
          Fill.OrderedUuid _,
          Fill.AuthUid _,
          Fill.Existing _,
          Fill.Computed _ -> {}
    }
  }

  private static ProblemException refused(
      Column column, String verb, String details, @Nullable String hint) {
    String message =
        verb.equals("insert")
            ? "cannot insert a non-DEFAULT value into column \"" + column.name() + "\""
            : "column \"" + column.name() + "\" can only be updated to DEFAULT";
    return new ProblemException(new Problem.Database("428C9", message, details, hint));
  }

  /// A cell list as long as the columns: those given, then the fills.
  Plan.Row row(List<Column> given, List<Cell> cells, List<Column> filled) {
    List<@Nullable Value> values = new ArrayList<>(given.size() + filled.size());
    for (int i = 0; i < given.size(); i++) values.add(value(given.get(i), cells.get(i), "insert"));
    for (Column column : filled) values.add(fills.fill(column, sight.caller()));
    return new Plan.Row(values);
  }
}
