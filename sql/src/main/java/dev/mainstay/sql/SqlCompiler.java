package dev.mainstay.sql;

import dev.mainstay.core.model.Column;
import dev.mainstay.core.model.ColumnType;
import dev.mainstay.core.model.Fill;
import dev.mainstay.core.model.Model;
import dev.mainstay.core.model.SqlText;
import dev.mainstay.core.model.TableName;
import dev.mainstay.core.plan.Plan;
import dev.mainstay.core.plan.Select;
import dev.mainstay.core.query.Expr;
import dev.mainstay.core.query.Filter;
import dev.mainstay.core.query.Truth;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Turns the shape of a plan into statements of one engine. Pure; what it makes depends on the
/// model, the dialect and the shape alone, so it can be kept for as long as they are.
///
/// Adds no policy and drops none: the planner has put them where they belong.
public final class SqlCompiler {
  private final Model model;
  private final Dialect dialect;

  public SqlCompiler(Model model, Dialect dialect) {
    this.model = model;
    this.dialect = dialect;
  }

  /// The rows: one column, each value a JSON object as text.
  public Sql read(Select select) {
    Terms terms = terms();
    Terms.Path path = whole(select.table(), terms);
    return new Selects(dialect, terms).texts(select, path);
  }

  /// How many rows there are without limit and offset: one bigint.
  public Sql count(Select select) {
    Terms terms = terms();
    return new Selects(dialect, terms).count(select, whole(select.table(), terms));
  }

  /// The same, up to one more than `enough`.
  public Sql count(Select select, Expr.Bind enough) {
    Terms terms = terms();
    Terms.Path path = whole(select.table(), terms);
    return Sql.of(
        "SELECT count(*) FROM ({}{}) AS e",
        new Selects(dialect, terms).each(select, path),
        dialect.page(Sql.of("{} + 1", terms.term(enough, path.scope()).sql()), null));
  }

  /// One row, of no matter what, for each of the rows without limit and offset.
  public Sql each(Select select) {
    Terms terms = terms();
    return new Selects(dialect, terms).each(select, whole(select.table(), terms));
  }

  /// Inserts what `source` (`VALUES …`, `SELECT …`) gives for the columns, and answers the key of
  /// each row that was inserted or, on a conflict, overwritten. A row that is there already is left
  /// as it is and not answered when it fails the conflict's policy, or when the row that was to be
  /// inserted fails the shape's check.
  public Sql insert(Plan.InsertShape shape, List<Expr.Column> columns, Sql source) {
    return insert(shape, columns, source, null);
  }

  /// The same.
  ///
  /// @param mark true, and evaluated when a row is overwritten, for its effect
  public Sql insert(
      Plan.InsertShape shape, List<Expr.Column> columns, Sql source, @Nullable Sql mark) {
    Terms terms = terms();
    Scope scope = terms.root(shape.table());
    return Sql.of(
        "INSERT INTO {}{} {}{}{}",
        // An alias only where something may speak of a row: not all engines have one.
        shape.conflict() == null && mark == null ? dialect.table(shape.table()) : terms.from(scope),
        columns.isEmpty() ? Sql.raw("") : Sql.of(" ({})", names(columns)),
        source,
        shape.conflict() == null
            ? Sql.raw("")
            : conflict(shape, shape.conflict(), scope, terms, mark),
        returning(shape.key()));
  }

