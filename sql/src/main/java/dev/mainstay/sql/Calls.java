package dev.mainstay.sql;

import dev.mainstay.core.model.Column;
import dev.mainstay.core.model.ColumnType;
import dev.mainstay.core.model.Fill;
import dev.mainstay.core.model.Function;
import dev.mainstay.core.model.Function.Amount;
import dev.mainstay.core.model.Function.Body;
import dev.mainstay.core.model.Function.Result;
import dev.mainstay.core.model.Function.RowType;
import dev.mainstay.core.model.Model;
import dev.mainstay.core.model.TableName;
import dev.mainstay.core.model.UserSql;
import dev.mainstay.core.plan.Plan;
import dev.mainstay.core.plan.Select;
import dev.mainstay.core.problem.Problem;
import dev.mainstay.core.problem.ProblemException;
import dev.mainstay.core.query.Expr;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/// Turns calls of functions into statements of one engine.
///
/// What a function returns is a table made on the spot, out of the user's SQL or of what that
/// answered: the select over it, its policy and its embeds are those of any other read.
public final class Calls {
  private static final String UID = "auth.uid";
  private static final String CLAIMS = "auth.claims.";

  private final Model model;
  private final Dialect dialect;

  public Calls(Model model, Dialect dialect) {
    this.model = model;
    this.dialect = dialect;
  }

  /// The function that is called.
  public Function function(Plan.CallShape shape) {
    return Objects.requireNonNull(model.function(shape.function()), shape.function()::toString);
  }

  /// Whether the function is one that the database has.
  public boolean isExisting(Plan.CallShape shape) {
    return function(shape).body() instanceof Body.Existing;
  }

  /// The user's statements, with placeholders for their parameters; of a function that the database
  /// has, the one that calls it.
  public List<Sql> statements(Plan.CallShape shape) {
    Function function = function(shape);
    if (function.body() instanceof Body.Existing)
      return List.of(Sql.of("SELECT {}", existing(function, shape)));
    List<String> texts = function.sql(dialect.name());
    if (texts == null)
      throw new ProblemException(
          new Problem.Unsupported("the function " + shape.function() + " on " + dialect.name()));
    return texts.stream().map(text -> statement(UserSql.known(text), shape)).toList();
  }

  /// The columns of the result; of a value the only one, whatever the user's SQL calls it.
  public List<Column> columns(Plan.CallShape shape) {
    return switch (function(shape).result()) {
      case Result.Nothing _ -> List.of();
      case Result.Scalar(ColumnType type, Amount _) -> List.of(only(shape, type));
      case Result.Rows(RowType.Of(TableName table), Amount _) ->
          Objects.requireNonNull(model.table(table)).columns();
      case Result.Rows(RowType.Own(List<Column> columns), Amount _) -> columns;
    };
  }

  public boolean isScalar(Plan.CallShape shape) {
    return function(shape).result() instanceof Result.Scalar;
  }

  /// The rows or values that the last statement gives: one column, each a JSON text.
  public Sql rows(Plan.CallShape shape, Select select) {
    Terms terms = terms();
    return texts(shape, select, direct(shape, select, terms), terms);
  }

  /// How many they are without limit and offset: one bigint.
  public Sql count(Plan.CallShape shape, Select select) {
    Terms terms = terms();
    return new Selects(dialect, terms).count(select, direct(shape, select, terms));
  }

  /// The same of the rows in [Slot.Result], which the last statement has answered.
  public Sql answeredRows(Plan.CallShape shape, Select select) {
    Terms terms = terms();
    return texts(shape, select, answered(shape, select, terms), terms);
  }

  public Sql answeredCount(Plan.CallShape shape, Select select) {
    Terms terms = terms();
    return new Selects(dialect, terms).count(select, answered(shape, select, terms));
  }

  private Sql texts(Plan.CallShape shape, Select select, Terms.Path path, Terms terms) {
    Selects selects = new Selects(dialect, terms);
    return isScalar(shape) ? selects.values(select, path) : selects.texts(select, path);
  }

  /// Rows and their number in one: a function is called once, whatever it does. With no row, there
  /// is one of which only the number is not null.
  public Sql countedExisting(Plan.CallShape shape, Select select) {
    Terms terms = terms();
    Sql called = Sql.of("SELECT * FROM {}", path(called(shape), select, terms).from());
    Sql rows = texts(shape, select, path(Sql.raw("called"), select, terms), terms);
    Sql count = new Selects(dialect, terms).count(select, path(Sql.raw("called"), select, terms));
    return Sql.of(
        "WITH called AS MATERIALIZED ({}) SELECT r.j, c.n FROM ({}) AS c(n) LEFT JOIN ({}) AS r ON TRUE",
        called,
        count,
        rows);
  }

