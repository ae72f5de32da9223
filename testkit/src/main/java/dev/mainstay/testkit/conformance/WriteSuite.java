package dev.mainstay.testkit.conformance;

import static dev.mainstay.testkit.Ask.asc;
import static dev.mainstay.testkit.Ask.desc;
import static dev.mainstay.testkit.Ask.of;
import static dev.mainstay.testkit.Backend.refusal;
import static dev.mainstay.testkit.Callers.SERVICE;
import static dev.mainstay.testkit.Where.eq;
import static dev.mainstay.testkit.Where.in;
import static dev.mainstay.testkit.Where.test;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mainstay.core.plan.Plan.Expectation;
import dev.mainstay.core.problem.Problem;
import dev.mainstay.core.query.Operator;
import dev.mainstay.testkit.Backend;
import dev.mainstay.testkit.Wrote;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Inserts, updates and deletes do all that was asked, or nothing; what the database refuses is
/// told in PostgreSQL's words.
abstract class WriteSuite extends Suite {
  private Backend backend;

  @BeforeEach
  void open() {
    backend = PetStore.open(engine());
  }

  @AfterEach
  void close() {
    backend.close();
  }

  // ── whole writes ──

  @Test
  void anInsertAnswersItsRowsInTheOrderGiven() {
    assertThat(
            backend.insert(
                SERVICE,
                "pets",
                """
                [{"id":30,"owner_id":3,"name":"Zed"},{"id":10,"owner_id":null,"name":"Ada","age":1},
                 {"id":20,"owner_id":3,"name":"Kit"}]""",
                of("id", "name", "age").embed("owners", of("email"))))
        .isEqualTo(
            new Wrote(
                List.of("30", "10", "20"),
                """
                [{"id":30,"name":"Zed","age":null,"owners":{"email":"cat@x.org"}},\
                {"id":10,"name":"Ada","age":1,"owners":null},\
                {"id":20,"name":"Kit","age":null,"owners":{"email":"cat@x.org"}}]"""));
  }

  @Test
  void rowsAnsweredByAWriteMayHaveAnOrderOfTheirOwn() {
    assertThat(
            backend
                .insert(
                    SERVICE,
                    "pets",
                    "[{\"id\":30,\"name\":\"Zed\"},{\"id\":10,\"name\":\"Ada\"}]",
                    of("id").order(asc("name")))
                .rows())
        .isEqualTo("[{\"id\":10},{\"id\":30}]");
    assertThat(
            backend.delete(
                SERVICE, "pets", Expectation.ANY, of("id").order(desc("id")), in("id", "10", "30")))
        .isEqualTo(new Wrote(List.of("10", "30"), "[{\"id\":30},{\"id\":10}]"));
  }

  @Test
  void anInsertOfNoRowsDoesNothing() {
    assertThat(backend.insert(SERVICE, "pets", "[]", of("id"))).isEqualTo(Wrote.NOTHING);
  }

  @Test
  void thousandsOfRowsAreOneInsert() {
    StringBuilder rows = new StringBuilder("[");
    for (int i = 1000; i < 6000; i++)
      rows.append(i > 1000 ? "," : "")
          .append("{\"id\":%1$d,\"email\":\"%1$d@x.org\"}".formatted(i));
    Wrote wrote = backend.insert(SERVICE, "owners", rows.append(']').toString(), of("id"));
    assertThat(wrote.keys()).hasSize(5000).startsWith("1000", "1001").endsWith("5999");
    assertThat(wrote.rows())
        .startsWith("[{\"id\":1000},{\"id\":1001},")
        .endsWith(",{\"id\":5999}]");
    assertThat(
            backend
                .update(SERVICE, "owners", "{\"town\":\"York\"}", test("id", Operator.GE, "1000"))
                .keys())
        .hasSize(5000);
    assertThat(backend.delete(SERVICE, "owners", test("id", Operator.GE, "1000")).keys())
        .hasSize(5000);
  }

  @Test
  void anUpdateSetsValuesAndNullsWhereItMatches() {
    assertThat(
            backend.update(
                SERVICE, "pets", "{\"age\":null,\"name\":\"Max\"}", test("age", Operator.GT, "5")))
        .isEqualTo(Wrote.keys("3"));
    assertThat(backend.stored("pets"))
        .isEqualTo(
            """
            [{"id":1,"owner_id":1,"name":"Rex","age":3},{"id":2,"owner_id":1,"name":"Tom","age":null},\
            {"id":3,"owner_id":2,"name":"Max","age":null}]""");
    assertThat(backend.update(SERVICE, "pets", "{\"age\":4}", eq("name", "none")))
        .isEqualTo(Wrote.NOTHING);
  }

