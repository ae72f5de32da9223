package dev.mainstay.sql.postgres;

import dev.mainstay.core.engine.Explaining;
import dev.mainstay.core.plan.Plan;
import dev.mainstay.core.problem.Problem;
import dev.mainstay.core.problem.ProblemException;
import dev.mainstay.core.query.Value;
import dev.mainstay.sql.Sql;
import dev.mainstay.sql.SqlCompiler;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/// The statement that tells how PostgreSQL would carry out a plan: `EXPLAIN` before the very
/// statement. A write is never carried out for it.
record Explanation(Sql sql, Arguments arguments) {
  static Explanation of(Plan plan, Statements statements, Explaining how, SqlCompiler compiler) {
    Arguments arguments = Arguments.of(plan);
    return switch (plan) {
      case Plan.Read _ ->
          new Explanation(explain(((Statements.Read) statements).rows(), how), arguments);
      case Plan.Insert insert -> insert(insert, statements, how, compiler, arguments);
      case Plan.Update update ->
          new Explanation(
              written(
                  statements instanceof Statements.AtOnce once
                      ? once.write().apply(Writing.Run.NONE.named())
                      : compiler.update(update.shape()),
                  how),
              arguments);
      case Plan.Delete delete ->
          new Explanation(
              written(
                  statements instanceof Statements.AtOnce once
                      ? once.write().apply(Writing.Run.NONE.named())
                      : compiler.delete(delete.shape()),
                  how),
              arguments);
      case Plan.Call _ -> call((Statements.Call) statements, how, arguments);
    };
  }

  private static Explanation insert(
      Plan.Insert plan,
      Statements statements,
      Explaining how,
      SqlCompiler compiler,
      Arguments arguments) {
    List<Value> first = new ArrayList<>();
    BitSet named = new BitSet();
    if (!plan.rows().isEmpty()) {
      Plan.Row row = plan.rows().getFirst();
      for (int i = 0; i < row.cells().size(); i++) {
        Value cell = row.cells().get(i);
        if (cell == null) continue;
        named.set(i);
        first.add(cell);
      }
    }
    return new Explanation(
        written(
            statements instanceof Statements.AtOnce once
                ? once.write().apply(named)
                : Statements.insert(plan.shape(), named, compiler),
            how),
        arguments.withRows(List.of(first)));
  }

  /// With several statements, what the last would find depends on those before it.
  private static Explanation call(Statements.Call call, Explaining how, Arguments arguments) {
    Sql only = call.only();
    return new Explanation(call.writes() ? written(only, how) : explain(only, how), arguments);
  }

  private static Sql written(Sql statement, Explaining how) {
    if (how.options().contains(Explaining.Option.ANALYZE))
      throw new ProblemException(new Problem.Unsupported("options=analyze of the plan of a write"));
    return explain(statement, how);
  }

  private static Sql explain(Sql statement, Explaining how) {
    StringBuilder options = new StringBuilder("EXPLAIN (FORMAT ").append(how.syntax());
    for (Explaining.Option option : how.options()) options.append(", ").append(option);
    return Sql.of("{} {}", Sql.raw(options.append(')').toString()), statement);
  }
}
