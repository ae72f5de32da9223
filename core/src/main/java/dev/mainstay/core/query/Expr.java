package dev.mainstay.core.query;

import dev.mainstay.core.model.ColumnType;
import java.util.List;

/// A typed expression over a row.
///
/// Rows are addressed from the inside out: `up` 0 is the innermost table in scope, 1 the one around
/// it. An expression can therefore be put inside any query over its table without renaming.
public sealed interface Expr {
  ColumnType type();

  record Column(int up, String name, ColumnType type) implements Expr {}

  /// The request's value number `slot` in [dev.mainstay.core.plan.Plan#values].
  record Bind(int slot, ColumnType type) implements Expr {}

  /// A value from the model's own text.
  record Literal(Value value, ColumnType type) implements Expr {}

  /// The caller's claim at `path` (`sub`, `app_metadata.org`), null when it is absent or does not
  /// convert to `type`.
  record Claim(List<String> path, ColumnType type) implements Expr {
    public Claim {
      path = List.copyOf(path);
    }
  }

  /// A place inside a JSON value: JSON, or with `asText` its text.
  record JsonAt(Expr json, List<JsonStep> path, boolean asText) implements Expr {
    public JsonAt {
      path = List.copyOf(path);
    }

    @Override
    public ColumnType type() {
      return asText ? new ColumnType.Text() : new ColumnType.Json();
    }
  }

  record Cast(Expr value, ColumnType type) implements Expr {}

  /// `inner` of the one row that `link` leads to and `where` lets through; null when there is none.
  /// Inside `where` and `inner`, `up` 0 is that row. A policy's own look-ups see all rows, so their
  /// `where` is true; a request's holds the related table's policy.
  record Through(Link link, Filter where, Expr inner) implements Expr {
    @Override
    public ColumnType type() {
      return inner.type();
    }
  }

  record Apply(Function function, List<Expr> arguments, ColumnType type) implements Expr {
    public Apply {
      arguments = List.copyOf(arguments);
    }
  }

  /// What policies and checks can compute. Null in, null out.
  ///
  /// The two sides of [#ADD] to [#REMAINDER] have the type of the result, except that a moment and
  /// an interval add up to a moment.
  enum Function {
    ADD,
    SUBTRACT,
    MULTIPLY,
    /// Whole numbers round towards zero. By zero is `22012`.
    DIVIDE,
    REMAINDER,
    NEGATE,
    CONCAT,
    /// Code points of a text, elements of a list, bytes of a bytea.
    SIZE,
    LOWER,
    UPPER,
    /// Text as the [Operator#LIKE] pattern that matches just it.
    ESCAPED,
    /// The value as JSON, as `to_jsonb` makes it.
    TO_JSON,
    /// Without arguments: the time the statement, or its transaction, began.
    NOW
  }
}
