package dev.mainstay.testkit.conformance;

import static dev.mainstay.testkit.Ask.everything;
import static dev.mainstay.testkit.Ask.of;
import static dev.mainstay.testkit.Backend.refusal;
import static dev.mainstay.testkit.Callers.SERVICE;
import static dev.mainstay.testkit.Where.eq;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mainstay.core.problem.Problem;
import dev.mainstay.testkit.Backend;
import dev.mainstay.testkit.Callers;
import dev.mainstay.testkit.Wrote;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What a column gets when a new row does not name it.
abstract class FillSuite extends Suite {
  private static final String UID = "aaaaaaaa-0000-4000-8000-000000000001";
  private static final String UUID_4 =
      "[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}";
  private static final String UUID_7 =
      "[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}";
  private static final String NOW =
      "20[0-9]{2}-[0-9]{2}-[0-9]{2}T[0-9:]{8}(\\.[0-9]{1,6})?\\+00:00";

  private static final String MODEL =
      """
      enums: {mood: [sad, ok]}
      tables:
        things:
          columns:
            id: {type: bigint, identity: true, primary_key: true}
            name: {type: text, nullable: true}
            note: {type: text, default: "it's \\"here\\""}
            number: {type: integer, default: -5}
            price: {type: 'decimal(6,2)', default: 1.5}
            flag: {type: boolean, default: true}
            mood: {type: mood, default: ok}
            tags: {type: 'text[]', default: [a, "b,c"]}
            doc: {type: json, default: {literal: {a: [1, null]}}}
            day: {type: date, default: 2024-02-29}
        times:
          columns:
            id: {type: uuid, default: uuid(), primary_key: true}
            ordered: {type: uuid, default: uuid7()}
            at: {type: timestamptz, default: now()}
            owner: {type: uuid, nullable: true, default: auth.uid}
            owner_text: {type: text, nullable: true, default: auth.uid}
            n: integer
        strict:
          columns:
            id: {type: integer, identity: always, primary_key: true}
            width: integer
            area: {type: integer, generated: width * width}
      """;

  private Backend backend;

  @BeforeEach
  void open() {
    backend = Backend.open(engine(), MODEL);
  }

  @AfterEach
  void close() {
    backend.close();
  }

  @Test
  void literalsOfEveryKind() {
    String row = backend.insert(SERVICE, "things", "{\"name\":\"x\"}", everything()).rows();
    assertThat(Spacing.none(row))
        .isEqualTo(
            Spacing.none(
                """
                [{"id":1,"name":"x","note":"it's \\"here\\"","number":-5,"price":1.50,"flag":true,"mood":"ok",\
                "tags":["a","b,c"],"doc":{"a":[1,null]},"day":"2024-02-29"}]"""));
  }

  @Test
  void absentNullAndGivenAreThreeThingsInOneBulk() {
    assertThat(
            backend
                .insert(
                    SERVICE,
                    "things",
                    """
                    [{"name":"absent"},{"name":null,"number":7},{"name":"given","number":8,"flag":false}]""",
                    of("id", "name", "number", "flag"))
                .rows())
        .isEqualTo(
            """
            [{"id":1,"name":"absent","number":-5,"flag":true},{"id":2,"name":null,"number":7,"flag":true},\
            {"id":3,"name":"given","number":8,"flag":false}]""");
  }

  @Test
  void aRowOfFillsAlone() {
    assertThat(backend.insert(SERVICE, "things", "{}", of("id", "number")))
        .isEqualTo(new Wrote(List.of("1"), "[{\"id\":1,\"number\":-5}]"));
    assertThat(backend.insert(SERVICE, "things", "[{},{}]", of("id")).keys())
        .containsExactly("2", "3");
  }

  @Test
  void identityCountsOnAndTakesANumberFromTheCaller() {
    assertThat(backend.insert(SERVICE, "things", "{\"name\":\"a\"}").keys()).containsExactly("1");
    assertThat(backend.insert(SERVICE, "things", "{\"id\":50,\"name\":\"b\"}").keys())
        .containsExactly("50");
    backend.delete(SERVICE, "things", eq("id", "1"));
    assertThat(backend.insert(SERVICE, "things", "{\"name\":\"c\"}").keys())
        .as("a number is not used twice")
        .doesNotContain("1");
  }

  @Test
  void identityThatIsAlwaysTheDatabases() {
    assertThat(backend.insert(SERVICE, "strict", "{\"width\":3}", everything()).rows())
        .isEqualTo("[{\"id\":1,\"width\":3,\"area\":9}]");
    assertThat(refusal(() -> backend.insert(SERVICE, "strict", "{\"id\":5,\"width\":3}")))
        .isEqualTo(
            new Problem.Database(
                "428C9",
                "cannot insert a non-DEFAULT value into column \"id\"",
                "Column \"id\" is an identity column defined as GENERATED ALWAYS.",
                "Use OVERRIDING SYSTEM VALUE to override."));
  }

  @Test
  void generatedColumnsFollowTheirRowAndAreNeverWritten() {
    backend.insert(SERVICE, "strict", "{\"width\":3}");
    backend.update(SERVICE, "strict", "{\"width\":4}", eq("id", "1"));
    assertThat(backend.stored("strict")).isEqualTo("[{\"id\":1,\"width\":4,\"area\":16}]");
    assertThat(refusal(() -> backend.update(SERVICE, "strict", "{\"area\":1}", eq("id", "1"))))
        .isEqualTo(
            new Problem.Database(
                "428C9",
                "column \"area\" can only be updated to DEFAULT",
                "Column \"area\" is a generated column.",
                null));
  }

  @Test
  void idsAndTimes() {
    String rows =
        backend
            .insert(
                Callers.outside("service_role", Map.of("sub", UID)),
                "times",
                "[{\"n\":1},{\"n\":2}]",
                null)
            .rows();
    assertThat(rows).isEqualTo("[]");
    assertThat(
            backend.read(SERVICE, of("id", "ordered", "at", "owner", "owner_text").from("times")))
        .matches(
            "\\[(,?\\{\"id\":\"%s\",\"ordered\":\"%s\",\"at\":\"%s\",\"owner\":\"%s\",\"owner_text\":\"%s\"}){2}]"
                .formatted(UUID_4, UUID_7, NOW, UID, UID));
  }

  @Test
  void aCallerWithoutAnIdFillsNull() {
    assertThat(backend.insert(SERVICE, "times", "{\"n\":1}", of("owner", "owner_text")).rows())
        .isEqualTo("[{\"owner\":null,\"owner_text\":null}]");
    assertThat(
            backend
                .insert(SERVICE, "times", "{\"n\":1,\"owner\":\"" + UID + "\"}", of("owner"))
                .rows())
        .isEqualTo("[{\"owner\":\"" + UID + "\"}]");
  }

  @Test
  void theTimeIsOneInAWholeRequest() {
    backend.insert(SERVICE, "times", "[{\"n\":1},{\"n\":2},{\"n\":3}]");
    String at = backend.read(SERVICE, of("at").from("times"));
    String first = at.substring(1, at.indexOf('}') + 1);
    assertThat(at).isEqualTo("[" + first + "," + first + "," + first + "]");
  }
}
