package dev.mainstay.core.advice;

import dev.mainstay.core.query.Expr;
import dev.mainstay.core.query.Filter;
import dev.mainstay.core.query.Operator;
import dev.mainstay.core.query.Quantifier;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A condition that something of the innermost row equals what is known before that row is: a claim
/// of the caller, or a column of a row further out. `x in a list` of such is one, too.
///
/// @param row the side of the row
record Comparison(Expr row) {
  /// The filter as one, or null when it is none.
  static @Nullable Comparison of(Filter filter) {
    if (!(filter
            instanceof Filter.Test(Expr left, Operator operator, Quantifier quantifier, Expr right))
        || operator != Operator.EQ
        || quantifier == Quantifier.ALL) return null;
    if (isOfRow(left) && isKnown(right)) return new Comparison(left);
    if (quantifier == Quantifier.ONE && isOfRow(right) && isKnown(left))
      return new Comparison(right);
    return null;
  }

  /// The column of the row that is compared just as it is, or null.
  Expr.@Nullable Column column() {
    return row instanceof Expr.Column column ? column : null;
  }

  private static boolean isOfRow(Expr expr) {
    return switch (expr) {
      case Expr.Column(int up, String _, var _) -> up == 0;
      case Expr.Cast(Expr value, var _) -> isOfRow(value);
      case Expr.JsonAt(Expr json, var _, boolean _) -> isOfRow(json);
      case Expr.Through(var link, Filter _, Expr _) ->
          link.pairs().stream().allMatch(pair -> pair.from().up() == 0);
      case Expr.Apply(var _, List<Expr> arguments, var _) ->
          arguments.stream().anyMatch(Comparison::isOfRow);
      case Expr.Bind _, Expr.Literal _, Expr.Claim _ -> false;
    };
  }

  /// Whether it is the same for every row, and not for every caller.
  private static boolean isKnown(Expr expr) {
    return switch (expr) {
      case Expr.Claim _ -> true;
      case Expr.Column(int up, String _, var _) -> up > 0;
      case Expr.Cast(Expr value, var _) -> isKnown(value);
      case Expr.JsonAt(Expr json, var _, boolean _) -> isKnown(json);
      case Expr.Apply(var _, List<Expr> arguments, var _) ->
          arguments.stream().anyMatch(Comparison::isKnown)
              && arguments.stream().noneMatch(Comparison::isOfRow);
      case Expr.Through(var link, Filter _, Expr _) ->
          link.pairs().stream().allMatch(pair -> pair.from().up() > 0);
      case Expr.Bind _, Expr.Literal _ -> false;
    };
  }
}
