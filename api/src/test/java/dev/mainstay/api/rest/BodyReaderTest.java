package dev.mainstay.api.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.mainstay.core.engine.ByteBudget;
import dev.mainstay.core.problem.Problem;
import dev.mainstay.core.problem.ProblemException;
import dev.mainstay.core.query.Asked.Cell;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class BodyReaderTest {
  static final Cell NULL = new Cell.Null();

  static BodyReader.Rows read(String body) {
    return read(bytes(body), null, NULL);
  }

  static BodyReader.Rows read(byte[] body, List<String> columns, Cell absent) {
    return BodyReader.read(body, columns, absent, new ByteBudget(1_000_000).lease());
  }

  static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  static Cell json(String json) {
    return new Cell.Json(json);
  }

  static List<Cell> row(Cell... cells) {
    return List.of(cells);
  }

  @SafeVarargs
  @SuppressWarnings("varargs")
  static BodyReader.Rows rows(List<String> columns, List<Cell>... rows) {
    return new BodyReader.Rows(columns, Arrays.asList(rows));
  }

  static List<Arguments> bodies() {
    return List.of(
        Arguments.of("{\"a\": 1}", rows(List.of("a"), row(json("1")))),
        Arguments.of("[]", rows(List.of())),
        Arguments.of("{}", rows(List.of(), row())),
        Arguments.of("[{}, {}]", rows(List.of(), row(), row())),
        Arguments.of(
            "[{\"a\":1,\"b\":null},{\"b\":true,\"a\":false}]",
            rows(List.of("a", "b"), row(json("1"), NULL), row(json("false"), json("true")))),
        Arguments.of(
            "{\"a\":1,\"b\":2,\"a\":3}", rows(List.of("a", "b"), row(json("3"), json("2")))),
        Arguments.of(
            "{\"n\": 1.10 ,\"e\":-1E+30,\"big\":12345678901234567890.123456789}",
            rows(
                List.of("n", "e", "big"),
                row(json("1.10"), json("-1E+30"), json("12345678901234567890.123456789")))),
        Arguments.of(
            " {\"s\" : \"a\\u00e9\\n"
                + "\\\"Zoë 🎸\" , \"o\": {\"x\" : [1, {\"y\":\"ş\"}] } , \"l\":[ ] } ",
            rows(
                List.of("s", "o", "l"),
                row(
                    json("\"a\\u00e9\\n\\\"Zoë 🎸\""),
                    json("{\"x\" : [1, {\"y\":\"ş\"}] }"),
                    json("[ ]")))),
        Arguments.of("{\"k\\u0065y\":\"\"}", rows(List.of("key"), row(json("\"\"")))),
        Arguments.of("5", rows(List.of())),
        Arguments.of("\"text\"", rows(List.of())),
        Arguments.of("null", rows(List.of())));
  }

  @ParameterizedTest
  @MethodSource("bodies")
  void readsRows(String body, BodyReader.Rows rows) {
    assertThat(read(body)).isEqualTo(rows);
  }

  @Test
  void readsMoreColumnsThanItMadeRoomFor() {
    StringBuilder body = new StringBuilder("{\"c0\":0");
    for (int i = 1; i < 200; i++) body.append(",\"c").append(i).append("\":").append(i);
    BodyReader.Rows rows = read(body.append("}").toString());
    assertThat(rows.columns()).hasSize(200).endsWith("c199");
    assertThat(rows.rows().getFirst()).hasSize(200).endsWith(json("199"));
  }

  @Test
  void readsOnlyTheColumnsNamed() {
    byte[] body = bytes("[{\"a\":1,\"x\":{\"y\":[2]}},{\"b\":3},{}]");
    assertThat(read(body, List.of("b", "a"), NULL))
        .isEqualTo(
            rows(List.of("b", "a"), row(NULL, json("1")), row(json("3"), NULL), row(NULL, NULL)));
    Cell fill = new Cell.Default();
    assertThat(read(body, List.of("b", "a"), fill))
        .isEqualTo(
            rows(List.of("b", "a"), row(fill, json("1")), row(json("3"), fill), row(fill, fill)));
  }

  static Problem problem(byte[] body) {
    return catchThrowableOfType(ProblemException.class, () -> read(body, null, NULL)).problem();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "{",
        "[",
        "{\"a\"}",
        "{\"a\":}",
        "{\"a\":1",
        "{\"a\":1,}",
        "[{\"a\":1},]",
        "{a:1}",
        "{'a':1}",
        "{\"a\":01}",
        "{\"a\":NaN}",
        "{\"a\":1} {\"a\":2}",
        "[{}] x",
        "nul",
        "{\"a\":\"\t\"}",
        "{\"a\":\"\\x\"}",
        "{\"a\":\"\\ud800\"}",
        "{\"\\udc00\":1}",
        "{\"a\":[\"\\ud800x\"]}",
        "[1,",
        "[{\"a\":1},2",
        "[{\"a\":1},{\"b\":}]"
      })
  void refusesWhatIsNoJson(String body) {
    assertThat(problem(bytes(body))).isEqualTo(new Problem.UnreadableBody("Empty or invalid json"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[{\"a\":1},{\"b\":1}]",
        "[{\"a\":1},{}]",
        "[{\"a\":1},{\"a\":1,\"b\":2}]",
        "[{},{\"a\":1}]",
        "[1]",
        "[{\"a\":1},[1]]",
        "[null]"
      })
  void refusesObjectsWithOtherKeys(String body) {
    assertThat(problem(bytes(body)))
        .isEqualTo(new Problem.UnreadableBody("All object keys must match"));
  }

  @Test
  void refusesWhatIsNotUtf8() {
    Problem malformed = new Problem.UnreadableBody("Empty or invalid json");
    assertThat(problem("{\"a\":\"ë\"}".getBytes(StandardCharsets.ISO_8859_1))).isEqualTo(malformed);
    assertThat(problem("{\"a\":1}".getBytes(StandardCharsets.UTF_16BE))).isEqualTo(malformed);
    assertThat(problem("{\"a\":1}".getBytes(StandardCharsets.UTF_16))).isEqualTo(malformed);
    assertThat(problem(new byte[] {'{', '"', (byte) 0xC0, (byte) 0x80, '"', ':', '1', '}'}))
        .isEqualTo(malformed);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"a\":\"x\\u0000\"}",
        "{\"a\\u0000\":1}",
        "{\"a\":[{\"b\":\"\\u0000\"}]}",
        "{\"a\":{\"\\u0000\":1}}"
      })
  void refusesNul(String body) {
    assertThat(problem(bytes(body)))
        .isEqualTo(
            new Problem.Database(
                "22P05",
                "unsupported Unicode escape sequence",
                "\\u0000 cannot be converted to text.",
                null));
  }

  @Test
  void refusesWhatIsTooDeep() {
    assertThat(problem(bytes("{\"a\":" + "[".repeat(100_000))))
        .isEqualTo(
            new Problem.UnreadableBody(
                "JSON nested too deeply, or with too long a name or number"));
  }

  @Test
  void refusesMoreKeysThanATableHasColumns() {
    StringBuilder body = new StringBuilder("{\"c\":0");
    for (int i = 1; i <= 2_000; i++) body.append(",\"c").append(i).append("\":").append(i);
    assertThat(problem(bytes(body.append("}").toString())))
        .isEqualTo(new Problem.UnreadableBody("more than 2000 keys in an object"));
  }

  @Test
  void countsTheMemoryOfManySmallRows() {
    assertThat(problem(bytes("[{\"a\":1}" + ",{\"a\":1}".repeat(10_000) + "]")))
        .isEqualTo(new Problem.Overloaded(1));
  }

  @Test
  void countsTheMemoryOfColumnsThatRowsLeaveOut() {
    List<String> columns = IntStream.range(0, 1_000).mapToObj(i -> "c" + i).toList();
    byte[] body = bytes("[{}" + ",{}".repeat(500) + "]");
    assertThatThrownBy(() -> read(body, columns, NULL))
        .isInstanceOfSatisfying(
            ProblemException.class,
            refused -> assertThat(refused.problem()).isEqualTo(new Problem.Overloaded(1)));
  }

  @Test
  void readsOrRefusesAnyText() {
    Random random = new Random(20261121);
    List<String> pieces =
        List.of(
            "{",
            "}",
            "[",
            "]",
            ",",
            ":",
            "\"a\"",
            "\"b\"",
            "1",
            "-",
            "0.5",
            "null",
            "true",
            "\"",
            "\\u0000",
            "\\ud800",
            "\\",
            " ",
            "ş",
            "[{\"a\":1}",
            ",{\"a\":");
    for (int i = 0; i < 100_000; i++) {
      StringBuilder body = new StringBuilder();
      int length = random.nextInt(20);
      for (int j = 0; j < length; j++) body.append(pieces.get(random.nextInt(pieces.size())));
      try {
        BodyReader.Rows rows = read(body.toString());
        assertThat(rows.rows()).allMatch(row -> row.size() == rows.columns().size());
      } catch (ProblemException expected) {
        assertThat(expected.problem()).isNotNull();
      } catch (RuntimeException e) {
        throw new AssertionError(body.toString(), e);
      }
    }
  }
}
