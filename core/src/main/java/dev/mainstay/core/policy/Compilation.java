package dev.mainstay.core.policy;

import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr;
import dev.mainstay.core.model.ColumnType;
import dev.mainstay.core.policy.Comparisons.Side;
import dev.mainstay.core.problem.Nearest;
import dev.mainstay.core.query.Expr;
import dev.mainstay.core.query.Expr.Function;
import dev.mainstay.core.query.Filter;
import dev.mainstay.core.query.Operator;
import dev.mainstay.core.query.Quantifier;
import dev.mainstay.core.query.Value;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One expression on its way from syntax to [Filter]. Faults on both sides of `&&` and `||` are
/// collected; within a comparison the first one ends it.
final class Compilation {
  /// Each `? :` puts its condition down twice.
  private static final int TERNARIES = 6;

  private final Syntax syntax;
  private final Setting setting;
  private final Names names;
  private final List<Refused> refusals = new ArrayList<>();
  private int ternaries;

  Compilation(Syntax syntax, Setting setting, Ways ways) {
    this.syntax = syntax;
    this.setting = setting;
    this.names = new Names(syntax, setting, ways);
  }

  /// The whole expression, or [Filter#FALSE] when it was refused.
  Filter of(CelExpr root) {
    Filter filter = condition(root, Scope.of(setting));
    return refusals.isEmpty() ? filter : Filter.FALSE;
  }

  List<Refused> refusals() {
    return refusals;
  }

  private Filter condition(CelExpr expr, Scope scope) {
    try {
      return asCondition(new Side(term(expr, scope), syntax.start(expr)));
    } catch (Refused refused) {
      refusals.add(refused);
      return Filter.FALSE;
    }
  }

  private static Filter asCondition(Side side) {
    return switch (side.term()) {
      case Term.Condition(Filter filter) -> filter;
      case Term.Typed(Expr expr) when expr.type() instanceof ColumnType.Bool ->
          new Filter.Holds(expr);
      case Term.Claim(List<String> path) ->
          new Filter.Holds(new Expr.Claim(path, new ColumnType.Bool()));
      case Term.JsonPlace place ->
          new Filter.Test(
              new Expr.JsonAt(place.json(), place.path(), false),
              Operator.EQ,
              Quantifier.ONE,
              new Expr.Literal(new Value.Json("true"), new ColumnType.Json()));
      case Term.Typed(Expr expr) ->
          throw new Refused(side.place(), "this is " + expr.type() + ", not a condition", null);
      case Term.Text _, Term.Numeral _, Term.Bytes _, Term.Nothing _, Term.Many _ ->
          throw new Refused(
              side.place(), "this is a value, not a condition", "compare it with something");
      case Term.Row _, Term.Related _, Term.Auth _ -> throw Comparisons.notAValue(side);
    };
  }

  private Term term(CelExpr expr, Scope scope) {
    return switch (expr.getKind()) {
      case CONSTANT -> constant(expr);
      case IDENT -> names.identifier(expr, scope);
      case SELECT ->
          names.member(
              term(expr.select().operand(), scope),
              expr.select().field(),
              syntax.atField(expr),
              scope);
      case CALL -> call(expr, expr.call(), scope);
      case LIST -> {
        List<Term> items = new ArrayList<>();
        for (CelExpr item : expr.list().elements()) items.add(term(item, scope));
        yield new Term.Many(items);
      }
      case MAP, STRUCT, COMPREHENSION, NOT_SET ->
          throw new Refused(syntax.at(expr), "there are no maps and messages here", null);
    };
  }

  private Term constant(CelExpr expr) {
    CelConstant constant = expr.constant();
    return switch (constant.getKind()) {
      case NULL_VALUE -> new Term.Nothing();
      case BOOLEAN_VALUE ->
          new Term.Condition(constant.booleanValue() ? Filter.TRUE : Filter.FALSE);
      case INT64_VALUE -> new Term.Numeral(Long.toString(constant.int64Value()));
      case UINT64_VALUE ->
          new Term.Numeral(Long.toUnsignedString(constant.uint64Value().longValue()));
      case DOUBLE_VALUE -> {
        boolean minus = constant.doubleValue() < 0;
        yield new Term.Numeral((minus ? "-" : "") + syntax.number(expr));
      }
      case STRING_VALUE -> new Term.Text(constant.stringValue());
      case BYTES_VALUE ->
          new Term.Bytes(HexFormat.of().formatHex(constant.bytesValue().toByteArray()));
      default -> throw new Refused(syntax.at(expr), "this constant means nothing here", null);
    };
  }

