package dev.mainstay.testkit.conformance;

import static dev.mainstay.testkit.Ask.asc;
import static dev.mainstay.testkit.Ask.of;
import static dev.mainstay.testkit.Backend.refusal;
import static dev.mainstay.testkit.Where.any;
import static dev.mainstay.testkit.Where.eq;
import static dev.mainstay.testkit.Where.every;
import static dev.mainstay.testkit.Where.not;
import static dev.mainstay.testkit.Where.test;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mainstay.core.engine.Capability;
import dev.mainstay.core.problem.Problem;
import dev.mainstay.core.query.Asked;
import dev.mainstay.core.query.Operator;
import dev.mainstay.testkit.Backend;
import dev.mainstay.testkit.Callers;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// `like` and `ilike` over every kind of text.
abstract class PatternSuite extends Suite {
  private static final List<String> TEXTS =
      List.of(
          "", "abc", "ABC", "a%c", "a_c", "a\\c", "äöü", "ÄÖÜ", "x\ny", "i", "I", "😀b", "a'c",
          "aXc", "ЖУК", "жук");

  private Backend backend;

  @BeforeAll
  void open() {
    backend =
        Backend.open(
            engine(),
            """
            tables:
              texts:
                columns:
                  id: {type: bigint, primary_key: true}
                  t: {type: text, nullable: true}
            """);
    for (int i = 0; i < TEXTS.size(); i++) insert(i + 1, new Asked.Cell.Text(TEXTS.get(i)));
    insert(99, new Asked.Cell.Null());
  }

  private void insert(int id, Asked.Cell text) {
    Asked.Insert insert =
        new Asked.Insert(
            dev.mainstay.testkit.Ask.table("texts"),
            List.of("id", "t"),
            List.of(List.of(new Asked.Cell.Text("" + id), text)),
            null,
            null);
    backend.write(backend.planner().insert(insert, Callers.INSIDE));
  }

  @AfterAll
  void close() {
    backend.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "LIKE  | abc    | 2",
        "LIKE  | ABC    | 3",
        "LIKE  | a%     | 2 4 5 6 13 14",
        "LIKE  | a_c    | 2 4 5 6 13 14",
        "LIKE  | a\\%c  | 4",
        "LIKE  | a\\_c  | 5",
        "LIKE  | a\\\\c | 6",
        "LIKE  | a\\Xc  | 14",
        "LIKE  | %      | 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16",
        "LIKE  | ``     | 1",
        "LIKE  | _b     | 12",
        "LIKE  | x%y    | 9",
        "LIKE  | x_y    | 9",
        "LIKE  | %b%    | 2 12",
        "LIKE  | a'c    | 13",
        "LIKE  | äö_    | 7",
        "ILIKE | abc    | 2 3",
        "ILIKE | A%C    | 2 3 4 5 6 13 14",
        "ILIKE | A\\%C  | 4",
        "ILIKE | äÖü    | 7 8",
        "ILIKE | I      | 10 11",
        "ILIKE | i      | 10 11",
        "ILIKE | Жук    | 15 16",
        "ILIKE | _B     | 12",
        "ILIKE | axc    | 14",
      })
  void pattern(Operator operator, String pattern, String ids) {
    Asked.Condition condition = test("t", operator, pattern);
    assertThat(ids(condition)).isEqualTo(ids);
    int matched = ids.split(" ").length;
    assertThat(ids(not(condition)).split(" "))
        .as("the others, without the null")
        .hasSize(Math.max(1, TEXTS.size() - matched));
  }

  @Test
  void anyAndAllPatterns() {
    assertThat(ids(any("t", Operator.LIKE, List.of("a%", "%y")))).isEqualTo("2 4 5 6 9 13 14");
    assertThat(ids(every("t", Operator.ILIKE, List.of("A%", "%C")))).isEqualTo("2 3 4 5 6 13 14");
  }

  /// Whatever the rows: no row has the id that is asked for as well.
  @Test
  void regularExpressionsBeyondThePortableOnes() {
    boolean any = backend.engine().capabilities().contains(Capability.ANY_REGEX);
    for (String regex : List.of("^(?=ab)", "\\yabc\\y", "(a)bc|\\1", "(?i)abc", "***=abc"))
      for (Operator operator : List.of(Operator.MATCH, Operator.IMATCH)) {
        Asked.Condition beyond = test("t", operator, regex);
        if (any) assertThat(ids(beyond)).as(regex).contains("2");
        else
          assertThat(refusal(() -> ids(new Asked.Condition.And(List.of(beyond, eq("id", "0"))))))
              .as(regex)
              .isInstanceOf(Problem.Unsupported.class);
      }
  }

  @Test
  void regularExpressionsThatAreNone() {
    for (String regex : List.of("(", "a)", "*a", "[a", "[z-a]", "a\\"))
      assertThat(refusal(() -> ids(test("t", Operator.MATCH, regex))).toString())
          .as(regex)
          .contains("sqlState=2201B", "message=invalid regular expression: ");
  }

  @Test
  void aPatternThatEndsInAnEscapeIsRefusedWhateverTheRows() {
    for (Operator operator : List.of(Operator.LIKE, Operator.ILIKE))
      for (String pattern : List.of("\\", "zzz\\", "a\\\\\\"))
        assertThat(refusal(() -> ids(test("t", operator, pattern))))
            .isEqualTo(
                new Problem.Database(
                    "22025", "LIKE pattern must not end with escape character", null, null));
  }

  private String ids(Asked.Condition condition) {
    String rows =
        backend.read(Callers.SERVICE, of("id").where(condition).order(asc("id")).from("texts"));
    return rows.replaceAll("[^0-9]+", " ").strip();
  }
}
