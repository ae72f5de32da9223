package dev.mainstay.sql;

import dev.mainstay.core.model.Column;
import dev.mainstay.core.model.ColumnType;
import dev.mainstay.core.model.Fill;
import dev.mainstay.core.model.Model;
import dev.mainstay.core.model.Table;
import dev.mainstay.core.model.TableName;
import dev.mainstay.core.query.Expr;
import dev.mainstay.core.query.Filter;
import dev.mainstay.core.query.Link;
import dev.mainstay.core.query.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;

/// Renders expressions and filters of one statement.
final class Terms {
  /// An operator chain deeper than this is split in the middle: engines bound the depth of an
  /// expression, and a flat chain of `OR` is as deep as it is long.
  private static final int CHAIN = 50;

  /// The whole row as a column of [Scope.Origin#WRITTEN].
  static final String WHOLE = "mainstay.row";

  private final Model model;
  private final Dialect dialect;
  private final Aliases aliases;
  private final Raising raising;

  /// By the alias of a table, the columns of it that were rendered.
  private final Map<String, Set<String>> spoken = new HashMap<>();

  Terms(Model model, Dialect dialect, Aliases aliases) {
    this.model = model;
    this.raising = new Raising(model);
    this.dialect = dialect;
    this.aliases = aliases;
  }

  Term term(Expr expr, Scope scope) {
    return switch (expr) {
      case Expr.Column column -> column(column, scope.up(column.up()));
      case Expr.Bind bind ->
          new Term(
              dialect.slot(new Slot.Bound(bind.slot(), bind.type())),
              bind.type(),
              !(bind.type() instanceof ColumnType.ArrayOf));
      case Expr.Literal literal ->
          new Term(
              dialect.literal(literal.value(), literal.type()),
              literal.type(),
              literal.value() instanceof Value.Null);
      case Expr.Claim claim ->
          Term.nullable(dialect.slot(new Slot.Claim(claim.path(), claim.type())), claim.type());
      case Expr.JsonAt at ->
          Term.nullable(
              dialect.jsonAt(term(at.json(), scope).sql(), at.path(), at.asText()), at.type());
      case Expr.Cast cast ->
          Term.nullable(dialect.cast(term(cast.value(), scope), cast.type()), cast.type());
      case Expr.Through through ->
          Term.nullable(
              Sql.of("({})", through(through, scope, row -> term(through.inner(), row).sql())),
              through.type());
      case Expr.Apply apply -> {
        List<Term> arguments = apply.arguments().stream().map(a -> term(a, scope)).toList();
        yield Term.nullable(dialect.apply(apply.function(), arguments, apply.type()), apply.type());
      }
    };
  }

  /// The columns of the scope's own table that were rendered so far.
  Set<String> spoken(Scope scope) {
    return spoken.getOrDefault(scope.alias(), Set.of());
  }

  Sql filter(Filter filter, Scope scope) {
    return switch (filter) {
      case Filter.Constant constant -> dialect.constant(constant.truth());
      case Filter.And and when and.all().isEmpty() -> filter(Filter.TRUE, scope);
      case Filter.And and -> chain(" AND ", and.all().stream().map(f -> filter(f, scope)).toList());
      case Filter.Or or when or.any().isEmpty() -> filter(Filter.FALSE, scope);
      case Filter.Or or -> chain(" OR ", or.any().stream().map(f -> filter(f, scope)).toList());
      case Filter.Not not -> Sql.of("(NOT {})", filter(not.filter(), scope));
      case Filter.Test test ->
          Sql.of(
              "({})",
              dialect.test(
                  term(test.left(), scope),
                  test.operator(),
                  test.quantifier(),
                  right(test, scope)));
      case Filter.IsNull isNull -> Sql.of("({} IS NULL)", term(isNull.value(), scope).sql());
      case Filter.Is is -> Sql.of("({})", dialect.is(filter(is.condition(), scope), is.truth()));
      case Filter.Holds holds -> Sql.of("({})", term(holds.condition(), scope).sql());
      case Filter.Search search ->
          Sql.of(
              "({})",
              dialect.search(
                  term(search.text(), scope),
                  search.grammar(),
                  search.language() == null ? null : term(search.language(), scope),
                  term(search.query(), scope)));
      case Filter.Finds finds when scope.origin() != Scope.Origin.TABLE -> {
        for (String column : finds.document().columns()) speak(column, scope);
        yield Sql.of(
            "({})", dialect.matches(scope.alias(), finds.document(), term(finds.query(), scope)));
      }
      case Filter.Finds finds -> {
        Table table = Objects.requireNonNull(model.table(scope.table()));
        yield Sql.of(
            "({})",
            dialect.finds(scope.alias(), table, finds.document(), term(finds.query(), scope)));
      }
      case Filter.Exists exists -> {
        Path path = follow(exists.link(), scope);
        List<Sql> conditions = new ArrayList<>(path.conditions());
        conditions.addAll(guarded(exists.where(), path.scope()));
        yield Sql.of(
            "EXISTS (SELECT 1 FROM {} WHERE {})", path.from(), Sql.join(" AND ", conditions));
      }
    };
  }

