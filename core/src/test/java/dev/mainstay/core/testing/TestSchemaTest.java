package dev.mainstay.core.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mainstay.core.model.FaultPrinter;
import dev.mainstay.core.read.EditorSchema;
import dev.mainstay.core.read.Starter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The JSON Schema of test files says what the reader says.
final class TestSchemaTest {
  private static final List<String> ROLES = List.of("anon", "authenticated", "service_role");
  private static final EditorSchema SCHEMA = new EditorSchema(Starter.testSchema());

  private static String faults(String file) {
    return FaultPrinter.print(TestFileReader.read("t.yaml", file, ROLES).faults());
  }

  @Test
  void knowsTheKeysTheReaderKnows() {
    assertThat(SCHEMA.keys("/$defs/file")).isEqualTo(TestKeys.FILE);
    assertThat(SCHEMA.keys("/$defs/caller")).isEqualTo(TestKeys.CALLER);
    assertThat(SCHEMA.keys("/$defs/step")).isEqualTo(TestKeys.STEP);
    assertThat(SCHEMA.keys("/$defs/refusal")).isEqualTo(TestKeys.REFUSAL);
    var test = new ArrayList<>(TestKeys.STEP);
    test.addAll(SCHEMA.keys("/$defs/test/anyOf/0"));
    test.add("steps");
    assertThat(test).isEqualTo(TestKeys.TEST);
    assertThat(SCHEMA.keys("/$defs/test/anyOf/1")).containsExactly("name", "as", "steps");
  }

  @Test
  void everyKeyIsDescribed() {
    for (String at : List.of("file", "caller", "step", "refusal", "test/anyOf/0", "test/anyOf/1"))
      SCHEMA.isDescribed("/$defs/" + at);
  }

  @Test
  void theTestsThatAreShownAreSoundByBoth() throws IOException {
    var files = new ArrayList<>(List.of(Starter.tests()));
    try (var examples = Files.list(Path.of("../examples/chinook/tests"))) {
      for (Path example : examples.toList()) files.add(Files.readString(example));
    }
    String guide = Files.readString(Path.of("../docs/testing.md"));
    files.add(guide.split("```yaml\n", -1)[1].split("```", -1)[0]);
    assertThat(files).hasSizeGreaterThan(3);
    for (String file : files) {
      assertThat(faults(file)).isEmpty();
      assertThat(SCHEMA.validate(file)).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[]",
        "tests: []",
        "{callers: [a, b], as: a, tests: [{get: /l}]}",
        "{callers: {a: {uid: 1, role: anon, claims: {x: [1]}}, b: }, tests: [{as: {uid: x}, get: /l}]}",
        "[{name: 1, get: /l, sees: [], count: 0, status: 200}]",
        "[{head: /l, sees_nothing: true, response_headers: {A: b, C: null}}]",
        "[{post: /l, body: {a: 1}, keep: {x: id, y: 0}, then: [{get: '/l?id=eq.$x', includes: {a: 1}}]}]",
        "[{put: /l, body: text, headers: {Content-Type: text/csv, apikey: null}, prefer: [a, b]}]",
        "[{patch: /l, refused: 42501}, {delete: /l, refused: {code: 23503, message: m, details: d, hint: h}}]",
        "[{steps: [{get: /l, sees: 1}], as: anon, name: x}]",
        "[{get: /l, seen_by: anon}, {get: /l, seen_by: [anon]}, {get: /l, excludes: [{a: 1}]}]",
      })
  void whatTheReaderReadsTheSchemaAllows(String file) {
    assertThat(faults(file)).isEmpty();
    assertThat(SCHEMA.validate(file)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "tests:",
        "text",
        "{test: []}",
        "{callers: [a], as: a}",
        "{callers: [1a], tests: []}",
        "{callers: {a: {uuid: 1}}, tests: []}",
        "{callers: {a: {claims: [1]}}, tests: []}",
        "[text]",
        "[{name: nothing}]",
        "[{get: l}]",
        "[{get: /l, post: /l}]",
        "[{get: /l, as: [anon]}]",
        "[{get: /l, sees_nothing: false}]",
        "[{get: /l, count: many}]",
        "[{get: /l, status: 1000}]",
        "[{get: /l, refused: [1]}]",
        "[{get: /l, refused: {cod: 1}}]",
        "[{get: /l, includes: text}]",
        "[{get: /l, headers: {a: [1]}}]",
        "[{get: /l, keep: {a: [1]}}]",
        "[{get: /l, keep: {1a: b}}]",
        "[{get: /l, prefer: {a: b}}]",
        "[{get: /l, seen_by: {a: b}}]",
        "[{get: /l, then: []}]",
        "[{get: /l, then: [{get: /l, then: []}]}]",
        "[{steps: [{get: /l}], get: /l}]",
        "[{steps: []}]",
      })
  void whatTheSchemaRefusesTheReaderRefuses(String file) {
    assertThat(SCHEMA.validate(file)).as("schema").isNotEmpty();
    assertThat(faults(file)).as("reader").isNotEmpty();
  }
}