  private Terms.Path direct(Plan.CallShape shape, Select select, Terms terms) {
    if (isExisting(shape)) return path(called(shape), select, terms);
    Sql last = statements(shape).getLast();
    List<Sql> columns = new ArrayList<>();
    for (Column column : columns(shape)) {
      Sql name = dialect.quote(column.name());
      Sql value = isScalar(shape) ? Sql.raw("f.v") : Sql.of("f.{}", name);
      columns.add(Sql.of("{} AS {}", dialect.declared(value, column.type()), name));
    }
    Sql list = Sql.join(", ", columns);
    // Only WITH gives the column of a value a name on every engine.
    return path(
        isScalar(shape)
            ? Sql.of("(WITH f(v) AS ({}) SELECT {} FROM f{})", last, list, first(shape))
            : Sql.of("(SELECT {} FROM ({}) AS f{})", list, last, first(shape)),
        select,
        terms);
  }

  /// What a function that the database has answers, as an item of FROM without its alias.
  private Sql called(Plan.CallShape shape) {
    Function function = function(shape);
    Sql call = existing(function, shape);
    if (!isScalar(shape)) return Sql.of("(SELECT * FROM {}{})", call, first(shape));
    Sql value = dialect.quote(columns(shape).getFirst().name());
    return Sql.of("(SELECT {} AS {}{})", call, value, first(shape));
  }

  /// The call itself, with the arguments that are given, by their names.
  private Sql existing(Function function, Plan.CallShape shape) {
    List<Sql> arguments = new ArrayList<>();
    for (Function.Argument argument : function.arguments())
      for (Plan.Argument given : shape.arguments())
        if (given.name().equals(argument.placeholder()))
          arguments.add(existing(argument, given.value()));
    return Sql.of("{}({})", dialect.table(function.name()), Sql.join(", ", arguments));
  }

  private Sql existing(Function.Argument argument, Expr.Bind value) {
    Sql slot = dialect.slot(new Slot.Bound(value.slot(), value.type()));
    if (argument.name().isEmpty()) return slot;
    String takes = argument.taking() == Function.Taking.REST ? "VARIADIC " : "";
    return Sql.of("{}{} => {}", Sql.raw(takes), dialect.quote(argument.name()), slot);
  }

  private Terms.Path answered(Plan.CallShape shape, Select select, Terms terms) {
    List<Sql> columns = new ArrayList<>();
    List<ColumnType> types = new ArrayList<>();
    for (Column column : columns(shape)) {
      Sql value = dialect.declared(Sql.raw("k.c" + types.size()), column.type());
      columns.add(Sql.of("{} AS {}", value, dialect.quote(column.name())));
      types.add(column.type());
    }
    return path(
        Sql.of(
            "(SELECT {} FROM {} ORDER BY k.n{})",
            Sql.join(", ", columns),
            dialect.results("k", types),
            first(shape)),
        select,
        terms);
  }

  private Sql first(Plan.CallShape shape) {
    return Sql.raw(function(shape).returnsSet() ? "" : " LIMIT 1");
  }

  private static Terms.Path path(Sql table, Select select, Terms terms) {
    Scope scope = terms.called(select.table());
    return new Terms.Path(Sql.of("{} AS {}", table, Sql.raw(scope.alias())), List.of(), scope);
  }

  private Sql statement(UserSql sql, Plan.CallShape shape) {
    List<Sql> pieces = new ArrayList<>();
    for (UserSql.Part part : sql.parts())
      pieces.add(
          switch (part) {
            case UserSql.Part.Text(String text) -> Sql.raw(text);
            // Where it is an operator, the driver wants it twice.
            case UserSql.Part.QuestionMark _ -> Sql.raw("??");
            case UserSql.Part.Parameter(String name, int _) -> parameter(name, shape);
          });
    // The text may end in a comment.
    pieces.add(Sql.raw("\n"));
    return Sql.join("", pieces);
  }

  private Sql parameter(String name, Plan.CallShape shape) {
    if (name.equals(UID)) return claim(List.of("sub"), new ColumnType.Uuid());
    if (name.startsWith(CLAIMS))
      return claim(List.of(name.substring(CLAIMS.length()).split("\\.")), new ColumnType.Text());
    for (Plan.Argument argument : shape.arguments())
      if (argument.name().equals(name)) {
        Expr.Bind bind = argument.value();
        return dialect.slot(new Slot.Bound(bind.slot(), bind.type()));
      }
    throw new IllegalStateException("no parameter " + name + " of " + shape.function());
  }

  private Sql claim(List<String> path, ColumnType type) {
    return dialect.slot(new Slot.Claim(path, type));
  }

  private static Column only(Plan.CallShape shape, ColumnType type) {
    Select.Output output = Objects.requireNonNull(shape.rows()).outputs().getFirst();
    String name =
        output instanceof Select.Output.Value(String key, Expr _) ? key : output.toString();
    return new Column(name, type, true, new Fill.Nothing(), List.of(), List.of(), null);
  }

  private Terms terms() {
    return new Terms(model, dialect, new Aliases());
  }
}
