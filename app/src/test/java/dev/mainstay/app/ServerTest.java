package dev.mainstay.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mainstay.sql.StoreException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The server as a whole, from its files to the wire.
final class ServerTest {
  private static final String MODEL =
      """
      roles: [editor]
      tables:
        notes:
          columns:
            id: {type: integer, identity: true, primary_key: true}
            title: text
          policies:
            read: true
            insert: {editor: true}
      """;
  private static final String FIRST = "/rest/v1/notes?select=title&order=id";

  @TempDir Path folder;

  @BeforeEach
  void inAProject() throws Exception {
    folder = folder.toRealPath();
    Files.writeString(folder.resolve("backend.yaml"), MODEL);
  }

  private Running serve(Map<String, String> settings) {
    return Running.serve(folder, folder.resolve("data"), settings);
  }

  @Test
  void keepsItsDataAndItsKeysWhenItIsStartedAgain() throws Exception {
    String anon;
    try (Running running = serve(Map.of())) {
      anon = running.anon();
      assertThat(add(running, running.service(), "kept").statusCode()).isEqualTo(201);
    }
    assertThat(
            PosixFilePermissions.toString(
                Files.getPosixFilePermissions(folder.resolve("data/secrets.json"))))
        .isEqualTo("rw-------");
    try (Running running = serve(Map.of())) {
      assertThat(running.get(FIRST, anon).body()).isEqualTo("[{\"title\":\"kept\"}]");
      assertThatThrownBy(() -> serve(Map.of()))
          .isInstanceOf(StoreException.class)
          .hasMessage(
              "The data folder " + folder.resolve("data") + " is in use by another server.");
    }
  }

  @Test
  void noticesKeysThatAreMadeAndRevokedBesideIt() throws Exception {
    var cli = new Cli(folder, folder);
    try (Running running = serve(Map.of())) {
      String key = cli.run("keys", "make", "--role", "editor", "--name", "desk").out().strip();
      assertThat(key).matches("sb_secret_[A-Za-z0-9_-]{32}");
      assertThat(add(running, key, "by key").statusCode()).isEqualTo(201);
      String listed = cli.run("keys", "list").out();
      assertThat(listed)
          .contains("desk", "editor", key.substring(0, 16))
          .doesNotContain(key.substring(20));
      assertThat(cli.run("keys", "revoke", "desk").status()).isZero();
      Await.until(() -> status(running, key) == 401);
      HttpResponse<String> refused = running.get(FIRST, key);
      assertThat(refused.body()).isEqualTo("{\"message\":\"Invalid authentication credentials\"}");
      assertThat(cli.run("keys", "revoke", "desk"))
          .isEqualTo(new Cli.Outcome(1, "", "mainstay: No key in force goes by 'desk'\n"));

      String publishable = cli.run("keys", "make", "--role", "anon", "--name", "web").out().strip();
      assertThat(publishable).startsWith("sb_publishable_");
      assertThat(add(running, publishable, "x").statusCode()).isEqualTo(401);
      assertThat(cli.run("keys", "make", "--role", "nobody", "--name", "x").status()).isEqualTo(1);
    }
  }

  @Test
  void answersTheGatewaysWordsToThoseWithoutAGoodKeyOrToken() throws Exception {
    var cli = new Cli(folder, folder);
    try (Running running = serve(Map.of())) {
      HttpResponse<String> none = running.get(FIRST, null);
      assertThat(none.statusCode()).isEqualTo(401);
      assertThat(none.body()).isEqualTo("{\"message\":\"No API key found in request\"}");
      assertThat(running.get(FIRST, "sb_publishable_x").body())
          .isEqualTo("{\"message\":\"Invalid authentication credentials\"}");
      String old = cli.run("keys", "token", "--minutes", "-2").out().strip();
      HttpResponse<String> expired =
          running.send(running.to(FIRST, running.anon()).header("Authorization", "Bearer " + old));
      assertThat(expired.statusCode()).isEqualTo(401);
      assertThat(expired.headers().firstValue("www-authenticate"))
          .contains("Bearer error=\"invalid_token\", error_description=\"JWT expired\"");
      assertThat(expired.body())
          .isEqualTo(
              "{\"code\":\"PGRST303\",\"message\":\"JWT expired\",\"details\":null,\"hint\":null}");
      String token = cli.run("keys", "token", "--role", "editor").out().strip();
      assertThat(
              running
                  .send(
                      running
                          .to("/rest/v1/notes", running.anon())
                          .header("Authorization", "Bearer " + token)
                          .POST(BodyPublishers.ofString("{\"title\":\"by token\"}")))
                  .statusCode())
          .isEqualTo(201);
      String undeclared = cli.run("keys", "token", "--claims", "{\"role\":\"root\"}").out().strip();
      HttpResponse<String> refused =
          running.send(
              running.to(FIRST, running.anon()).header("Authorization", "Bearer " + undeclared));
      assertThat(refused.statusCode()).isEqualTo(401);
      assertThat(refused.body())
          .isEqualTo(
              "{\"code\":\"22023\",\"message\":\"role \\\"root\\\" does not exist\",\"details\":null,"
                  + "\"hint\":null}");
    }
  }

