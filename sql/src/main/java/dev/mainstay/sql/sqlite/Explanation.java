package dev.mainstay.sql.sqlite;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.mainstay.core.engine.Explaining;
import dev.mainstay.core.plan.Plan;
import dev.mainstay.core.problem.Problem;
import dev.mainstay.core.problem.ProblemException;
import dev.mainstay.core.query.JsonText;
import dev.mainstay.sql.Sql;
import dev.mainstay.sql.SqlCompiler;
import java.util.List;
import java.util.Locale;

/// How SQLite would carry out a plan: `EXPLAIN QUERY PLAN` of the very statement, drawn as the
/// sqlite3 shell draws it, or as JSON.
final class Explanation {
  /// @param parent the step it is part of, 0 for none
  record Step(long id, long parent, String detail) {}

  private final List<Step> steps;
  private final StringBuilder out = new StringBuilder();

  private Explanation(List<Step> steps) {
    this.steps = steps;
  }

  /// @throws ProblemException [Problem.Unsupported] for what SQLite has no plan of
  static Sql statement(Plan plan, Statements statements, Explaining how, SqlCompiler compiler) {
    if (!how.options().isEmpty()) {
      String names =
          String.join(
              "|", how.options().stream().map(o -> o.name().toLowerCase(Locale.ROOT)).toList());
      throw new ProblemException(
          new Problem.Unsupported("options=" + names + " of a plan on SQLite"));
    }
    Sql statement =
        switch (plan) {
          case Plan.Read _ -> ((Statements.Read) statements).rows();
          case Plan.Update update -> compiler.update(update.shape());
          case Plan.Delete delete -> compiler.delete(delete.shape());
          case Plan.Insert _ ->
              throw new ProblemException(
                  new Problem.Unsupported("the plan of an insert on SQLite"));
          case Plan.Call _ -> ((Statements.Call) statements).only();
        };
    return Sql.of("EXPLAIN QUERY PLAN {}", statement);
  }

  static byte[] of(List<Step> steps, Explaining.Syntax syntax) {
    Explanation explanation = new Explanation(steps);
    switch (syntax) {
      case TEXT -> {
        explanation.out.append("QUERY PLAN\n");
        explanation.draw(0, "");
      }
      case JSON -> {
        explanation.list(0);
        explanation.out.append('\n');
      }
    }
    return explanation.out.toString().getBytes(UTF_8);
  }

  private void draw(long parent, String margin) {
    List<Step> parts = partsOf(parent);
    for (int i = 0; i < parts.size(); i++) {
      boolean isLast = i == parts.size() - 1;
      out.append(margin).append(isLast ? "`--" : "|--");
      out.append(parts.get(i).detail()).append('\n');
      draw(parts.get(i).id(), margin + (isLast ? "   " : "|  "));
    }
  }

  private void list(long parent) {
    out.append('[');
    List<Step> parts = partsOf(parent);
    for (int i = 0; i < parts.size(); i++) {
      out.append(i == 0 ? "{\"Detail\":" : ",{\"Detail\":");
      JsonText.quote(out, parts.get(i).detail());
      if (!partsOf(parts.get(i).id()).isEmpty()) {
        out.append(",\"Plans\":");
        list(parts.get(i).id());
      }
      out.append('}');
    }
    out.append(']');
  }

  private List<Step> partsOf(long parent) {
    return steps.stream().filter(step -> step.parent() == parent).toList();
  }
}
