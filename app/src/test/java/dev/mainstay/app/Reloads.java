package dev.mainstay.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringWriter;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A model that changes under a running server, seen over HTTP.
abstract class Reloads {
  static final String MODEL =
      """
      tables:
        notes:
          columns:
            id: {type: integer, identity: true, primary_key: true}
            title: text
            body: text?
            price: {type: "decimal(10,2)", default: 0}
          policies: {read: {authenticated: true}, insert: {authenticated: true}}
        diaries:
          columns:
            id: {type: integer, identity: true, primary_key: true}
            owner: uuid
            page: text
          policies: {read: row.owner == auth.uid}
      functions:
        greeting:
          returns: text
          sql: select 'hello'
          allow: [anon]
      """;

  private static final String NOTES = "/rest/v1/notes";

  /// Rows of one writer: with more in all, a change of the table would not be harmless any more.
  private static final int MOST = 5_000;

  private static final Pattern TIME = Pattern.compile("\\d+ ms");

  @TempDir Path folder;
  Running running;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private Map<String, String> settings;

  /// The settings that name a database of its own.
  abstract Map<String, String> database();

  @BeforeEach
  void watch() throws Exception {
    folder = folder.toRealPath();
    Files.writeString(folder.resolve("backend.yaml"), MODEL);
    settings = new HashMap<>(database());
    settings.put("database.follow", "50ms");
    running = Running.watch(folder, folder.resolve("data"), settings, out, err);
  }

  @AfterEach
  void stop() {
    running.close();
  }

  @Test
  void aPolicyHoldsFromTheNextRequestOn() throws Exception {
    add(running.service(), NOTES, "{\"title\":\"one\"}");
    add(
        running.service(),
        "/rest/v1/diaries",
        "{\"owner\":\"00000000-0000-4000-8000-000000000001\",\"page\":\"mine\"}");
    assertThat(get(NOTES + "?select=title")).isEqualTo("[]");
    assertThat(get("/rest/v1/diaries")).isEqualTo("[]");

    assertThat(save(MODEL.replace("{read: {authenticated: true}", "{read: true")))
        .isEqualTo("backend.yaml: the policies of notes are others; served after 0 ms");
    assertThat(get(NOTES + "?select=title")).isEqualTo("[{\"title\":\"one\"}]");
    assertThat(get("/rest/v1/diaries")).isEqualTo("[]");

    assertThat(save(MODEL))
        .isEqualTo("backend.yaml: the policies of notes are others; served after 0 ms");
    assertThat(get(NOTES + "?select=title")).isEqualTo("[]");
    assertThat(save(MODEL)).isEqualTo("backend.yaml: nothing has changed");
  }

  @Test
  void rolesFunctionsAndHiddenColumnsFollow() throws Exception {
    String editor = running.server.keyFor("editor");
    assertThat(running.get(NOTES, editor).body()).contains("role \\\"editor\\\" does not exist");
    assertThat(get("/rest/v1/rpc/greeting")).isEqualTo("\"hello\"");
    String other =
        "roles: [editor]\n"
            + MODEL
                .replace("'hello'", "'good day'")
                .replace("{read: {authenticated: true}", "{read: {editor: true}")
                .replace("body: text?", "body: {type: text?, hidden_from: [editor]}");
    assertThat(save(other)).endsWith(" and 1 more; served after 0 ms");
    assertThat(running.get(NOTES, editor).statusCode()).isEqualTo(200);
    assertThat(get("/rest/v1/rpc/greeting")).isEqualTo("\"good day\"");
    assertThat(running.get(NOTES + "?select=body", editor).body())
        .contains("\"42703\"", "column notes.body does not exist");
    save(MODEL);
    assertThat(running.get(NOTES, editor).statusCode()).isEqualTo(401);
  }

