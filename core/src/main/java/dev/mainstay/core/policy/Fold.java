package dev.mainstay.core.policy;

import dev.mainstay.core.query.Expr;
import dev.mainstay.core.query.Filter;
import dev.mainstay.core.query.Match;
import dev.mainstay.core.query.Truth;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Puts conditions together, leaving out what is settled already.
final class Fold {
  private static final Match CONSTANTS = new Match(_ -> null, List.of(), null);

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

  /// A comparison of two constants is settled here: so are questions for the caller's role.
  static Filter test(Filter.Test test) {
    if (!(test.left() instanceof Expr.Literal) || !(test.right() instanceof Expr.Literal))
      return test;
    return switch (CONSTANTS.of(test, Map.of())) {
      case TRUE -> Filter.TRUE;
      case FALSE -> Filter.FALSE;
      case UNKNOWN -> new Filter.Constant(Truth.UNKNOWN);
      case ASK -> test;
    };
  }

  /// Whether it is certainly true: false where it is unknown.
  static Filter certainly(Filter filter) {
    return switch (filter) {
      case Filter.Constant _ -> filter.equals(Filter.TRUE) ? filter : Filter.FALSE;
      case Filter.Exists _, Filter.Is _, Filter.IsNull _ -> filter;
      default -> new Filter.Is(filter, Truth.TRUE);
    };
  }
}
