package dev.mainstay.sql;

import dev.mainstay.core.plan.Select;
import dev.mainstay.core.problem.Problem;
import dev.mainstay.core.problem.ProblemException;
import dev.mainstay.core.query.Expr;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// Renders a [Select] and everything embedded in it as one query, of which each row is one JSON
/// object. Embeds are scalar subqueries over the row they belong to.
final class Selects {
  private final Dialect dialect;
  private final Terms terms;

  Selects(Dialect dialect, Terms terms) {
    this.dialect = dialect;
    this.terms = terms;
  }

  /// The rows that `path` leads to, each as JSON in answer form named `j`.
  Sql rows(Select select, Terms.Path path) {
    return query(select, path, object -> object);
  }

  /// The same, each as text.
  Sql texts(Select select, Terms.Path path) {
    return query(select, path, dialect::text);
  }

  private Sql query(Select select, Terms.Path path, UnaryOperator<Sql> form) {
    Sql where = where(select, path);
    Sql orderAndPage = orderAndPage(select, path.scope());
    if (select.grouped())
      return new Groups(dialect, terms).rows(select, where, orderAndPage, path, form);
    Sql object = form.apply(dialect.object(members(select, path.scope())));
    return Sql.of("SELECT {} AS j FROM {}{}{}", object, path.from(), where, orderAndPage);
  }

  /// The same rows, counted without order, limit and offset.
  Sql count(Select select, Terms.Path path) {
    if (select.grouped())
      return Sql.of("SELECT count(*) FROM ({}) AS g", rows(select.unpaged(), path));
    return Sql.of("SELECT count(*) FROM {}{}", path.from(), where(select, path));
  }

  private Sql where(Select select, Terms.Path path) {
    List<Sql> conditions = new ArrayList<>(path.conditions());
    conditions.addAll(terms.guarded(select.policy(), select.where(), path.scope()));
    return conditions.isEmpty() ? Sql.raw("") : Sql.of(" WHERE {}", Sql.join(" AND ", conditions));
  }

  private Sql orderAndPage(Select select, Scope scope) {
    Sql page = dialect.page(bind(select.limit(), scope), bind(select.offset(), scope));
    if (select.order().isEmpty()) return page;
    List<Sql> keys =
        select.order().stream()
            .map(
                key ->
                    dialect.order(
                        terms.term(key.expr(), scope), key.descending(), key.nullsFirst()))
            .toList();
    return Sql.of(" ORDER BY {}{}", Sql.join(", ", keys), page);
  }

  private List<Dialect.Member> members(Select select, Scope scope) {
    List<Dialect.Member> members = new ArrayList<>();
    for (Select.Output output : select.outputs()) {
      switch (output) {
        case Select.Output.Value value ->
            members.add(
                new Dialect.Member(value.key(), dialect.encode(terms.term(value.expr(), scope))));
        case Select.Output.Aggregate aggregate ->
            throw new IllegalStateException("an aggregate in a select that is not grouped");
        case Select.Output.Embed embed -> {
          if (!embed.rows().outputs().isEmpty())
            members.add(new Dialect.Member(embed.key(), embedded(embed, scope)));
        }
        case Select.Output.Spread spread -> members.addAll(spread(spread, scope));
      }
    }
    return members;
  }

  private Sql embedded(Select.Output.Embed embed, Scope scope) {
    Sql rows = rows(embed.rows(), terms.follow(embed.link(), scope));
    return embed.toOne() ? dialect.orNull(rows) : dialect.array(rows);
  }

  /// Each output of the related rows is a subquery of its own. Those of a to-many spread must agree
  /// on the order of the rows, so the order ends with the primary key.
  private List<Dialect.Member> spread(Select.Output.Spread spread, Scope scope) {
    if (spread.rows().grouped())
      throw new ProblemException(new Problem.Unsupported("aggregates inside a spread"));
    Terms.Path path = terms.follow(spread.link(), scope);
    Select ordered = spread.toOne() ? spread.rows() : totallyOrdered(spread.rows());
    List<Dialect.Member> members = new ArrayList<>();
    for (Dialect.Member member : members(ordered, path.scope())) {
      Sql rows =
          Sql.of(
              "SELECT {} AS j FROM {}{}{}",
              member.json(),
              path.from(),
              where(ordered, path),
              orderAndPage(ordered, path.scope()));
      members.add(
          new Dialect.Member(
              member.key(), spread.toOne() ? dialect.orNull(rows) : dialect.array(rows)));
    }
    return members;
  }

  private @Nullable Sql bind(Expr.@Nullable Bind bind, Scope scope) {
    return bind == null ? null : terms.term(bind, scope).sql();
  }

  private Select totallyOrdered(Select select) {
    List<Select.Key> order = new ArrayList<>(select.order());
    for (Expr.Column column : terms.primaryKey(select.table()))
      order.add(new Select.Key(column, false, false));
    return select.inOrder(order);
  }
}