  @Test
  void tablesChangeWhereItIsHarmlessAndDescriptionsFollow() throws Exception {
    add(running.service(), NOTES, "{\"title\":\"one\",\"body\":\"first\"}");
    HttpResponse<String> before = running.get("/openapi.json", running.service());
    String etag = before.headers().firstValue("etag").orElseThrow();
    assertThat(save(MODEL.replace("body: text?", "body: text?\n      day: date?")))
        .isEqualTo("backend.yaml: column notes.day is new; applied and served after 0 ms");
    add(running.service(), NOTES, "{\"title\":\"two\",\"day\":null}");
    assertThat(service(NOTES + "?select=title,body,day&order=id"))
        .isEqualTo(
            "[{\"title\":\"one\",\"body\":\"first\",\"day\":null},"
                + "{\"title\":\"two\",\"body\":null,\"day\":null}]");
    HttpResponse<String> after =
        running.send(running.to("/openapi.json", running.service()).header("If-None-Match", etag));
    assertThat(after.statusCode()).isEqualTo(200);
    assertThat(after.body()).contains("\"day\"");
    assertThat(before.body()).doesNotContain("\"day\"");

    assertThat(save(MODEL))
        .isEqualTo("backend.yaml: column notes.day is gone; applied and served after 0 ms");
    HttpResponse<String> read = running.get(NOTES + "?select=day", running.service());
    assertThat(read.statusCode()).isEqualTo(400);
    assertThat(read.body()).contains("\"42703\"", "column notes.day does not exist");
    HttpResponse<String> written = post(running.service(), NOTES, "{\"title\":\"x\",\"day\":null}");
    assertThat(written.statusCode()).isEqualTo(400);
    assertThat(written.body()).contains("\"PGRST204\"");
    HttpResponse<String> again =
        running.send(running.to("/openapi.json", running.service()).header("If-None-Match", etag));
    assertThat(again.statusCode()).isEqualTo(304);
  }

  @Test
  void aFaultySaveChangesNothing() throws Exception {
    assertThat(save(MODEL.replace("title: text", "title: txet")))
        .isEqualTo("backend.yaml: not taken up, version 1 is served still (0 ms)");
    assertThat(err.toString()).contains("backend.yaml:5", "txet", "1 fault; nothing was changed");
    assertThat(running.get(NOTES + "?select=title", running.service()).statusCode()).isEqualTo(200);
    assertThat(save(MODEL)).isEqualTo("backend.yaml: nothing has changed");
  }

  @Test
  void whatLosesSomethingIsShownAndNotDone() throws Exception {
    add(running.service(), NOTES, "{\"title\":\"one\",\"body\":\"first\"}");
    String lossy = MODEL.replace("      body: text?\n", "");
    assertThat(save(lossy))
        .isEqualTo(
            "backend.yaml: column notes.body is gone; not applied, for something would be lost,"
                + " version 1 is served still (0 ms)");
    Await.until(() -> out.toString().contains("--allow-data-loss`"));
    assertThat(out.toString()).contains("Would be lost:\n  column notes.body is gone: 1 value\n");
    assertThat(service(NOTES + "?select=body")).isEqualTo("[{\"body\":\"first\"}]");
    assertThat(save(MODEL.replace("body: text?", "body: text")))
        .endsWith("applied and served after 0 ms");
    assertThat(save(MODEL.replace("price:", "day: date\n      price:")))
        .contains("not applied, for something is in the way");
  }

  @Test
  void aFileWrittenInPiecesIsTakenUpWhole() throws Exception {
    String model = MODEL.replace("'hello'", "'good day'");
    Path file = folder.resolve("backend.yaml");
    try (var writer = Files.newBufferedWriter(file)) {
      writer.write(model.substring(0, model.length() / 2));
      writer.flush();
      writer.write(model.substring(model.length() / 2));
    }
    Await.until(() -> get("/rest/v1/rpc/greeting").equals("\"good day\""));
    Files.delete(file);
    Files.writeString(file, MODEL);
    Await.until(() -> get("/rest/v1/rpc/greeting").equals("\"hello\""));
  }

  @Test
  void theFunctionAheadOfEveryRequestMustStay() throws Exception {
    running.close();
    settings.put("rest.pre_request", "greeting");
    running = Running.watch(folder, folder.resolve("data"), settings, out, err);
    assertThat(save(MODEL.substring(0, MODEL.indexOf("functions:"))))
        .isEqualTo("backend.yaml: not taken up, version 1 is served still (0 ms)");
    assertThat(err.toString()).contains("rest.pre_request: the model has no function 'greeting'");
    save(MODEL.replace("select 'hello'", "select raise_error('PT403', 'closed')"));
    assertThat(running.get(NOTES, running.service()).statusCode()).isEqualTo(403);
  }

