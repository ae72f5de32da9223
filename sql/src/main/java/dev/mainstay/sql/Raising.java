package dev.mainstay.sql;

import dev.mainstay.core.model.ColumnType;
import dev.mainstay.core.query.Expr;
import dev.mainstay.core.query.Filter;
import dev.mainstay.core.query.Operator;

/// Whether evaluating a filter can fail on some row. Such a filter must not see a row that the
/// policy keeps back: the error's text would tell of it.
final class Raising {
  static boolean can(Filter filter) {
    return switch (filter) {
      case Filter.Constant constant -> false;
      case Filter.And and -> and.all().stream().anyMatch(Raising::can);
      case Filter.Or or -> or.any().stream().anyMatch(Raising::can);
      case Filter.Not not -> can(not.filter());
      case Filter.Test test -> can(test.operator()) || can(test.left()) || can(test.right());
      case Filter.IsNull isNull -> can(isNull.value());
      case Filter.Is is -> can(is.condition());
      case Filter.Holds holds -> can(holds.condition());
      case Filter.Search search -> true;
      case Filter.Exists exists -> can(exists.where());
    };
  }

  private static boolean can(Expr expr) {
    return expr.type() instanceof ColumnType.Native
        || switch (expr) {
          case Expr.Column column -> false;
          case Expr.Bind bind -> false;
          case Expr.Literal literal -> false;
          case Expr.Claim claim -> false;
          case Expr.JsonAt at -> can(at.json());
          case Expr.Cast cast -> true;
          case Expr.Through through -> can(through.where()) || can(through.inner());
          case Expr.Apply apply -> true;
        };
  }

  private static boolean can(Operator operator) {
    return switch (operator) {
      case EQ, NE, LT, LE, GT, GE, DISTINCT, CONTAINS, CONTAINED, OVERLAPS -> false;
      case LIKE, ILIKE, MATCH, IMATCH -> true;
      case RANGE_LEFT_OF, RANGE_RIGHT_OF, RANGE_NOT_RIGHT_OF, RANGE_NOT_LEFT_OF, RANGE_ADJACENT ->
          false;
    };
  }

  private Raising() {}
}
