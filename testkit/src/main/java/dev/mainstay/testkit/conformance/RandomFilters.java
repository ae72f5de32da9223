package dev.mainstay.testkit.conformance;

import dev.mainstay.core.model.ColumnType;
import dev.mainstay.core.query.Expr;
import dev.mainstay.core.query.Filter;
import dev.mainstay.core.query.JsonStep;
import dev.mainstay.core.query.Operator;
import dev.mainstay.core.query.Quantifier;
import dev.mainstay.core.query.Truth;
import dev.mainstay.core.query.Value;
import dev.mainstay.core.query.ValueReader;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;

/// Makes typed filters over [Specimens] at random, such as policies compile to: columns, literals,
/// claims, computed values, lists and every operator that the portable types have.
final class RandomFilters {
  private static final List<Operator> ORDER =
      List.of(
          Operator.EQ,
          Operator.NE,
          Operator.LT,
          Operator.LE,
          Operator.GT,
          Operator.GE,
          Operator.DISTINCT);
  private static final List<Operator> EQUALITY =
      List.of(Operator.EQ, Operator.NE, Operator.DISTINCT);
  private static final List<String> PATTERNS =
      List.of("%", "_", "a%", "%a", "%A%", "50\\%", "a\\_b", "\\\\", "%ß%", "σας", "", "İ", "😀");
  private static final List<String> REGEXES =
      List.of("a", "^a", "a$", "^.$", "[A-Z]", "\\d", "^\\w+$", "a|Z", "(aa)?b", "50%", "^$");

  private static final ColumnType TEXT = new ColumnType.Text();
  private static final ColumnType BIGINT = new ColumnType.Whole(64);
  private static final ColumnType DOUBLE = new ColumnType.Floating(64);

  private final Specimens specimens;
  private final Random random;

  RandomFilters(Specimens specimens, Random random) {
    this.specimens = specimens;
    this.random = random;
  }

  /// Claims that the filters ask for: of each type one that converts, one of a list, and one that
  /// does not convert.
  static Map<String, Object> claims(Random random) {
    Map<String, Object> claims = new HashMap<>();
    Specimens.pools()
        .forEach(
            (name, pool) -> {
              claims.put(name, pool.get(random.nextInt(pool.size())));
              claims.put(
                  name + "_list",
                  List.of(
                      pool.get(random.nextInt(pool.size())),
                      pool.get(random.nextInt(pool.size())),
                      "no value of any type"));
            });
    claims.put("bad", "no value of any type");
    claims.put("integers", List.of(1, 2));
    claims.put("number", 10);
    return claims;
  }

  Filter filter(int depth) {
    return switch (random.nextInt(depth == 0 ? 6 : 10)) {
      case 0, 1, 2 -> comparison();
      case 3 -> listed();
      case 4 -> special();
      case 5 -> new Filter.IsNull(operand(column()));
      case 6 -> new Filter.And(several(depth - 1));
      case 7 -> new Filter.Or(several(depth - 1));
      case 8 -> new Filter.Not(filter(depth - 1));
      default -> new Filter.Is(filter(depth - 1), one(List.of(Truth.values())));
    };
  }

  private List<Filter> several(int depth) {
    List<Filter> filters = new ArrayList<>();
    for (int i = random.nextInt(4); i > 0; i--) filters.add(filter(depth));
    return filters;
  }

  private Filter comparison() {
    String column = column();
    ColumnType type = specimens.type(column);
    return new Filter.Test(
        operand(column), one(operators(type)), Quantifier.ONE, other(column, type));
  }

  private static List<Operator> operators(ColumnType type) {
    return switch (type) {
      case ColumnType.Json _ ->
          List.of(
              Operator.EQ, Operator.NE, Operator.DISTINCT, Operator.CONTAINS, Operator.CONTAINED);
      case ColumnType.ArrayOf _ ->
          List.of(
              Operator.EQ,
              Operator.NE,
              Operator.LT,
              Operator.GE,
              Operator.DISTINCT,
              Operator.CONTAINS,
              Operator.CONTAINED,
              Operator.OVERLAPS);
      case ColumnType.Bool _ -> EQUALITY;
      default -> ORDER;
    };
  }

