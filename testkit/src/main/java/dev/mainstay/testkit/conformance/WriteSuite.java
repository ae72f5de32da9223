package dev.mainstay.testkit.conformance;

import static dev.mainstay.testkit.Ask.asc;
import static dev.mainstay.testkit.Ask.desc;
import static dev.mainstay.testkit.Ask.of;
import static dev.mainstay.testkit.Backend.refusal;
import static dev.mainstay.testkit.Callers.SERVICE;
import static dev.mainstay.testkit.Where.eq;
import static dev.mainstay.testkit.Where.in;
import static dev.mainstay.testkit.Where.isNull;
import static dev.mainstay.testkit.Where.test;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mainstay.core.plan.Plan.Expectation;
import dev.mainstay.core.problem.Problem;
import dev.mainstay.core.problem.Problem.ConstraintViolated;
import dev.mainstay.core.problem.Problem.ConstraintViolated.Kind;
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
  private static final String MODEL =
      """
      tables:
        owners:
          columns:
            id: {type: bigint, primary_key: true}
            email: {type: text, unique: true}
            town: {type: text, nullable: true}
        pets:
          columns:
            id: {type: bigint, primary_key: true}
            owner_id: {type: bigint, nullable: true, references: owners, on_delete: set null, on_update: cascade}
            name: varchar(5)
            age: {type: integer, nullable: true}
          unique: [[owner_id, name]]
          checks: {age_is_sane: row.age >= 0 && row.age < 200}
        bills:
          columns:
            id: {type: bigint, primary_key: true}
            owner_id: {type: bigint, references: owners}
            amount: {type: 'decimal(8,2)'}
        visits:
          columns:
            pet_id: {type: bigint, references: pets, on_delete: cascade, on_update: cascade}
            day: date
            note: {type: text, nullable: true}
          primary_key: [pet_id, day]
      """;

  private Backend backend;

  @BeforeEach
  void open() {
    backend =
        Backend.open(engine(), MODEL)
            .seed(
                "owners",
                """
                [{"id":1,"email":"ann@x.org","town":"Bath"},{"id":2,"email":"ben@x.org","town":null},
                 {"id":3,"email":"cat@x.org","town":"Bath"}]""")
            .seed(
                "pets",
                """
                [{"id":1,"owner_id":1,"name":"Rex","age":3},{"id":2,"owner_id":1,"name":"Tom","age":null},
                 {"id":3,"owner_id":2,"name":"Rex","age":7}]""")
            .seed("bills", "{\"id\":1,\"owner_id\":3,\"amount\":9.5}")
            .seed(
                "visits",
                """
                [{"pet_id":1,"day":"2024-02-29"},{"pet_id":1,"day":"2024-03-01"},{"pet_id":3,"day":"2024-02-29"}]""");
  }

  @AfterEach
  void close() {
    backend.close();
  }

  // ── whole writes ──

  @Test
  void an_insert_answers_its_rows_in_the_order_given() {
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
  void rows_answered_by_a_write_may_have_an_order_of_their_own() {
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
  void an_insert_of_no_rows_does_nothing() {
    assertThat(backend.insert(SERVICE, "pets", "[]", of("id"))).isEqualTo(Wrote.NOTHING);
  }

  @Test
  void thousands_of_rows_are_one_insert() {
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
  void an_update_sets_values_and_nulls_where_it_matches() {
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
  void an_update_of_the_key_answers_the_new_one_and_takes_references_along() {
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
  void an_update_of_nothing_changes_nothing() {
    String before = backend.stored("pets");
    backend.update(SERVICE, "pets", "{}", eq("id", "1"));
    assertThat(backend.stored("pets")).isEqualTo(before);
  }

  @Test
  void a_delete_answers_the_rows_with_what_was_related_to_them() {
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
  void a_reference_is_cut_when_its_row_goes() {
    backend.delete(SERVICE, "owners", eq("id", "1"));
    assertThat(backend.stored("pets", "id", "owner_id"))
        .isEqualTo(
            "[{\"id\":1,\"owner_id\":null},{\"id\":2,\"owner_id\":null},{\"id\":3,\"owner_id\":2}]");
  }

  // ── how many rows ──

  @Test
  void more_rows_than_expected_undo_the_write() {
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
  void as_many_rows_as_expected_are_written() {
    assertThat(backend.update(SERVICE, "pets", "{\"age\":1}", new Expectation(3L, false), null))
        .isEqualTo(Wrote.keys("1", "2", "3"));
    assertThat(
            backend.delete(SERVICE, "pets", new Expectation(null, true), of("id"), eq("id", "3")))
        .isEqualTo(new Wrote(List.of("3"), "[{\"id\":3}]"));
  }

  // ── constraints ──

  @Test
  void a_key_that_is_taken() {
    assertThat(
            refusal(() -> backend.insert(SERVICE, "owners", "{\"id\":1,\"email\":\"new@x.org\"}")))
        .isEqualTo(
            new ConstraintViolated(
                Kind.UNIQUE,
                "duplicate key value violates unique constraint \"owners_pkey\"",
                "Key (id)=(1) already exists."));
    assertThat(refusal(() -> backend.update(SERVICE, "owners", "{\"id\":2}", eq("id", "1"))))
        .isEqualTo(
            new ConstraintViolated(
                Kind.UNIQUE,
                "duplicate key value violates unique constraint \"owners_pkey\"",
                "Key (id)=(2) already exists."));
  }

  @Test
  void a_unique_value_that_is_taken() {
    assertThat(
            refusal(() -> backend.insert(SERVICE, "owners", "{\"id\":9,\"email\":\"ben@x.org\"}")))
        .isEqualTo(
            new ConstraintViolated(
                Kind.UNIQUE,
                "duplicate key value violates unique constraint \"owners_email_key\"",
                "Key (email)=(ben@x.org) already exists."));
    assertThat(
            refusal(
                () ->
                    backend.insert(SERVICE, "pets", "{\"id\":9,\"owner_id\":1,\"name\":\"Rex\"}")))
        .isEqualTo(
            new ConstraintViolated(
                Kind.UNIQUE,
                "duplicate key value violates unique constraint \"pets_owner_id_name_key\"",
                "Key (owner_id, name)=(1, Rex) already exists."));
    assertThat(
            backend.insert(
                SERVICE, "pets", "[{\"id\":8,\"name\":\"Rex\"},{\"id\":9,\"name\":\"Rex\"}]"))
        .as("nulls are all different")
        .isEqualTo(Wrote.keys("8", "9"));
  }

  @Test
  void a_clash_in_a_bulk_insert_leaves_nothing_of_it() {
    assertThat(
            refusal(
                () ->
                    backend.insert(
                        SERVICE,
                        "owners",
                        """
                        [{"id":10,"email":"a"},{"id":11,"email":"b"},{"id":12,"email":"a"},{"id":13,"email":"c"}]""")))
        .isEqualTo(
            new ConstraintViolated(
                Kind.UNIQUE,
                "duplicate key value violates unique constraint \"owners_email_key\"",
                "Key (email)=(a) already exists."));
    assertThat(backend.stored("owners", "id")).isEqualTo("[{\"id\":1},{\"id\":2},{\"id\":3}]");
  }

  @Test
  void a_reference_to_nothing() {
    ConstraintViolated violated =
        new ConstraintViolated(
            Kind.FOREIGN_KEY,
            "insert or update on table \"pets\" violates foreign key constraint \"pets_owner_id_fkey\"",
            "Key (owner_id)=(99) is not present in table \"owners\".");
    assertThat(
            refusal(
                () -> backend.insert(SERVICE, "pets", "{\"id\":9,\"owner_id\":99,\"name\":\"x\"}")))
        .isEqualTo(violated);
    assertThat(refusal(() -> backend.update(SERVICE, "pets", "{\"owner_id\":99}", eq("id", "1"))))
        .isEqualTo(violated);
    assertThat(backend.stored("pets", "id")).isEqualTo("[{\"id\":1},{\"id\":2},{\"id\":3}]");
  }

  @Test
  void a_row_that_is_referred_to() {
    ConstraintViolated violated =
        new ConstraintViolated(
            Kind.FOREIGN_KEY,
            "update or delete on table \"owners\" violates foreign key constraint"
                + " \"bills_owner_id_fkey\" on table \"bills\"",
            "Key (id)=(3) is still referenced from table \"bills\".");
    assertThat(refusal(() -> backend.delete(SERVICE, "owners", eq("id", "3")))).isEqualTo(violated);
    assertThat(refusal(() -> backend.delete(SERVICE, "owners"))).isEqualTo(violated);
    assertThat(refusal(() -> backend.update(SERVICE, "owners", "{\"id\":33}", eq("id", "3"))))
        .isEqualTo(violated);
    assertThat(backend.stored("owners", "id")).isEqualTo("[{\"id\":1},{\"id\":2},{\"id\":3}]");
  }

  @Test
  void a_null_where_none_may_be() {
    for (String body : List.of("{\"id\":9,\"name\":null}", "{\"id\":9}"))
      assertThat(refusal(() -> backend.insert(SERVICE, "pets", body)))
          .isInstanceOfSatisfying(
              ConstraintViolated.class,
              violated -> {
                assertThat(violated.kind()).isEqualTo(Kind.NOT_NULL);
                assertThat(violated.message())
                    .isEqualTo(
                        "null value in column \"name\" of relation \"pets\" violates not-null constraint");
              });
    assertThat(refusal(() -> backend.update(SERVICE, "pets", "{\"name\":null}", isNull("age"))))
        .isInstanceOfSatisfying(
            ConstraintViolated.class,
            violated -> {
              assertThat(violated.kind()).isEqualTo(Kind.NOT_NULL);
              assertThat("" + violated.details()).as("no row's content").doesNotContain("Tom");
            });
  }

  @Test
  void a_check_that_is_false() {
    assertThat(refusal(() -> backend.update(SERVICE, "pets", "{\"age\":-1}", eq("id", "3"))))
        .isInstanceOfSatisfying(
            ConstraintViolated.class,
            violated -> {
              assertThat(violated.kind()).isEqualTo(Kind.CHECK);
              assertThat(violated.message())
                  .isEqualTo(
                      "new row for relation \"pets\" violates check constraint \"pets_age_is_sane_check\"");
              assertThat("" + violated.details()).as("no row's content").doesNotContain("Rex");
            });
    assertThat(backend.insert(SERVICE, "pets", "{\"id\":9,\"name\":\"x\",\"age\":null}"))
        .as("unknown is not false")
        .isEqualTo(Wrote.keys("9"));
  }

  @Test
  void text_that_is_too_long() {
    Problem tooLong =
        new Problem.ValueOutOfRange("22001", "value too long for type character varying(5)");
    assertThat(refusal(() -> backend.insert(SERVICE, "pets", "{\"id\":9,\"name\":\"abcdef\"}")))
        .isEqualTo(tooLong);
    assertThat(backend.insert(SERVICE, "pets", "{\"id\":9,\"name\":\"😀😀😀😀😀\"}"))
        .isEqualTo(Wrote.keys("9"));
  }

  @Test
  void bytes_that_no_text_holds() {
    Problem nul =
        new Problem.ValueOutOfRange("22021", "invalid byte sequence for encoding \"UTF8\": 0x00");
    assertThat(refusal(() -> backend.insert(SERVICE, "pets", "{\"id\":9,\"name\":\"a\\u0000b\"}")))
        .isEqualTo(nul);
    assertThat(
            refusal(() -> backend.read(SERVICE, of("id").where(eq("name", "a\0b")).from("pets"))))
        .isEqualTo(nul);
    assertThat(refusal(() -> backend.insert(SERVICE, "pets", "{\"id\":9,\"name\":\"\\ud800\"}")))
        .isInstanceOf(Problem.ValueOutOfRange.class);
  }
}
