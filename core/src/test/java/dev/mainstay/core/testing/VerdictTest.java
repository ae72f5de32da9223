package dev.mainstay.core.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mainstay.core.model.FaultPrinter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.node.StringNode;

/// What is said of an answer that is not as expected, and that nothing is said of one that is.
final class VerdictTest {
  private static final String ROWS =
      "[{\"id\":1,\"title\":\"a\",\"done\":true},{\"id\":2,\"title\":\"b\",\"done\":false}]";

  private final Kept kept = new Kept();

  private static Step step(String keys) {
    TestFileReader.Read read =
        TestFileReader.read(
            "t.yaml", "- {" + keys + "}", List.of("anon", "authenticated", "service_role"));
    assertThat(FaultPrinter.print(read.faults())).isEmpty();
    return read.file().tests().getFirst().steps().getFirst();
  }

  private List<String> verdict(String keys, int status, String body, String... headers) {
    Map<String, String> all = new HashMap<>(Map.of("content-type", "application/json"));
    for (int i = 0; i < headers.length; i += 2) all.put(headers[i], headers[i + 1]);
    return Verdict.on(step(keys), new Answered(status, all, body), kept);
  }

  private List<String> rows(String keys) {
    return verdict("get: /l, " + keys, 200, ROWS, "Content-Range", "0-1/2");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "sees: [{id: 2, title: b, done: false}, {id: 1.0, done: true, title: a}], count: 2",
        "includes: {title: b}",
        "includes: [{id: 1}, {id: 2, done: false}]",
        "excludes: [{id: 3}, {id: 1, done: false}]",
        "status: 200",
        "response_headers: {content-range: 0-1/2, Location: null}",
      })
  void nothingIsSaidOfWhatIsAsExpected(String keys) {
    assertThat(rows(keys)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "sees: [{id: 1, title: a, done: true}, {id: 2, title: c, done: false}]"
            + " | [1].title: expected \"c\", seen \"b\"",
        "sees: [{id: 1, title: a, done: true}]"
            + " | 1 row expected, 2 seen; not expected {\"id\":2,\"title\":\"b\",\"done\":false}",
        "sees: [{id: 2, title: b, done: false}, {id: 3, title: x, done: true}, {id: 1, title: a, done: true}]"
            + " | 3 rows expected, 2 seen; [1]: missing {\"id\":3,\"title\":\"x\",\"done\":true}",
        "sees: [{id: 1, title: a}, {id: 2, title: b, done: false}]"
            + " | [0].done: not expected, seen true",
        "sees: [{id: 1, title: a, done: true, due: null}, {id: 2, title: b, done: 'false'}]"
            + " | [0].due: expected null, not there; [1].done: expected \"false\", seen false",
        "sees: [] | 0 rows expected, 2 seen; not expected {\"id\":1,\"title\":\"a\",\"done\":true};"
            + " not expected {\"id\":2,\"title\":\"b\",\"done\":false}",
        "sees: {id: 1} | expected {\"id\":1}, seen " + ROWS,
        "sees_nothing: true | expected to see nothing, seen 2 rows: " + ROWS,
        "includes: {id: 1, done: false}"
            + " | nothing like {\"id\":1,\"done\":false}; the nearest, [0], has done true",
        "includes: [{title: x}] | nothing like {\"title\":\"x\"} among 2",
        "includes: {title: b, due: 1}"
            + " | nothing like {\"title\":\"b\",\"due\":1}; the nearest, [1], has no due",
        "excludes: {done: false} | expected nothing like {\"done\":false},"
            + " seen [1] {\"id\":2,\"title\":\"b\",\"done\":false}",
        "count: 3 | expected 3 rows, counted 2",
        "status: 206 | expected status 206, seen 200",
        "refused: 42501 | expected a refusal, 42501; seen 200; the answer: " + ROWS,
        "response_headers: {Content-Range: '*/0', ETag: x}"
            + " | Content-Range: expected */0, seen 0-1/2; ETag: expected x, seen none",
        "response_headers: {Content-Range: null} | Content-Range: expected none, seen 0-1/2",
        "keep: {x: id} | keep x: the answer has 2 rows; say which, as 0.id",
        "keep: {x: 0.name} | keep x: the answer has nothing at 0.name",
      })
  void whatIsNotAsExpectedIsToldInALine(String keys, String lines) {
    assertThat(String.join("; ", rows(keys))).isEqualTo(lines);
  }

  @Test
  void orderCountsWhereItWasAskedFor() {
    String keys = "sees: [{id: 2, title: b, done: false}, {id: 1, title: a, done: true}]";
    assertThat(verdict("get: /l, " + keys, 200, ROWS)).isEmpty();
    assertThat(verdict("get: /l?order=id, " + keys, 200, ROWS))
        .containsExactly(
            "[0]: in another order: expected {\"id\":2,\"title\":\"b\",\"done\":false},"
                + " seen {\"id\":1,\"title\":\"a\",\"done\":true}");
  }

  @Test
  void embedsHaveAnOrderOfTheirOwnAndListsInAColumnAlways() {
    String sees = "sees: [{todos: [{id: 2}, {id: 1}]}]";
    String seen = "[{\"todos\":[{\"id\":1},{\"id\":2}]}]";
    assertThat(verdict("get: /l?order=id, " + sees, 200, seen)).isEmpty();
    assertThat(verdict("get: /l?todos.order=id, " + sees, 200, seen))
        .containsExactly("[0].todos[0]: in another order: expected {\"id\":2}, seen {\"id\":1}");
    assertThat(verdict("get: /l, sees: [{tags: [b, a]}]", 200, "[{\"tags\":[\"a\",\"b\"]}]"))
        .containsExactly(
            "[0].tags[0]: expected \"b\", seen \"a\"", "[0].tags[1]: expected \"a\", seen \"b\"");
    assertThat(verdict("get: /l, sees: [{tags: [a, b, c]}]", 200, "[{\"tags\":[\"a\"]}]"))
        .containsExactly("[0].tags[1]: missing \"b\"", "[0].tags[2]: missing \"c\"");
  }

  @Test
  void aRowIsComparedWithTheOneThatItIsLikeliestMeantToBe() {
    assertThat(
            verdict(
                "get: /l, sees: [{id: 1, a: 1, b: 1}, {id: 2, a: 2, b: 2}, {id: 3, a: 3, b: 3}]",
                200,
                "[{\"id\":3,\"a\":3,\"b\":9},{\"id\":1,\"a\":1,\"b\":1},{\"id\":9,\"a\":8,\"b\":7}]"))
        .containsExactly(
            "[2].b: expected 3, seen 9",
            "[1]: missing {\"id\":2,\"a\":2,\"b\":2}",
            "not expected {\"id\":9,\"a\":8,\"b\":7}");
    assertThat(verdict("get: /l, sees: [{a: 1, b: 2}]", 200, "[{\"a\":2,\"b\":3}]"))
        .containsExactly("[0].a: expected 1, seen 2", "[0].b: expected 2, seen 3");
  }

  @Test
  void ofLongTextsThePartIsShownThatDiffers() {
    String same = "x".repeat(1000);
    List<String> lines =
        verdict("get: /l, sees: {t: " + same + "a}", 200, "{\"t\":\"" + same + "b\"}");
    assertThat(lines)
        .containsExactly("t: expected …" + "x".repeat(40) + "a\", seen …" + "x".repeat(40) + "b\"");
  }

  @Test
  void manyDifferencesAreCounted() {
    var expected = new ArrayList<String>();
    for (int i = 0; i < 100; i++) expected.add("{id: " + i + "}");
    List<String> lines = verdict("get: /l, sees: [" + String.join(", ", expected) + "]", 200, "[]");
    assertThat(lines).hasSize(13).endsWith("… and 89 more");
  }

  @Test
  void whatIsAnotherStatusSaysWhyAndNoMore() {
    String body = "{\"code\":\"42501\",\"message\":\"no\",\"details\":null,\"hint\":null}";
    assertThat(verdict("get: /l, sees: []", 403, body))
        .containsExactly("expected success, seen 403 (42501 no)");
    assertThat(verdict("get: /l, refused: 42501", 403, body)).isEmpty();
    assertThat(verdict("get: /l, refused: {code: 42501, message: no}, status: 403", 403, body))
        .isEmpty();
    assertThat(verdict("get: /l, refused: 42501", 500, body))
        .containsExactly("expected a refusal, 42501; seen 500 (42501 no)");
    assertThat(verdict("get: /l, refused: {code: 23505, hint: h}", 403, body))
        .containsExactly(
            "expected code 23505, seen 42501",
            "expected hint h, seen none",
            "the answer: 403 (42501 no)");
    assertThat(verdict("get: /l, status: 200", 401, "{\"message\":\"No API key\"}"))
        .containsExactly("expected status 200, seen 401 (No API key)");
    assertThat(verdict("get: /l, status: 500, includes: {code: '42501'}", 500, body)).isEmpty();
  }

  @Test
  void nothingIsSeenWhereThereIsNoRow() {
    String nothing = "sees_nothing: true";
    assertThat(verdict("get: /l, " + nothing, 200, "[]", "Content-Range", "*/0")).isEmpty();
    assertThat(verdict("get: /l, " + nothing, 200, "null")).isEmpty();
    assertThat(verdict("delete: /l, " + nothing, 204, "")).isEmpty();
    assertThat(verdict("head: /l, " + nothing, 200, "", "Content-Range", "*/*")).isEmpty();
    assertThat(verdict("head: /l, " + nothing, 200, "", "Content-Range", "0-0/*"))
        .containsExactly("expected to see nothing, seen Content-Range 0-0/*");
    assertThat(verdict("get: /l, " + nothing, 200, "{\"id\":1}"))
        .containsExactly("expected to see nothing, seen {\"id\":1}");
  }

  @Test
  void whoIsKeptOutMayBeRefused() {
    Step out =
        TestFileReader.read("t.yaml", "[{get: /l, seen_by: []}]", List.of("anon"))
            .file()
            .tests()
            .getFirst()
            .steps()
            .getFirst();
    Map<String, String> json = Map.of("Content-Type", "application/json");
    assertThat(Verdict.on(out, new Answered(200, json, "[]"), kept)).isEmpty();
    assertThat(Verdict.on(out, new Answered(401, json, "{\"code\":\"42501\"}"), kept)).isEmpty();
    assertThat(Verdict.on(out, new Answered(200, json, "[1]"), kept))
        .containsExactly("expected to see nothing, seen 1 row: [1]");
    assertThat(Verdict.on(out, new Answered(404, json, "{\"code\":\"PGRST205\"}"), kept))
        .containsExactly("expected no row or a refusal with 42501, seen 404 (PGRST205 null)");
  }

  @Test
  void whatIsKeptStandsForItsValue() {
    kept.put("ann", new StringNode("a/b ü"));
    assertThat(
            verdict(
                "post: /l, keep: {list: id, all: ., deep: 0.o.1}",
                201,
                "[{\"id\":7,\"o\":[1,{\"a\":2}]}]"))
        .isEmpty();
    assertThat(kept.target("/l?id=eq.$list&a=eq.$ann&x=$$b&y=é {}"))
        .isEqualTo("/l?id=eq.7&a=eq.a%2fb%20%c3%bc&x=$b&y=%c3%a9%20%7b%7d");
    assertThat(kept.text("$list/$ann/$deep/$none")).isEqualTo("7/a/b ü/{\"a\":2}/$none");
    assertThat(verdict("get: /l, sees: [{id: 7}]", 200, "[{\"id\":7}]")).isEmpty();
    Step later = later("sees: [{id: $list, of: a list $list, deep: $deep}]");
    Map<String, String> json = Map.of("Content-Type", "application/json");
    String body = "[{\"id\":7,\"of\":\"a list 7\",\"deep\":{\"a\":2}}]";
    assertThat(Verdict.on(later, new Answered(200, json, body), kept)).isEmpty();
  }

  private static Step later(String keys) {
    String text = "[{post: /l, keep: {list: id, deep: o}, then: [{get: /l, " + keys + "}]}]";
    TestFileReader.Read read = TestFileReader.read("t.yaml", text, List.of("anon"));
    assertThat(FaultPrinter.print(read.faults())).isEmpty();
    return read.file().tests().getFirst().steps().getLast();
  }

  @Test
  void whatIsNoJsonIsText() {
    Answered csv = new Answered(200, Map.of("Content-Type", "text/csv"), "id\n1");
    assertThat(Verdict.on(step("get: /l, sees: \"id\\n1\""), csv, kept)).isEmpty();
    assertThat(Verdict.on(step("get: /l, sees: \"id\\n2\""), csv, kept))
        .containsExactly("expected \"id\\n2\", seen \"id\\n1\"");
  }
}
