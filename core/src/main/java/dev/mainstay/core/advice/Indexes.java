package dev.mainstay.core.advice;

import dev.mainstay.core.model.Index;
import dev.mainstay.core.model.Table;
import dev.mainstay.core.policy.Rules;
import dev.mainstay.core.query.Filter;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;

/// By which columns the rows of a table can be found without looking at all of them: its keys and
/// its indexes.
final class Indexes {
  private final List<Way> ways = new ArrayList<>();

  /// @param condition what must hold of a row for it to be in there
  private record Way(List<String> columns, Filter condition) {}

  Indexes(Table table, Rules rules) {
    if (!table.primaryKey().isEmpty()) ways.add(new Way(table.primaryKey(), Filter.TRUE));
    for (Table.Unique unique : table.uniques()) ways.add(new Way(unique.columns(), Filter.TRUE));
    Map<String, Filter> conditions = rules.indexConditions().getOrDefault(table.name(), Map.of());
    for (Index index : table.indexes()) {
      List<String> columns = index.parts().stream().map(Index.Part::column).toList();
      ways.add(new Way(columns, conditions.getOrDefault(index.name(), Filter.TRUE)));
    }
  }

  /// Whether rows of which `known` holds can be found by the column.
  boolean beginWith(String column, Filter known) {
    return ways.stream()
        .anyMatch(
            way ->
                way.columns.getFirst().equals(column) && Implication.holds(known, way.condition));
  }

  /// Whether rows of which `known` holds can be found by all the columns together.
  boolean cover(List<String> columns, Filter known) {
    return ways.stream()
        .anyMatch(
            way ->
                way.columns.size() >= columns.size()
                    && new HashSet<>(way.columns.subList(0, columns.size()))
                        .equals(new HashSet<>(columns))
                    && Implication.holds(known, way.condition));
  }
}