  private Term call(CelExpr expr, CelExpr.CelCall call, Scope scope) {
    List<CelExpr> arguments = new ArrayList<>(call.args());
    return switch (call.function()) {
      case "_&&_" -> new Term.Condition(Fold.and(conditions("_&&_", expr, scope)));
      case "_||_" -> new Term.Condition(Fold.or(conditions("_||_", expr, scope)));
      case "!_" -> new Term.Condition(Fold.not(condition(arguments.getFirst(), scope)));
      case "_?_:_" -> new Term.Condition(ternary(expr, arguments, scope));
      case "_==_" -> compare(Operator.EQ, arguments, scope);
      case "_!=_" -> compare(Operator.NE, arguments, scope);
      case "_<_" -> compare(Operator.LT, arguments, scope);
      case "_<=_" -> compare(Operator.LE, arguments, scope);
      case "_>_" -> compare(Operator.GT, arguments, scope);
      case "_>=_" -> compare(Operator.GE, arguments, scope);
      case "@in" ->
          new Term.Condition(
              Comparisons.in(side(arguments.get(0), scope), side(arguments.get(1), scope)));
      case "_+_" -> arithmetic(Function.ADD, arguments, scope);
      case "_-_" -> arithmetic(Function.SUBTRACT, arguments, scope);
      case "_*_" -> arithmetic(Function.MULTIPLY, arguments, scope);
      case "_/_" -> arithmetic(Function.DIVIDE, arguments, scope);
      case "_%_" -> arithmetic(Function.REMAINDER, arguments, scope);
      case "-_" -> Arithmetic.negate(side(arguments.getFirst(), scope));
      case "_[_]" -> index(expr, arguments, scope);
      default -> function(expr, call, arguments, scope);
    };
  }

  private List<Filter> conditions(String function, CelExpr expr, Scope scope) {
    List<Filter> filters = new ArrayList<>();
    for (CelExpr part : parts(function, expr)) filters.add(condition(part, scope));
    return filters;
  }

  /// The operands of a chain of one operator.
  static List<CelExpr> parts(String function, CelExpr expr) {
    if (expr.getKind() != CelExpr.ExprKind.Kind.CALL || !expr.call().function().equals(function))
      return List.of(expr);
    List<CelExpr> parts = new ArrayList<>();
    for (CelExpr argument : expr.call().args()) parts.addAll(parts(function, argument));
    return parts;
  }

  private Filter ternary(CelExpr expr, List<CelExpr> arguments, Scope scope) {
    if (++ternaries > TERNARIES)
      throw new Refused(syntax.at(expr), "too many '? :'", "write it with && and ||");
    Filter asked = condition(arguments.get(0), scope);
    Filter then = condition(arguments.get(1), scope);
    Filter otherwise = condition(arguments.get(2), scope);
    return Fold.or(
        List.of(Fold.and(List.of(asked, then)), Fold.and(List.of(Fold.not(asked), otherwise))));
  }

  private Term compare(Operator operator, List<CelExpr> arguments, Scope scope) {
    return new Term.Condition(
        Comparisons.compare(
            operator, side(arguments.get(0), scope), side(arguments.get(1), scope)));
  }

  private Term arithmetic(Function function, List<CelExpr> arguments, Scope scope) {
    return Arithmetic.apply(function, side(arguments.get(0), scope), side(arguments.get(1), scope));
  }

  private Term index(CelExpr expr, List<CelExpr> arguments, Scope scope) {
    Term operand = term(arguments.get(0), scope);
    Term key = term(arguments.get(1), scope);
    int place = syntax.at(arguments.get(1));
    if (key instanceof Term.Text(String name, var _))
      return names.member(operand, name, place, scope);
    if (key instanceof Term.Numeral number && number.isWhole() && number.text().length() < 10)
      return names.element(operand, Integer.parseInt(number.text()), syntax.start(expr));
    throw new Refused(place, "what stands in [] must be written out", null);
  }

