package dev.mainstay.sql;

import dev.mainstay.core.model.Column;
import dev.mainstay.core.model.ColumnType;
import dev.mainstay.core.model.Fill;
import dev.mainstay.core.model.Position;
import dev.mainstay.core.model.Table;
import dev.mainstay.core.model.TableName;
import dev.mainstay.core.query.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/// Which models a database has had and which migrations have run, to be kept in another one: the
/// rows of `mainstay.model` and `mainstay.migration` with their times.
///
/// @param models in the order of their versions
/// @param migrations in the order of their numbers
public record Ledgers(List<List<Value>> models, List<List<Value>> migrations) {
  private static final ColumnType TEXT = new ColumnType.Text();
  private static final ColumnType NUMBER = new ColumnType.Whole(64);
  private static final ColumnType TIME = new ColumnType.TimestampTz();

  static final Table MODELS =
      table(
          "model",
          column("version", NUMBER),
          column("format", new ColumnType.Whole(32)),
          column("program", TEXT),
          column("checksum", TEXT),
          column("source", TEXT),
          column("left_behind", TEXT),
          column("pending", TEXT),
          column("applied_at", TIME));

  static final Table MIGRATIONS =
      table(
          "migration",
          column("number", NUMBER),
          column("name", TEXT),
          column("checksum", TEXT),
          column("model_version", NUMBER),
          column("program", TEXT),
          column("milliseconds", NUMBER),
          column("made", TEXT),
          column("ran_at", TIME));

  public Ledgers {
    models = List.copyOf(models);
    migrations = List.copyOf(migrations);
  }

  /// What a database has.
  public static Ledgers of(Installation database, Dialect dialect) {
    return new Ledgers(rows(database, dialect, MODELS), rows(database, dialect, MIGRATIONS));
  }

  private static List<List<Value>> rows(Installation database, Dialect dialect, Table table) {
    List<Sql> names = table.columns().stream().map(c -> dialect.quote(c.name())).toList();
    Sql query =
        Sql.of(
            "SELECT {} FROM {} ORDER BY {}",
            Sql.join(", ", names),
            dialect.table(table.name()),
            names.getFirst());
    return database.values(query, table.columns().stream().map(Column::type).toList());
  }

  /// What a database is to keep of the models: it holds what the last one makes, in its own words,
  /// and is known to hold nothing of those before.
  List<List<Value>> modelsWith(Schema left) {
    List<List<Value>> kept = new ArrayList<>();
    for (List<Value> row : models) {
      boolean isLast = kept.size() == models.size() - 1;
      List<Value> now = with(row, MODELS, "pending", _ -> new Value.Text("[]"));
      kept.add(
          with(now, MODELS, "left_behind", _ -> isLast ? new Value.Text(left.text()) : Value.NULL));
    }
    return kept;
  }

  static long number(List<Value> migration) {
    return migration.getFirst() instanceof Value.Whole(long number) ? number : 0;
  }

  static List<Value> withChecksum(List<Value> migration, String checksum) {
    return with(migration, MIGRATIONS, "checksum", _ -> new Value.Text(checksum));
  }

  static String checksum(List<Value> migration) {
    Value value = migration.get(at(MIGRATIONS, "checksum"));
    return value instanceof Value.Text(String text) ? text : "";
  }

  /// Writes rows of one of the tables.
  static void keep(Installation database, Table table, List<List<Value>> rows) {
    try {
      database.insert(table, table.columns(), rows);
    } catch (Installation.RowRefused e) {
      throw new IllegalStateException("the rows of " + table.name() + " were read there", e);
    }
  }

  private static List<Value> with(
      List<Value> row, Table table, String column, UnaryOperator<Value> change) {
    List<Value> changed = new ArrayList<>(row);
    changed.set(at(table, column), change.apply(row.get(at(table, column))));
    return changed;
  }

  private static int at(Table table, String column) {
    for (int i = 0; i < table.columns().size(); i++)
      if (table.columns().get(i).name().equals(column)) return i;
    throw new IllegalArgumentException(column);
  }

  private static Table table(String name, Column... columns) {
    return Table.ofColumns(
        new TableName("mainstay", name), List.of(columns), /* comment= */ null, Position.NONE);
  }

  private static Column column(String name, ColumnType type) {
    return new Column(name, type, true, new Fill.Nothing(), List.of(), List.of(), null);
  }
}