  private Term right(Filter.Test test, Scope scope) {
    return switch (test.operator()) {
      case MATCH, IMATCH -> pattern(test.right(), scope);
      default -> term(test.right(), scope);
    };
  }

  private Term pattern(Expr expr, Scope scope) {
    Term term = term(expr, scope);
    return switch (expr) {
      case Expr.Bind bind ->
          new Term(
              dialect.slot(new Slot.Pattern(bind.slot(), bind.type())),
              bind.type(),
              term.nullable());
      case Expr.Literal literal ->
          new Term(
              dialect.pattern(literal.value(), literal.type()), literal.type(), term.nullable());
      default -> term;
    };
  }

  /// The condition `policy` and then `where`. Parts of `where` that cannot raise stand beside the
  /// policy, so that an index can serve them; the others are evaluated only where the policy and
  /// those parts hold.
  List<Sql> guarded(Filter policy, Filter where, Scope scope) {
    List<Filter> safe = new ArrayList<>();
    List<Filter> last = new ArrayList<>();
    if (!policy.equals(Filter.TRUE)) safe.add(policy);
    split(where, scope, safe, last);
    return policy.equals(Filter.TRUE) ? beside(safe, last, scope) : fenced(safe, last, scope);
  }

  /// A condition that holds a policy among its parts: those that can raise come after the others.
  private List<Sql> guarded(Filter where, Scope scope) {
    List<Filter> safe = new ArrayList<>();
    List<Filter> last = new ArrayList<>();
    split(where, scope, safe, last);
    return fenced(safe, last, scope);
  }

  private void split(Filter filter, Scope scope, List<Filter> safe, List<Filter> last) {
    if (filter instanceof Filter.And and)
      for (Filter part : and.all()) split(part, scope, safe, last);
    else if (!filter.equals(Filter.TRUE)) (raising.can(filter, scope) ? last : safe).add(filter);
  }

  private List<Sql> fenced(List<Filter> safe, List<Filter> last, Scope scope) {
    if (safe.isEmpty() || last.isEmpty()) return beside(safe, last, scope);
    return List.of(dialect.fenced(all(safe, scope), all(last, scope)));
  }

  private List<Sql> beside(List<Filter> safe, List<Filter> last, Scope scope) {
    List<Filter> parts = new ArrayList<>(safe);
    parts.addAll(last);
    if (parts.size() > CHAIN) return List.of(all(parts, scope));
    return parts.stream().map(part -> filter(part, scope)).toList();
  }

  private Sql all(List<Filter> parts, Scope scope) {
    return chain(" AND ", parts.stream().map(part -> filter(part, scope)).toList());
  }

  /// A table that a statement is about, and that nothing is around.
  Scope root(TableName table) {
    return new Scope(aliases.next(), table, null);
  }

  /// What a statement has written, when a query around it is about that.
  Scope written(TableName like) {
    return new Scope(aliases.next(), like, null, Scope.Origin.WRITTEN);
  }

  /// What a function returns, when a statement is about that.
  Scope called(TableName like) {
    return new Scope(aliases.next(), like, null, Scope.Origin.FUNCTION);
  }

