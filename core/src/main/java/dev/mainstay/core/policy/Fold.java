package dev.mainstay.core.policy;

import dev.mainstay.core.query.Expr;
import dev.mainstay.core.query.Filter;
import dev.mainstay.core.query.Operator;
import dev.mainstay.core.query.Quantifier;
import dev.mainstay.core.query.Truth;
import dev.mainstay.core.query.Value;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Puts conditions together, leaving out what is settled already.
final class Fold {
  private Fold() {}

  /// The filter's answer when it is true or false of every row, else null.
  static @Nullable Boolean constant(Filter filter) {
    if (filter.equals(Filter.TRUE)) return true;
    if (filter.equals(Filter.FALSE)) return false;
    return null;
  }

  static Filter and(List<Filter> filters) {
    List<Filter> all = new ArrayList<>();
    for (Filter filter : filters) {
      if (filter.equals(Filter.FALSE)) return Filter.FALSE;
      if (filter instanceof Filter.And(List<Filter> inner)) all.addAll(inner);
      else if (!filter.equals(Filter.TRUE)) all.add(filter);
    }
    return all.isEmpty() ? Filter.TRUE : all.size() == 1 ? all.getFirst() : new Filter.And(all);
  }

  static Filter or(List<Filter> filters) {
    List<Filter> any = new ArrayList<>();
    for (Filter filter : filters) {
      if (filter.equals(Filter.TRUE)) return Filter.TRUE;
      if (filter instanceof Filter.Or(List<Filter> inner)) any.addAll(inner);
      else if (!filter.equals(Filter.FALSE)) any.add(filter);
    }
    return any.isEmpty() ? Filter.FALSE : any.size() == 1 ? any.getFirst() : new Filter.Or(any);
  }

  static Filter not(Filter filter) {
    return switch (filter) {
      case Filter.Constant(Truth truth) ->
          switch (truth) {
            case TRUE -> Filter.FALSE;
            case FALSE -> Filter.TRUE;
            case UNKNOWN -> filter;
          };
      case Filter.Not(Filter inner) -> inner;
      default -> new Filter.Not(filter);
    };
  }

  /// Whether two constant texts are equal is settled here: so are questions for the caller's role.
  static Filter test(Filter.Test test) {
    boolean settled =
        test.quantifier() == Quantifier.ONE
            && test.left() instanceof Expr.Literal(Value.Text _, var _)
            && test.right() instanceof Expr.Literal(Value.Text _, var _)
            && (test.operator() == Operator.EQ || test.operator() == Operator.NE);
    if (!settled) return test;
    boolean equal = test.left().equals(test.right());
    return equal == (test.operator() == Operator.EQ) ? Filter.TRUE : Filter.FALSE;
  }

  /// Whether it is certainly true: false where it is unknown.
  static Filter certainly(Filter filter) {
    return filter instanceof Filter.Constant || filter instanceof Filter.Exists
        ? filter.equals(Filter.TRUE) || filter instanceof Filter.Exists ? filter : Filter.FALSE
        : new Filter.Is(filter, Truth.TRUE);
  }
}
