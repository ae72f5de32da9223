package dev.mainstay.core.plan;

import dev.mainstay.core.model.ColumnType;
import dev.mainstay.core.model.TableName;
import dev.mainstay.core.query.Asked;
import dev.mainstay.core.query.Expr;
import dev.mainstay.core.query.Filter;
import dev.mainstay.core.query.Link;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Rows of one table as JSON objects, with what is embedded in them. Holds no values, only their
/// slots, so two requests of the same shape by callers of the same rights have equal selects.
///
/// @param policy what the caller may see of the table; evaluated before `where`, which may raise
/// @param where what the caller asked for, inner joins included
/// @param grouped whether the outputs without an aggregate are grouping keys
/// @param limit and
/// @param offset of type bigint, or null for none
public record Select(
    TableName table,
    List<Output> outputs,
    Filter policy,
    Filter where,
    List<Key> order,
    boolean grouped,
    Expr.@Nullable Bind limit,
    Expr.@Nullable Bind offset) {
  public Select {
    outputs = List.copyOf(outputs);
    order = List.copyOf(order);
  }

  /// One key, or several, of the answered object.
  public sealed interface Output {
    record Value(String key, Expr expr) implements Output {}

    /// @param of null for `count()`
    record Aggregate(
        String key, Asked.Aggregate function, @Nullable Expr of, @Nullable ColumnType resultCast)
        implements Output {}

    /// Related rows: an array, or with `toOne` an object or null. An empty `rows.outputs` emits
    /// nothing.
    record Embed(String key, Link link, boolean toOne, Select rows) implements Output {}

    /// Related rows whose outputs become the parent's: values when `toOne`, else arrays.
    record Spread(Link link, boolean toOne, Select rows) implements Output {}
  }

  /// One key of an order.
  public record Key(Expr expr, boolean descending, boolean nullsFirst) {}

  /// The same rows in another order.
  public Select inOrder(List<Key> other) {
    return new Select(table, outputs, policy, where, other, grouped, limit, offset);
  }

  /// All of the rows, in any order.
  public Select unpaged() {
    return new Select(table, outputs, policy, where, List.of(), grouped, null, null);
  }
}
