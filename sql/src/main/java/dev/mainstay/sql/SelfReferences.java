package dev.mainstay.sql;

import dev.mainstay.core.model.ForeignKey;
import dev.mainstay.core.model.Table;
import dev.mainstay.core.plan.Plan;
import dev.mainstay.core.query.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// How the rows of one plan refer to each other, where their table refers to itself. Rows go by
/// their place in the plan.
public final class SelfReferences {
  private final Plan.Insert plan;
  private final List<ForeignKey> keys;

  public SelfReferences(Plan.Insert plan, Table table) {
    this.plan = plan;
    this.keys =
        table.foreignKeys().stream().filter(key -> key.target().equals(table.name())).toList();
  }

  public boolean areNone() {
    return keys.isEmpty();
  }

  /// These rows, each after those of them that it refers to. Those in a circle come last.
  public List<Integer> eldersFirst(List<Integer> rows) {
    Map<Integer, List<Integer>> children = new HashMap<>();
    Map<Integer, Integer> awaited = new HashMap<>();
    for (ForeignKey key : keys) {
      Map<List<Value>, Integer> byKey = byKey(rows, key);
      for (int row : rows) {
        Integer elder = elder(row, key, byKey);
        if (elder == null || elder == row) continue;
        children.computeIfAbsent(elder, _ -> new ArrayList<>()).add(row);
        awaited.merge(row, 1, Integer::sum);
      }
    }
    List<Integer> sorted = new ArrayList<>(rows.size());
    for (int row : rows) if (!awaited.containsKey(row)) sorted.add(row);
    for (int next = 0; next < sorted.size(); next++)
      for (int child : children.getOrDefault(sorted.get(next), List.of()))
        if (awaited.merge(child, -1, Integer::sum) == 0) sorted.add(child);
    for (int row : rows) if (awaited.getOrDefault(row, 0) > 0) sorted.add(row);
    return sorted;
  }

  /// Of rows that all refer to a row that is not there, one that does not refer to another of them.
  public int astray(List<Integer> rows) {
    for (ForeignKey key : keys) {
      Map<List<Value>, Integer> byKey = byKey(rows, key);
      for (int row : rows)
        if (cells(row, key.columns()) != null && elder(row, key, byKey) == null) return row;
    }
    return rows.getFirst();
  }

  private Map<List<Value>, Integer> byKey(List<Integer> rows, ForeignKey key) {
    Map<List<Value>, Integer> byKey = new HashMap<>();
    for (int row : rows) {
      List<Value> cells = cells(row, key.targetColumns());
      if (cells != null) byKey.put(cells, row);
    }
    return byKey;
  }

  private @Nullable Integer elder(int row, ForeignKey key, Map<List<Value>, Integer> byKey) {
    List<Value> cells = cells(row, key.columns());
    return cells == null ? null : byKey.get(cells);
  }

  /// Null when one of the cells is, or is filled.
  private @Nullable List<Value> cells(int row, List<String> columns) {
    List<Value> cells = new ArrayList<>(columns.size());
    for (String name : columns) {
      Value cell = cell(row, name);
      if (cell == null || cell instanceof Value.Null) return null;
      cells.add(cell);
    }
    return cells;
  }

  private @Nullable Value cell(int row, String column) {
    for (int at = 0; at < plan.shape().columns().size(); at++)
      if (plan.shape().columns().get(at).name().equals(column))
        return plan.rows().get(row).cells().get(at);
    return null;
  }
}
