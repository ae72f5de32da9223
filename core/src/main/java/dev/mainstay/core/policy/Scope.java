package dev.mainstay.core.policy;

import dev.mainstay.core.model.Table;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The rows that can be named at some place of an expression.
///
/// @param depth how many tables are around the innermost one
record Scope(Map<String, Term.Row> rows, int depth) {
  static Scope of(Setting setting) {
    Map<String, Term.Row> rows = new LinkedHashMap<>();
    for (String name : setting.rows()) rows.put(name, new Term.Row(name, setting.table(), 0));
    return new Scope(rows, 0);
  }

  Term.@Nullable Row row(String name) {
    return rows.get(name);
  }

  /// Inside the rows of `table`, `steps` relations further in.
  Scope within(String name, Table table, int steps) {
    Map<String, Term.Row> inner = new LinkedHashMap<>(rows);
    inner.put(name, new Term.Row(name, table, depth + steps));
    return new Scope(inner, depth + steps);
  }

  /// How far out the row is from the innermost table.
  int up(Term.Row row) {
    return depth - row.level();
  }
}