  @Test
  void nothingIsLostDuringFiftyReloads() throws Exception {
    List<String> models =
        List.of(
            MODEL.replace("body: text?", "body: text?\n      day: date?"),
            MODEL.replace("{read: {authenticated: true}", "{read: true"),
            MODEL
                .replace("notes:", "jottings:\n    renamed_from: notes")
                .replace("title: text", "name: {type: text, renamed_from: title}"),
            MODEL
                .replace("notes:", "notes:\n    renamed_from: jottings")
                .replace("title: text", "title: {type: text, renamed_from: name}"));
    var isOver = new AtomicBoolean();
    Queue<String> broken = new ConcurrentLinkedQueue<>();
    Queue<String> acknowledged = new ConcurrentLinkedQueue<>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> all = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        String writer = "w" + i;
        all.add(threads.submit(() -> write(writer, isOver, acknowledged, broken)));
        all.add(threads.submit(() -> read(isOver, broken)));
      }
      for (int i = 0; i < 50; i++) {
        Path file = folder.resolve("reload.yaml");
        Files.writeString(file, models.get(i % models.size()));
        assertThat(running.server.follower().save(Backend.read(file)))
            .isInstanceOf(Follower.Saved.Taken.class);
      }
      isOver.set(true);
      for (Future<?> one : all) one.get();
    }
    assertThat(broken).isEmpty();
    // One more when the file is looked at for the first time meanwhile.
    assertThat(running.server.follower().version()).isGreaterThan(50);
    List<String> stored = new ArrayList<>();
    for (int from = 0; ; from += 1000) {
      String page = service(NOTES + "?select=title&order=id&limit=1000&offset=" + from);
      if (page.equals("[]")) break;
      for (String row : page.split("\\},\\{", -1)) stored.add(row.replaceAll("[^w0-9-]", ""));
    }
    Collections.sort(stored);
    assertThat(stored).isEqualTo(acknowledged.stream().sorted().toList());
  }

  private boolean write(
      String writer, AtomicBoolean isOver, Queue<String> acknowledged, Queue<String> broken)
      throws Exception {
    for (int i = 0; i < MOST && !isOver.get(); i++) {
      String title = writer + "-" + i;
      HttpResponse<String> answer =
          post(running.service(), NOTES, "{\"title\":\"" + title + "\",\"price\":1.5}");
      if (answer.statusCode() == 404)
        answer =
            post(
                running.service(),
                "/rest/v1/jottings",
                "{\"name\":\"" + title + "\",\"price\":1.5}");
      if (answer.statusCode() == 201) acknowledged.add(title);
      else if (answer.statusCode() != 404) broken.add(answer.statusCode() + " " + answer.body());
    }
    return true;
  }

  private boolean read(AtomicBoolean isOver, Queue<String> broken) throws Exception {
    while (!isOver.get()) {
      HttpResponse<String> answer =
          running.get(NOTES + "?select=title,day&limit=3", running.service());
      boolean isWell =
          switch (answer.statusCode()) {
            case 200 -> true;
            case 400 -> answer.body().contains("column notes.day does not exist");
            case 404 -> answer.body().contains("PGRST205");
            default -> false;
          };
      if (!isWell) broken.add(answer.statusCode() + " " + answer.body());
    }
    return true;
  }

  @Test
  void valuesSentWhileTheirTypeChangesAreStoredAsTheyWereSent() throws Exception {
    var isOver = new AtomicBoolean();
    Queue<String> broken = new ConcurrentLinkedQueue<>();
    Queue<String> acknowledged = new ConcurrentLinkedQueue<>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> all = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        String writer = "w" + i;
        all.add(threads.submit(() -> write(writer, isOver, acknowledged, broken)));
      }
      for (int scale = 3; scale < 9; scale++) {
        int rows = acknowledged.size();
        Await.until(() -> acknowledged.size() > rows + 16);
        assertThat(
                save(MODEL.replace("decimal(10,2)", "decimal(" + (8 + scale) + "," + scale + ")")))
            .endsWith("applied and served after 0 ms");
      }
      isOver.set(true);
      for (Future<?> one : all) one.get();
    }
    assertThat(broken).isEmpty();
    assertThat(running.get(NOTES + "?price=neq.1.5&select=id,price", running.service()).body())
        .isEqualTo("[]");
  }

  // ── what happens ──

  /// Saves the model as editors do, and answers the line about it, without its time.
  String save(String model) throws Exception {
    int before = lines().size();
    Path written = folder.resolve(".backend.yaml.swp");
    Files.writeString(written, model);
    Files.move(written, folder.resolve("backend.yaml"), StandardCopyOption.ATOMIC_MOVE);
    Await.until(() -> lines().size() > before);
    return lines().get(before);
  }

  private List<String> lines() {
    return out.toString()
        .lines()
        .filter(line -> line.startsWith("backend.yaml: "))
        .map(line -> TIME.matcher(line).replaceAll("0 ms"))
        .toList();
  }

  String get(String path) {
    return asked(path, running.anon());
  }

  String service(String path) {
    return asked(path, running.service());
  }

  private String asked(String path, @Nullable String key) {
    try {
      return running.get(path, key).body();
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  HttpResponse<String> post(String key, String path, String json) throws Exception {
    return running.send(running.to(path, key).POST(BodyPublishers.ofString(json)));
  }

  void add(String key, String path, String json) throws Exception {
    HttpResponse<String> answer = post(key, path, json);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
  }
}
