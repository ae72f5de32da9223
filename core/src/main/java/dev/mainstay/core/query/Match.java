package dev.mainstay.core.query;

import dev.mainstay.core.model.ColumnType;
import dev.mainstay.core.problem.ProblemException;
import dev.mainstay.core.query.Comparison.Undecided;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Reads a [Filter] on a row in memory, and answers what the database would.
///
/// Where it cannot know (related rows, an engine's own types, full-text search, an expression that
/// the database would refuse, a column the row does not tell), it answers [Answer#ASK]; of the rest
/// of a condition it makes the most: `false && ask` is false.
public final class Match {
  private final Function<List<String>, @Nullable Object> claims;
  private final List<Value> values;
  private final @Nullable LocalDateTime now;

  public enum Answer {
    TRUE,
    FALSE,
    UNKNOWN,
    /// Only the database knows.
    ASK;

    static Answer of(boolean truth) {
      return truth ? TRUE : FALSE;
    }

    static Answer of(Truth truth) {
      return switch (truth) {
        case TRUE -> TRUE;
        case FALSE -> FALSE;
        case UNKNOWN -> UNKNOWN;
      };
    }

    Answer negated() {
      return this == TRUE ? FALSE : this == FALSE ? TRUE : this;
    }
  }

  /// @param claims the caller's, by path
  /// @param values the request's, by slot
  /// @param now the time in UTC, or null to ask where it matters
  public Match(
      Function<List<String>, @Nullable Object> claims,
      List<Value> values,
      @Nullable LocalDateTime now) {
    this.claims = claims;
    this.values = List.copyOf(values);
    this.now = now;
  }

  /// @param row the values of columns by name
  public Answer of(Filter filter, Map<String, Value> row) {
    return switch (filter) {
      case Filter.Constant(Truth truth) -> Answer.of(truth);
      case Filter.And(List<Filter> all) -> all(each(all, row));
      case Filter.Or(List<Filter> any) -> any(each(any, row));
      case Filter.Not(Filter inner) -> of(inner, row).negated();
      case Filter.Is(Filter condition, Truth truth) -> {
        Answer answer = of(condition, row);
        yield answer == Answer.ASK ? answer : Answer.of(answer == Answer.of(truth));
      }
      case Filter.Test test -> test(test, row);
      case Filter.IsNull(Expr expr) -> {
        Value value = value(expr, row);
        yield value == null ? Answer.ASK : Answer.of(value instanceof Value.Null);
      }
      case Filter.Holds(Expr condition) ->
          switch (value(condition, row)) {
            case Value.Bool(boolean bool) -> Answer.of(bool);
            case Value.Null _ -> Answer.UNKNOWN;
            case null, default -> Answer.ASK;
          };
      case Filter.Search _, Filter.Finds _, Filter.Exists _ -> Answer.ASK;
    };
  }

  private List<Answer> each(List<Filter> filters, Map<String, Value> row) {
    List<Answer> answers = new ArrayList<>(filters.size());
    for (Filter filter : filters) answers.add(of(filter, row));
    return answers;
  }

  private static Answer all(List<Answer> answers) {
    if (answers.contains(Answer.FALSE)) return Answer.FALSE;
    if (answers.contains(Answer.ASK)) return Answer.ASK;
    return answers.contains(Answer.UNKNOWN) ? Answer.UNKNOWN : Answer.TRUE;
  }

  private static Answer any(List<Answer> answers) {
    if (answers.contains(Answer.TRUE)) return Answer.TRUE;
    if (answers.contains(Answer.ASK)) return Answer.ASK;
    return answers.contains(Answer.UNKNOWN) ? Answer.UNKNOWN : Answer.FALSE;
  }

  private Answer test(Filter.Test test, Map<String, Value> row) {
    Value left = value(test.left(), row);
    Value right = value(test.right(), row);
    if (left == null || right == null) return Answer.ASK;
    ColumnType type = test.left().type();
    if (test.quantifier() == Quantifier.ONE)
      return Operation.test(type, left, test.operator(), right);
    if (!(right instanceof Value.ListOf(List<Value> elements)))
      return right instanceof Value.Null ? Answer.UNKNOWN : Answer.ASK;
    List<Answer> answers = new ArrayList<>(elements.size());
    for (Value element : elements)
      answers.add(Operation.test(type, left, test.operator(), element));
    return test.quantifier() == Quantifier.ANY ? any(answers) : all(answers);
  }

  /// The expression's value, or null where only the database knows it.
  private @Nullable Value value(Expr expr, Map<String, Value> row) {
    try {
      return switch (expr) {
        case Expr.Column(int up, String name, ColumnType type) ->
            up == 0 && !(type instanceof ColumnType.Native) ? row.get(name) : null;
        case Expr.Bind(int slot, var _) -> values.get(slot);
        case Expr.Literal(Value value, var _) -> value;
        case Expr.Claim(List<String> path, ColumnType type) ->
            ClaimReader.read(type, claims.apply(path));
        case Expr.JsonAt(Expr json, List<JsonStep> path, boolean asText) ->
            at(value(json, row), path, asText);
        case Expr.Cast(Expr of, ColumnType type) -> {
          Value value = value(of, row);
          yield value == null || value instanceof Value.Null ? value : cast(of.type(), value, type);
        }
        case Expr.Through _ -> null;
        case Expr.Apply apply -> apply(apply, row);
      };
    } catch (Undecided e) {
      return null;
    }
  }

  private @Nullable Value apply(Expr.Apply apply, Map<String, Value> row) {
    if (apply.function() == Expr.Function.NOW)
      return now == null ? null : new Value.TimestampTz(now);
    List<Value> arguments = new ArrayList<>();
    boolean isNull = false;
    for (Expr argument : apply.arguments()) {
      Value value = value(argument, row);
      if (value == null) return null;
      isNull |= value instanceof Value.Null;
      arguments.add(value);
    }
    return isNull ? Value.NULL : Computation.apply(apply.function(), arguments, apply.type());
  }

  /// Null where the database would refuse, where its version or its zone of time decides.
  private static @Nullable Value cast(ColumnType from, Value value, ColumnType to) {
    boolean isMoment =
        from instanceof ColumnType.TimestampTz || to instanceof ColumnType.TimestampTz;
    boolean isNull = value instanceof Value.Json(String json) && json.equals("null");
    if (!from.equals(to) && (isMoment || isNull || !Casting.exists(from, to))) return null;
    try {
      return Casting.cast(from, value, to);
    } catch (ProblemException e) {
      return null;
    }
  }

  private static @Nullable Value at(@Nullable Value value, List<JsonStep> path, boolean asText) {
    if (value == null || value instanceof Value.Null) return value;
    if (!(value instanceof Value.Json(String text))) throw new Undecided();
    JsonNode node = JsonPath.at(JsonText.parse(text), path);
    if (node == null) return Value.NULL;
    if (!asText) return new Value.Json(JsonText.canonical(node));
    String at = JsonPath.text(node);
    return at == null ? Value.NULL : new Value.Text(at);
  }
}
