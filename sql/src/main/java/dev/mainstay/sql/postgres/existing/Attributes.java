package dev.mainstay.sql.postgres.existing;

import dev.mainstay.core.model.Column;
import dev.mainstay.core.model.Fill;
import dev.mainstay.core.model.SqlText;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The columns of every table, view and composite type of a database.
final class Attributes {
  private static final String ATTRIBUTES =
      """
      SELECT a.attrelid, a.attnum, a.attname, a.atttypid, a.atttypmod, a.attnotnull, a.attidentity,
        a.attgenerated, pg_get_expr(d.adbin, d.adrelid), col_description(a.attrelid, a.attnum)
      FROM pg_attribute a
      JOIN pg_class c ON c.oid = a.attrelid AND c.relkind IN ('r', 'p', 'v', 'm', 'f', 'c')
      JOIN pg_namespace n ON n.oid = c.relnamespace
      LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
      WHERE a.attnum > 0 AND NOT a.attisdropped
        AND n.nspname NOT IN ('pg_catalog', 'pg_toast', 'information_schema')
      ORDER BY a.attrelid, a.attnum\
      """;

  private final Map<Long, Map<Integer, Column>> columns = new HashMap<>();

  private Attributes() {}

  static Attributes read(Catalog catalog, ExistingTypes types) throws SQLException {
    var read = new Attributes();
    catalog.each(
        ATTRIBUTES,
        row -> {
          long type = row.getLong(4);
          Column column =
              new Column(
                  row.getString(3),
                  types.of(type, row.getInt(5)),
                  !row.getBoolean(6) && !types.isNeverNull(type),
                  fill(row.getString(7), row.getString(8), row.getString(9)),
                  List.of(),
                  List.of(),
                  row.getString(10));
          read.columns
              .computeIfAbsent(row.getLong(1), _ -> new TreeMap<>())
              .put(row.getInt(2), column);
        });
    return read;
  }

  private static Fill fill(String identity, String generated, @Nullable String expression) {
    if (!identity.isEmpty()) return new Fill.Identity(identity.equals("a"));
    if (expression == null) return new Fill.Nothing();
    return generated.isEmpty()
        ? new Fill.Existing(expression)
        : new Fill.Generated(SqlText.everywhere(expression));
  }

  /// By their numbers, which leave out those of columns that are gone.
  Map<Integer, Column> of(long relation) {
    return columns.getOrDefault(relation, Map.of());
  }
}
