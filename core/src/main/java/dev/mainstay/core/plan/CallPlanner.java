package dev.mainstay.core.plan;

import dev.mainstay.core.model.ColumnType;
import dev.mainstay.core.model.Function;
import dev.mainstay.core.model.Function.Default;
import dev.mainstay.core.model.Function.Result;
import dev.mainstay.core.model.Function.Taking;
import dev.mainstay.core.model.Table;
import dev.mainstay.core.problem.Problem;
import dev.mainstay.core.problem.ProblemException;
import dev.mainstay.core.query.Asked;
import dev.mainstay.core.query.Value;
import dev.mainstay.core.query.ValueReader;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Settles which function a call means, what its arguments are, and what is answered of its result.
///
/// Rows of a table pass that table's read policy and lose its hidden columns, as if they had been
/// read there.
final class CallPlanner {
  /// How the SQL names the caller's role.
  static final String ROLE = "auth.role";

  private final Sight sight;
  private final Limits limits;
  private final Binds binds;

  CallPlanner(Sight sight, Limits limits, Binds binds) {
    this.sight = sight;
    this.limits = limits;
    this.binds = binds;
  }

  Plan.CallShape call(Asked.Call asked, Plan.Expectation expected) {
    Function function = new FunctionFinder(sight).find(asked.function(), asked.given());
    boolean isExisting = function.body() instanceof Function.Body.Existing;
    boolean writes = function.writes() && asked.access() == Asked.Access.WRITE;
    // Whether one of the database's own writes, it finds out itself.
    if (function.writes() && !writes && !isExisting)
      throw new ProblemException(
          new Problem.Database(
              "25006",
              "cannot execute " + function.name().name() + "() in a read-only transaction",
              null,
              null));
    if (expected.atMost() != null && !function.returnsSet())
      throw new ProblemException(new Problem.NoSetToCount());
    List<Plan.Argument> arguments = arguments(function, asked.given());
    Table result = sight.catalog().result(function);
    // Nobody can estimate what a function returns, so it is counted.
    boolean counted = function.returnsSet() && asked.counted() != Asked.Count.NONE;
    return new Plan.CallShape(
        function.signature(),
        arguments,
        result == null ? null : select(function, result, asked.rows()),
        counted,
        writes);
  }

  /// A call without arguments and for its effect alone.
  Plan.CallShape ahead(Function function) {
    Asked.Given nothing = new Asked.Given(List.of(), null);
    return new Plan.CallShape(
        function.signature(), arguments(function, nothing), null, false, function.writes());
  }

  private Select select(Function function, Table result, Asked.Rows rows) {
    Select select = new SelectPlanner(sight, limits, binds).read(result, rows);
    boolean isWhole = rows.items().equals(List.of(new Asked.Item.Star()));
    if (function.result() instanceof Result.Scalar && !isWhole)
      throw new ProblemException(new Problem.Unsupported("select= of values that are no rows"));
    return select;
  }

  private List<Plan.Argument> arguments(Function function, Asked.Given given) {
    boolean isExisting = function.body() instanceof Function.Body.Existing;
    List<Plan.Argument> arguments = new ArrayList<>();
    for (Function.Argument argument : function.arguments())
      if (!isExisting || isGiven(argument, given))
        arguments.add(
            new Plan.Argument(
                argument.placeholder(), binds.bind(value(argument, given), argument.type())));
    if (isExisting) return arguments;
    ColumnType text = new ColumnType.Text();
    arguments.add(new Plan.Argument(ROLE, binds.bind(role(), text)));
    return arguments;
  }

  /// What is not given, a function of the database's own has its own default for.
  private static boolean isGiven(Function.Argument argument, Asked.Given given) {
    return argument.name().isEmpty()
        || given.named().stream().anyMatch(named -> named.name().equals(argument.name()));
  }

  private Value role() {
    return switch (sight.caller()) {
      case Caller.Outside(String role, Claims _) -> new Value.Text(role);
      case Caller.Inside() -> Value.NULL;
    };
  }

  private Value value(Function.Argument argument, Asked.Given given) {
    if (argument.name().isEmpty()) {
      Asked.Body body = given.body();
      return body == null ? Value.NULL : stored(argument.type(), body.cell());
    }
    for (Asked.Argument named : given.named())
      if (named.name().equals(argument.name())) return value(argument, named.values());
    return switch (argument.otherwise()) {
      case Default.Literal(String text) -> ValueReader.read(argument.type(), text);
      case Default.Null _, Default.Nothing _, Default.Existing _ -> Value.NULL;
    };
  }

  /// A variadic argument that is given as one value is its whole list, if that value is one.
  private Value value(Function.Argument argument, List<Asked.Cell> cells) {
    if (argument.taking() == Taking.REST
        && argument.type() instanceof ColumnType.ArrayOf(ColumnType element)
        && cells.stream().allMatch(Asked.Cell.Text.class::isInstance)) {
      List<Value> elements = new ArrayList<>(cells.size());
      for (Asked.Cell cell : cells) elements.add(stored(element, cell));
      return new Value.ListOf(elements);
    }
    return stored(argument.type(), cells.getLast());
  }

  private Value stored(ColumnType type, Asked.Cell cell) {
    @Nullable Value value = ValueReader.fromCell(type, cell, sight.zone());
    return value == null ? Value.NULL : value;
  }
}
