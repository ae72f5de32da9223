package dev.mainstay.sql;

import dev.mainstay.core.model.Change;
import dev.mainstay.core.model.Column;
import dev.mainstay.core.model.ColumnType;
import dev.mainstay.core.model.Fill;
import dev.mainstay.core.model.Table;
import dev.mainstay.core.model.TableName;
import dev.mainstay.core.query.Value;
import java.util.ArrayList;
import java.util.List;

/// What the rows that are there say to a transition: what would be lost of them, and what stands in
/// its way.
final class Toll {
  private static final String IS_PRESENT = "%s IS NOT NULL";

  private final Transition transition;
  private final Installation database;
  private final Dialect dialect;
  private final List<String> losses = new ArrayList<>();
  private final List<String> obstacles = new ArrayList<>();

  Toll(Transition transition, Installation database, Dialect dialect) {
    this.transition = transition;
    this.database = database;
    this.dialect = dialect;
    for (Change change : transition.changes()) look(change);
  }

  List<String> losses() {
    return losses;
  }

  List<String> obstacles() {
    return obstacles;
  }

  private void look(Change change) {
    switch (change) {
      case Change.TableRemoved(Table table) when !table.isView() ->
          lost(change, count(table.name(), "1 = 1"), "row");
      case Change.ColumnRemoved(TableName table, Column column) ->
          lost(change, count(table, column.name(), IS_PRESENT), "value");
      case Change.ColumnAdded(TableName table, Column column) -> added(table, column);
      case Change.TypeChanged(TableName table, Column before, Column after) ->
          converted(change, table, before, after.type());
      case Change.NullabilityChanged(TableName table, Column before, Column after)
          when !after.nullable() ->
          inTheWay(
              change,
              count(table, transition.formerly(table, before.name()), "%s IS NULL"),
              "where it is null");
      case Change.FillChanged(TableName table, Column before, Column after)
          when after.fill() instanceof Fill.Generated
              && !(before.fill() instanceof Fill.Generated) ->
          lost(
              change, count(table, transition.formerly(table, before.name()), IS_PRESENT), "value");
      case Change.LabelsChanged(ColumnType.Enumerated before, ColumnType.Enumerated after) ->
          labels(before, after);
      default -> {}
    }
  }

  private void added(TableName table, Column column) {
    boolean isFilled =
        switch (column.fill()) {
          case Fill.Nothing _, Fill.AuthUid _ -> false;
          case Fill.Literal _,
              Fill.Now _,
              Fill.RandomUuid _,
              Fill.OrderedUuid _,
              Fill.Identity _,
              Fill.Generated _,
              Fill.Existing _,
              Fill.Computed _ ->
              true;
        };
    if (column.nullable() || isFilled) return;
    long rows = count(table, "1 = 1");
    if (rows > 0)
      obstacles.add(
          "column %s.%s is never null, and %s there have no value for it: give it a default, or let it be null"
              .formatted(table.title(), column.name(), counted(rows, "row")));
  }

  private void converted(Change change, TableName table, Column before, ColumnType to) {
    String column = transition.formerly(table, before.name());
    switch (Conversion.of(before.type(), to)) {
      case EXACT -> {}
      case CHECKED -> {
        if (to instanceof ColumnType.Varchar(int length))
          inTheWay(
              change,
              count(table, column, "length(%s) > " + length),
              "of more than " + length + " characters");
      }
      case LOSSY -> lost(change, count(table, column, IS_PRESENT), "value");
      case NONE -> {
        if (count(table, column, IS_PRESENT) > 0)
          obstacles.add(
              change.sentence()
                  + ": there is no cast; add another column, fill it by a migration of your own, and"
                  + " remove this one");
      }
    }
  }

  private void labels(ColumnType.Enumerated before, ColumnType.Enumerated after) {
    List<String> gone = new ArrayList<>(before.labels());
    gone.removeAll(after.labels());
    if (gone.isEmpty()) return;
    for (Table table : transition.after().tables())
      for (Column column : table.columns()) {
        Column was = table.isView() ? null : transition.formerly(table, column);
        if (was == null || !column.type().equals(after) || !was.type().equals(before)) continue;
        for (String label : gone) label(label, before, table, was.name());
      }
  }

  private void label(String label, ColumnType.Enumerated type, Table table, String column) {
    String is = dialect.literal(new Value.Text(label), type).text();
    long rows = count(table.name(), column, "%s = " + is.replace("%", "%%"));
    if (rows > 0)
      obstacles.add(
          "enum %s has no label '%s' any more, and %s of %s have it in %s"
              .formatted(type.name(), label, counted(rows, "row"), table.name().title(), column));
  }

  private void lost(Change change, long number, String noun) {
    if (number > 0) losses.add(change.sentence() + ": " + counted(number, noun));
  }

  private void inTheWay(Change change, long rows, String which) {
    if (rows > 0)
      obstacles.add(change.sentence() + ", and there are " + counted(rows, "row") + " " + which);
  }

  private static String counted(long number, String noun) {
    return "%,d %s%s".formatted(number, noun, number == 1 ? "" : "s");
  }

  /// Rows of which such a thing holds; none when somebody has removed the column.
  ///
  /// @param column by its name in the database
  /// @param condition with `%s` for the column
  private long count(TableName table, String column, String condition) {
    if (!database.columns(transition.formerly(table)).contains(column)) return 0;
    return count(table, condition.formatted(dialect.quote(column).text()));
  }

  /// Rows of a table that the database has; none when somebody has removed it.
  private long count(TableName table, String condition) {
    TableName name = transition.formerly(table);
    if (transition.before().table(name) == null || !database.has(name)) return 0;
    Sql query = Sql.of("SELECT count(*) FROM {} WHERE {}", dialect.table(name), Sql.raw(condition));
    List<Value> row = database.values(query, List.of(new ColumnType.Whole(64))).getFirst();
    return ((Value.Whole) row.getFirst()).value();
  }
}
