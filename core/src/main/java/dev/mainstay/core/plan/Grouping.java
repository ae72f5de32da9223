package dev.mainstay.core.plan;

import dev.mainstay.core.model.Table;
import dev.mainstay.core.plan.Select.Output;
import dev.mainstay.core.problem.Problem;
import dev.mainstay.core.problem.ProblemException;
import dev.mainstay.core.query.Expr;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// What is the same in all rows of a group, and so can order the groups.
final class Grouping {
  private final Set<Expr> keys = new HashSet<>();
  private final boolean isByPrimaryKey;

  Grouping(Table table, List<Output> outputs) {
    Set<String> columns = new HashSet<>();
    for (Output output : outputs) {
      if (!(output instanceof Output.Value(String _, Expr expr))) continue;
      keys.add(expr);
      if (expr instanceof Expr.Column column) columns.add(column.name());
    }
    isByPrimaryKey = !table.primaryKey().isEmpty() && columns.containsAll(table.primaryKey());
  }

  /// @param table whose column it is
  /// @param column the name that is ordered by
  /// @throws ProblemException `42803` when the rows of a group can differ in `expr`
  void require(Expr expr, String table, String column) {
    if (!isSettled(expr))
      throw new ProblemException(
          new Problem.Database(
              "42803",
              "column \""
                  + table
                  + "."
                  + column
                  + "\" must appear in the GROUP BY clause or be used in an aggregate function",
              null,
              null));
  }

  private boolean isSettled(Expr expr) {
    if (isByPrimaryKey || keys.contains(expr)) return true;
    return switch (expr) {
      case Expr.JsonAt at -> isSettled(at.json());
      case Expr.Cast cast -> isSettled(cast.value());
      case Expr.Column _, Expr.Through _, Expr.Bind _, Expr.Literal _, Expr.Claim _, Expr.Apply _ ->
          false;
    };
  }
}