  /// Answers one row when one of the rows that `source` gives for the columns would not make the
  /// shape's check true, were it inserted.
  public Sql refused(Plan.InsertShape shape, List<Expr.Column> columns, Sql source) {
    Terms terms = terms();
    Scope scope = terms.root(shape.table());
    List<Sql> filled = new ArrayList<>();
    List<Sql> computed = new ArrayList<>();
    for (Column column : Objects.requireNonNull(model.table(shape.table())).columns()) {
      if (columns.contains(new Expr.Column(0, column.name(), column.type()))) continue;
      Sql name = dialect.quote(column.name());
      if (column.fill() instanceof Fill.Generated(SqlText expression))
        computed.add(
            Sql.of(
                "({}) AS {}",
                Sql.raw(Objects.requireNonNull(expression.on(dialect.name()))),
                name));
      else filled.add(Sql.of("{} AS {}", dialect.fresh(column), name));
    }
    return Sql.of(
        "WITH g{} AS ({}), f AS (SELECT g.*{} FROM g), p AS (SELECT f.*{} FROM f)"
            + " SELECT 1 FROM p AS {} WHERE NOT ({}) LIMIT 1",
        columns.isEmpty() ? Sql.raw("") : Sql.of("({})", names(columns)),
        columns.isEmpty() ? Sql.raw("SELECT 1") : source,
        each(filled),
        each(computed),
        Sql.raw(scope.alias()),
        dialect.is(terms.filter(shape.check(), scope), Truth.TRUE));
  }

  private static Sql each(List<Sql> more) {
    return more.isEmpty() ? Sql.raw("") : Sql.of(", {}", Sql.join(", ", more));
  }

  /// Updates, and answers the key of each row as it is afterwards.
  public Sql update(Plan.UpdateShape shape) {
    Terms terms = terms();
    Terms.Path path = whole(shape.table(), terms);
    List<Sql> assignments = new ArrayList<>();
    for (Plan.Assignment assignment : shape.assignments()) {
      String name = assignment.column().name();
      Sql value =
          assignment.value() == null
              ? dialect.fill(column(shape.table(), name))
              : terms.term(assignment.value(), path.scope()).sql();
      assignments.add(Sql.of("{} = {}", dialect.quote(name), value));
    }
    return Sql.of(
        "UPDATE {} SET {}{}{}",
        path.from(),
        Sql.join(", ", assignments),
        where(terms.guarded(shape.policy(), shape.where(), path.scope())),
        returning(shape.key()));
  }

  /// Deletes, and answers the key of each row.
  public Sql delete(Plan.DeleteShape shape) {
    Terms terms = terms();
    Terms.Path path = whole(shape.table(), terms);
    return Sql.of(
        "DELETE FROM {}{}{}",
        path.from(),
        where(terms.guarded(shape.policy(), shape.where(), path.scope())),
        returning(shape.key()));
  }

  /// What a write that answers nothing does, and in the same statement what is wanted of its rows,
  /// for engines whose writes can stand in a query. Each row of the answer begins with three
  /// numbers: how many rows were written, how many of these break their check, and how many are
  /// new. Beside them stands what is answered of each row, or nulls when there is nothing to
  /// answer.
  public Sql answering(Sql write, TableName table, Wanted wanted) {
    return new AnsweringWrite(dialect, terms(), table).of(write, wanted);
  }

  /// The keys of the rows that a policy and a condition leave.
  public Sql keys(TableName table, List<Expr.Column> key, Filter policy, Filter where) {
    Terms terms = terms();
    Terms.Path path = whole(table, terms);
    return Sql.of(
        "SELECT {} FROM {}{}",
        columns(key, path.scope(), terms),
        path.from(),
        where(terms.guarded(policy, where, path.scope())));
  }

  /// Answers one row when one of the rows with the keys in [Slot.Keys] does not make `check` true.
  public Sql violation(TableName table, List<Expr.Column> key, Filter check) {
    Terms terms = terms();
    Terms.Path path = byKey(whole(table, terms), key);
    return Sql.of(
        "SELECT 1 FROM {} WHERE {} AND NOT ({}) LIMIT 1",
        path.from(),
        Sql.join(" AND ", path.conditions()),
        dialect.is(terms.filter(check, path.scope()), Truth.TRUE));
  }

  /// The rows with the keys in [Slot.Keys], in the order of the keys unless `select` has its own.
  public Sql readByKey(Select select, List<Expr.Column> key) {
    Terms terms = terms();
    Terms.Path path = byKey(whole(select.table(), terms), key);
    if (!select.order().isEmpty() || select.grouped())
      return new Selects(dialect, terms).texts(select, path);
    return Sql.of("{} ORDER BY k.n", new Selects(dialect, terms).texts(select.unpaged(), path));
  }

