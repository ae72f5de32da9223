package dev.mainstay.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mainstay.core.plan.Caller;
import dev.mainstay.testkit.Backend;
import dev.mainstay.testkit.Callers;
import dev.mainstay.testkit.postgres.PostgresVersion;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/// Where the database says what a role may do, a request needs no right that PostgREST would not
/// need for it, and gets what it has a right to.
@ParameterizedClass
@EnumSource
class RightsTest {
  private static final Caller.Outside ANN = Callers.user("ann");

  private static final String MODEL =
      """
      tables:
        letters:
          columns:
            id: {type: integer, primary_key: true}
            text: {type: text, default: none}
        notes:
          columns:
            id: {type: integer, primary_key: true, default: 1}
            text: text
        people:
          columns:
            id: {type: integer, primary_key: true}
            name: text
            salary: {type: integer, default: 1000}
            boss_id: {type: integer, nullable: true, references: people}
      """;

  private static final String[] DATABASE = {
    "GRANT INSERT ON letters TO anon",
    "GRANT INSERT ON notes TO anon",
    "GRANT SELECT, INSERT ON notes TO authenticated",
    "GRANT UPDATE (text), DELETE ON letters TO anon",
    "GRANT SELECT (id, name, boss_id), INSERT (id, name, boss_id), UPDATE (id, name) ON people TO"
        + " authenticated",
  };

  private final Backend backend;

  RightsTest(PostgresVersion version) {
    backend = AsRole.backend(version, MODEL, DATABASE);
    backend.seed("people", "{\"id\":1,\"name\":\"eve\"}");
  }

  @AfterEach
  void close() {
    backend.close();
  }

  @Test
  void whoMayInsertNeedNotReadWhatItInserted() {
    String rows = "[{\"id\":1,\"text\":\"a\"},{\"id\":2,\"text\":\"b\"}]";
    assertThat(anon("POST", "/letters", rows, "count=exact")).isEqualTo("201 */2\n");
    assertThat(anon("POST", "/letters", "{\"id\":3}", "return=headers-only"))
        .isEqualTo(denied(401, "letters"));
    assertThat(anon("POST", "/letters?select=id", "{\"id\":3}", "return=representation"))
        .isEqualTo(denied(401, "letters"));
    assertThat(anon("GET", "/letters?select=id", "", "")).isEqualTo(denied(401, "letters"));
    assertThat(backend.stored("letters", "id")).isEqualTo("[{\"id\":1},{\"id\":2}]");
  }

  @Test
  void rowsThatNameDifferentColumnsNeedNotBeReadEither() {
    String rows = "[{\"id\":1,\"text\":\"a\"},{\"id\":2},{\"id\":3,\"text\":null}]";
    assertThat(anon("POST", "/letters?columns=id,text", rows, "missing=default, count=exact"))
        .startsWith("400");
    rows = "[{\"id\":1,\"text\":\"a\"},{\"id\":2}]";
    assertThat(anon("POST", "/letters?columns=id,text", rows, "missing=default, count=exact"))
        .isEqualTo("201 */2\n");
    assertThat(backend.stored("letters"))
        .isEqualTo("[{\"id\":1,\"text\":\"a\"},{\"id\":2,\"text\":\"none\"}]");
  }

  @Test
  void aFilterIsToRead() {
    backend.seed("letters", "{\"id\":1}");
    assertThat(anon("PATCH", "/letters?id=eq.1", "{\"text\":\"x\"}", ""))
        .isEqualTo(denied(401, "letters"));
    assertThat(anon("DELETE", "/letters?id=eq.1", "", "")).isEqualTo(denied(401, "letters"));
    assertThat(backend.stored("letters")).isEqualTo("[{\"id\":1,\"text\":\"none\"}]");
  }

  @Test
  void onlyTheColumnsThatAreAnsweredAreRead() {
    assertThat(ann("GET", "/people?select=id,name", "", ""))
        .isEqualTo("200 0-0/*\n[{\"id\":1,\"name\":\"eve\"}]");
    assertThat(ann("GET", "/people", "", "")).isEqualTo(denied(403, "people"));
    String bob = "{\"id\":2,\"name\":\"bob\",\"boss_id\":1}";
    assertThat(ann("POST", "/people", bob, "return=representation"))
        .isEqualTo(denied(403, "people"));
    assertThat(ann("POST", "/people?select=name,boss:boss_id(name)", bob, "return=representation"))
        .isEqualTo("201 */*\n[{\"name\":\"bob\",\"boss\":{\"name\":\"eve\"}}]");
    assertThat(
            ann(
                "PATCH",
                "/people?id=eq.2&select=name",
                "{\"name\":\"rob\"}",
                "return=representation"))
        .isEqualTo("200 0-0/*\n[{\"name\":\"rob\"}]");
    assertThat(ann("PATCH", "/people?id=eq.2", "{\"salary\":1}", ""))
        .isEqualTo(denied(403, "people"));
    assertThat(backend.stored("people", "id", "name", "salary"))
        .isEqualTo(
            "[{\"id\":1,\"name\":\"eve\",\"salary\":1000},"
                + "{\"id\":2,\"name\":\"rob\",\"salary\":1000}]");
  }

