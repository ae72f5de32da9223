package dev.mainstay.core.plan;

import dev.mainstay.core.query.Expr;
import dev.mainstay.core.query.Filter;

/// What an estimate of the number of rows is drawn from: an engine's statistics know no policy, so
/// a number that comes of them speaks of every row of every table it is about.
final class Estimates {
  private Estimates() {}

  /// Whether an estimate speaks only of rows that the caller may read: those of one table that no
  /// policy keeps back.
  static boolean tellOnlyOf(Select select) {
    return select.policy().equals(Filter.TRUE) && staysIn(select.where());
  }

  private static boolean staysIn(Filter filter) {
    return switch (filter) {
      case Filter.Constant _ -> true;
      case Filter.And and -> and.all().stream().allMatch(Estimates::staysIn);
      case Filter.Or or -> or.any().stream().allMatch(Estimates::staysIn);
      case Filter.Not not -> staysIn(not.filter());
      case Filter.Test test -> staysIn(test.left()) && staysIn(test.right());
      case Filter.IsNull isNull -> staysIn(isNull.value());
      case Filter.Is is -> staysIn(is.condition());
      case Filter.Holds holds -> staysIn(holds.condition());
      case Filter.Search search -> staysIn(search.text());
      case Filter.Finds _ -> true;
      case Filter.Exists _ -> false;
    };
  }

  private static boolean staysIn(Expr expr) {
    return switch (expr) {
      case Expr.Column _, Expr.Bind _, Expr.Literal _, Expr.Claim _ -> true;
      case Expr.JsonAt at -> staysIn(at.json());
      case Expr.Cast cast -> staysIn(cast.value());
      case Expr.Through _ -> false;
      case Expr.Apply apply -> apply.arguments().stream().allMatch(Estimates::staysIn);
    };
  }
}
