package dev.mainstay.sql;

import dev.mainstay.core.plan.Select;
import dev.mainstay.core.query.Expr;
import dev.mainstay.core.query.Filter;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What is wanted of the rows that a statement writes.
///
/// @param rows what to answer of each, or null for nothing
/// @param key what to answer of each instead, or empty
/// @param check what must hold of a row
/// @param merged what must hold instead of one that is not new
/// @param isNew says of a row, where it is written, whether it is new; null when all are
public record Wanted(
    @Nullable Select rows,
    List<Expr.Column> key,
    Filter check,
    Filter merged,
    @Nullable Sql isNew) {
  public Wanted {
    key = List.copyOf(key);
  }

  /// Whether something has to hold of the rows.
  public boolean isJudging() {
    return !check.equals(Filter.TRUE) || !merged.equals(Filter.TRUE);
  }

  /// Whether it is no more than to have them written.
  public boolean isNothing() {
    return rows == null && key.isEmpty() && !isJudging() && isNew == null;
  }
}
