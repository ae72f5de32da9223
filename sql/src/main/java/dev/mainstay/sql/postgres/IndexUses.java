package dev.mainstay.sql.postgres;

import dev.mainstay.core.advice.IndexUse;
import dev.mainstay.core.model.ColumnType;
import dev.mainstay.core.model.Index;
import dev.mainstay.core.model.Model;
import dev.mainstay.core.model.Table;
import dev.mainstay.core.model.TableName;
import dev.mainstay.core.query.Value;
import dev.mainstay.core.read.ModelReader;
import dev.mainstay.sql.Installation;
import dev.mainstay.sql.Sql;
import java.util.ArrayList;
import java.util.List;

/// How PostgreSQL has used the indexes of a database, by its own statistics.
final class IndexUses {
  /// The days that have been counted: since somebody began the statistics anew, or since a crash,
  /// after which the server's own are begun anew. Null when neither was ever.
  private static final String USES =
      """
      SELECT s.schemaname, s.relname, s.indexrelname, s.idx_scan,
        floor(extract(epoch FROM now() - greatest(d.stats_reset, a.stats_reset)) / 86400)::bigint,
        coalesce(t.seq_scan, 0) + coalesce(t.idx_scan, 0), greatest(c.reltuples, 0)::bigint
      FROM pg_stat_user_indexes s
      JOIN pg_stat_user_tables t ON t.relid = s.relid
      JOIN pg_class c ON c.oid = s.relid
      JOIN pg_stat_database d ON d.datname = current_database()
      CROSS JOIN pg_stat_archiver a
      ORDER BY 1, 2, 3\
      """;

  /// The newest models, the newest first. An index that is older than that is old.
  private static final String MODELS =
      """
      SELECT floor(extract(epoch FROM now() - applied_at) / 86400)::bigint, source
      FROM mainstay.model ORDER BY version DESC LIMIT 100\
      """;

  private static final ColumnType TEXT = new ColumnType.Text();
  private static final ColumnType WHOLE = new ColumnType.Whole(64);

  /// A model, and how many days ago it came.
  private record Dated(long days, Model model) {}

  private IndexUses() {}

  static List<IndexUse> of(Installation database) {
    List<Dated> models = new ArrayList<>();
    for (List<Value> row : database.values(Sql.raw(MODELS), List.of(WHOLE, TEXT)))
      if (row.getFirst() instanceof Value.Whole(long days)
          && row.getLast() instanceof Value.Text(String source))
        models.add(new Dated(days, ModelReader.read("an applied model", source).model()));
    List<IndexUse> uses = new ArrayList<>();
    for (List<Value> row :
        database.values(Sql.raw(USES), List.of(TEXT, TEXT, TEXT, WHOLE, WHOLE, WHOLE, WHOLE)))
      if (row.get(0) instanceof Value.Text(String schema)
          && row.get(1) instanceof Value.Text(String table)
          && row.get(2) instanceof Value.Text(String index)
          && row.get(3) instanceof Value.Whole(long scans)
          && row.get(5) instanceof Value.Whole(long reads)
          && row.get(6) instanceof Value.Whole(long rows)) {
        TableName name = new TableName(schema, table);
        long days = age(name, index, models);
        if (row.get(4) instanceof Value.Whole(long counted)) days = Math.min(days, counted);
        uses.add(new IndexUse(name, index, scans, days, reads, rows));
      }
    return uses;
  }

  /// For how many days the models have had the index without a break; none when the newest has not.
  private static long age(TableName table, String index, List<Dated> models) {
    long days = 0;
    for (Dated dated : models) {
      Table then = dated.model.table(table);
      if (then == null || then.indexes().stream().map(Index::name).noneMatch(index::equals)) break;
      days = dated.days;
    }
    return days;
  }
}
