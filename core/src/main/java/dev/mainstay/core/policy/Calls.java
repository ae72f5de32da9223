package dev.mainstay.core.policy;

import dev.mainstay.core.model.ColumnType;
import dev.mainstay.core.policy.Comparisons.Side;
import dev.mainstay.core.query.Expr;
import dev.mainstay.core.query.Expr.Function;
import dev.mainstay.core.query.Filter;
import dev.mainstay.core.query.LikePattern;
import dev.mainstay.core.query.Operator;
import dev.mainstay.core.query.Quantifier;
import dev.mainstay.core.query.Regex;
import dev.mainstay.core.query.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// The functions of the language that compute something of values: text, sizes, conversions, time.
final class Calls {
  static final ColumnType TEXT = new ColumnType.Text();
  static final ColumnType INTERVAL = new ColumnType.Interval();

  /// What a conversion makes of a constant or a claim.
  private static final Map<String, ColumnType> CONVERSIONS =
      Map.of(
          "string", TEXT,
          "int", new ColumnType.Whole(64),
          "double", new ColumnType.Floating(64),
          "bool", new ColumnType.Bool(),
          "uuid", new ColumnType.Uuid(),
          "date", new ColumnType.Date(),
          "timestamp", new ColumnType.TimestampTz());

  /// All function names, for hints.
  static final List<String> NAMES =
      List.of(
          "size",
          "startsWith",
          "endsWith",
          "contains",
          "matches",
          "lowerAscii",
          "upperAscii",
          "exists",
          "all",
          "has",
          "string",
          "int",
          "double",
          "bool",
          "uuid",
          "date",
          "timestamp",
          "duration",
          "now");

  private Calls() {}

  static boolean isConversion(String name) {
    return CONVERSIONS.containsKey(name);
  }

  static Term size(Side of) {
    Expr value =
        switch (of.term()) {
          case Term.Typed(Expr expr)
              when Family.of(expr.type()) == Family.TEXT
                  || Family.of(expr.type()) == Family.ARRAY
                  || Family.of(expr.type()) == Family.BYTES ->
              expr;
          case Term.Related related when !related.toOne() ->
              throw new Refused(
                  of.place(),
                  "related rows are not counted",
                  "ask whether there is one: " + related.name() + ".exists(x, …)");
          default -> text(of, "size");
        };
    return new Term.Typed(new Expr.Apply(Function.SIZE, List.of(value), new ColumnType.Whole(32)));
  }

  static Term changeCase(Function function, Side of) {
    return new Term.Typed(new Expr.Apply(function, List.of(text(of, "case")), TEXT));
  }

  /// `startsWith`, `endsWith`, `contains`.
  static Filter like(String before, Side of, Side part, String after) {
    Expr pattern;
    if (part.term() instanceof Term.Text(String text, var _)) {
      pattern = literal(before + LikePattern.escaped(text) + after, part.place());
    } else {
      List<Expr> parts = new ArrayList<>();
      if (!before.isEmpty()) parts.add(literal(before, part.place()));
      parts.add(new Expr.Apply(Function.ESCAPED, List.of(text(part, "a pattern")), TEXT));
      if (!after.isEmpty()) parts.add(literal(after, part.place()));
      pattern = concat(parts);
    }
    Expr value = text(of, "a pattern");
    return new Filter.Test(value, Operator.LIKE, Quantifier.ONE, pattern);
  }

  static Filter matches(Side of, Side regex) {
    if (!(regex.term() instanceof Term.Text(String text, var _)))
      throw new Refused(
          regex.place(),
          "a regular expression must be a text in quotes",
          "use startsWith or contains");
    String complaint = Regex.complaint(text);
    if (complaint != null)
      throw new Refused(regex.place(), "the regular expression cannot be used: " + complaint, null);
    Expr pattern = literal(text, regex.place());
    return new Filter.Test(text(of, "a pattern"), Operator.MATCH, Quantifier.ONE, pattern);
  }

