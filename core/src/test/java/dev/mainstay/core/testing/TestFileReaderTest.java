package dev.mainstay.core.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mainstay.core.model.FaultPrinter;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What a file of tests comes to, and how its faults are told.
final class TestFileReaderTest {
  private static final List<String> ROLES =
      List.of("anon", "authenticated", "service_role", "editor");

  private static TestFileReader.Read read(String text) {
    return TestFileReader.read("tests/t.yaml", text, ROLES);
  }

  private static String resource(String name) throws IOException {
    try (InputStream in = TestFileReaderTest.class.getResourceAsStream(name)) {
      return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static List<TestCase> sound(String text) {
    TestFileReader.Read read = read(text);
    assertThat(FaultPrinter.print(read.faults())).isEmpty();
    return read.file().tests();
  }

  private static Step only(String text) {
    return sound(text).getFirst().steps().getFirst();
  }

  @Test
  void aTestWithoutMoreIsARequestThatSucceeds() {
    TestCase test = sound("- get: /rest/v1/lists").getFirst();
    assertThat(test.name()).isEqualTo("anon: GET /rest/v1/lists");
    assertThat(test.writes()).isFalse();
    Step step = test.steps().getFirst();
    assertThat(step.as()).isEqualTo(new TestCaller("anon", "anon", null, null));
    assertThat(step.expected()).isEmpty();
    assertThat(sound("[]")).isEmpty();
  }

  @Test
  void callersHaveNamesRolesUidsAndClaims() {
    assertThat(only("- {as: service_role, get: /}").as().claims()).isNull();
    TestCaller editor = only("- {as: editor, get: /}").as();
    assertThat(editor.role()).isEqualTo("editor");
    assertThat(editor.uid()).isEqualTo(TestCaller.uidOf("editor"));
    TestCaller told = only("- {as: {uid: 7, claims: {team: [1, a]}}, get: /}").as();
    assertThat(told.role()).isEqualTo("authenticated");
    assertThat(told.uid()).isEqualTo("7");
    assertThat(told.name()).isEqualTo("7");
    assertThat(Objects.requireNonNull(told.claims()).toString()).isEqualTo("{\"team\":[1,\"a\"]}");
    List<TestCase> tests =
        sound(
            """
            callers: {ann: , bob: {uid: b, role: editor}, cy: {claims: {sub: c}}}
            as: bob
            tests:
              - {get: /, then: [{as: ann, get: /}]}
              - {as: cy, steps: [{get: /}]}
            """);
    assertThat(tests.getFirst().uids())
        .isEqualTo(Map.of("ann", TestCaller.uidOf("ann"), "bob", "b", "cy", "c"));
    assertThat(tests.getFirst().steps().stream().map(step -> step.as().name()))
        .containsExactly("bob", "ann");
    assertThat(tests.getFirst().steps().getFirst().as().role()).isEqualTo("editor");
    assertThat(tests.getLast().steps().getFirst().as().uid()).isEqualTo("c");
    assertThat(TestCaller.uidOf("ann")).isNotEqualTo(TestCaller.uidOf("bob"));
  }

  @Test
  void aWriteThatIsLookedAtAsksForItsRows() {
    assertThat(only("- {post: /rest/v1/l, body: {a: 1}}").call().prefer()).isEmpty();
    assertThat(only("- {post: /rest/v1/l, body: {a: 1}, sees: []}").call().prefer())
        .containsExactly("return=representation");
    assertThat(only("- {post: /rest/v1/l, prefer: tx=rollback, keep: {l: id}}").call().prefer())
        .containsExactly("tx=rollback", "return=representation");
    assertThat(only("- {patch: /rest/v1/l, count: 0}").call().prefer())
        .containsExactly("count=exact");
    assertThat(only("- {get: /rest/v1/l, prefer: [count=planned], count: 1}").call().prefer())
        .containsExactly("count=planned");
    assertThat(only("- {post: /rest/v1/rpc/f, sees: 1}").call().prefer()).isEmpty();
  }

  @Test
  void aBodyIsJsonUnlessItIsText() {
    Call json = only("- {post: /l, body: {a: 1, b: '1', c: [true, null]}}").call();
    assertThat(Objects.requireNonNull(json.body()).toString())
        .contains("{\"a\":1,\"b\":\"1\",\"c\":[true,null]}");
    Call csv = only("- {post: /l, body: \"a\\n1\", headers: {Content-Type: text/csv}}").call();
    assertThat(csv.body()).isEqualTo(new Call.Body.Text("a\n1"));
    assertThat(only("- {get: /l, headers: {apikey: null}}").call().headers())
        .containsEntry("apikey", null);
  }

  @Test
  void seenByIsALookByEachCaller() {
    TestCase test =
        sound(
                """
                callers: [ann, bob]
                tests:
                  - {get: /l, seen_by: [ann, service_role]}
                """)
            .getFirst();
    assertThat(test.steps().stream().map(step -> step.as().name() + " " + step.expected()))
        .containsExactly(
            "ann [SeesSomething[]]",
            "service_role [SeesSomething[]]",
            "anon [IsKeptOut[]]",
            "authenticated [IsKeptOut[]]",
            "bob [IsKeptOut[]]");
    assertThat(sound("- {get: /l, seen_by: anon}").getFirst().steps()).hasSize(2);
    assertThat(sound("- {get: /l, seen_by: []}").getFirst().steps()).hasSize(2);
  }

  @Test
  void everyFaultIsToldAtItsPlace() throws IOException {
    TestFileReader.Read read = read(resource("faulty.yaml"));
    assertThat(FaultPrinter.print(read.faults())).isEqualTo(resource("faulty.txt"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "5 | a file of tests must be a mapping, not text",
        "{tests: {a: 1}} | 'tests' must be a list, not a mapping",
        "`` | there are no tests here",
        "tests: | there are no tests here",
        "{as: anon} | there are no tests here",
        "{callers: [[a]], tests: []} | a caller must be a name, not a list",
        "{callers: [a, a], tests: []} | 'a' stands here twice",
        "{callers: {a: {claims: []}}, tests: []} | 'claims' must be a mapping, not a list",
        "[{get: [1]}] | 'get' must be text, not a list",
        "[{get: /a, then: []}] | 'then' is empty",
        "[{get: /a, then: [b]}] | a step must be a mapping, not text",
        "[{get: /a, then: [{get: /b, then: []}]}] | unknown key 'then'",
        "[{get: /a, seen_by: {a: 1}}] | 'seen_by' must be a caller or a list of callers",
        "[{get: /a, count: -1}] | 'count' must be a number from 0 to 2147483647, not -1",
        "[{get: /a, body: '$a'}] | a get has no body",
        "[{get: /a, prefer: {a: b}}] | 'prefer' must be text or a list of texts, not a mapping",
      })
  void aFaultySentence(String text, String message) {
    assertThat(read(text).faults().getFirst().message()).isEqualTo(message);
  }
}
