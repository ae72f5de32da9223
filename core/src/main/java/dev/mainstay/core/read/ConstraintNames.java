package dev.mainstay.core.read;

import dev.mainstay.core.model.TableName;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/// Gives constraints and indexes the names PostgreSQL would give them (`albums_artist_id_fkey`), so
/// that error texts and hints are the same on every engine.
///
/// As there, primary keys, unique constraints and indexes share the names of a schema with its
/// tables; all constraints of one table have different names; what would be too long is cut in its
/// longer half; what is taken gets a number.
final class ConstraintNames {
  private final Scope scope;
  private final Map<String, Set<String>> takenInSchema = new HashMap<>();
  private final Map<TableName, Set<String>> takenInTable = new HashMap<>();

  ConstraintNames(Scope scope) {
    this.scope = scope;
  }

  void take(TableName table) {
    inSchema(table).add(folded(table.name()));
  }

  /// Takes a name the user chose for something that is also an index.
  String ofIndex(TableName table, Name name) {
    String folded = folded(name.text());
    boolean free = inSchema(table).add(folded) && inTable(table).add(folded);
    if (!free) taken(name);
    return name.text();
  }

  /// Takes a name the user chose for a check or a foreign key.
  String ofConstraint(TableName table, Name name) {
    if (!inTable(table).add(folded(name.text()))) taken(name);
    return name.text();
  }

  /// The name of something that is also an index: `pkey`, `key` or `idx`.
  String ofIndex(TableName table, List<String> columns, String label) {
    Set<String> inSchema = inSchema(table);
    Set<String> inTable = inTable(table);
    for (int pass = 0; ; pass++) {
      String name = join(table.name(), columns, pass == 0 ? label : label + pass);
      if (inSchema.contains(folded(name)) || inTable.contains(folded(name))) continue;
      inSchema.add(folded(name));
      inTable.add(folded(name));
      return name;
    }
  }

  /// The name of a `check` or a foreign key (`fkey`).
  String ofConstraint(TableName table, List<String> columns, String label) {
    Set<String> inTable = inTable(table);
    for (int pass = 0; ; pass++) {
      String name = join(table.name(), columns, pass == 0 ? label : label + pass);
      if (inTable.add(folded(name))) return name;
    }
  }

  private void taken(Name name) {
    scope.faults.add(name.position(), "the name '" + name + "' is taken", "choose another");
  }

  /// SQLite holds names that differ by case for one.
  private static String folded(String name) {
    return name.toLowerCase(Locale.ROOT);
  }

  private Set<String> inSchema(TableName table) {
    return takenInSchema.computeIfAbsent(table.schema(), _ -> new HashSet<>());
  }

  private Set<String> inTable(TableName table) {
    return takenInTable.computeIfAbsent(table, _ -> new HashSet<>());
  }

  /// PostgreSQL's `makeObjectName`.
  static String join(String table, List<String> columns, String label) {
    String middle = String.join("_", columns);
    int room = Scope.LONGEST_NAME - 1 - bytes(label).length - (middle.isEmpty() ? 0 : 1);
    int tableBytes = bytes(table).length;
    int middleBytes = bytes(middle).length;
    while (tableBytes + middleBytes > room) {
      if (tableBytes > middleBytes) tableBytes--;
      else middleBytes--;
    }
    String start = cut(table, tableBytes);
    return middle.isEmpty()
        ? start + "_" + label
        : start + "_" + cut(middle, middleBytes) + "_" + label;
  }

  private static String cut(String text, int bytes) {
    int end = 0;
    int taken = 0;
    while (end < text.length()) {
      int next = text.offsetByCodePoints(end, 1);
      taken += bytes(text.substring(end, next)).length;
      if (taken > bytes) break;
      end = next;
    }
    return text.substring(0, end);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