  @Test
  void anUpdateOfTheKeyAnswersTheNewOneAndTakesReferencesAlong() {
    assertThat(
            backend.update(
                SERVICE,
                "pets",
                "{\"id\":100}",
                Expectation.ANY,
                of("id").embed("visits", of("day").order(asc("day"))),
                eq("id", "1")))
        .isEqualTo(
            new Wrote(
                List.of("100"),
                "[{\"id\":100,\"visits\":[{\"day\":\"2024-02-29\"},{\"day\":\"2024-03-01\"}]}]"));
    assertThat(
            backend.update(SERVICE, "visits", "{\"day\":\"2025-01-01\"}", eq("pet_id", "3")).keys())
        .hasSize(1);
    assertThat(backend.stored("visits", "pet_id", "day"))
        .isEqualTo(
            """
            [{"pet_id":3,"day":"2025-01-01"},{"pet_id":100,"day":"2024-02-29"},{"pet_id":100,"day":"2024-03-01"}]""");
  }

  @Test
  void anUpdateOfNothingChangesNothing() {
    String before = backend.stored("pets");
    backend.update(SERVICE, "pets", "{}", eq("id", "1"));
    assertThat(backend.stored("pets")).isEqualTo(before);
  }

  @Test
  void aDeleteAnswersTheRowsWithWhatWasRelatedToThem() {
    assertThat(
            backend.delete(
                SERVICE,
                "pets",
                Expectation.ANY,
                of("id").embed("visits", of("day").order(asc("day"))).embed("owners", of("email")),
                eq("id", "1")))
        .isEqualTo(
            new Wrote(
                List.of("1"),
                """
                [{"id":1,"visits":[{"day":"2024-02-29"},{"day":"2024-03-01"}],"owners":{"email":"ann@x.org"}}]"""));
    assertThat(backend.stored("visits", "pet_id")).isEqualTo("[{\"pet_id\":3}]");
  }

  @Test
  void aReferenceIsCutWhenItsRowGoes() {
    backend.delete(SERVICE, "owners", eq("id", "1"));
    assertThat(backend.stored("pets", "id", "owner_id"))
        .isEqualTo(
            "[{\"id\":1,\"owner_id\":null},{\"id\":2,\"owner_id\":null},{\"id\":3,\"owner_id\":2}]");
  }

  // ── how many rows ──

  @Test
  void moreRowsThanExpectedUndoTheWrite() {
    String before = backend.stored("pets");
    assertThat(
            refusal(
                () ->
                    backend.update(
                        SERVICE, "pets", "{\"age\":1}", new Expectation(2L, false), null)))
        .isEqualTo(new Problem.TooManyRows(3));
    assertThat(refusal(() -> backend.delete(SERVICE, "pets", new Expectation(2L, false), null)))
        .isEqualTo(new Problem.TooManyRows(3));
    assertThat(
            refusal(
                () ->
                    backend.update(
                        SERVICE, "pets", "{\"age\":1}", new Expectation(null, true), of("id"))))
        .isEqualTo(new Problem.NotOneRow(3));
    assertThat(
            refusal(() -> backend.delete(SERVICE, "pets", new Expectation(null, true), of("id"))))
        .isEqualTo(new Problem.NotOneRow(3));
    assertThat(
            refusal(
                () ->
                    backend.delete(
                        SERVICE, "pets", new Expectation(null, true), of("id"), eq("id", "9"))))
        .isEqualTo(new Problem.NotOneRow(0));
    assertThat(backend.stored("pets")).isEqualTo(before);
    assertThat(backend.stored("visits", "pet_id")).contains("{\"pet_id\":1},{\"pet_id\":1}");
  }

  @Test
  void asManyRowsAsExpectedAreWritten() {
    assertThat(backend.update(SERVICE, "pets", "{\"age\":1}", new Expectation(3L, false), null))
        .isEqualTo(Wrote.keys("1", "2", "3"));
    assertThat(
            backend.delete(SERVICE, "pets", new Expectation(null, true), of("id"), eq("id", "3")))
        .isEqualTo(new Wrote(List.of("3"), "[{\"id\":3}]"));
  }
}
