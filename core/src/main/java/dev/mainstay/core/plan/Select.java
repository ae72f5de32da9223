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
/// @param grouped whether the rows are put in groups of equal outputs, aggregates aside
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
    /// @param type of what the function answers, before the cast
    record Aggregate(
        String key,
        Asked.Aggregate function,
        @Nullable Expr of,
        ColumnType type,
        @Nullable ColumnType resultCast)
        implements Output {}

    /// Related rows: an array, or with `toOne` an object or null.
    record Embed(String key, Link link, boolean toOne, Select rows) implements Output {}

    /// Related rows whose outputs become the parent's: each as an array, or with `toOne` as it is.
    ///
    /// What a to-one spread lifts of columns and aggregates, the parent has as outputs of its own;
    /// what is left here are embeds and spreads.
    record Spread(Link link, boolean toOne, Select rows) implements Output {}
  }

  /// One key of an order.
  public record Key(Expr expr, boolean descending, boolean nullsFirst) {}

  /// The same rows, with something else to answer of them.
  public Select answering(List<Output> other) {
    return new Select(table, other, policy, where, order, grouped, limit, offset);
  }

  /// Those of the rows of which something else is true.
  public Select where(Filter other) {
    return new Select(table, outputs, policy, other, order, grouped, limit, offset);
  }

  /// The same rows in another order.
  public Select inOrder(List<Key> other) {
    return new Select(table, outputs, policy, where, other, grouped, limit, offset);
  }

  /// All of the rows, in any order.
  public Select unpaged() {
    return new Select(table, outputs, policy, where, List.of(), grouped, null, null);
  }
}
