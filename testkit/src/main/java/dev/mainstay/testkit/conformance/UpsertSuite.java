package dev.mainstay.testkit.conformance;

import static dev.mainstay.testkit.Ask.of;
import static dev.mainstay.testkit.Backend.refusal;
import static dev.mainstay.testkit.Callers.SERVICE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mainstay.core.problem.Problem;
import dev.mainstay.core.problem.Problem.ConstraintViolated;
import dev.mainstay.core.problem.Problem.ConstraintViolated.Kind;
import dev.mainstay.testkit.Ask;
import dev.mainstay.testkit.Backend;
import dev.mainstay.testkit.Wrote;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// A row whose key is taken overwrites the one that is there, or leaves it.
abstract class UpsertSuite extends Suite {
  private static final List<String> KEY = List.of();
  private static final List<String> EMAIL = List.of("email");

  private Backend backend;

  @BeforeEach
  void open() {
    backend = PetStore.open(engine());
  }

  @AfterEach
  void close() {
    backend.close();
  }

  private Wrote merge(String table, List<String> target, String json, @Nullable Ask returning) {
    return backend.merge(SERVICE, table, target, json, returning);
  }

  private Problem refused(String table, List<String> target, String json) {
    return refusal(() -> merge(table, target, json, null));
  }

  // ── what is written ──

  @Test
  void newRowsAreInsertedAndOthersOverwrittenInTheOrderGiven() {
    assertThat(
            merge(
                "owners",
                KEY,
                """
                [{"id":9,"email":"new@x.org","town":"Ely"},{"id":2,"email":"ben@y.org","town":"York"},
                 {"id":8,"email":"old@x.org","town":null},{"id":1,"email":"ann@x.org","town":null}]""",
                of("id", "email", "town").embed("pets", of("name").order(Ask.asc("name")))))
        .isEqualTo(
            new Wrote(
                List.of("9", "2", "8", "1"),
                """
                [{"id":9,"email":"new@x.org","town":"Ely","pets":[]},\
                {"id":2,"email":"ben@y.org","town":"York","pets":[{"name":"Rex"}]},\
                {"id":8,"email":"old@x.org","town":null,"pets":[]},\
                {"id":1,"email":"ann@x.org","town":null,"pets":[{"name":"Rex"},{"name":"Tom"}]}]"""));
    assertThat(backend.stored("owners", "id")).isEqualTo(ids(1, 2, 3, 8, 9));
  }

  @Test
  void columnsThatAreNotNamedStayAsTheyAre() {
    merge("owners", EMAIL, "{\"id\":1,\"email\":\"ann@x.org\"}", null);
    assertThat(backend.stored("owners"))
        .startsWith("[{\"id\":1,\"email\":\"ann@x.org\",\"town\":\"Bath\"},");
  }

  @Test
  void aColumnToldToTakeItsDefaultTakesItOnTheRowThatIsThereToo() {
    String yaml =
        """
        tables:
          things:
            columns:
              id: {type: bigint, identity: true, primary_key: true}
              name: {type: text, unique: true}
              size: {type: integer, default: 7}
              half: {type: integer, generated: size / 2}
        """;
    try (Backend things =
        Backend.open(engine(), yaml).seed("things", "{\"id\":100,\"name\":\"a\",\"size\":1}")) {
      assertThat(
              things.merge(
                  SERVICE,
                  "things",
                  List.of("name"),
                  "[{\"name\":\"b\",\"size\":5},{\"name\":\"a\"}]",
                  of("name", "size", "half")))
          .extracting(Wrote::rows)
          .isEqualTo(
              "[{\"name\":\"b\",\"size\":5,\"half\":2},{\"name\":\"a\",\"size\":7,\"half\":3}]");
      assertThat(
              things.merge(SERVICE, "things", KEY, "{\"name\":\"c\"}", of("name", "size")).rows())
          .isEqualTo("[{\"name\":\"c\",\"size\":7}]");
      assertThat(refusal(() -> things.merge(SERVICE, "things", KEY, "{}", null)))
          .isEqualTo(
              new ConstraintViolated(
                  Kind.NOT_NULL,
                  "null value in column \"name\" of relation \"things\" violates not-null constraint",
                  null));
    }
  }

  @Test
  void rowsOfNothingButDefaultsAreInserted() {
    String yaml =
        """
        tables:
          ticks:
            columns:
              id: {type: bigint, identity: true, primary_key: true}
              at: {type: text, default: now}
          one:
            columns:
              id: {type: integer, default: 1, primary_key: true}
        """;
    try (Backend things = Backend.open(engine(), yaml)) {
      assertThat(things.merge(SERVICE, "ticks", KEY, "[{},{}]", of("id", "at")).rows())
          .isEqualTo("[{\"id\":1,\"at\":\"now\"},{\"id\":2,\"at\":\"now\"}]");
      assertThat(things.merge(SERVICE, "one", KEY, "[{},{}]", of("id")).rows()).isEqualTo(ids(1));
    }
  }