  private Side side(CelExpr expr, Scope scope) {
    return new Side(term(expr, scope), syntax.start(expr));
  }

  private Term function(CelExpr expr, CelExpr.CelCall call, List<CelExpr> arguments, Scope scope) {
    String name = call.function();
    int place = syntax.at(expr);
    @Nullable CelExpr target = call.target().orElse(null);
    if (target != null && (name.equals("exists") || name.equals("all")))
      return new Term.Condition(quantified(name, place, target, arguments, scope));
    if (target != null && name.equals("exists_one"))
      throw new Refused(
          place,
          "'exists_one' is not counted here",
          "a unique constraint makes exists say the same");
    List<Side> sides = new ArrayList<>();
    if (target != null) sides.add(side(target, scope));
    for (CelExpr argument : arguments) sides.add(side(argument, scope));
    return switch ((target == null ? "" : ".") + name + "/" + arguments.size()) {
      case "size/1", ".size/0" -> Calls.size(sides.getFirst());
      case ".startsWith/1" -> like("", sides, "%");
      case ".endsWith/1" -> like("%", sides, "");
      case ".contains/1" -> like("%", sides, "%");
      case "matches/2", ".matches/1" ->
          new Term.Condition(Calls.matches(sides.get(0), sides.get(1)));
      case ".lowerAscii/0" -> Calls.changeCase(Function.LOWER, sides.getFirst());
      case ".upperAscii/0" -> Calls.changeCase(Function.UPPER, sides.getFirst());
      case "now/0" -> Calls.now(place, setting);
      case "duration/1" -> Calls.duration(sides.getFirst());
      case "has/1" ->
          new Term.Condition(
              Comparisons.compare(
                  Operator.NE, sides.getFirst(), new Side(new Term.Nothing(), place)));
      default -> {
        if (target == null && arguments.size() == 1 && Calls.isConversion(name))
          yield Calls.convert(name, sides.getFirst());
        throw unknown(name, place);
      }
    };
  }

  private static Term like(String before, List<Side> sides, String after) {
    return new Term.Condition(Calls.like(before, sides.get(0), sides.get(1), after));
  }

  private static Refused unknown(String name, int place) {
    if (Calls.NAMES.contains(name))
      return new Refused(place, "'" + name + "' is not called like this", usage(name));
    String nearest = Nearest.to(name, Calls.NAMES);
    return new Refused(
        place,
        "unknown function '" + name + "'",
        nearest == null
            ? "known here: " + String.join(", ", Calls.NAMES)
            : "did you mean '" + nearest + "'?");
  }

  private static String usage(String name) {
    return switch (name) {
      case "startsWith", "endsWith", "contains", "matches" -> "row.x." + name + "('…')";
      case "lowerAscii", "upperAscii" -> "row.x." + name + "()";
      case "exists", "all" -> "row.members." + name + "(m, m.x == …)";
      case "now" -> "now()";
      case "duration" -> "duration('1h')";
      default -> name + "(row.x)";
    };
  }

  private Filter quantified(
      String name, int place, CelExpr target, List<CelExpr> arguments, Scope scope) {
    Term rows = term(target, scope);
    if (arguments.size() != 2 || arguments.get(0).getKind() != CelExpr.ExprKind.Kind.IDENT)
      throw new Refused(place, "'" + name + "' wants a name and a condition", usage(name));
    String variable = arguments.get(0).ident().name();
    if (!(rows instanceof Term.Related related))
      throw new Refused(
          syntax.start(target),
          "'" + name + "' is asked of related rows",
          "to look into a list write: x in …");
    if (scope.row(variable) != null
        || variable.equals("auth")
        || setting.refusals().containsKey(variable))
      throw new Refused(
          syntax.at(arguments.get(0)),
          "'" + variable + "' has a meaning already",
          "choose another name");
    Filter where =
        condition(arguments.get(1), scope.within(variable, related.table(), related.path().size()));
    return name.equals("exists")
        ? Quantified.exists(related.path(), where)
        : Quantified.all(related.path(), where);
  }
}
