package dev.mainstay.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Writes under an `Idempotency-Key`, asked for more than once.
abstract class IdempotencyKeys {
  private static final String MODEL =
      """
      tables:
        notes:
          columns:
            id: {type: integer, identity: true, primary_key: true}
            owner: {type: uuid?, default: auth.uid}
            title: {type: text, unique: true}
            pages: {type: integer, default: 0}
          policies:
            read: row.owner == auth.uid
            insert: new.owner == auth.uid
            update: row.owner == auth.uid
            delete: row.owner == auth.uid
      functions:
        add_note:
          arguments: {title: text}
          returns: integer
          writes: true
          sql: insert into notes (owner, title) values (:auth.uid, :title) returning id
          allow: [authenticated]
        count_notes:
          returns: bigint
          sql: select count(*) from notes
          allow: [authenticated]
      """;

  private static final String NOTES = "/rest/v1/notes";
  private static final String ALICE = "aaaaaaaa-0000-4000-8000-000000000001";
  private static final String BOB = "bbbbbbbb-0000-4000-8000-000000000002";
  private static final String REPLAYED = "idempotent-replayed";

  /// Headers that are another's with each answer.
  private static final Set<String> CHANGING = Set.of("date", REPLAYED);

  @TempDir private Path folder;
  private Running running;

  /// The settings that name a database of its own.
  abstract Map<String, String> database();

  @BeforeEach
  void serve() throws Exception {
    Files.writeString(folder.resolve("backend.yaml"), MODEL);
    Map<String, String> settings = new HashMap<>(database());
    settings.put("rest.tx", "commit-allow-override");
    running = Running.serve(folder, folder.resolve("data"), settings);
  }

  @AfterEach
  void stop() {
    running.close();
  }

  @Test
  void whatWasAddedIsAnsweredAgainAndNotAddedAgain() throws Exception {
    HttpRequest.Builder add =
        as(ALICE, NOTES)
            .header("Idempotency-Key", "one")
            .header("Prefer", "return=representation, count=exact")
            .POST(BodyPublishers.ofString("{\"title\":\"first\"}"));
    HttpResponse<String> first = running.send(add);
    assertThat(first.statusCode()).isEqualTo(201);
    assertThat(first.body())
        .isEqualTo("[{\"id\":1,\"owner\":\"" + ALICE + "\",\"title\":\"first\",\"pages\":0}]");
    assertThat(first.headers().firstValue(REPLAYED)).isEmpty();
    HttpResponse<String> again = running.send(add);
    assertThat(again.headers().firstValue(REPLAYED)).hasValue("true");
    assertAlike(first, again);
    assertThat(titles(ALICE)).isEqualTo("[{\"title\":\"first\"}]");
  }

  @Test
  void everyKindOfWriteIsDoneOnce() throws Exception {
    add("{\"title\":\"first\"}");
    List<HttpRequest.Builder> writes =
        List.of(
            as(ALICE, NOTES + "?title=eq.first&select=id,pages")
                .header("Prefer", "return=representation")
                .method("PATCH", BodyPublishers.ofString("{\"pages\":5,\"title\":\"second\"}")),
            as(ALICE, NOTES + "?id=eq.1")
                .PUT(
                    BodyPublishers.ofString(
                        "{\"id\":1,\"title\":\"third\",\"pages\":1,\"owner\":\"" + ALICE + "\"}")),
            as(ALICE, "/rest/v1/rpc/add_note")
                .POST(BodyPublishers.ofString("{\"title\":\"called\"}")),
            as(ALICE, NOTES + "?title=eq.called&select=title")
                .header("Prefer", "return=representation")
                .DELETE());
    List<Integer> statuses = new ArrayList<>();
    for (int i = 0; i < writes.size(); i++) {
      HttpRequest.Builder write = writes.get(i).header("Idempotency-Key", "\"write " + i + "\"");
      assertThat(running.send(write).statusCode()).isEqualTo(400);
      write.setHeader("Idempotency-Key", "\"write-" + i + "\"");
      HttpResponse<String> first = running.send(write);
      statuses.add(first.statusCode());
      HttpResponse<String> again = running.send(write);
      assertThat(again.headers().firstValue(REPLAYED)).hasValue("true");
      assertAlike(first, again);
    }
    assertThat(statuses).containsExactly(200, 204, 200, 200);
    assertThat(titles(ALICE)).isEqualTo("[{\"title\":\"third\"}]");
  }

