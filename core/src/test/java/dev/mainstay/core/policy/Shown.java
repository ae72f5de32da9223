package dev.mainstay.core.policy;

import dev.mainstay.core.query.Expr;
import dev.mainstay.core.query.Filter;
import dev.mainstay.core.query.JsonStep;
import dev.mainstay.core.query.Link;
import dev.mainstay.core.query.Operator;
import dev.mainstay.core.query.Quantifier;
import dev.mainstay.core.query.Value;
import dev.mainstay.core.query.ValueText;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/// Filters as short text: columns as `0.name` with how far out their row is, claims as `$sub:uuid`,
/// and types where they were chosen.
final class Shown {
  private static final Map<Operator, String> SIGNS =
      Map.of(
          Operator.EQ, "=",
          Operator.NE, "<>",
          Operator.LT, "<",
          Operator.LE, "<=",
          Operator.GT, ">",
          Operator.GE, ">=");

  private Shown() {}

  static String of(Filter filter) {
    return switch (filter) {
      case Filter.Constant constant -> constant.truth().toString();
      case Filter.And(List<Filter> all) -> joined(all, " and ");
      case Filter.Or(List<Filter> any) -> joined(any, " or ");
      case Filter.Not(Filter inner) -> "not " + of(inner);
      case Filter.Test(Expr left, Operator operator, Quantifier quantifier, Expr right) ->
          of(left)
              + " "
              + SIGNS.getOrDefault(operator, operator.name())
              + " "
              + (quantifier == Quantifier.ONE ? "" : quantifier + " ")
              + of(right);
      case Filter.IsNull(Expr value) -> of(value) + " is null";
      case Filter.Is(Filter condition, var truth) -> "(" + of(condition) + ") is " + truth;
      case Filter.Holds(Expr condition) -> of(condition);
      case Filter.Search search -> search.toString();
      case Filter.Finds finds -> finds.toString();
      case Filter.Exists(Link link, Filter where) -> "exists " + of(link) + "(" + of(where) + ")";
    };
  }

  static String of(Expr expr) {
    return switch (expr) {
      case Expr.Column(int up, String name, var _) -> up + "." + name;
      case Expr.Bind bind -> "?" + bind.slot();
      case Expr.Literal(Value value, var type) ->
          value instanceof Value.Null ? "null" : "'" + ValueText.text(type, value) + "':" + type;
      case Expr.Claim(List<String> path, var type) -> "$" + String.join(".", path) + ":" + type;
      case Expr.JsonAt(Expr json, List<JsonStep> path, boolean asText) ->
          of(json)
              + path.stream()
                  .map(
                      step ->
                          switch (step) {
                            case JsonStep.Key(String name) -> "->" + name;
                            case JsonStep.At(int index) -> "->" + index;
                          })
                  .collect(Collectors.joining())
              + (asText ? "::text" : "");
      case Expr.Cast(Expr value, var type) -> "cast(" + of(value) + " as " + type + ")";
      case Expr.Through(Link link, Filter where, Expr inner) ->
          of(link) + (where.equals(Filter.TRUE) ? "" : "[" + of(where) + "]") + "." + of(inner);
      case Expr.Apply(var function, List<Expr> arguments, var _) ->
          function.name().toLowerCase(Locale.ROOT)
              + arguments.stream().map(Shown::of).collect(Collectors.joining(", ", "(", ")"));
    };
  }

  private static String of(Link link) {
    return link.target().name()
        + link.pairs().stream()
            .map(pair -> pair.to().name() + "=" + pair.from().up() + "." + pair.from().name())
            .collect(Collectors.joining(",", "{", "}"));
  }

  private static String joined(List<Filter> filters, String word) {
    return filters.stream().map(Shown::of).collect(Collectors.joining(word, "(", ")"));
  }
}
