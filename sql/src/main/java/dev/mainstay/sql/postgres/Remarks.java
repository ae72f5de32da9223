package dev.mainstay.sql.postgres;

import dev.mainstay.core.model.Column;
import dev.mainstay.core.model.ColumnType;
import dev.mainstay.core.model.Table;
import dev.mainstay.core.query.Value;
import dev.mainstay.sql.Installation;
import dev.mainstay.sql.Sql;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// The comments on tables and columns that are not those of the model. What somebody else has
/// remarked where the model says nothing is left alone.
final class Remarks {
  private static final String FOUND =
      """
      SELECT coalesce(a.attname, ''), d.description FROM pg_description d
      LEFT JOIN pg_attribute a ON a.attrelid = d.objoid AND a.attnum = d.objsubid AND a.attnum > 0
      WHERE d.classoid = 'pg_class'::regclass AND d.objoid = to_regclass($1)\
      """;

  private final Standing standing;
  private final Installation database;
  private final PostgresDdl ddl = new PostgresDdl();

  Remarks(Standing standing, Installation database) {
    this.standing = standing;
    this.database = database;
  }

  /// What makes the comments those of the model.
  ///
  /// @param found those that are there, by column, and the table's own by none
  List<String> missing(Table table, Map<String, String> found) {
    List<String> statements = new ArrayList<>();
    if (differs(table.comment(), found.get(""), old(table)))
      statements.add(ddl.comment(table, null, table.comment()));
    for (Column column : table.columns())
      if (differs(column.comment(), found.get(column.name()), old(table, column)))
        statements.add(ddl.comment(table, column, column.comment()));
    return statements;
  }

  private static boolean differs(
      @Nullable String wanted, @Nullable String found, @Nullable String old) {
    return !Objects.equals(wanted, found) && (wanted != null || Objects.equals(found, old));
  }

  private @Nullable String old(Table table) {
    Table was = standing.was().table(table.name());
    return was == null ? null : was.comment();
  }

  private @Nullable String old(Table table, Column column) {
    Table was = standing.was().table(table.name());
    Column old = was == null ? null : was.column(column.name());
    return old == null ? null : old.comment();
  }

  /// Those of the columns that stay, by their names to be, and the table's own by none.
  Map<String, String> found(Table table, Predicate<String> stays) {
    String name = new PostgresDialect().table(standing.formerly(table.name())).text();
    ColumnType text = new ColumnType.Text();
    Map<String, String> found = new LinkedHashMap<>();
    for (List<Value> row :
        database.values(Sql.raw(FOUND.replace("$1", Types.text(name))), List.of(text, text)))
      if (row.getFirst() instanceof Value.Text(String column)
          && row.getLast() instanceof Value.Text(String comment)) {
        String now = standing.renames().column(table.name().toString(), column);
        if (stays.test(now)) found.put(now, comment);
      }
    return found;
  }
}