  @Test
  void whatIsThereCanBeLeft() {
    assertThat(
            backend.insertNew(
                SERVICE,
                "owners",
                EMAIL,
                """
                [{"id":1,"email":"ann@x.org","town":"X"},{"id":9,"email":"new@x.org","town":"Y"},
                 {"id":10,"email":"new@x.org","town":"Z"}]""",
                of("id", "town")))
        .isEqualTo(new Wrote(List.of("9"), "[{\"id\":9,\"town\":\"Y\"}]"));
    assertThat(
            backend.insertNew(
                SERVICE, "owners", KEY, "{\"id\":1,\"email\":\"other@x.org\"}", of("id")))
        .isEqualTo(Wrote.NOTHING);
    assertThat(backend.stored("owners", "id")).isEqualTo(ids(1, 2, 3, 9));
  }

  @Test
  void aKeyOfSeveralColumnsCanBeNamedInAnyOrder() {
    assertThat(
            merge(
                "pets",
                List.of("name", "owner_id"),
                "[{\"id\":1,\"owner_id\":1,\"name\":\"Rex\",\"age\":4}]",
                of("age")))
        .isEqualTo(new Wrote(List.of("1"), "[{\"age\":4}]"));
    // Nulls are all different.
    assertThat(
            merge(
                "pets",
                List.of("name", "owner_id"),
                "[{\"id\":8,\"owner_id\":null,\"name\":\"Rex\"},{\"id\":9,\"owner_id\":null,\"name\":\"Rex\"}]",
                null))
        .isEqualTo(Wrote.keys("8", "9"));
  }

  @Test
  void aKeyCanBeOverwrittenByAnother() {
    assertThat(
            merge(
                "owners",
                EMAIL,
                "{\"id\":50,\"email\":\"ann@x.org\"}",
                of("id").embed("pets", of("id").order(Ask.asc("id")))))
        .isEqualTo(new Wrote(List.of("50"), "[{\"id\":50,\"pets\":[{\"id\":1},{\"id\":2}]}]"));
    assertThat(refused("owners", EMAIL, "{\"id\":60,\"email\":\"cat@x.org\"}"))
        .isEqualTo(
            new ConstraintViolated(
                Kind.FOREIGN_KEY,
                "update or delete on table \"owners\" violates foreign key constraint"
                    + " \"bills_owner_id_fkey\" on table \"bills\"",
                "Key (id)=(3) is still referenced from table \"bills\"."));
  }

  @Test
  void rowsMayReferToEachOtherInAnyOrder() {
    String yaml =
        """
        tables:
          staff:
            columns:
              id: {type: bigint, primary_key: true}
              boss: {type: bigint, nullable: true, references: staff, as: chief, inverse: team}
        """;
    try (Backend staff = Backend.open(engine(), yaml).seed("staff", "{\"id\":2}")) {
      assertThat(
              staff.merge(
                  SERVICE,
                  "staff",
                  KEY,
                  "[{\"id\":1,\"boss\":4},{\"id\":2,\"boss\":3},{\"id\":3,\"boss\":4},{\"id\":4,\"boss\":null}]",
                  of("id")))
          .isEqualTo(new Wrote(List.of("1", "2", "3", "4"), ids(1, 2, 3, 4)));
      assertThat(
              refusal(
                  () ->
                      staff.merge(
                          SERVICE,
                          "staff",
                          KEY,
                          "[{\"id\":5,\"boss\":6},{\"id\":7,\"boss\":1}]",
                          null)))
          .isEqualTo(
              new ConstraintViolated(
                  Kind.FOREIGN_KEY,
                  "insert or update on table \"staff\" violates foreign key constraint"
                      + " \"staff_boss_fkey\"",
                  "Key (boss)=(6) is not present in table \"staff\"."));
      assertThat(staff.stored("staff", "id")).isEqualTo(ids(1, 2, 3, 4));
    }
  }

  // ── what is refused ──

  @Test
  void aRowCannotBeOverwrittenTwice() {
    String twice =
        "[{\"id\":9,\"email\":\"a@x.org\"},{\"id\":8,\"email\":\"b@x.org\"},{\"id\":9,\"email\":\"c@x.org\"}]";
    assertThat(refused("owners", KEY, twice))
        .isEqualTo(
            new Problem.Database(
                "21000",
                "ON CONFLICT DO UPDATE command cannot affect row a second time",
                null,
                "Ensure that no rows proposed for insertion within the same command have duplicate"
                    + " constrained values."));
    assertThat(backend.stored("owners", "id")).isEqualTo(ids(1, 2, 3));
  }

