package dev.mainstay.sql;

import dev.mainstay.core.model.ColumnType;
import dev.mainstay.core.plan.Select;
import dev.mainstay.core.query.Asked;
import dev.mainstay.core.query.Expr;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/// Renders a select with aggregates, in three layers: what is asked of each row, `r`; the groups
/// over it, `g`; and their JSON.
///
/// The rows come first and by themselves because what an engine recognises as the same expression
/// in SELECT, GROUP BY and ORDER BY ends at subqueries, and a column through a relation is one.
final class Groups {
  private final Dialect dialect;
  private final Terms terms;
  private final Selects selects;

  Groups(Dialect dialect, Terms terms, Selects selects) {
    this.dialect = dialect;
    this.terms = terms;
    this.selects = selects;
  }

  Query rows(Select select, Terms.Path path, UnaryOperator<Sql> form) {
    Layers layers = new Layers(path.scope());
    for (Select.Output output : select.outputs()) layers.add(output);
    List<Sql> order = new ArrayList<>();
    for (Select.Key key : select.order()) order.add(layers.order(key));
    Sql groups =
        Sql.of(
            "SELECT {} FROM {}{}{}{}",
            Sql.join(", ", layers.groups),
            layers.rows(select, path),
            layers.groupBy(),
            order.isEmpty() ? Sql.raw("") : Sql.of(" ORDER BY {}", Sql.join(", ", order)),
            selects.page(select, path.scope()));
    return new Query(
        form.apply(dialect.object(layers.members)),
        Sql.of("({}) AS g", groups),
        Sql.raw("g"),
        List.of(),
        List.of(),
        null,
        null);
  }

  /// One row, of no matter what, for each group.
  Sql each(Select select, Terms.Path path) {
    Layers layers = new Layers(path.scope());
    for (Select.Output output : select.outputs())
      if (!(output instanceof Select.Output.Aggregate)) layers.add(output);
    if (layers.keys.isEmpty()) return Sql.raw("SELECT 1");
    return Sql.of("SELECT 1 FROM {}{}", layers.rows(select, path), layers.groupBy());
  }

  /// The columns of each layer.
  private final class Layers {
    final List<Sql> rows = new ArrayList<>();
    final List<Sql> groups = new ArrayList<>();
    final List<Sql> keys = new ArrayList<>();
    final List<Dialect.Member> members = new ArrayList<>();
    private final Map<Expr, Term> values = new HashMap<>();
    private final Scope scope;

    Layers(Scope scope) {
      this.scope = scope;
    }

    void add(Select.Output output) {
      switch (output) {
        case Select.Output.Value value ->
            member(value.key(), values.computeIfAbsent(value.expr(), this::key));
        case Select.Output.Aggregate aggregate -> member(aggregate.key(), term(aggregate));
        case Select.Output.Embed embed -> json(embed);
        case Select.Output.Spread spread -> json(spread);
      }
    }

    Sql order(Select.Key key) {
      return dialect.order(
          values.computeIfAbsent(key.expr(), this::key), key.descending(), key.nullsFirst());
    }

    Sql rows(Select select, Terms.Path path) {
      return Sql.of(
          "(SELECT {} FROM {}{}) AS r",
          rows.isEmpty() ? Sql.raw("1") : Sql.join(", ", rows),
          path.from(),
          selects.where(select, path));
    }

    Sql groupBy() {
      return keys.isEmpty() ? Sql.raw("") : Sql.of(" GROUP BY {}", Sql.join(", ", keys));
    }

    /// An expression that the rows of a group agree on, as a column of `r`.
    private Term key(Expr expr) {
      Term term = row(terms.term(expr, scope));
      keys.add(dialect.groupKey(term));
      return term;
    }

    private Term term(Select.Output.Aggregate aggregate) {
      Term of = aggregate.of() == null ? null : row(terms.term(aggregate.of(), scope));
      Term result =
          new Term(
              dialect.aggregate(aggregate.function(), of, aggregate.type()),
              aggregate.type(),
              aggregate.function() != Asked.Aggregate.COUNT);
      ColumnType cast = aggregate.resultCast();
      return cast == null ? result : Term.nullable(dialect.cast(result, cast), cast);
    }

    /// What is embedded is compared by its text.
    private void json(Select.Output output) {
      for (Dialect.Member member : selects.members(output, scope)) {
        Sql column = column(rows, "r.", member.json());
        keys.add(column);
        members.add(new Dialect.Member(member.key(), column(groups, "g.", column)));
      }
    }

    private void member(String key, Term term) {
      Sql column = column(groups, "g.", term.sql());
      members.add(
          new Dialect.Member(key, dialect.encode(new Term(column, term.type(), term.nullable()))));
    }

    private Term row(Term term) {
      return new Term(column(rows, "r.", term.sql()), term.type(), term.nullable());
    }

    private Sql column(List<Sql> layer, String alias, Sql sql) {
      String name = "c" + layer.size();
      layer.add(Sql.of("{} AS {}", sql, Sql.raw(name)));
      return Sql.raw(alias + name);
    }
  }
}