  /// A list of literals, a claim that is one, or an array column.
  private Filter listed() {
    String column = column();
    ColumnType type = specimens.type(column);
    Quantifier quantifier = random.nextBoolean() ? Quantifier.ANY : Quantifier.ALL;
    if (type instanceof ColumnType.ArrayOf(ColumnType element)) {
      String scalar = element.equals(TEXT) ? "text" : "integer";
      Expr left = random.nextBoolean() ? operand(scalar) : literal(scalar, element);
      return new Filter.Test(left, one(ORDER), quantifier, operand(column));
    }
    if (type instanceof ColumnType.Json) return comparison();
    ColumnType list = new ColumnType.ArrayOf(type);
    Expr right;
    if (random.nextInt(4) == 0) {
      right = new Expr.Claim(List.of(pool(column) + "_list"), list);
    } else {
      List<Value> values = new ArrayList<>();
      for (int i = random.nextInt(4); i > 0; i--)
        values.add(random.nextInt(6) == 0 ? Value.NULL : value(column, type));
      right = new Expr.Literal(new Value.ListOf(values), list);
    }
    return new Filter.Test(operand(column), one(ORDER), quantifier, right);
  }

  private Filter special() {
    return switch (random.nextInt(10)) {
      case 0 -> new Filter.Holds(operand("boolean"));
      case 1 -> new Filter.Holds(new Expr.Claim(List.of(one(List.of("boolean", "bad"))), bool()));
      case 2 -> text(random.nextBoolean() ? Operator.LIKE : Operator.ILIKE, PATTERNS);
      case 3 -> text(random.nextBoolean() ? Operator.MATCH : Operator.IMATCH, REGEXES);
      case 4 -> startsWith();
      case 5 -> new Filter.Constant(one(List.of(Truth.values())));
      case 6 -> json();
      case 7 -> sizes();
      case 8 -> arithmetic();
      default -> casts();
    };
  }

  private Filter text(Operator operator, List<String> patterns) {
    if (random.nextInt(3) > 0) {
      Expr pattern = new Expr.Literal(new Value.Text(one(patterns)), TEXT);
      return new Filter.Test(operand("text"), operator, Quantifier.ONE, pattern);
    }
    List<Value> several = new ArrayList<>();
    for (int i = random.nextInt(4); i > 0; i--)
      several.add(random.nextInt(6) == 0 ? Value.NULL : new Value.Text(one(patterns)));
    Expr list = new Expr.Literal(new Value.ListOf(several), new ColumnType.ArrayOf(TEXT));
    return new Filter.Test(
        operand("text"), operator, random.nextBoolean() ? Quantifier.ANY : Quantifier.ALL, list);
  }

  private Filter startsWith() {
    Expr prefix = random.nextBoolean() ? operand("text_2") : new Expr.Claim(List.of("text"), TEXT);
    Expr escaped = new Expr.Apply(Expr.Function.ESCAPED, List.of(prefix), TEXT);
    Expr any = new Expr.Literal(new Value.Text("%"), TEXT);
    Expr pattern = new Expr.Apply(Expr.Function.CONCAT, List.of(escaped, any), TEXT);
    return new Filter.Test(operand("text"), Operator.LIKE, Quantifier.ONE, pattern);
  }

  private Filter json() {
    List<JsonStep> path =
        one(
            List.of(
                List.<JsonStep>of(new JsonStep.Key("a")),
                List.<JsonStep>of(new JsonStep.Key("b"), new JsonStep.At(0)),
                List.<JsonStep>of(new JsonStep.At(-1)),
                List.<JsonStep>of(new JsonStep.At(0)),
                List.<JsonStep>of(new JsonStep.At(1)),
                List.<JsonStep>of(new JsonStep.Key("a"), new JsonStep.At(0)),
                List.<JsonStep>of(new JsonStep.Key("b")),
                List.<JsonStep>of(
                    new JsonStep.Key("b"), new JsonStep.At(1), new JsonStep.Key("c"))));
    boolean asText = random.nextBoolean();
    Expr at = new Expr.JsonAt(operand("json"), path, asText);
    Expr right =
        asText
            ? new Expr.Literal(
                new Value.Text(
                    one(List.of("a", "x", "1", "50%", "true", "[2, 3]", "[1, {\"c\": null}]"))),
                TEXT)
            : literal("json", specimens.type("json"));
    return random.nextInt(3) == 0
        ? new Filter.IsNull(at)
        : new Filter.Test(at, one(asText ? ORDER : operators(at.type())), Quantifier.ONE, right);
  }

