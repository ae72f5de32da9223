package dev.mainstay.sql.postgres;

import dev.mainstay.core.model.ColumnType;
import dev.mainstay.core.model.TableName;
import dev.mainstay.core.query.Value;
import dev.mainstay.sql.Installation;
import dev.mainstay.sql.Sql;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// About how many rows tables have: what the server last counted, stretched to their size of today.
final class Sizes {
  private static final String ROWS =
      """
      SELECT CASE WHEN reltuples >= 0 AND relpages > 0
        THEN reltuples / relpages * (pg_relation_size(oid) / current_setting('block_size')::int)
        ELSE pg_relation_size(oid) / 100 END::bigint
      FROM pg_class WHERE oid = to_regclass($1)\
      """;

  private final Installation database;
  private final Map<TableName, Long> known = new HashMap<>();

  Sizes(Installation database) {
    this.database = database;
  }

  /// @param table by its name in the database
  long rows(TableName table) {
    return known.computeIfAbsent(table, this::estimate);
  }

  private long estimate(TableName table) {
    String name = Types.text(new PostgresDialect().table(table).text());
    List<List<Value>> rows =
        database.values(Sql.raw(ROWS.replace("$1", name)), List.of(new ColumnType.Whole(64)));
    return rows.isEmpty() ? 0 : ((Value.Whole) rows.getFirst().getFirst()).value();
  }
}
