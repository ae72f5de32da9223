package dev.mainstay.core.advice;

import dev.mainstay.core.model.Index;
import dev.mainstay.core.model.Model;
import dev.mainstay.core.model.Table;
import dev.mainstay.core.policy.Rules;
import dev.mainstay.core.query.Filter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Indexes that find nothing which another key or index of the table does not find, and that every
/// write keeps up all the same.
final class RedundantIndexes {
  private final Table table;
  private final Map<String, Filter> conditions;
  private final List<Advice> advice = new ArrayList<>();

  /// Something with an order of rows.
  ///
  /// @param what as people call it
  private record Order(String what, List<Index.Part> parts, boolean unique, Filter condition) {
    /// Whether it begins with the parts of the other, forwards or backwards.
    boolean beginsWith(Order other) {
      int size = other.parts.size();
      if (parts.size() < size) return false;
      List<Index.Part> first = parts.subList(0, size);
      return first.equals(other.parts) || first.equals(turned(other.parts));
    }

    private static List<Index.Part> turned(List<Index.Part> parts) {
      return parts.stream().map(part -> new Index.Part(part.column(), !part.descending())).toList();
    }
  }

  private RedundantIndexes(Table table, Rules rules) {
    this.table = table;
    this.conditions = rules.indexConditions().getOrDefault(table.name(), Map.of());
  }

  static List<Advice> of(Model model, Rules rules) {
    List<Advice> all = new ArrayList<>();
    for (Table table : model.tables())
      if (!table.isView()) all.addAll(new RedundantIndexes(table, rules).found());
    return all;
  }

  private List<Advice> found() {
    List<Order> before = new ArrayList<>();
    before.add(key("the primary key", table.primaryKey()));
    for (Table.Unique unique : table.uniques()) {
      Order one = key("unique constraint '" + unique.name() + "'", unique.columns());
      tell(one, unique.name(), before, List.of());
      before.add(one);
    }
    List<Order> indexes = table.indexes().stream().map(this::order).toList();
    for (int i = 0; i < indexes.size(); i++)
      tell(
          indexes.get(i),
          table.indexes().get(i).name(),
          join(before, indexes.subList(0, i)),
          indexes.subList(i + 1, indexes.size()));
    return advice;
  }

  private static List<Order> join(List<Order> some, List<Order> more) {
    List<Order> all = new ArrayList<>(some);
    all.addAll(more);
    return all;
  }

  private static Order key(String what, List<String> columns) {
    return new Order(
        what,
        columns.stream().map(column -> new Index.Part(column, false)).toList(),
        true,
        Filter.TRUE);
  }

  private Order order(Index index) {
    return new Order(
        "index '" + index.name() + "'",
        index.parts(),
        index.unique(),
        conditions.getOrDefault(index.name(), Filter.TRUE));
  }

  private void tell(Order one, String name, List<Order> before, List<Order> after) {
    Order other = cover(one, before, after);
    if (other == null) return;
    boolean isEqual = other.parts.size() == one.parts.size();
    advice.add(
        new Advice(
            Code.REDUNDANT_INDEX,
            Subject.of(table.name(), name),
            table.position(),
            "%s of '%s' finds nothing that %s does not find: %s"
                .formatted(
                    one.what,
                    table.name().title(),
                    other.what,
                    isEqual ? "both are over the same columns" : "it begins with the same columns"),
            "take it out: every write keeps it up",
            null));
  }

  /// What makes it needless, or null. Of two alike it is the later that is.
  private static @Nullable Order cover(Order one, List<Order> before, List<Order> after) {
    for (Order other : before) if (covers(other, one)) return other;
    for (Order other : after) if (covers(other, one) && !covers(one, other)) return other;
    return null;
  }

  private static boolean covers(Order other, Order one) {
    if (!other.condition.equals(one.condition) || !other.beginsWith(one)) return false;
    if (!one.unique) return true;
    return other.unique && other.parts.size() == one.parts.size();
  }
}
