package dev.mainstay.sql.postgres.existing;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Of which table's columns those of tables and views are: a table's of itself, a view's of the
/// table at the end of the views it is made of.
final class Origins {
  private static final String RULES =
      """
      SELECT c.oid, r.ev_action::text
      FROM pg_rewrite r JOIN pg_class c ON c.oid = r.ev_class JOIN pg_namespace n ON n.oid = c.relnamespace
      WHERE c.relkind IN ('v', 'm') AND r.rulename = '_RETURN'
        AND n.nspname NOT IN ('pg_catalog', 'information_schema')\
      """;

  private final Map<Long, Map<Integer, Lineage.Origin>> views = new HashMap<>();

  private Origins() {}

  static Origins read(Catalog catalog) throws SQLException {
    var read = new Origins();
    catalog.each(RULES, row -> read.views.put(row.getLong(1), Lineage.of(row.getString(2))));
    return read;
  }

  /// The column of a table that this one is, or null when it is computed.
  private Lineage.@Nullable Origin of(Lineage.Origin column) {
    Lineage.Origin at = column;
    while (true) {
      Map<Integer, Lineage.Origin> view = views.get(at.table());
      if (view == null) return at;
      Lineage.Origin next = view.get(at.column());
      if (next == null) return null;
      at = next;
    }
  }

  /// What a table or view shows of each table: its own columns' numbers, by those of the table's.
  /// Of a column that it shows twice, the first.
  Map<Long, Map<Integer, Integer>> shown(long relation, Iterable<Integer> columns) {
    Map<Long, Map<Integer, Integer>> shown = new LinkedHashMap<>();
    for (int column : columns) {
      Lineage.Origin origin = of(new Lineage.Origin(relation, column));
      if (origin != null)
        shown
            .computeIfAbsent(origin.table(), _ -> new HashMap<>())
            .putIfAbsent(origin.column(), column);
    }
    return shown;
  }

  /// The columns that show these of a table, in their order; null when one is not shown.
  static @Nullable List<Integer> all(@Nullable Map<Integer, Integer> shown, List<Integer> columns) {
    if (shown == null) return null;
    List<Integer> all = new ArrayList<>(columns.size());
    for (int column : columns) {
      Integer as = shown.get(column);
      if (as == null) return null;
      all.add(as);
    }
    return all;
  }
}