  /// The rows a link leads to from the row of `scope`.
  Path follow(Link link, Scope scope) {
    Link.Via via = link.via();
    Scope target = new Scope(aliases.next(), link.target(), scope);
    if (link.function() != null) {
      Sql rows = Sql.of("{}({})", dialect.table(link.function()), row(scope));
      return new Path(Sql.of("{} AS {}", rows, Sql.raw(target.alias())), List.of(), target);
    }
    if (via == null) return new Path(from(target), equal(link.pairs(), scope, target), target);
    Scope junction = new Scope(aliases.next(), via.junction(), scope);
    List<Sql> conditions = new ArrayList<>(equal(via.pairs(), scope, junction));
    if (!via.policy().equals(Filter.TRUE)) conditions.add(filter(via.policy(), junction));
    Sql from =
        Sql.of(
            "{} JOIN {} ON {}",
            from(junction),
            from(target),
            Sql.join(" AND ", equal(link.pairs(), junction, target)));
    return new Path(from, conditions, target);
  }

  /// The key's columns, as expressions over a row of the table.
  List<Expr.Column> primaryKey(TableName name) {
    Table table = model.table(name);
    if (table == null) return List.of();
    return table.primaryKey().stream()
        .map(key -> new Expr.Column(0, key, Objects.requireNonNull(table.column(key)).type()))
        .toList();
  }

  /// A table with its alias, as an item of FROM.
  Sql from(Scope scope) {
    return Sql.of("{} AS {}", dialect.table(scope.table()), Sql.raw(scope.alias()));
  }

  /// @param conditions what joins the rows to the row they were followed from
  record Path(Sql from, List<Sql> conditions, Scope scope) {}

  /// A scalar query, without parentheses, of what `answer` makes of the row that is followed to.
  Sql through(Expr.Through through, Scope scope, Function<Scope, Sql> answer) {
    Path path = follow(through.link(), scope);
    List<Sql> conditions = new ArrayList<>(path.conditions());
    conditions.addAll(guarded(through.where(), path.scope()));
    return Sql.of(
        "SELECT {} FROM {} WHERE {}",
        answer.apply(path.scope()),
        path.from(),
        Sql.join(" AND ", conditions));
  }

  private Term column(Expr.Column column, Scope scope) {
    Table table = model.table(scope.table());
    Column declared = table == null ? null : table.column(column.name());
    if (declared != null && declared.fill() instanceof Fill.Computed(TableName function))
      return Term.nullable(Sql.of("{}({})", dialect.table(function), row(scope)), column.type());
    speak(column.name(), scope);
    Sql name = dialect.quote(column.name());
    Sql sql = scope.alias().isEmpty() ? name : Sql.of("{}.{}", Sql.raw(scope.alias()), name);
    boolean isPromised =
        table != null && !table.isView() && scope.origin() != Scope.Origin.FUNCTION;
    return new Term(sql, column.type(), !isPromised || declared == null || declared.nullable());
  }

  private void speak(String column, Scope scope) {
    spoken.computeIfAbsent(scope.alias(), _ -> new LinkedHashSet<>()).add(column);
  }

  /// A whole row, for a function that takes one of the table's.
  private Sql row(Scope scope) {
    Sql alias = Sql.raw(scope.alias());
    return switch (scope.origin()) {
      case TABLE -> alias;
      case WRITTEN -> {
        speak(WHOLE, scope);
        yield Sql.of("{}.{}", alias, dialect.quote(WHOLE));
      }
      // Out of a query a row has no type of its own any more.
      case FUNCTION -> Sql.of("CAST(ROW({}.*) AS {})", alias, dialect.table(scope.table()));
    };
  }

  private List<Sql> equal(List<Link.Pair> pairs, Scope near, Scope far) {
    return pairs.stream()
        .map(
            pair ->
                Sql.of(
                    "{} = {}",
                    column(pair.to(), far).sql(),
                    column(pair.from(), near.up(pair.from().up())).sql()))
        .toList();
  }

  private static Sql chain(String operator, List<Sql> parts) {
    if (parts.size() == 1) return parts.getFirst();
    if (parts.size() <= CHAIN) return Sql.of("({})", Sql.join(operator, parts));
    int half = parts.size() / 2;
    return chain(
        operator,
        List.of(
            chain(operator, parts.subList(0, half)),
            chain(operator, parts.subList(half, parts.size()))));
  }
}