  @Test
  void theColumnsMustBeAKey() {
    Problem none =
        new Problem.Database(
            "42P10",
            "there is no unique or exclusion constraint matching the ON CONFLICT specification",
            null,
            null);
    assertThat(refused("owners", List.of("town"), "{\"id\":1,\"email\":\"x\"}")).isEqualTo(none);
    assertThat(refused("owners", List.of("id", "email"), "{\"id\":1,\"email\":\"x\"}"))
        .isEqualTo(none);
    assertThat(refused("pets", List.of("name"), "{\"id\":1,\"name\":\"x\"}")).isEqualTo(none);
    assertThat(refused("owners", List.of("nope"), "{\"id\":1,\"email\":\"x\"}"))
        .isEqualTo(new Problem.Database("42703", "column \"nope\" does not exist", null, null));
  }

  @Test
  void aPartialIndexIsNoKey() {
    String yaml =
        """
        tables:
          seats:
            columns:
              id: {type: bigint, primary_key: true}
              row: integer
              number: integer
              taken: {type: boolean, default: false}
            indexes:
              - {columns: [row, number], unique: true}
              - {columns: [number], unique: true, where: row.taken}
        """;
    try (Backend seats =
        Backend.open(engine(), yaml).seed("seats", "{\"id\":1,\"row\":1,\"number\":1}")) {
      assertThat(
              seats.merge(
                  SERVICE,
                  "seats",
                  List.of("row", "number"),
                  "{\"id\":2,\"row\":1,\"number\":1}",
                  of("id")))
          .isEqualTo(new Wrote(List.of("2"), ids(2)));
      assertThat(
              refusal(
                  () ->
                      seats.merge(
                          SERVICE,
                          "seats",
                          List.of("number"),
                          "{\"id\":2,\"row\":1,\"number\":1}",
                          null)))
          .isInstanceOf(Problem.Database.class);
    }
  }

  @Test
  void anotherKeyThatIsTakenIsAClash() {
    assertThat(
            refused(
                "owners",
                KEY,
                "[{\"id\":9,\"email\":\"new@x.org\"},{\"id\":1,\"email\":\"ben@x.org\"}]"))
        .isEqualTo(
            new ConstraintViolated(
                Kind.UNIQUE,
                "duplicate key value violates unique constraint \"owners_email_key\"",
                "Key (email)=(ben@x.org) already exists."));
    assertThat(
            refusal(
                () ->
                    backend.insertNew(
                        SERVICE, "owners", KEY, "{\"id\":9,\"email\":\"ben@x.org\"}", null)))
        .isInstanceOf(ConstraintViolated.class);
    assertThat(backend.stored("owners", "id")).isEqualTo(ids(1, 2, 3));
  }

  /// The row that would have been inserted must be a good one, whatever it overwrites.
  @Test
  void aRowThatCouldNotBeInsertedOverwritesNothing() {
    Problem missing =
        new ConstraintViolated(
            Kind.NOT_NULL,
            "null value in column \"name\" of relation \"pets\" violates not-null constraint",
            null);
    assertThat(refused("pets", KEY, "{\"id\":1,\"age\":5}")).isEqualTo(missing);
    assertThat(refusal(() -> backend.insertNew(SERVICE, "pets", KEY, "{\"id\":1,\"age\":5}", null)))
        .isEqualTo(missing);
    assertThat(refused("pets", KEY, "{\"id\":1,\"name\":\"Rex\",\"age\":-5}"))
        .isEqualTo(
            new ConstraintViolated(
                Kind.CHECK,
                "new row for relation \"pets\" violates check constraint"
                    + " \"pets_age_is_sane_check\"",
                null));
    assertThat(refused("pets", KEY, "{\"name\":\"Rex\"}")).isInstanceOf(ConstraintViolated.class);
    assertThat(refused("pets", KEY, "{\"id\":1,\"name\":\"Rex\",\"owner_id\":77}"))
        .isEqualTo(
            new ConstraintViolated(
                Kind.FOREIGN_KEY,
                "insert or update on table \"pets\" violates foreign key constraint"
                    + " \"pets_owner_id_fkey\"",
                "Key (owner_id)=(77) is not present in table \"owners\"."));
  }

  private static String ids(int... ids) {
    StringBuilder json = new StringBuilder("[");
    for (int id : ids)
      json.append(json.length() > 1 ? "," : "").append("{\"id\":").append(id).append('}');
    return json.append(']').toString();
  }
}
