package dev.mainstay.sql;

import dev.mainstay.core.model.ColumnType;
import dev.mainstay.core.model.Model;
import dev.mainstay.core.model.Table;
import dev.mainstay.core.query.Expr;
import dev.mainstay.core.query.Filter;
import dev.mainstay.core.query.Operator;
import java.util.List;

/// Whether evaluating a filter can fail on some row. Such a filter must not see a row that the
/// policy keeps back: the error's text would tell of it.
///
/// A column of a view or of a function's result can: it is whatever the user's query computes.
final class Raising {
  private final Model model;

  Raising(Model model) {
    this.model = model;
  }

  boolean can(Filter filter, Scope scope) {
    return switch (filter) {
      case Filter.Constant constant -> false;
      case Filter.And and -> and.all().stream().anyMatch(part -> can(part, scope));
      case Filter.Or or -> or.any().stream().anyMatch(part -> can(part, scope));
      case Filter.Not not -> can(not.filter(), scope);
      case Filter.Test test ->
          can(test.operator()) || can(test.left(), scope) || can(test.right(), scope);
      case Filter.IsNull isNull -> can(isNull.value(), scope);
      case Filter.Is is -> can(is.condition(), scope);
      case Filter.Holds holds -> can(holds.condition(), scope);
      case Filter.Search search -> true;
      case Filter.Finds finds -> isComputed(scope) || can(finds.query(), scope);
      case Filter.Exists exists ->
          can(exists.where(), new Scope("", exists.link().target(), scope));
    };
  }

  private boolean can(Expr expr, Scope scope) {
    return expr.type() instanceof ColumnType.Native
        || switch (expr) {
          case Expr.Column column -> isComputed(scope.up(column.up()));
          case Expr.Bind bind -> false;
          case Expr.Literal literal -> false;
          case Expr.Claim claim -> false;
          case Expr.JsonAt at -> can(at.json(), scope);
          case Expr.Cast cast -> true;
          case Expr.Through through -> {
            Scope target = new Scope("", through.link().target(), scope);
            yield can(through.where(), target) || can(through.inner(), target);
          }
          case Expr.Apply(Expr.Function function, List<Expr> of, ColumnType _)
              when function == Expr.Function.TO_JSON ->
              can(of.getFirst(), scope);
          case Expr.Apply apply -> true;
        };
  }

  private boolean isComputed(Scope scope) {
    if (scope.origin() == Scope.Origin.FUNCTION) return true;
    Table table = model.table(scope.table());
    return table != null && table.isView();
  }

  private static boolean can(Operator operator) {
    return switch (operator) {
      case EQ, NE, LT, LE, GT, GE, DISTINCT, CONTAINS, CONTAINED, OVERLAPS -> false;
      case LIKE, ILIKE, MATCH, IMATCH -> true;
      case RANGE_LEFT_OF, RANGE_RIGHT_OF, RANGE_NOT_RIGHT_OF, RANGE_NOT_LEFT_OF, RANGE_ADJACENT ->
          false;
    };
  }
}
