package dev.mainstay.sql.postgres.existing;

import dev.mainstay.core.model.ForeignKey.OnChange;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/// The keys of every table of a database, and what refers to them, by the numbers of the catalog.
/// Those that partitions have from the table they are part of are that table's.
record Constraints(List<Key> keys, List<Reference> references) {
  private static final String CONSTRAINTS =
      """
      SELECT k.contype, k.conname, k.conrelid, k.conkey, k.confrelid, k.confkey, k.confdeltype, k.confupdtype
      FROM pg_constraint k JOIN pg_namespace n ON n.oid = k.connamespace
      WHERE k.contype IN ('p', 'u', 'f') AND k.conparentid = 0
        AND n.nspname NOT IN ('pg_catalog', 'information_schema')
      ORDER BY n.nspname, k.conname, k.oid\
      """;

  record Key(boolean isPrimary, String name, long table, List<Integer> columns) {}

  record Reference(
      String name,
      long table,
      List<Integer> columns,
      long target,
      List<Integer> targetColumns,
      OnChange onDelete,
      OnChange onUpdate) {}

  static Constraints read(Catalog catalog) throws SQLException {
    List<Key> keys = new ArrayList<>();
    List<Reference> references = new ArrayList<>();
    catalog.each(
        CONSTRAINTS,
        row -> {
          String kind = row.getString(1);
          List<Integer> columns = numbers(Catalog.numbers(row, 4));
          if (!kind.equals("f"))
            keys.add(new Key(kind.equals("p"), row.getString(2), row.getLong(3), columns));
          else
            references.add(
                new Reference(
                    row.getString(2),
                    row.getLong(3),
                    columns,
                    row.getLong(5),
                    numbers(Catalog.numbers(row, 6)),
                    action(row.getString(7)),
                    action(row.getString(8))));
        });
    return new Constraints(keys, references);
  }

  private static List<Integer> numbers(List<Long> numbers) {
    return numbers.stream().map(Long::intValue).toList();
  }

  private static OnChange action(String code) {
    return switch (code) {
      case "r" -> OnChange.RESTRICT;
      case "c" -> OnChange.CASCADE;
      case "n" -> OnChange.SET_NULL;
      case "d" -> OnChange.SET_DEFAULT;
      default -> OnChange.NO_ACTION;
    };
  }
}