  /// Deletes the rows with the keys in [Slot.Keys].
  public Sql deleteByKey(TableName table, List<Expr.Column> key) {
    List<Sql> keys = new ArrayList<>();
    for (int i = 0; i < key.size(); i++) keys.add(Sql.raw("k.c" + i));
    return Sql.of(
        "DELETE FROM {} WHERE ({}) IN (SELECT {} FROM {})",
        dialect.table(table),
        names(key),
        Sql.join(", ", keys),
        dialect.keys("k", types(key)));
  }

  /// A condition of the model's own, as DDL has it: over the bare columns of one table.
  public Sql condition(TableName table, Filter filter) {
    return terms().filter(filter, new Scope("", table, null));
  }

  private Sql conflict(
      Plan.InsertShape shape,
      Plan.Conflict conflict,
      Scope scope,
      Terms terms,
      @Nullable Sql mark) {
    Sql on = Sql.of(" ON CONFLICT ({})", names(conflict.target()));
    if (conflict.merge().isEmpty()) return Sql.of("{} DO NOTHING", on);
    List<Sql> assignments =
        conflict.merge().stream()
            .map(c -> dialect.quote(c.name()))
            .map(name -> Sql.of("{} = excluded.{}", name, name))
            .toList();
    Scope proposed = new Scope("excluded", shape.table(), null);
    List<Sql> conditions = new ArrayList<>(terms.guarded(conflict.policy(), Filter.TRUE, scope));
    conditions.addAll(terms.guarded(shape.check(), Filter.TRUE, proposed));
    if (mark != null)
      conditions =
          conditions.isEmpty()
              ? List.of(mark)
              : List.of(dialect.fenced(Sql.join(" AND ", conditions), mark));
    return Sql.of("{} DO UPDATE SET {}{}", on, Sql.join(", ", assignments), where(conditions));
  }

  private Column column(TableName table, String name) {
    return Objects.requireNonNull(Objects.requireNonNull(model.table(table)).column(name));
  }

  private Terms terms() {
    return new Terms(model, dialect, new Aliases());
  }

  private Terms.Path whole(TableName table, Terms terms) {
    Scope scope = terms.root(table);
    return new Terms.Path(terms.from(scope), List.of(), scope);
  }

  private Terms.Path byKey(Terms.Path path, List<Expr.Column> key) {
    List<Sql> equal = new ArrayList<>();
    for (int i = 0; i < key.size(); i++)
      equal.add(
          Sql.of(
              "{}.{} = {}",
              Sql.raw(path.scope().alias()),
              dialect.quote(key.get(i).name()),
              Sql.raw("k.c" + i)));
    Sql from = Sql.of("{} CROSS JOIN {}", dialect.keys("k", types(key)), path.from());
    return new Terms.Path(from, equal, path.scope());
  }

  private static List<ColumnType> types(List<Expr.Column> key) {
    return key.stream().map(Expr.Column::type).toList();
  }

  /// Nothing for an empty key: RETURNING asks a database with policies of its own whether the row
  /// may be read.
  private Sql returning(List<Expr.Column> key) {
    return key.isEmpty() ? Sql.raw("") : Sql.of(" RETURNING {}", names(key));
  }

  /// Bare names: SQLite knows no alias in RETURNING.
  private Sql names(List<Expr.Column> columns) {
    return Sql.join(", ", columns.stream().map(c -> dialect.quote(c.name())).toList());
  }

  private static Sql columns(List<Expr.Column> columns, Scope scope, Terms terms) {
    return Sql.join(", ", columns.stream().map(c -> terms.term(c, scope).sql()).toList());
  }

  private static Sql where(List<Sql> conditions) {
    return conditions.isEmpty() ? Sql.raw("") : Sql.of(" WHERE {}", Sql.join(" AND ", conditions));
  }
}
