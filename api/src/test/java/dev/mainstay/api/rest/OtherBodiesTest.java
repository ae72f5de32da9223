package dev.mainstay.api.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.mainstay.core.engine.ByteBudget;
import dev.mainstay.core.problem.Problem;
import dev.mainstay.core.problem.ProblemException;
import dev.mainstay.core.query.Asked.Cell;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Bodies that are not JSON: CSV and forms.
class OtherBodiesTest {
  private static final Cell NULL = new Cell.Null();

  private static BodyReader.Rows csv(String text, @Nullable List<String> columns, Cell absent) {
    ByteBudget.Lease lease = new ByteBudget(1 << 20).lease();
    return CsvBodyReader.read(text.getBytes(StandardCharsets.UTF_8), columns, absent, lease);
  }

  private static BodyReader.Rows form(String text, @Nullable List<String> columns, Cell absent) {
    return FormBodyReader.read(text.getBytes(StandardCharsets.UTF_8), columns, absent);
  }

  private static Cell text(String text) {
    return new Cell.Text(text);
  }

  static List<Arguments> csvs() {
    return List.of(
        Arguments.of("a,b\n1,x\n2,y\n", rows(List.of("a", "b"), "1", "x", "2", "y")),
        Arguments.of("a,b\r\n1,x\r\n2,y", rows(List.of("a", "b"), "1", "x", "2", "y")),
        Arguments.of("\uFEFFa\n1\n\n\n2\n", rows(List.of("a"), "1", "2")),
        Arguments.of(
            "\"a\",\"b c\"\n\"x, \"\"y\"\"\n\",ünïcödé 😀\n",
            rows(List.of("a", "b c"), "x, \"y\"\n", "ünïcödé 😀")),
        Arguments.of("a\n\"\"\n", rows(List.of("a"), "")),
        Arguments.of("a,b\n", rows(List.of("a", "b"))),
        Arguments.of("a", rows(List.of("a"))),
        Arguments.of("a,b,a\n1,2,3\n", rows(List.of("a", "b"), "3", "2")),
        Arguments.of("a,b\n null ,Null\n", rows(List.of("a", "b"), " null ", "Null")));
  }

  private static BodyReader.Rows rows(List<String> columns, String... cells) {
    List<List<Cell>> rows = new ArrayList<>();
    for (int i = 0; i < cells.length; i += columns.size())
      rows.add(
          List.of(cells).subList(i, i + columns.size()).stream()
              .map(OtherBodiesTest::text)
              .toList());
    return new BodyReader.Rows(columns, rows);
  }

  @ParameterizedTest
  @MethodSource("csvs")
  void readsCsv(String body, BodyReader.Rows rows) {
    assertThat(csv(body, null, NULL)).isEqualTo(rows);
  }

  @Test
  void readsNullsOfCsv() {
    assertThat(csv("a,b\nNULL,\"NULL\"\n", null, NULL).rows()).containsExactly(List.of(NULL, NULL));
  }

  @Test
  void readsTheColumnsOfCsvThatAreNamed() {
    assertThat(csv("a,b,c\n1,2,3\n", List.of("c", "d", "a"), new Cell.Default()))
        .isEqualTo(
            new BodyReader.Rows(
                List.of("c", "d", "a"),
                List.of(List.of(text("3"), new Cell.Default(), text("1")))));
  }

  static List<Arguments> badCsvs() {
    return List.of(
        Arguments.of("", "parse error (not enough input) at \"\""),
        Arguments.of("\n\n", "A line with the names of the columns is missing"),
        Arguments.of("a,b\n1,2\n3\n", "All lines must have same number of fields"),
        Arguments.of("a,b\n1,2,3\n", "All lines must have same number of fields"),
        Arguments.of("a,b\n1,x\"y\n", "line 2, column 4: a quote within a field"),
        Arguments.of("a\n1\n\"x\n", "line 3, column 1: a quote that is never closed"),
        Arguments.of("a\n\"x\"y\n", "line 2, column 4: text after a closing quote"),
        Arguments.of(",".repeat(500), "line 1, column 401: more than 400 fields"));
  }

  @ParameterizedTest
  @MethodSource("badCsvs")
  void refusesCsv(String body, String message) {
    assertThat(problem(() -> csv(body, null, NULL))).isEqualTo(new Problem.UnreadableBody(message));
  }

  @Test
  void refusesWhatIsNoText() {
    byte[] latin = "a\nü\n".getBytes(StandardCharsets.ISO_8859_1);
    ByteBudget.Lease lease = new ByteBudget(1 << 20).lease();
    assertThat(problem(() -> CsvBodyReader.read(latin, null, NULL, lease)))
        .isEqualTo(new Problem.UnreadableBody("The body is not UTF-8"));
    assertThat(problem(() -> FormBodyReader.read(latin, null, NULL)))
        .isEqualTo(new Problem.UnreadableBody("The form has text that is not UTF-8"));
    assertThat(problem(() -> form("a=%00", null, NULL)))
        .isEqualTo(new Problem.UnreadableBody("The form has a NUL character"));
  }

  @Test
  void countsTheMemoryOfCsv() {
    ByteBudget budget = new ByteBudget(100_000);
    byte[] body = ("a,b,c\n" + "1,2,3\n".repeat(10_000)).getBytes(StandardCharsets.UTF_8);
    assertThat(problem(() -> CsvBodyReader.read(body, null, NULL, budget.lease())))
        .isInstanceOf(Problem.Overloaded.class);
  }

  static List<Arguments> forms() {
    return List.of(
        Arguments.of("a=1&b=x", rows(List.of("a", "b"), "1", "x")),
        Arguments.of("a=x+y%21%F0%9F%98%80&b=ü", rows(List.of("a", "b"), "x y!😀", "ü")),
        Arguments.of("a=1&a=2", rows(List.of("a"), "2")),
        Arguments.of("a&b=", rows(List.of("a", "b"), "", "")),
        Arguments.of("a=NULL", rows(List.of("a"), "NULL")));
  }

  @ParameterizedTest
  @MethodSource("forms")
  void readsForms(String body, BodyReader.Rows rows) {
    assertThat(form(body, null, NULL)).isEqualTo(rows);
  }

  @Test
  void readsTheFieldsOfAFormThatAreNamed() {
    assertThat(form("a=1&b=2", List.of("b", "c"), NULL).rows())
        .containsExactly(List.of(text("2"), NULL));
    assertThat(form("", null, NULL)).isEqualTo(new BodyReader.Rows(List.of(), List.of(List.of())));
  }

  private static Problem problem(Runnable code) {
    return catchThrowableOfType(ProblemException.class, code::run).problem();
  }
}