  private Filter sizes() {
    String column = one(List.of("text", "varchar", "bytea", "integers", "texts"));
    ColumnType type = new ColumnType.Whole(32);
    Expr size = new Expr.Apply(Expr.Function.SIZE, List.of(operand(column)), type);
    Expr number = new Expr.Literal(new Value.Whole(random.nextInt(4)), type);
    return new Filter.Test(size, one(ORDER), Quantifier.ONE, number);
  }

  /// Of small numbers: what overflows is an error, not an answer.
  private Filter arithmetic() {
    Expr number = new Expr.Cast(operand("smallint"), BIGINT);
    Expr by = new Expr.Literal(new Value.Whole(2 + random.nextInt(9)), BIGINT);
    Expr.Function function =
        one(
            List.of(
                Expr.Function.ADD,
                Expr.Function.SUBTRACT,
                Expr.Function.MULTIPLY,
                Expr.Function.DIVIDE,
                Expr.Function.REMAINDER));
    Expr result = new Expr.Apply(function, List.of(number, by), BIGINT);
    if (random.nextInt(3) == 0)
      result = new Expr.Apply(Expr.Function.NEGATE, List.of(result), BIGINT);
    Expr right = new Expr.Literal(new Value.Whole(random.nextInt(40) - 20), BIGINT);
    return new Filter.Test(result, one(ORDER), Quantifier.ONE, right);
  }

  private Filter casts() {
    if (random.nextBoolean()) {
      Expr whole = new Expr.Cast(operand(one(List.of("integer", "decimal", "smallint"))), DOUBLE);
      return new Filter.Test(whole, one(ORDER), Quantifier.ONE, operand("double"));
    }
    String column =
        one(
            List.of(
                "mood",
                "uuid",
                "date",
                "integer",
                "boolean",
                "decimal",
                "real",
                "double",
                "varchar",
                "time",
                "timestamp",
                "interval",
                "bytea",
                "json",
                "integers",
                "texts"));
    Expr text = new Expr.Cast(operand(column), TEXT);
    Expr folded =
        new Expr.Apply(
            random.nextBoolean() ? Expr.Function.LOWER : Expr.Function.UPPER, List.of(text), TEXT);
    return new Filter.Test(
        random.nextBoolean() ? text : folded, one(ORDER), Quantifier.ONE, operand("text"));
  }

  private Expr other(String column, ColumnType type) {
    return switch (random.nextInt(8)) {
      case 0, 1 -> operand(twin(column));
      case 2 -> new Expr.Literal(Value.NULL, type);
      case 3 -> new Expr.Claim(List.of(pool(column)), type);
      case 4 -> new Expr.Claim(List.of(one(List.of("bad", "number", "none"))), type);
      default -> literal(column, type);
    };
  }

  private Expr literal(String column, ColumnType type) {
    return new Expr.Literal(value(column, type), type);
  }

  private Value value(String column, ColumnType type) {
    return ValueReader.read(type, one(Objects.requireNonNull(specimens.texts().get(pool(column)))));
  }

  private Expr operand(String column) {
    return new Expr.Column(0, column, specimens.type(column));
  }

  private String column() {
    List<String> columns = specimens.columns();
    return columns.get(1 + random.nextInt(columns.size() - 1));
  }

  private static String pool(String column) {
    return column.replace("_2", "");
  }

  private static String twin(String column) {
    return column.endsWith("_2") ? pool(column) : column + "_2";
  }

  private static ColumnType bool() {
    return new ColumnType.Bool();
  }

  private <T> T one(List<T> list) {
    return list.get(random.nextInt(list.size()));
  }
}