  @Test
  void aKeyIsForOneRequest() throws Exception {
    HttpRequest.Builder add = as(ALICE, NOTES).header("Idempotency-Key", "one");
    running.send(add.POST(BodyPublishers.ofString("{\"title\":\"first\"}")));
    HttpResponse<String> other =
        running.send(add.POST(BodyPublishers.ofString("{\"title\":\"second\"}")));
    assertThat(other.statusCode()).isEqualTo(422);
    assertThat(other.body())
        .isEqualTo(
            "{\"code\":\"MST002\",\"message\":\"The Idempotency-Key was used for another request\","
                + "\"details\":null,\"hint\":\"Send a new key with each new request, and the same"
                + " one only to try it again.\"}");
    assertThat(titles(ALICE)).isEqualTo("[{\"title\":\"first\"}]");
  }

  @Test
  void aKeyIsItsCallersAlone() throws Exception {
    String body = "{\"title\":\"mine\"}";
    HttpResponse<String> mine =
        running.send(
            as(ALICE, NOTES)
                .header("Idempotency-Key", "one")
                .header("Prefer", "return=representation")
                .POST(BodyPublishers.ofString(body)));
    assertThat(mine.statusCode()).isEqualTo(201);
    HttpResponse<String> bobs =
        running.send(
            as(BOB, NOTES)
                .header("Idempotency-Key", "one")
                .header("Prefer", "return=representation")
                .POST(BodyPublishers.ofString(body)));
    // Not Alice's answer: Bob's own attempt, which the unique title refuses.
    assertThat(bobs.statusCode()).isEqualTo(409);
    assertThat(bobs.body()).doesNotContain(ALICE);
    HttpResponse<String> nobodys =
        running.send(
            running
                .to(NOTES, running.anon())
                .header("Idempotency-Key", "one")
                .header("Prefer", "return=representation")
                .POST(BodyPublishers.ofString("{\"title\":\"nobodys\"}")));
    assertThat(nobodys.statusCode()).isEqualTo(401);
    assertThat(nobodys.body()).doesNotContain(ALICE).contains("42501");
    assertThat(running.get("/rest/v1/answers", running.service()).statusCode()).isEqualTo(404);
  }

  @Test
  void aRefusalIsNotKept() throws Exception {
    add("{\"title\":\"taken\"}");
    HttpRequest.Builder add =
        as(ALICE, NOTES)
            .header("Idempotency-Key", "one")
            .POST(BodyPublishers.ofString("{\"title\":\"taken\"}"));
    assertThat(running.send(add).statusCode()).isEqualTo(409);
    running.send(as(ALICE, NOTES + "?title=eq.taken").DELETE());
    HttpResponse<String> done = running.send(add);
    assertThat(done.statusCode()).isEqualTo(201);
    assertThat(done.headers().firstValue(REPLAYED)).isEmpty();
  }