  static Expr concat(List<Expr> parts) {
    return parts.size() == 1 ? parts.getFirst() : new Expr.Apply(Function.CONCAT, parts, TEXT);
  }

  private static Expr literal(String text, int place) {
    return new Expr.Literal(Literals.read(TEXT, text, place), TEXT);
  }

  /// A text, or what a claim or a place in JSON is as text.
  static Expr text(Side side, String use) {
    return switch (side.term()) {
      case Term.Typed(Expr expr) when Family.of(expr.type()) == Family.TEXT -> expr;
      case Term.Typed(Expr expr) ->
          throw new Refused(
              side.place(),
              expr.type() + " is not text, so it has no " + (use.equals("size") ? "size" : use),
              isText(expr.type()) ? "write string(…) of it" : null);
      case Term.JsonPlace place -> new Expr.JsonAt(place.json(), place.path(), true);
      case Term.Text(String text, var _) -> literal(text, side.place());
      case Term.Claim(List<String> path) -> new Expr.Claim(path, TEXT);
      case Term.Numeral _ ->
          throw new Refused(side.place(), "a number is not text", "put it in quotes");
      default -> throw Comparisons.notAValue(side);
    };
  }

  static Term convert(String name, Side side) {
    ColumnType type = CONVERSIONS.getOrDefault(name, TEXT);
    if (side.term() instanceof Term.Typed(Expr expr)) return new Term.Typed(cast(expr, type, side));
    if (side.term() instanceof Term.JsonPlace place && type.equals(TEXT))
      return new Term.Typed(new Expr.JsonAt(place.json(), place.path(), true));
    if (side.term() instanceof Term.Numeral(String number) && type.equals(TEXT))
      return new Term.Text(number);
    if (side.term() instanceof Term.Text(String text, var _))
      return new Term.Typed(new Expr.Literal(Literals.read(type, text, side.place()), type));
    Expr expr = Literals.as(type, side.term(), side.place());
    if (expr == null) throw Comparisons.notAValue(side);
    return new Term.Typed(expr);
  }

  /// Only what cannot fail on any row, and means the same on every engine.
  private static Expr cast(Expr expr, ColumnType type, Side side) {
    ColumnType from = expr.type();
    boolean same = from.equals(type) || Family.of(from) == Family.TEXT && type.equals(TEXT);
    if (same || from instanceof ColumnType.Whole && type instanceof ColumnType.Whole) return expr;
    boolean exact = from instanceof ColumnType.Whole || from instanceof ColumnType.Decimal;
    if (type.equals(TEXT) ? isText(from) : exact && type instanceof ColumnType.Floating)
      return new Expr.Cast(expr, type);
    throw new Refused(
        side.place(), "there is no conversion from " + from + " to " + type + " here", null);
  }

  private static boolean isText(ColumnType type) {
    return switch (Family.of(type)) {
      case TEXT, UUID, ENUM, DATE -> true;
      default -> type instanceof ColumnType.Whole;
    };
  }

  static Term now(int place, Setting setting) {
    if (setting.seesOneRowOnly())
      throw new Refused(
          place, "a condition of a table cannot depend on the time", "put it into a policy");
    return new Term.Typed(new Expr.Apply(Function.NOW, List.of(), new ColumnType.TimestampTz()));
  }

  /// `duration('1h30m')`, or an interval as PostgreSQL writes it.
  static Term duration(Side side) {
    if (!(side.term() instanceof Term.Text(String text, var _)))
      throw new Refused(side.place(), "a duration is a text in quotes", "duration('1h30m')");
    boolean minus = text.startsWith("-") && text.indexOf(' ') < 0;
    Value value = Literals.read(INTERVAL, minus ? text.substring(1) : text, side.place());
    if (minus && value instanceof Value.Interval(int months, int days, long micros))
      value = new Value.Interval(-months, -days, -micros);
    return new Term.Typed(new Expr.Literal(value, INTERVAL));
  }
}
