package dev.mainstay.core.policy;

import dev.mainstay.core.model.Column;
import dev.mainstay.core.model.ForeignKey;
import dev.mainstay.core.model.Model;
import dev.mainstay.core.model.Table;
import dev.mainstay.core.model.TableName;
import dev.mainstay.core.query.Expr;
import dev.mainstay.core.query.Link;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The relations of a model by table and name: each foreign key forward under one name and backward
/// under another.
final class Ways {
  private final Map<TableName, Map<String, Way>> ways = new HashMap<>();

  /// @param toOne whether it leads to one row at most
  record Way(Link link, Table table, boolean toOne) {}

  Ways(Model model) {
    for (Table table : model.tables()) {
      for (ForeignKey key : table.foreignKeys()) {
        Table target = model.table(key.target());
        if (target == null) continue;
        Link forward = link(table, key.columns(), target, key.targetColumns());
        Link backward = link(target, key.targetColumns(), table, key.columns());
        if (forward == null || backward == null) continue;
        of(table).putIfAbsent(key.forward(), new Way(forward, target, true));
        of(target).putIfAbsent(key.backward(), new Way(backward, table, isUnique(table, key)));
      }
    }
  }

  @Nullable Way from(Table table, String name) {
    return of(table).get(name);
  }

  Collection<String> names(Table table) {
    return of(table).keySet();
  }

  private Map<String, Way> of(Table table) {
    return ways.computeIfAbsent(table.name(), _ -> new LinkedHashMap<>());
  }

  private static @Nullable Link link(
      Table from, List<String> columns, Table to, List<String> targetColumns) {
    List<Link.Pair> pairs = new ArrayList<>();
    for (int i = 0; i < columns.size(); i++) {
      Column near = from.column(columns.get(i));
      Column far = to.column(targetColumns.get(i));
      if (near == null || far == null) return null;
      pairs.add(
          new Link.Pair(
              new Expr.Column(0, near.name(), near.type()),
              new Expr.Column(0, far.name(), far.type())));
    }
    return new Link(to.name(), pairs, null);
  }

  private static boolean isUnique(Table table, ForeignKey key) {
    Set<String> columns = new HashSet<>(key.columns());
    if (columns.equals(new HashSet<>(table.primaryKey()))) return true;
    for (Table.Unique unique : table.uniques())
      if (columns.equals(new HashSet<>(unique.columns()))) return true;
    return false;
  }

  /// The same way from a row further out.
  static Link startingAt(Link link, int up) {
    if (up == 0) return link;
    List<Link.Pair> pairs = new ArrayList<>();
    for (Link.Pair pair : link.pairs())
      pairs.add(
          new Link.Pair(new Expr.Column(up, pair.from().name(), pair.from().type()), pair.to()));
    return new Link(link.target(), pairs, link.via());
  }
}
