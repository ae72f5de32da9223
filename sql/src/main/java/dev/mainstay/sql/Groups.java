package dev.mainstay.sql;

import dev.mainstay.core.model.ColumnType;
import dev.mainstay.core.plan.Select;
import dev.mainstay.core.problem.Problem;
import dev.mainstay.core.problem.ProblemException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/// Renders a select with aggregates: groups in an inner query, JSON around it.
final class Groups {
  private final Dialect dialect;
  private final Terms terms;

  Groups(Dialect dialect, Terms terms) {
    this.dialect = dialect;
    this.terms = terms;
  }

  Sql rows(Select select, Sql where, Sql orderAndPage, Terms.Path path, UnaryOperator<Sql> form) {
    List<Sql> columns = new ArrayList<>();
    List<Sql> groups = new ArrayList<>();
    List<Dialect.Member> members = new ArrayList<>();
    for (Select.Output output : select.outputs()) {
      Term term = term(output, path.scope());
      Sql name = Sql.raw("c" + columns.size());
      columns.add(Sql.of("{} AS {}", term.sql(), name));
      if (output instanceof Select.Output.Value) groups.add(Sql.raw("" + columns.size()));
      members.add(
          new Dialect.Member(
              key(output),
              dialect.encode(new Term(Sql.of("g.{}", name), term.type(), term.nullable()))));
    }
    return Sql.of(
        "SELECT {} AS j FROM (SELECT {} FROM {}{}{}{}) AS g",
        form.apply(dialect.object(members)),
        Sql.join(", ", columns),
        path.from(),
        where,
        groups.isEmpty() ? Sql.raw("") : Sql.of(" GROUP BY {}", Sql.join(", ", groups)),
        orderAndPage);
  }

  private Term term(Select.Output output, Scope scope) {
    return switch (output) {
      case Select.Output.Value value -> terms.term(value.expr(), scope);
      case Select.Output.Aggregate aggregate -> {
        Term of = aggregate.of() == null ? null : terms.term(aggregate.of(), scope);
        Term result = dialect.aggregate(aggregate.function(), of);
        ColumnType cast = aggregate.resultCast();
        yield cast == null ? result : Term.nullable(dialect.cast(result, cast), cast);
      }
      case Select.Output.Embed embed -> throw unsupported();
      case Select.Output.Spread spread -> throw unsupported();
    };
  }

  private static String key(Select.Output output) {
    return switch (output) {
      case Select.Output.Value value -> value.key();
      case Select.Output.Aggregate aggregate -> aggregate.key();
      case Select.Output.Embed embed -> throw unsupported();
      case Select.Output.Spread spread -> throw unsupported();
    };
  }

  private static ProblemException unsupported() {
    return new ProblemException(new Problem.Unsupported("embedding beside aggregates"));
  }
}
