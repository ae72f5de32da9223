package dev.mainstay.core.query;

import dev.mainstay.core.model.TableName;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The way from a row to the rows of `target` related to it.
///
/// @param pairs equal columns: of the row (or of the junction, when there is one) and of the target
/// @param via the junction table in between, or null
/// @param function of the database's own that answers them of the row, or null
public record Link(
    TableName target, List<Pair> pairs, @Nullable Via via, @Nullable TableName function) {
  public Link {
    pairs = List.copyOf(pairs);
  }

  /// A way along equal columns.
  public Link(TableName target, List<Pair> pairs, @Nullable Via via) {
    this(target, pairs, via, null);
  }

  /// `from` on the near side equals `to` on the far side. Each is addressed from its own side's
  /// row: `up` is 0, except that a policy may start a first step from a row further out.
  public record Pair(Expr.Column from, Expr.Column to) {}

  /// A junction table.
  ///
  /// @param pairs equal columns of the row and of the junction
  /// @param policy what must hold of the junction's row for the caller to pass through it
  public record Via(TableName junction, List<Pair> pairs, Filter policy) {
    public Via {
      pairs = List.copyOf(pairs);
    }
  }
}