  @Test
  void aMergeKnowsWhatIsNewWithoutReadingEverything() {
    String merge = "resolution=merge-duplicates";
    assertThat(ann("POST", "/people", "{\"id\":1,\"name\":\"a\"}", merge)).isEqualTo("200 */*\n");
    assertThat(ann("POST", "/people", "{\"id\":2,\"name\":\"b\"}", merge)).isEqualTo("201 */*\n");
    String three =
        "[{\"id\":1,\"name\":\"c\"},{\"id\":3,\"name\":\"d\"},{\"id\":2,\"name\":\"e\"}]";
    assertThat(ann("POST", "/people?select=id", three, merge + ", return=representation"))
        .isEqualTo("201 */*\n[{\"id\":1},{\"id\":3},{\"id\":2}]");
    assertThat(
            ann("POST", "/people", "[{\"id\":2,\"name\":\"f\"},{\"id\":3,\"name\":\"g\"}]", merge))
        .isEqualTo("200 */*\n");
    assertThat(
            ann(
                "PUT",
                "/people?id=eq.4&select=id",
                "{\"id\":4,\"name\":\"h\"}",
                "return=representation"))
        .startsWith("201 ");
    assertThat(
            ann(
                "POST",
                "/people",
                "{\"id\":4,\"name\":\"i\"}",
                "resolution=ignore-duplicates, count=exact"))
        .isEqualTo("201 */0\n");
    assertThat(ann("POST", "/people", "{\"id\":5,\"name\":\"j\"}", "return=headers-only"))
        .isEqualTo("201 */* /people?id=eq.5\n");
    assertThat(backend.stored("people", "id", "name"))
        .isEqualTo(
            "[{\"id\":1,\"name\":\"c\"},{\"id\":2,\"name\":\"f\"},{\"id\":3,\"name\":\"g\"},"
                + "{\"id\":4,\"name\":\"h\"},{\"id\":5,\"name\":\"j\"}]");
  }

  @Test
  void whatIsTooMuchIsUndone() {
    backend.seed("people", "{\"id\":2,\"name\":\"bob\"}");
    assertThat(
            ann("PATCH", "/people?id=gt.0", "{\"name\":\"x\"}", "handling=strict, max-affected=1"))
        .startsWith("400 ")
        .contains("PGRST124");
    assertThat(backend.stored("people", "name"))
        .isEqualTo("[{\"name\":\"eve\"},{\"name\":\"bob\"}]");
  }

  /// What its own words tell of other rows and columns, the database keeps from who may not read
  /// them.
  @Test
  void theDatabasesOwnWordsAreTold() {
    backend.seed("notes", "{\"id\":1,\"text\":\"a\"}");
    assertThat(ann("POST", "/notes", "{\"text\":\"b\"}", ""))
        .isEqualTo(
            refused(
                409,
                "23505",
                "duplicate key value violates unique constraint \\\"notes_pkey\\\"",
                "\"Key (id)=(1) already exists.\""));
    assertThat(ann("POST", "/notes", "{\"id\":2,\"text\":null}", ""))
        .isEqualTo(
            refused(
                400,
                "23502",
                "null value in column \\\"text\\\" of relation \\\"notes\\\" violates not-null"
                    + " constraint",
                "\"Failing row contains (2, null).\""));
    assertThat(anon("POST", "/notes", "{\"text\":\"b\"}", ""))
        .isEqualTo(
            refused(
                409,
                "23505",
                "duplicate key value violates unique constraint \\\"notes_pkey\\\"",
                "null"));
    assertThat(anon("GET", "/letters?select=text", "", "")).isEqualTo(denied(401, "letters"));
    assertThat(ann("GET", "/people?select=nothing", "", "")).startsWith("400 ");
  }

  @Test
  void plannedAndEstimatedCountsAreThePlanners() {
    assertThat(ann("GET", "/notes?select=id", "", "count=planned")).startsWith("206 */");
    assertThat(ann("GET", "/people?select=id", "", "count=estimated")).startsWith("206 0-0/");
    assertThat(anon("GET", "/letters?select=id", "", "count=planned"))
        .isEqualTo(denied(401, "letters"));
  }

  private String anon(String method, String target, String body, String prefer) {
    return call(method, target, body, prefer, Callers.ANON);
  }

  private String ann(String method, String target, String body, String prefer) {
    return call(method, target, body, prefer, ANN);
  }

  /// Status, range, place and body.
  private String call(
      String method, String target, String body, String prefer, Caller.Outside caller) {
    RestCall.Answer answer =
        new RestCall(backend)
            .make(method, target, Map.of("Prefer", prefer), body.getBytes(UTF_8), caller);
    String range = answer.header("Content-Range");
    String location = answer.header("Location");
    return answer.status()
        + " "
        + (range == null ? "" : range)
        + (location == null ? "" : " " + location)
        + "\n"
        + answer.body();
  }

  private static String refused(int status, String code, String message, String details) {
    return status
        + " \n{\"code\":\""
        + code
        + "\",\"message\":\""
        + message
        + "\",\"details\":"
        + details
        + ",\"hint\":null}";
  }

  private static String denied(int status, String table) {
    return status
        + " \n{\"code\":\"42501\",\"message\":\"permission denied for table "
        + table
        + "\",\"details\":null,\"hint\":null}";
  }
}
