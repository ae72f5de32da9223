package dev.mainstay.core.query;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mainstay.core.model.ColumnType;
import dev.mainstay.core.problem.Problem;
import dev.mainstay.core.problem.ProblemException;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ValueReaderTest {
  private static final Map<String, ColumnType> TYPES =
      Map.ofEntries(
          Map.entry("boolean", new ColumnType.Bool()),
          Map.entry("smallint", new ColumnType.Whole(16)),
          Map.entry("integer", new ColumnType.Whole(32)),
          Map.entry("bigint", new ColumnType.Whole(64)),
          Map.entry("decimal", new ColumnType.Decimal(6, 2)),
          Map.entry("real", new ColumnType.Floating(32)),
          Map.entry("double", new ColumnType.Floating(64)),
          Map.entry("text", new ColumnType.Text()),
          Map.entry("varchar", new ColumnType.Varchar(3)),
          Map.entry("uuid", new ColumnType.Uuid()),
          Map.entry("date", new ColumnType.Date()),
          Map.entry("time", new ColumnType.Time()),
          Map.entry("timestamp", new ColumnType.Timestamp()),
          Map.entry("timestamptz", new ColumnType.TimestampTz()),
          Map.entry("interval", new ColumnType.Interval()),
          Map.entry("json", new ColumnType.Json()),
          Map.entry("bytea", new ColumnType.Bytea()),
          Map.entry("mood", new ColumnType.Enumerated("mood", List.of("sad", "ok", "happy"))),
          Map.entry("integer[]", new ColumnType.ArrayOf(new ColumnType.Whole(32))),
          Map.entry("text[]", new ColumnType.ArrayOf(new ColumnType.Text())));

  /// Type, text, and the text PostgreSQL 15 gives for it (in ISO form with `T`, zone UTC).
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          boolean | t | true
          boolean | ` YES ` | true
          boolean | on | true
          boolean | 1 | true
          boolean | f | false
          boolean | fals | false
          boolean | of | false
          boolean | OFF | false
          boolean | 0 | false
          smallint | -32768 | -32768
          smallint | ` +7 ` | 7
          integer | 0002147483647 | 2147483647
          bigint | -9223372036854775808 | -9223372036854775808
          decimal | 1.005 | 1.01
          decimal | -1.005 | -1.01
          decimal | 1e3 | 1000.00
          decimal | .5 | 0.50
          decimal | 5. | 5.00
          decimal | 9999.994 | 9999.99
          decimal | 1e-999999 | 0.00
          decimal | 0e999999 | 0.00
          decimal | -0.001 | 0.00
          real | 0.1 | 0.1
          real | 16777217 | 1.6777216e+07
          real | 123456 | 123456
          real | 1e6 | 1e+06
          real | NaN | NaN
          double | 1e15 | 1e+15
          double | 123456789012345 | 123456789012345
          double | 0.0001 | 0.0001
          double | 0.00001 | 1e-05
          double | 5e-324 | 5e-324
          double | 1e23 | 9.999999999999999e+22
          double | -0 | 0
          double | -inf | -Infinity
          double | INFINITY | Infinity
          text | ` a ` | ` a `
          text | `` | ``
          varchar | abc | abc
          varchar | `abc   ` | abc
          varchar | 𝄞𝄞𝄞 | 𝄞𝄞𝄞
          uuid | A0EEBC99-9C0B-4EF8-BB6D-6BB9BD380A11 | a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11
          uuid | {a0ee-bc99-9c0b4ef8-bb6d-6bb9-bd38-0a11} | a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11
          uuid | ffffffffffffffffffffffffffffffff | ffffffff-ffff-ffff-ffff-ffffffffffff
          date | 2024-02-29 | 2024-02-29
          date | 20240229 | 2024-02-29
          date | 2024/2/9 | 2024-02-09
          date | 0001-01-01 | 0001-01-01
          date | 2024-01-02T23:59:59.9Z | 2024-01-02
          time | 03:04 | 03:04:00
          time | 03:04:05.678900 | 03:04:05.6789
          time | 03:04:05+02 | 03:04:05
          time | 12:30 AM | 00:30:00
          time | 12:30 pm | 12:30:00
          time | 030405 | 03:04:05
          time | 2024-01-02 03:04:05 | 03:04:05
          timestamp | 2024-01-02 | 2024-01-02T00:00:00
          timestamp | 2024-01-02 3:04 | 2024-01-02T03:04:00
          timestamp | 2024-01-02T03:04:05.1234565 | 2024-01-02T03:04:05.123456
          timestamp | 2024-01-02T03:04:05.1234575 | 2024-01-02T03:04:05.123458
          timestamp | 2024-12-31T23:59:59.9999999 | 2025-01-01T00:00:00
          timestamp | 2024-12-31 24:00:00 | 2025-01-01T00:00:00
          timestamp | 2024-12-31 23:59:60 | 2025-01-01T00:00:00
          timestamp | 2024-01-02T03:04:05+02 | 2024-01-02T03:04:05
          timestamptz | 2024-01-02T03:04:05.678Z | 2024-01-02T03:04:05.678+00:00
          timestamptz | 2024-01-02 03:04:05+02 | 2024-01-02T01:04:05+00:00
          timestamptz | 2024-01-02 03:04:05 -0530 | 2024-01-02T08:34:05+00:00
          timestamptz | 2024-01-02 03:04:05+12:45:30 | 2024-01-01T14:18:35+00:00
          timestamptz | 2024-01-02 03:04:05 utc | 2024-01-02T03:04:05+00:00
          timestamptz | 2024-01-02 | 2024-01-02T00:00:00+00:00
          interval | 1 day 02:03:04 | 1 day 02:03:04
          interval | P1DT2H | 1 day 02:00:00
          interval | 1 year 2 mons | 1 year 2 mons
          interval | P1Y2M3W4DT5H6M7.8S | 1 year 2 mons 25 days 05:06:07.8
          interval | P-1DT-2.5H | -1 days -02:30:00
          interval | -1 day +02:03 | -1 days +02:03:00
          interval | 1 year -13 mons 2 days | -1 mons +2 days
          interval | 1.5 days | 1 day 12:00:00
          interval | 1.5 months | 1 mon 15 days
          interval | 0.5 year | 6 mons
          interval | 1.5 weeks | 10 days 12:00:00
          interval | 90 | 00:01:30
          interval | 3 4:05:06 | 3 days 04:05:06
          interval | 1-2 | 1 year 2 mons
          interval | 04:05.5 | 00:04:05.5
          interval | 100:00:00 | 100:00:00
          interval | 2 weeks ago | -14 days
          interval | @ 1 hour 30 min | 01:30:00
          interval | 3h | 03:00:00
          interval | 0 | 00:00:00
          interval | 500 milliseconds | 00:00:00.5
          json | ` {"b": 1, "a": [1, 2], "aa": 1.50, "a": null } ` | {"a":null,"b":1,"aa":1.50}
          json | 1e2 | 100
          json | 1E-3 | 0.001
          json | -0 | 0
          json | "\\u00e9\\u001f\\/" | "é\\u001f/"
          json | "\\ud834\\udd1e" | "𝄞"
          bytea | \\x6869 | \\x6869
          bytea | \\xDE AD | \\xdead
          bytea | hi\\\\\\000 | \\x68695c00
          mood | ok | ok
          integer[] | { 1, NULL ,-3} | {1,NULL,-3}
          integer[] | {} | {}
          text[] | {a,"b,c", d e ,"NULL",null,"q\\"\\\\",x\\,y,""} | {a,"b,c","d e","NULL",NULL,"q\\"\\\\","x,y",""}
          """)
  void readsWhatPostgresReads(String type, String text, String expected) {
    ColumnType columnType = TYPES.get(type);
    Value value = ValueReader.read(columnType, text);
    assertThat(ValueText.text(columnType, value)).isEqualTo(expected);
    assertThat(ValueReader.read(columnType, expected)).isEqualTo(value);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          boolean | o | boolean
          boolean | 2 | boolean
          boolean | `` | boolean
          smallint | 1.0 | smallint
          integer | 1e2 | integer
          integer | ٣ | integer
          integer | - | integer
          bigint | `` | bigint
          decimal | NaN | numeric
          decimal | 1,5 | numeric
          decimal | 1e | numeric
          real | x | real
          double | 0x10 | double precision
          double | 1f | double precision
          uuid | a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a1 | uuid
          uuid | {a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11 | uuid
          uuid | a0e-ebc999c0b4ef8bb6d6bb9bd380a11 | uuid
          date | yesterday | date
          date | infinity | date
          time | 1 | time
          timestamp | 2024-01-02Tx | timestamp
          timestamp | 2024-01-02 03:04:05 Mars/Base | timestamp
          timestamptz | 03:04:05 | timestamp with time zone
          interval | `` | interval
          interval | P | interval
          interval | 1 day 1 day | interval
          interval | 1 fortnight | interval
          interval | PT1D | interval
          interval | 1 2 | interval
          json | {a:1} | json
          json | [1,] | json
          json | 01 | json
          json | 1 2 | json
          json | `` | json
          json | "\\ud834" | json
          json | NaN | json
          bytea | a\\b | bytea
          """)
  void refusesWhatIsNoValueOfTheType(String type, String text, String named) {
    assertThat(problem(TYPES.get(type), text))
        .isInstanceOfSatisfying(
            Problem.InvalidValue.class, problem -> assertThat(problem.type()).isEqualTo(named));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          smallint | 99999 | 22003 | value "99999" is out of range for type smallint
          integer | -2147483649 | 22003 | value "-2147483649" is out of range for type integer
          bigint | 9223372036854775808 | 22003 | value "9223372036854775808" is out of range for type bigint
          decimal | 9999.995 | 22003 | numeric field overflow
          decimal | 1e999999 | 22003 | value overflows numeric format
          real | 1e39 | 22003 | "1e39" is out of range for type real
          double | 1e-400 | 22003 | "1e-400" is out of range for type double precision
          text | `a\0` | 22021 | invalid byte sequence for encoding "UTF8": 0x00
          varchar | abcd | 22001 | value too long for type character varying(3)
          date | 2023-02-29 | 22008 | date/time field value out of range: "2023-02-29"
          date | 0000-01-01 | 22008 | date/time field value out of range: "0000-01-01"
          date | 10000-01-01 | 22008 | date/time field value out of range: "10000-01-01"
          time | 24:00 | 22008 | date/time field value out of range: "24:00"
          time | 23:59:59.9999999 | 22008 | date/time field value out of range: "23:59:59.9999999"
          time | 25:00 | 22008 | date/time field value out of range: "25:00"
          timestamp | 2024-01-01 24:00:01 | 22008 | date/time field value out of range: "2024-01-01 24:00:01"
          timestamptz | 9999-12-31T23:59:59-01 | 22008 | timestamp out of range: "9999-12-31T23:59:59-01"
          timestamptz | 2024-01-01T00:00+16 | 22009 | time zone displacement out of range: "2024-01-01T00:00+16"
          interval | 9999999999 years | 22015 | interval field value out of range: "9999999999 years"
          interval | 99999999999999999999 s | 22015 | interval field value out of range: "99999999999999999999 s"
          json | "\\u0000" | 22P05 | unsupported Unicode escape sequence
          json | 1e99999 | 22003 | value overflows numeric format
          bytea | \\x6 | 22023 | invalid hexadecimal data: odd number of digits
          bytea | \\xzz | 22023 | invalid hexadecimal digit: "z"
          mood | x | 22P02 | invalid input value for enum mood: "x"
          integer[] | {1,{2}} | 22P02 | malformed array literal: "{1,{2}}"
          integer[] | {1,} | 22P02 | malformed array literal: "{1,}"
          integer[] | {1 | 22P02 | malformed array literal: "{1"
          integer[] | {1}x | 22P02 | malformed array literal: "{1}x"
          integer[] | 1 | 22P02 | malformed array literal: "1"
          """)
  void refusesWhatTheTypeCannotHold(String type, String text, String state, String message) {
    assertThat(problem(TYPES.get(type), text))
        .isEqualTo(new Problem.ValueOutOfRange(state, message));
  }

  @Test
  void anOperandIsNeitherRoundedNorCut() {
    assertThat(ValueReader.operand(TYPES.get("decimal"), "1.005"))
        .isEqualTo(new Value.Decimal(new BigDecimal("1.005")));
    assertThat(ValueReader.operand(TYPES.get("decimal"), "123456789"))
        .isEqualTo(new Value.Decimal(new BigDecimal("123456789.00")));
    assertThat(ValueReader.operand(TYPES.get("varchar"), "abcd")).isEqualTo(new Value.Text("abcd"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      nullValues = "NULL",
      textBlock =
          """
          integer | 7 | 7
          integer | "7" | 7
          integer | null | NULL
          text | 1e2 | 1e2
          text | true | true
          text | {"b": 1,  "a": 2} | {"b": 1,  "a": 2}
          text | [1, 2] | [1, 2]
          text | "a\\nb" | `a
          b`
          decimal | 1.005 | 1.01
          json | "a" | "a"
          json | {"b": 1,  "a": 2} | {"a":2,"b":1}
          json | [1e1] | [10]
          boolean | true | true
          boolean | 1 | true
          integer[] | [1, "2", null] | {1,2,NULL}
          integer[] | "{1,2}" | {1,2}
          text[] | ["a", 1, true, {"b": 1}] | {a,1,true,"{\\"b\\":1}"}
          text[] | [] | {}
          """)
  void readsTheTextOfAJsonValue(String type, String json, String expected) {
    ColumnType columnType = TYPES.get(type);
    Value value = ValueReader.fromCell(columnType, new Asked.Cell.Json(json));
    assertThat(value instanceof Value.Null ? null : ValueText.text(columnType, value))
        .isEqualTo(expected);
  }

  @Test
  void refusesAJsonNumberThatTheTypeDoesNotWriteSo() {
    assertThat(
            problemOf(
                () -> ValueReader.fromCell(new ColumnType.Whole(32), new Asked.Cell.Json("1.0"))))
        .isEqualTo(new Problem.InvalidValue("integer", "1.0"));
    assertThat(
            problemOf(() -> ValueReader.fromJson(TYPES.get("integer[]"), JsonText.parse("[[1]]"))))
        .isInstanceOf(Problem.ValueOutOfRange.class);
  }

  @Test
  void absentNullAndEmptyAreThreeCells() {
    ColumnType text = new ColumnType.Text();
    assertThat(ValueReader.fromCell(text, new Asked.Cell.Default())).isNull();
    assertThat(ValueReader.fromCell(text, new Asked.Cell.Null())).isEqualTo(Value.NULL);
    assertThat(ValueReader.fromCell(text, new Asked.Cell.Text(""))).isEqualTo(new Value.Text(""));
  }

  @Test
  void refusesHalfASurrogatePair() {
    for (String text : List.of("\ud834", "a\udd1e", "\udd1e\ud834"))
      assertThat(problem(new ColumnType.Text(), text)).isInstanceOf(Problem.ValueOutOfRange.class);
  }

  @Test
  void boundsWhatItReads() {
    assertThat(problem(TYPES.get("json"), "[".repeat(100_000)))
        .isInstanceOf(Problem.InvalidValue.class);
    assertThat(ValueReader.read(TYPES.get("json"), "[".repeat(500) + "]".repeat(500)))
        .isInstanceOf(Value.Json.class);
    for (String type : List.of("integer", "decimal", "double", "json", "timestamp", "interval"))
      assertThat(problem(TYPES.get(type), "1".repeat(1_000_000)))
          .isInstanceOfSatisfying(
              Problem.InvalidValue.class,
              problem -> assertThat(problem.text()).hasSizeLessThan(300));
    assertThat(ValueReader.read(TYPES.get("integer[]"), "{" + "1,".repeat(200_000) + "1}"))
        .isInstanceOf(Value.ListOf.class);
  }

  private static Problem problem(ColumnType type, String text) {
    return problemOf(() -> ValueReader.read(type, text));
  }

  private static Problem problemOf(Runnable reading) {
    try {
      reading.run();
    } catch (ProblemException e) {
      return e.problem();
    }
    throw new AssertionError("was read");
  }
}
