package dev.mainstay.services.rows;

import dev.mainstay.core.model.ForeignKey;
import dev.mainstay.core.model.TableName;
import dev.mainstay.services.rows.Importer.Source;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The order in which tables are loaded: each after those that its rows refer to. Where tables
/// refer to each other in a circle, one of them has to be first.
final class TableOrder {
  private final Map<TableName, Source> byTable = new LinkedHashMap<>();
  private final Set<Source> ordered = new LinkedHashSet<>();
  private final Set<TableName> entered = new LinkedHashSet<>();

  private TableOrder(List<Source> sources) {
    for (Source source : sources) byTable.put(source.table().name(), source);
  }

  static List<Source> of(List<Source> sources) {
    TableOrder order = new TableOrder(sources);
    for (Source source : sources) order.add(source);
    return List.copyOf(order.ordered);
  }

  private void add(Source source) {
    if (!entered.add(source.table().name())) return;
    for (ForeignKey key : source.table().foreignKeys()) {
      Source target = byTable.get(key.target());
      if (target != null) add(target);
    }
    ordered.add(source);
  }

  /// The sources of which a row may refer to one that is not there yet: to a later one of the same
  /// or of another source, or to one that waits itself.
  static Set<Source> waiting(List<Source> ordered) {
    Set<TableName> notYet = new HashSet<>();
    for (Source source : ordered) notYet.add(source.table().name());
    Set<Source> waiting = new LinkedHashSet<>();
    for (Source source : ordered) {
      TableName table = source.table().name();
      if (source.table().foreignKeys().stream().anyMatch(key -> notYet.contains(key.target())))
        waiting.add(source);
      else notYet.remove(table);
    }
    return waiting;
  }
}