  @Test
  void whatChangesNothingNeedsNoKey() throws Exception {
    HttpRequest.Builder count =
        as(ALICE, "/rest/v1/rpc/count_notes")
            .header("Idempotency-Key", "one")
            .POST(BodyPublishers.ofString("{}"));
    assertThat(running.send(count).body()).isEqualTo("0");
    add("{\"title\":\"first\"}");
    assertThat(running.send(count).body()).isEqualTo("1");
    HttpRequest.Builder undone =
        as(ALICE, NOTES)
            .header("Idempotency-Key", "two")
            .header("Prefer", "tx=rollback")
            .POST(BodyPublishers.ofString("{\"title\":\"tried\"}"));
    assertThat(running.send(undone).statusCode()).isEqualTo(201);
    assertThat(running.send(undone).headers().firstValue(REPLAYED)).isEmpty();
    assertThat(titles(ALICE)).isEqualTo("[{\"title\":\"first\"}]");
  }

  @Test
  void aBadKeyIsRefusedAndNothingIsDone() throws Exception {
    Map<String, String> bad = new LinkedHashMap<>();
    bad.put("\"\"", "is empty");
    bad.put("\"open", "has no closing quote");
    bad.put("\"a\"b", "goes on behind its quotes");
    bad.put("two words", "has a character that is not visible ASCII");
    bad.put("k".repeat(256), "has 256 characters");
    for (Map.Entry<String, String> each : bad.entrySet()) {
      HttpResponse<String> refused =
          running.send(
              as(ALICE, NOTES)
                  .header("Idempotency-Key", each.getKey())
                  .POST(BodyPublishers.ofString("{\"title\":\"first\"}")));
      assertThat(refused.statusCode()).isEqualTo(400);
      assertThat(refused.body())
          .isEqualTo(
              "{\"code\":\"MST001\",\"message\":\"The Idempotency-Key "
                  + each.getValue()
                  + "\",\"details\":null,\"hint\":\"Send one key of 1 to 255 visible ASCII"
                  + " characters, such as a UUID.\"}");
    }
    assertThat(titles(ALICE)).isEqualTo("[]");
  }

  @Test
  void ofManyAtOnceOneIsDone() throws Exception {
    Set<String> bodies = new HashSet<>();
    int replayed = 0;
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<HttpResponse<String>>> answers = new ArrayList<>();
      for (int i = 0; i < 16; i++)
        answers.add(
            threads.submit(
                () ->
                    running.send(
                        as(ALICE, "/rest/v1/rpc/add_note")
                            .header("Idempotency-Key", "race")
                            .POST(BodyPublishers.ofString("{\"title\":\"raced\"}")))));
      for (Future<HttpResponse<String>> answer : answers) {
        assertThat(answer.get().statusCode()).as(answer.get().body()).isEqualTo(200);
        bodies.add(answer.get().body());
        if (answer.get().headers().firstValue(REPLAYED).isPresent()) replayed++;
      }
    }
    assertThat(bodies).hasSize(1);
    assertThat(replayed).isEqualTo(15);
    assertThat(titles(ALICE)).isEqualTo("[{\"title\":\"raced\"}]");
  }

  private void add(String json) throws Exception {
    HttpResponse<String> added = running.send(as(ALICE, NOTES).POST(BodyPublishers.ofString(json)));
    assertThat(added.statusCode()).as(added.body()).isEqualTo(201);
  }

  private String titles(String user) throws Exception {
    return running.send(as(user, NOTES + "?select=title&order=id")).body();
  }

  private HttpRequest.Builder as(String user, String path) {
    Map<String, String> claims = Map.of("role", "authenticated", "sub", user);
    return running
        .to(path, running.anon())
        .header("Authorization", "Bearer " + running.server.tokens().sign(claims))
        .header("Content-Type", "application/json");
  }

  private static void assertAlike(HttpResponse<String> first, HttpResponse<String> again) {
    assertThat(again.statusCode()).isEqualTo(first.statusCode());
    assertThat(again.body()).isEqualTo(first.body());
    assertThat(headers(again)).isEqualTo(headers(first));
  }

  private static Map<String, List<String>> headers(HttpResponse<String> answer) {
    Map<String, List<String>> headers = new HashMap<>(answer.headers().map());
    headers.keySet().removeAll(CHANGING);
    return headers;
  }
}
