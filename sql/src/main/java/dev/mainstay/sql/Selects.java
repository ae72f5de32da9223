package dev.mainstay.sql;

import dev.mainstay.core.plan.Select;
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

  /// The rows that `path` leads to, each as JSON in answer form.
  Query rows(Select select, Terms.Path path) {
    return query(select, path, object -> object);
  }

  /// The same, each as text named `j`.
  Sql texts(Select select, Terms.Path path) {
    return query(select, path, dialect::text).sql(dialect);
  }

  /// The values of the only output, each as text.
  Sql values(Select select, Terms.Path path) {
    Select.Output.Value only = (Select.Output.Value) select.outputs().getFirst();
    Sql value = dialect.encode(terms.term(only.expr(), path.scope()));
    return answers(dialect.text(value), select, path).sql(dialect);
  }

  /// The same rows, counted without order, limit and offset.
  Sql count(Select select, Terms.Path path) {
    if (select.grouped()) return Sql.of("SELECT count(*) FROM ({}) AS e", each(select, path));
    return Sql.of("SELECT count(*) FROM {}{}", path.from(), where(select, path));
  }

  /// One row, of no matter what, for each of those rows.
  Sql each(Select select, Terms.Path path) {
    if (select.grouped()) return new Groups(dialect, terms, this).each(select, path);
    return Sql.of("SELECT 1 FROM {}{}", path.from(), where(select, path));
  }

  private Query query(Select select, Terms.Path path, UnaryOperator<Sql> form) {
    if (select.grouped()) return new Groups(dialect, terms, this).rows(select, path, form);
    return answers(form.apply(dialect.object(members(select, path.scope()))), select, path);
  }

  /// `answer` of each row, in order and within the page.
  private Query answers(Sql answer, Select select, Terms.Path path) {
    return new Query(
        answer,
        path.from(),
        Sql.raw(path.scope().alias()),
        conditions(select, path),
        select.order().stream().map(key -> order(key, path.scope())).toList(),
        bind(select.limit(), path.scope()),
        bind(select.offset(), path.scope()));
  }

  /// WHERE with a space before it, or nothing.
  Sql where(Select select, Terms.Path path) {
    List<Sql> conditions = conditions(select, path);
    return conditions.isEmpty() ? Sql.raw("") : Sql.of(" WHERE {}", Sql.join(" AND ", conditions));
  }

  private List<Sql> conditions(Select select, Terms.Path path) {
    List<Sql> conditions = new ArrayList<>(path.conditions());
    conditions.addAll(terms.guarded(select.policy(), select.where(), path.scope()));
    return conditions;
  }

  private Sql order(Select.Key key, Scope scope) {
    return dialect.order(terms.term(key.expr(), scope), key.descending(), key.nullsFirst());
  }

  /// LIMIT and OFFSET with a space before them, or nothing.
  Sql page(Select select, Scope scope) {
    return dialect.page(bind(select.limit(), scope), bind(select.offset(), scope));
  }

  private List<Dialect.Member> members(Select select, Scope scope) {
    List<Dialect.Member> members = new ArrayList<>();
    for (Select.Output output : select.outputs()) members.addAll(members(output, scope));
    return members;
  }

  /// What an output without an aggregate is in the answered object.
  List<Dialect.Member> members(Select.Output output, Scope scope) {
    return switch (output) {
      case Select.Output.Value value ->
          List.of(new Dialect.Member(value.key(), json(value.expr(), scope)));
      case Select.Output.Aggregate aggregate ->
          throw new IllegalStateException("an aggregate in a select that is not grouped");
      case Select.Output.Embed embed ->
          List.of(new Dialect.Member(embed.key(), embedded(embed, scope)));
      case Select.Output.Spread spread -> spread(spread, scope);
    };
  }

  /// What is fetched through a relation becomes JSON there: as JSON a value is often said more than
  /// once, and a query need not be.
  private Sql json(Expr expr, Scope scope) {
    return expr instanceof Expr.Through through
        ? dialect.orNull(terms.through(through, scope, row -> json(through.inner(), row)))
        : dialect.encode(terms.term(expr, scope));
  }

  private Sql embedded(Select.Output.Embed embed, Scope scope) {
    Query rows = rows(embed.rows(), terms.follow(embed.link(), scope));
    return list(rows, embed.toOne());
  }

  /// Each output of the related rows is a subquery of its own. Those of a to-many spread must agree
  /// on the order of the rows, so the order ends with the primary key.
  private List<Dialect.Member> spread(Select.Output.Spread spread, Scope scope) {
    Terms.Path path = terms.follow(spread.link(), scope);
    Select ordered = spread.toOne() ? spread.rows() : totallyOrdered(spread.rows());
    List<Dialect.Member> members = new ArrayList<>();
    for (Dialect.Member member : members(ordered, path.scope())) {
      Query rows = answers(member.json(), ordered, path);
      members.add(new Dialect.Member(member.key(), list(rows, spread.toOne())));
    }
    return members;
  }

  private Sql list(Query rows, boolean toOne) {
    return toOne ? dialect.orNull(rows.sql(dialect)) : dialect.array(rows);
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