  @Test
  void neverShowsItsOwnTables() throws Exception {
    try (Running running = serve(Map.of())) {
      for (String key : new String[] {running.anon(), running.service()}) {
        assertThat(running.get("/rest/v1/api_keys", key).statusCode()).isEqualTo(404);
        HttpResponse<String> profile =
            running.send(running.to("/rest/v1/api_keys", key).header("Accept-Profile", "mainstay"));
        assertThat(profile.statusCode()).isEqualTo(406);
      }
    }
  }

  @Test
  void canServeAtTheRootAndThoseWithoutAKey() throws Exception {
    try (Running running = serve(Map.of("rest.path", "/", "http.require_apikey", "false"))) {
      assertThat(running.get("/notes", null).body()).isEqualTo("[]");
      assertThat(running.get("/health/live", null).body()).isEqualTo("{\"status\":\"live\"}");
    }
  }

  @Test
  void tellsHowItIs() throws Exception {
    try (Running running = serve(Map.of())) {
      assertThat(running.get("/", null).body())
          .isEqualTo(
              "{\"name\":\"Mainstay\",\"rest\":\"/rest/v1\",\"openapi\":\"/openapi.json\","
                  + "\"docs\":\"/docs\",\"health\":\"/health/ready\"}");
      assertThat(running.get("/health/live", null).body()).isEqualTo("{\"status\":\"live\"}");
      assertThat(running.get("/health/ready", null).body()).isEqualTo("{\"status\":\"ready\"}");
      assertThat(running.get("/nothing", null).statusCode()).isEqualTo(404);
      assertThat(running.get(FIRST, running.anon()).statusCode()).isEqualTo(200);
      assertThat(running.get("/metrics", null).statusCode()).isEqualTo(401);
      assertThat(running.get("/metrics", running.anon()).statusCode()).isEqualTo(401);
      assertThat(running.get("/metrics", running.service()).body())
          .contains(
              "mainstay_http_requests_seconds_count{method=\"GET\",route=\"/rest/v1/{table}\",status=\"200\"} 1",
              "mainstay_http_stage_seconds_count{stage=\"execute\"} 1",
              "mainstay_bytes_held 0.0");
    }
    try (Running running = serve(Map.of("http.metrics", "open"))) {
      assertThat(running.get("/metrics", null).statusCode()).isEqualTo(200);
    }
  }

  @Test
  void refusesWhatIsTooMuchWithoutHoldingIt() throws Exception {
    var settings = Map.of("limits.bytes_in_flight", "32MB");
    byte[] letters = new byte[10 * 1024 * 1024 - 20];
    Arrays.fill(letters, (byte) 'x');
    String body = "{\"title\":\"" + new String(letters, StandardCharsets.US_ASCII) + "\"}";
    try (Running running = serve(settings);
        var threads = Executors.newFixedThreadPool(40)) {
      String deep = "(".repeat(10_000).replace("(", "or(") + "id.eq.1" + ")".repeat(10_000);
      String many =
          String.join(",", IntStream.range(0, 100_000).mapToObj(Integer::toString).toList());
      assertThat(status(running, "/rest/v1/notes?or=(" + deep + ")")).isBetween(400, 431);
      assertThat(status(running, "/rest/v1/notes?id=in.(" + many + ")")).isBetween(400, 431);
      assertThat(status(running, "/rest/v1/notes?title=eq.%FF")).isEqualTo(400);
      assertThat(status(running, "/rest/v1/notes?title=eq.a%00b")).isEqualTo(400);
      assertThat(add(running, running.service(), "a\\u0000b").statusCode()).isEqualTo(400);

      var answers =
          IntStream.range(0, 200)
              .mapToObj(
                  i ->
                      threads.submit(
                          () ->
                              running
                                  .send(
                                      running
                                          .to("/rest/v1/notes", running.service())
                                          .POST(BodyPublishers.ofString(body)))
                                  .statusCode()))
              .toList();
      var statuses = new java.util.TreeSet<Integer>();
      for (Future<Integer> answer : answers) statuses.add(answer.get());
      assertThat(statuses).contains(503).isSubsetOf(201, 503);
      assertThat(running.get(FIRST + "&limit=0", running.anon()).body()).isEqualTo("[]");
      // A client may have its answer before the server has put the request away.
      Await.until(
          () -> {
            String metrics = running.get("/metrics", running.service()).body();
            return metrics.contains("mainstay_bytes_held 0.0")
                && metrics.contains("mainstay_requests_running 1.0");
          });
    }
  }

  private static HttpResponse<String> add(Running running, String key, String title)
      throws Exception {
    return running.send(
        running
            .to("/rest/v1/notes", key)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString("{\"title\":\"" + title + "\"}")));
  }

  /// What a reader is answered: with a path as the service, with a key at the usual place.
  private static int status(Running running, String pathOrKey) {
    try {
      return pathOrKey.startsWith("/")
          ? running
              .get(pathOrKey.replace("(", "%28").replace(")", "%29"), running.service())
              .statusCode()
          : running.get(FIRST, pathOrKey).statusCode();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}
