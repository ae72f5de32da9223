package dev.mainstay.core.query;

import static dev.mainstay.core.query.Match.Answer.ASK;
import static dev.mainstay.core.query.Match.Answer.FALSE;
import static dev.mainstay.core.query.Match.Answer.TRUE;
import static dev.mainstay.core.query.Match.Answer.UNKNOWN;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mainstay.core.model.ColumnType;
import dev.mainstay.core.model.TableName;
import dev.mainstay.core.query.Expr.Function;
import dev.mainstay.core.query.Match.Answer;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class MatchTest {
  private static final ColumnType BOOL = new ColumnType.Bool();
  private static final ColumnType INT = new ColumnType.Whole(32);
  private static final ColumnType BIGINT = new ColumnType.Whole(64);
  private static final ColumnType DOUBLE = new ColumnType.Floating(64);
  private static final ColumnType TEXT = new ColumnType.Text();
  private static final ColumnType JSON = new ColumnType.Json();
  private static final ColumnType INTERVAL = new ColumnType.Interval();
  private static final ColumnType TIMESTAMPTZ = new ColumnType.TimestampTz();

  private static final Map<String, ColumnType> TYPES =
      Map.ofEntries(
          Map.entry("boolean", BOOL),
          Map.entry("integer", INT),
          Map.entry("decimal", new ColumnType.Decimal(10, 2)),
          Map.entry("double", DOUBLE),
          Map.entry("text", TEXT),
          Map.entry("uuid", new ColumnType.Uuid()),
          Map.entry("date", new ColumnType.Date()),
          Map.entry("timestamptz", TIMESTAMPTZ),
          Map.entry("interval", INTERVAL),
          Map.entry("json", JSON),
          Map.entry("bytea", new ColumnType.Bytea()),
          Map.entry("mood", new ColumnType.Enumerated("mood", List.of("sad", "ok", "happy"))),
          Map.entry("integer[]", new ColumnType.ArrayOf(INT)),
          Map.entry("text[]", new ColumnType.ArrayOf(TEXT)));

  private static final LocalDateTime NOW = LocalDateTime.of(2024, 3, 31, 12, 0);

  private static final Match MATCH =
      new Match(
          path -> Map.of("sub", (Object) 7, "bad", "x").get(path.getFirst()),
          List.of(new Value.Whole(9)),
          NOW);

  /// Stands for each answer.
  private static Filter filter(Answer answer) {
    return switch (answer) {
      case TRUE -> Filter.TRUE;
      case FALSE -> Filter.FALSE;
      case UNKNOWN -> new Filter.Constant(Truth.UNKNOWN);
      case ASK ->
          new Filter.Exists(
              new Link(TableName.inDefaultSchema("others"), List.of(), null), Filter.TRUE);
    };
  }

  private static Answer of(Filter filter) {
    return MATCH.of(filter, Map.of());
  }

  @ParameterizedTest
  @CsvSource({
    "TRUE, TRUE, TRUE, TRUE",
    "TRUE, FALSE, FALSE, TRUE",
    "TRUE, UNKNOWN, UNKNOWN, TRUE",
    "TRUE, ASK, ASK, TRUE",
    "FALSE, FALSE, FALSE, FALSE",
    "FALSE, UNKNOWN, FALSE, UNKNOWN",
    "FALSE, ASK, FALSE, ASK",
    "UNKNOWN, UNKNOWN, UNKNOWN, UNKNOWN",
    "UNKNOWN, ASK, ASK, ASK",
    "ASK, ASK, ASK, ASK"
  })
  void joinsInThreeValuedLogic(Answer one, Answer other, Answer and, Answer or) {
    assertThat(of(new Filter.And(List.of(filter(one), filter(other))))).isEqualTo(and);
    assertThat(of(new Filter.And(List.of(filter(other), filter(one))))).isEqualTo(and);
    assertThat(of(new Filter.Or(List.of(filter(one), filter(other))))).isEqualTo(or);
    assertThat(of(new Filter.Or(List.of(filter(other), filter(one))))).isEqualTo(or);
  }

  @ParameterizedTest
  @CsvSource({"TRUE, FALSE", "FALSE, TRUE", "UNKNOWN, UNKNOWN", "ASK, ASK"})
  void negates(Answer one, Answer not) {
    assertThat(of(new Filter.Not(filter(one)))).isEqualTo(not);
  }

  @ParameterizedTest
  @EnumSource(Truth.class)
  void isNeverUnknown(Truth asked) {
    for (Answer answer : Answer.values())
      assertThat(of(new Filter.Is(filter(answer), asked)))
          .isEqualTo(answer == ASK ? ASK : answer.name().equals(asked.name()) ? TRUE : FALSE);
  }

  @Test
  void emptyAndIsTrueAndEmptyOrIsFalse() {
    assertThat(of(new Filter.And(List.of()))).isEqualTo(TRUE);
    assertThat(of(new Filter.Or(List.of()))).isEqualTo(FALSE);
  }

  /// Values in ascending order; equal ones with `=` between.
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          boolean | false ; true
          integer | -2 ; 0 ; 10
          decimal | -1.50 ; 0.00 ; 1.5 = 1.50 ; 10.00
          double | -Infinity ; -1 ; -0 = 0 ; 5e-324 ; Infinity ; NaN = NaN
          text | ; A ; a ; ab ; é ; \ufb00 ; 😀
          uuid | 00000000-0000-0000-0000-000000000000 ; 7fffffff-ffff-ffff-ffff-ffffffffffff ; 80000000-0000-0000-0000-000000000000 ; ffffffff-ffff-ffff-0000-000000000000 ; ffffffff-ffff-ffff-ffff-ffffffffffff
          date | 0001-01-01 ; 1999-12-31 ; 2024-02-29
          timestamptz | 2024-01-01T00:00+02 ; 2024-01-01T00:00Z = 2024-01-01T01:00+01 ; 2024-01-01T00:00:00.000001Z
          interval | -1 day ; 29 days ; 1 mon = 30 days = 720:00:00 ; 30 days 00:00:01 ; 100000000 years
          bytea | ; \\x00 ; \\x00ff ; \\xff
          mood | sad ; ok ; happy
          integer[] | {} ; {1} ; {1,2} ; {1,NULL} ; {2} ; {NULL} = {NULL}
          text[] | {} ; {A} ; {a} ; {a,b}
          """)
  void comparesAsPostgresDoes(String type, String ascending) {
    ColumnType columnType = TYPES.get(type);
    String[] groups = ascending.split(" ?; ?", -1);
    for (int i = 0; i < groups.length; i++)
      for (int j = 0; j < groups.length; j++)
        for (String one : groups[i].split(" = ", -1))
          for (String other : groups[j].split(" = ", -1))
            for (Operator operator :
                List.of(
                    Operator.EQ,
                    Operator.NE,
                    Operator.LT,
                    Operator.LE,
                    Operator.GT,
                    Operator.GE,
                    Operator.DISTINCT))
              assertThat(test(columnType, one, operator, columnType, other))
                  .as("%s %s %s", one, operator, other)
                  .isEqualTo(holds(operator, Integer.compare(i, j)) ? TRUE : FALSE);
  }

  private static boolean holds(Operator operator, int order) {
    return switch (operator) {
      case EQ -> order == 0;
      case NE, DISTINCT -> order != 0;
      case LT -> order < 0;
      case LE -> order <= 0;
      case GT -> order > 0;
      default -> order >= 0;
    };
  }

  @ParameterizedTest
  @EnumSource(Operator.class)
  void aComparisonWithNullIsUnknown(Operator operator) {
    Answer right = operator == Operator.DISTINCT ? TRUE : UNKNOWN;
    Expr one = new Expr.Literal(new Value.Whole(1), INT);
    Expr none = new Expr.Literal(Value.NULL, INT);
    assertThat(of(new Filter.Test(one, operator, Quantifier.ONE, none))).isEqualTo(right);
    assertThat(of(new Filter.Test(none, operator, Quantifier.ONE, one))).isEqualTo(right);
    assertThat(of(new Filter.Test(none, operator, Quantifier.ONE, none)))
        .isEqualTo(operator == Operator.DISTINCT ? FALSE : UNKNOWN);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "NULL",
      textBlock =
          """
          1 | {} | FALSE | TRUE
          NULL | {} | FALSE | TRUE
          1 | {1} | TRUE | TRUE
          1 | {1,2} | TRUE | FALSE
          1 | {2,3} | FALSE | FALSE
          1 | {1,NULL} | TRUE | UNKNOWN
          1 | {2,NULL} | UNKNOWN | FALSE
          1 | {NULL} | UNKNOWN | UNKNOWN
          NULL | {1} | UNKNOWN | UNKNOWN
          1 | NULL | UNKNOWN | UNKNOWN
          """)
  void anyAndAllOfAList(String left, String list, Answer any, Answer all) {
    ColumnType ints = new ColumnType.ArrayOf(INT);
    Expr one = literal(INT, left);
    Expr many = literal(ints, list);
    assertThat(of(new Filter.Test(one, Operator.EQ, Quantifier.ANY, many))).isEqualTo(any);
    assertThat(of(new Filter.Test(one, Operator.EQ, Quantifier.ALL, many))).isEqualTo(all);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          text | abc | LIKE | a% | TRUE
          text | abc | LIKE | a_ | FALSE
          text | ABC | LIKE | a% | FALSE
          text | ABC | ILIKE | a%C | TRUE
          text | I | ILIKE | i | TRUE
          text | abc | LIKE | abc\\ | ASK
          text | xay | MATCH | a | TRUE
          text | xAy | MATCH | ^a | FALSE
          text | xAy | IMATCH | a | TRUE
          text | xéy | IMATCH | É | ASK
          text | a | MATCH | \\ba | ASK
          text | a | MATCH | ( | ASK
          integer[] | {1,2,NULL} | CONTAINS | {2,1,1} | TRUE
          integer[] | {1,2,NULL} | CONTAINS | {NULL} | FALSE
          integer[] | {1,2} | CONTAINS | {} | TRUE
          integer[] | {1} | CONTAINED | {1,2} | TRUE
          integer[] | {1,3} | CONTAINED | {1,2} | FALSE
          integer[] | {1,3} | OVERLAPS | {3,4} | TRUE
          integer[] | {NULL} | OVERLAPS | {NULL} | FALSE
          integer[] | {} | OVERLAPS | {} | FALSE
          json | {"a":1,"b":[1,{"c":2}]} | CONTAINS | {"b":[{"c":2.0}]} | TRUE
          json | {"a":1} | CONTAINS | {"a":null} | FALSE
          json | [1,[2,3]] | CONTAINS | [[3]] | TRUE
          json | [1,2] | CONTAINS | 1 | TRUE
          json | {"a":[1]} | CONTAINS | {"a":1} | FALSE
          json | 1 | CONTAINS | [1] | FALSE
          json | {"a":1} | CONTAINED | {"a":1,"b":2} | TRUE
          json | {"a":1.0} | EQ | {"a":1} | TRUE
          json | [1,2] | EQ | [2,1] | FALSE
          json | 1 | LT | 2 | ASK
          """)
  void operators(String type, String left, Operator operator, String right, Answer expected) {
    ColumnType columnType = TYPES.get(type);
    assertThat(test(columnType, left, operator, columnType, right)).isEqualTo(expected);
  }

  @Test
  void readsTheRowTheClaimsAndTheRequestsValues() {
    Map<String, Value> row =
        Map.of("a", new Value.Whole(7), "b", Value.NULL, "c", new Value.Bool(true));
    assertThat(MATCH.of(equal(column("a", INT), new Expr.Claim(List.of("sub"), INT)), row))
        .isEqualTo(TRUE);
    assertThat(MATCH.of(equal(column("a", INT), new Expr.Claim(List.of("bad"), INT)), row))
        .isEqualTo(UNKNOWN);
    assertThat(MATCH.of(equal(column("a", INT), new Expr.Claim(List.of("none"), INT)), row))
        .isEqualTo(UNKNOWN);
    assertThat(MATCH.of(equal(column("a", INT), new Expr.Bind(0, INT)), row)).isEqualTo(FALSE);
    assertThat(MATCH.of(new Filter.IsNull(column("b", INT)), row)).isEqualTo(TRUE);
    assertThat(MATCH.of(new Filter.Holds(column("c", BOOL)), row)).isEqualTo(TRUE);
    assertThat(MATCH.of(new Filter.Holds(column("b", BOOL)), row)).isEqualTo(UNKNOWN);
    assertThat(MATCH.of(new Filter.IsNull(column("untold", INT)), row)).isEqualTo(ASK);
    assertThat(MATCH.of(new Filter.IsNull(new Expr.Column(1, "a", INT)), row)).isEqualTo(ASK);
    assertThat(MATCH.of(new Filter.IsNull(column("a", new ColumnType.Native("inet"))), row))
        .isEqualTo(ASK);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      nullValues = "-",
      textBlock =
          """
          {"a":{"b":[10,20]}} | a,b,1 | 20
          {"a":{"b":[10,20]}} | a,b,-1 | 20
          {"a":{"b":[10,20]}} | a,b,5 | -
          {"a":"x"} | a | x
          {"a":null} | a | -
          {"a":true} | a | true
          {"a":1.50} | a | 1.50
          {"a":1} | b | -
          [1] | a | -
          5 | a | -
          {"a":[1,{"b":"x, y"}]} | a | [1, {"b": "x, y"}]
          {"a":5} | a,0 | 5
          {"a":5} | a,-1 | 5
          {"a":5} | a,1 | -
          """)
  void followsPathsIntoJson(String json, String path, String expected) {
    List<JsonStep> steps =
        List.of(path.split(",")).stream()
            .map(
                step ->
                    step.matches("-?[0-9]+")
                        ? (JsonStep) new JsonStep.At(Integer.parseInt(step))
                        : new JsonStep.Key(step))
            .toList();
    Expr at = new Expr.JsonAt(literal(JSON, json), steps, true);
    Filter filter = expected == null ? new Filter.IsNull(at) : equal(at, literal(TEXT, expected));
    assertThat(of(filter)).isEqualTo(TRUE);
  }

  @Test
  void computes() {
    assertThat(computes(Function.ADD, BIGINT, "5", "2", "3")).isEqualTo(TRUE);
    assertThat(computes(Function.DIVIDE, BIGINT, "-3", "-7", "2")).isEqualTo(TRUE);
    assertThat(computes(Function.REMAINDER, BIGINT, "-1", "-7", "2")).isEqualTo(TRUE);
    assertThat(computes(Function.DIVIDE, DOUBLE, "3.5", "7", "2")).isEqualTo(TRUE);
    assertThat(computes(Function.ADD, BIGINT, "0", "9223372036854775807", "1")).isEqualTo(ASK);
    assertThat(computes(Function.DIVIDE, BIGINT, "0", "1", "0")).isEqualTo(ASK);
    assertThat(computes(Function.DIVIDE, DOUBLE, "0", "1", "0")).isEqualTo(ASK);
    assertThat(computes(Function.MULTIPLY, DOUBLE, "0", "1e308", "10")).isEqualTo(ASK);
    assertThat(computes(Function.CONCAT, TEXT, "ab", "a", "b")).isEqualTo(TRUE);
    assertThat(computes(Function.LOWER, TEXT, "iı", "Iı")).isEqualTo(TRUE);
    assertThat(computes(Function.ESCAPED, TEXT, "50\\%\\_\\\\", "50%_\\")).isEqualTo(TRUE);
    Expr size = new Expr.Apply(Function.SIZE, List.of(literal(TEXT, "a😀")), INT);
    assertThat(of(equal(size, literal(INT, "2")))).isEqualTo(TRUE);
    Expr none = new Expr.Apply(Function.LOWER, List.of(literal(TEXT, null)), TEXT);
    assertThat(of(new Filter.IsNull(none))).isEqualTo(TRUE);
  }

  @Test
  void movesMomentsByIntervals() {
    Expr now = new Expr.Apply(Function.NOW, List.of(), TIMESTAMPTZ);
    Expr aMonthAgo =
        new Expr.Apply(
            Function.SUBTRACT, List.of(now, literal(INTERVAL, "1 mon 1 day 01:00")), TIMESTAMPTZ);
    assertThat(of(equal(aMonthAgo, literal(TIMESTAMPTZ, "2024-02-28T11:00Z")))).isEqualTo(TRUE);
    Match timeless = new Match(path -> null, List.of(), null);
    assertThat(timeless.of(new Filter.IsNull(now), Map.of())).isEqualTo(ASK);
  }

  @Test
  void casts() {
    assertThat(casts(INT, "7", new ColumnType.Decimal(6, 2), "7.00")).isEqualTo(TRUE);
    assertThat(casts(INT, "70000", new ColumnType.Decimal(6, 2), "0")).isEqualTo(ASK);
    assertThat(casts(new ColumnType.Decimal(6, 2), "0.10", DOUBLE, "0.1")).isEqualTo(TRUE);
    assertThat(casts(new ColumnType.Date(), "2024-01-02", new ColumnType.Timestamp(), "2024-01-02"))
        .isEqualTo(TRUE);
    assertThat(casts(new ColumnType.Date(), "2024-01-02", TEXT, "2024-01-02")).isEqualTo(TRUE);
    assertThat(casts(new ColumnType.Floating(32), "0.1", DOUBLE, "0.10000000149011612"))
        .isEqualTo(TRUE);
    assertThat(casts(TEXT, "1", INT, "1")).isEqualTo(TRUE);
    assertThat(casts(TEXT, "one", INT, "1")).isEqualTo(ASK);
    assertThat(casts(new ColumnType.Date(), "2024-01-02", INT, "1")).isEqualTo(ASK);
    assertThat(casts(TIMESTAMPTZ, "2024-01-02T00:00Z", new ColumnType.Date(), "2024-01-02"))
        .isEqualTo(ASK);
    assertThat(casts(JSON, "{\"a\":[1,2]}", TEXT, "{\"a\": [1, 2]}")).isEqualTo(TRUE);
    assertThat(casts(JSON, "null", INT, "1")).isEqualTo(ASK);
  }

  private static Answer computes(
      Function function, ColumnType type, String expected, String... arguments) {
    List<Expr> literals = List.of(arguments).stream().map(text -> literal(type, text)).toList();
    return of(equal(new Expr.Apply(function, literals, type), literal(type, expected)));
  }

  private static Answer casts(ColumnType from, String text, ColumnType to, String expected) {
    return of(equal(new Expr.Cast(literal(from, text), to), literal(to, expected)));
  }

  private static Answer test(
      ColumnType type, String left, Operator operator, ColumnType rightType, String right) {
    return of(
        new Filter.Test(literal(type, left), operator, Quantifier.ONE, literal(rightType, right)));
  }

  private static Filter equal(Expr one, Expr other) {
    return new Filter.Test(one, Operator.EQ, Quantifier.ONE, other);
  }

  private static Expr column(String name, ColumnType type) {
    return new Expr.Column(0, name, type);
  }

  private static Expr literal(ColumnType type, String text) {
    return new Expr.Literal(text == null ? Value.NULL : ValueReader.read(type, text), type);
  }
}
