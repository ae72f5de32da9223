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

  /// The rows that `path` leads to, each as JSON in answer form named `j`.
  Sql rows(Select select, Terms.Path path) {
    return query(select, path, object -> object);
  }

  /// The same, each as text.
  Sql texts(Select select, Terms.Path path) {
    return query(select, path, dialect::text);
  }

  /// The values of the only output, each as text.
  Sql values(Select select, Terms.Path path) {
    Select.Output.Value only = (Select.Output.Value) select.outputs().getFirst();
    Sql value = dialect.encode(terms.term(only.expr(), path.scope()));
    return answers(dialect.text(value), select, path);
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

  private Sql query(Select select, Terms.Path path, UnaryOperator<Sql> form) {
    if (select.grouped()) return new Groups(dialect, terms, this).rows(select, path, form);
    return answers(form.apply(dialect.object(members(select, path.scope()))), select, path);
  }

  /// `answer` of each row, in order and within the page.
  private Sql answers(Sql answer, Select select, Terms.Path path) {
    Sql where = where(select, path);
    Sql orderAndPage = orderAndPage(select, path.scope());
    boolean isPage = select.limit() != null || select.offset() != null;
    if (!isPage || select.order().isEmpty() || !dialect.sortsAnswers())
      return Sql.of("SELECT {} AS j FROM {}{}{}", answer, path.from(), where, orderAndPage);
    Sql alias = Sql.raw(path.scope().alias());
    return Sql.of(
        "SELECT {} AS j FROM (SELECT {}.* FROM {}{}{}) AS {}",
        answer,
        alias,
        path.from(),
        where,
        orderAndPage,
        alias);
  }

  /// WHERE with a space before it, or nothing.
  Sql where(Select select, Terms.Path path) {
    List<Sql> conditions = new ArrayList<>(path.conditions());
    conditions.addAll(terms.guarded(select.policy(), select.where(), path.scope()));
    return conditions.isEmpty() ? Sql.raw("") : Sql.of(" WHERE {}", Sql.join(" AND ", conditions));
  }

  private Sql orderAndPage(Select select, Scope scope) {
    List<Sql> keys =
        select.order().stream()
            .map(
                key ->
                    dialect.order(
                        terms.term(key.expr(), scope), key.descending(), key.nullsFirst()))
            .toList();
    Sql page = page(select, scope);
    return keys.isEmpty() ? page : Sql.of(" ORDER BY {}{}", Sql.join(", ", keys), page);
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
    Sql rows = rows(embed.rows(), terms.follow(embed.link(), scope));
    return embed.toOne() ? dialect.orNull(rows) : dialect.array(rows);
  }

  /// Each output of the related rows is a subquery of its own. Those of a to-many spread must agree
  /// on the order of the rows, so the order ends with the primary key.
  private List<Dialect.Member> spread(Select.Output.Spread spread, Scope scope) {
    Terms.Path path = terms.follow(spread.link(), scope);
    Select ordered = spread.toOne() ? spread.rows() : totallyOrdered(spread.rows());
    List<Dialect.Member> members = new ArrayList<>();
    for (Dialect.Member member : members(ordered, path.scope())) {
      Sql rows = answers(member.json(), ordered, path);
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
