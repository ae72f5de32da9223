package dev.mainstay.testkit.conformance;

import static dev.mainstay.testkit.Ask.of;
import static dev.mainstay.testkit.Backend.refusal;
import static dev.mainstay.testkit.Callers.SERVICE;
import static dev.mainstay.testkit.Where.eq;
import static dev.mainstay.testkit.Where.isNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mainstay.core.problem.Problem;
import dev.mainstay.core.problem.Problem.ConstraintViolated;
import dev.mainstay.core.problem.Problem.ConstraintViolated.Kind;
import dev.mainstay.testkit.Backend;
import dev.mainstay.testkit.Wrote;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What the database refuses is told in PostgreSQL's words, and leaves nothing.
abstract class ConstraintSuite extends Suite {
  private Backend backend;

  @BeforeEach
  void open() {
    backend = PetStore.open(engine());
  }

  @AfterEach
  void close() {
    backend.close();
  }

  @Test
  void aKeyThatIsTaken() {
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
  void aUniqueValueThatIsTaken() {
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
  void aClashInABulkInsertLeavesNothingOfIt() {
    assertThat(
            refusal(
                () ->
                    backend.insert(
                        SERVICE,
                        "owners",
                        """
                        [{"id":10,"email":"a"},{"id":11,"email":"b"},{"id":12,"email":"a"},{"id":13,"email":"c"}]\
                        """)))
        .isEqualTo(
            new ConstraintViolated(
                Kind.UNIQUE,
                "duplicate key value violates unique constraint \"owners_email_key\"",
                "Key (email)=(a) already exists."));
    assertThat(backend.stored("owners", "id")).isEqualTo("[{\"id\":1},{\"id\":2},{\"id\":3}]");
  }

  @Test
  void aReferenceToNothing() {
    ConstraintViolated violated =
        new ConstraintViolated(
            Kind.FOREIGN_KEY,
            "insert or update on table \"pets\" violates foreign key constraint"
                + " \"pets_owner_id_fkey\"",
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
  void aRowThatIsReferredTo() {
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

  private record Start(String table, String id) {}

  @Test
  void aCascadeThatMeetsAReferenceTellsOfNoFurtherRow() {
    String yaml =
        """
        tables:
          people: {columns: {id: {type: integer, primary_key: true}}}
          dogs:
            columns:
              id: {type: integer, primary_key: true}
              person_id: {type: integer?, references: people, on_delete: cascade}
              mother_id: {type: integer?, references: dogs, on_delete: cascade, inverse: puppies}
          tags:
            columns:
              id: {type: integer, primary_key: true}
              dog_id: {references: dogs}
        """;
    try (Backend kennel = Backend.open(engine(), yaml)) {
      kennel.seed("people", "{\"id\":1}");
      kennel.seed("dogs", "[{\"id\":76,\"person_id\":1},{\"id\":77,\"mother_id\":76}]");
      kennel.seed("tags", "{\"id\":5,\"dog_id\":77}");
      for (Start start : List.of(new Start("people", "1"), new Start("dogs", "76")))
        assertThat(refusal(() -> kennel.delete(SERVICE, start.table, eq("id", start.id))))
            .isInstanceOfSatisfying(
                ConstraintViolated.class,
                violated -> {
                  assertThat(violated.kind()).isEqualTo(Kind.FOREIGN_KEY);
                  assertThat(violated.message()).doesNotContain("77");
                  assertThat(violated.details()).isNull();
                });
      assertThat(kennel.stored("tags", "id")).isEqualTo("[{\"id\":5}]");
    }
  }

  @Test
  void aNullWhereNoneMayBe() {
    for (String body : List.of("{\"id\":9,\"name\":null}", "{\"id\":9}"))
      assertThat(refusal(() -> backend.insert(SERVICE, "pets", body)))
          .isInstanceOfSatisfying(
              ConstraintViolated.class,
              violated -> {
                assertThat(violated.kind()).isEqualTo(Kind.NOT_NULL);
                assertThat(violated.message())
                    .isEqualTo(
                        "null value in column \"name\" of relation \"pets\" violates not-null"
                            + " constraint");
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
  void aCheckThatIsFalse() {
    assertThat(refusal(() -> backend.update(SERVICE, "pets", "{\"age\":-1}", eq("id", "3"))))
        .isInstanceOfSatisfying(
            ConstraintViolated.class,
            violated -> {
              assertThat(violated.kind()).isEqualTo(Kind.CHECK);
              assertThat(violated.message())
                  .isEqualTo(
                      "new row for relation \"pets\" violates check constraint"
                          + " \"pets_age_is_sane_check\"");
              assertThat("" + violated.details()).as("no row's content").doesNotContain("Rex");
            });
    assertThat(backend.insert(SERVICE, "pets", "{\"id\":9,\"name\":\"x\",\"age\":null}"))
        .as("unknown is not false")
        .isEqualTo(Wrote.keys("9"));
  }

  @Test
  void textThatIsTooLong() {
    Problem tooLong =
        new Problem.ValueOutOfRange("22001", "value too long for type character varying(5)");
    assertThat(refusal(() -> backend.insert(SERVICE, "pets", "{\"id\":9,\"name\":\"abcdef\"}")))
        .isEqualTo(tooLong);
    assertThat(backend.insert(SERVICE, "pets", "{\"id\":9,\"name\":\"😀😀😀😀😀\"}"))
        .isEqualTo(Wrote.keys("9"));
  }

  @Test
  void bytesThatNoTextHolds() {
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
