package dev.mainstay.api.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mainstay.core.problem.Problem;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;

/// What well-behaved clients see.
final class VertxEdgeTest {
  @Test
  void handsTheEndpointThePathBelowItsPrefixAndTheBody() throws Exception {
    try (Edge edge = Edge.answering((request, turn) -> Edge.echo(request))) {
      assertThat(edge.get("/api/a%20b?x=%2C&y").body()).isEqualTo("GET /a%20b?x=%2C&y 0");
      assertThat(edge.get("/api").body()).isEqualTo("GET / 0");
      assertThat(edge.send(edge.to("/api/t").POST(BodyPublishers.ofString("€"))).body())
          .isEqualTo("POST /t 3");
      var chunked = BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(new byte[99_999]));
      assertThat(edge.send(edge.to("/api/t").method("PATCH", chunked)).body())
          .isEqualTo("PATCH /t 99999");
      edge.isQuiet();
    }
  }

  @Test
  void answersJsonWhereNothingIs() throws Exception {
    try (Edge edge = Edge.answering((request, turn) -> Edge.echo(request))) {
      HttpResponse<String> answer = edge.get("/apix?secret=1");
      assertThat(answer.statusCode()).isEqualTo(404);
      assertThat(answer.headers().firstValue("content-type"))
          .contains("application/json; charset=utf-8");
      assertThat(answer.body())
          .isEqualTo(
              "{\"code\":\"not_found\",\"message\":\"There is nothing at this"
                  + " path\",\"details\":null,\"hint\":null}");
      assertThat(edge.send(edge.to("/health/live").POST(BodyPublishers.noBody())).statusCode())
          .isEqualTo(405);
    }
  }

  @Test
  void hangsUpWithoutWaitingWhereAHeaderCannotBeSent() throws Exception {
    var split = List.of(new Response.Header("X-Odd", "one\r\nX-Other: two"));
    try (Edge edge =
        Edge.answering((request, turn) -> new Response(200, split, new Response.Body.Empty(), 0))) {
      assertThatThrownBy(() -> edge.get("/api/t")).isInstanceOf(IOException.class);
      assertThat(edge.over().gone()).isTrue();
      edge.isQuiet();
    }
  }

  @Test
  void answersHeadWithTheHeadersOfGet() throws Exception {
    String body = "x".repeat(200_000);
    try (Edge edge = Edge.answering((request, turn) -> Edge.text(body))) {
      for (String encoding : List.of("identity", "gzip")) {
        HttpResponse<String> get = edge.get("/api/t", "Accept-Encoding", encoding);
        HttpResponse<String> head =
            edge.send(edge.to("/api/t").HEAD().header("Accept-Encoding", encoding));
        assertThat(head.body()).isEmpty();
        var expected = new java.util.TreeMap<>(get.headers().map());
        var actual = new java.util.TreeMap<>(head.headers().map());
        expected.keySet().removeAll(List.of("date", "transfer-encoding"));
        actual.keySet().removeAll(List.of("date"));
        assertThat(actual).isEqualTo(expected);
      }
    }
  }

  @Test
  void compressesTextOfMoreThanAKilobyteForThoseWhoTakeIt() throws Exception {
    String small = "s".repeat(1024);
    String medium = "m".repeat(1025);
    String large = "0123456789".repeat(100_000);
    try (Edge edge =
        Edge.answering(
            (request, turn) ->
                Edge.text(
                    switch (request.path()) {
                      case "/small" -> small;
                      case "/medium" -> medium;
                      default -> large;
                    }))) {
      for (String path : List.of("/small", "/medium", "/large")) {
        String whole = edge.get("/api" + path).body();
        HttpResponse<byte[]> zipped =
            edge.client.send(
                edge.to("/api" + path).header("Accept-Encoding", "br, gzip;q=0.5").build(),
                BodyHandlers.ofByteArray());
        boolean isLong = !path.equals("/small");
        assertThat(zipped.headers().firstValue("content-encoding").isPresent()).isEqualTo(isLong);
        assertThat(zipped.headers().firstValue("vary").isPresent()).isEqualTo(isLong);
        byte[] bytes =
            isLong
                ? new GZIPInputStream(new ByteArrayInputStream(zipped.body())).readAllBytes()
                : zipped.body();
        assertThat(new String(bytes, StandardCharsets.UTF_8)).isEqualTo(whole);
        HttpResponse<String> refused = edge.get("/api" + path, "Accept-Encoding", "gzip;q=0, *");
        assertThat(refused.headers().firstValue("content-encoding")).isEmpty();
        assertThat(refused.body()).isEqualTo(whole);
      }
    }
  }

  @Test
  void sendsRowsAsOneArrayWithoutJoiningThem() throws Exception {
    var rows = new ArrayList<byte[]>();
    for (int i = 0; i < 50_000; i++)
      rows.add(("{\"id\":" + i + "}").getBytes(StandardCharsets.UTF_8));
    var expected = new StringBuilder("[");
    for (byte[] row : rows) {
      if (expected.length() > 1) expected.append(',');
      expected.append(new String(row, StandardCharsets.UTF_8));
    }
    expected.append(']');
    try (Edge edge =
        Edge.answering(
            (request, turn) ->
                new Response(
                    200,
                    List.of(new Response.Header("Content-Type", "application/json")),
                    new Response.Body.JsonArray(request.path().equals("/none") ? List.of() : rows),
                    rows.size()))) {
      HttpResponse<String> answer = edge.get("/api/t");
      assertThat(answer.body()).isEqualTo(expected.toString());
      assertThat(answer.headers().firstValueAsLong("content-length")).hasValue(expected.length());
      assertThat(edge.get("/api/none").body()).isEqualTo("[]");
    }
  }

  @Test
  void speaksHttp2WithoutTls() throws Exception {
    try (Edge edge = Edge.answering((request, turn) -> Edge.echo(request));
        HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_2).build()) {
      for (int i = 0; i < 3; i++) {
        HttpResponse<String> answer =
            client.send(
                edge.to("/api/t").POST(BodyPublishers.ofString("x".repeat(300_000))).build(),
                BodyHandlers.ofString());
        assertThat(answer.body()).isEqualTo("POST /t 300000");
        assertThat(answer.version()).isEqualTo(HttpClient.Version.HTTP_2);
      }
      HttpResponse<String> tooLarge =
          client.send(
              edge.to("/api/t")
                  .POST(BodyPublishers.ofByteArray(new byte[Edge.BODY_LIMIT + 1]))
                  .build(),
              BodyHandlers.ofString());
      assertThat(tooLarge.statusCode()).isEqualTo(413);
      assertThat(client.send(edge.to("/api/after").build(), BodyHandlers.ofString()).body())
          .isEqualTo("GET /after 0");
      edge.isQuiet();
    }
  }

  @Test
  void answersPipelinedRequestsInOrder() throws Exception {
    try (Edge edge = Edge.answering((request, turn) -> Edge.echo(request));
        var client = new RawClient(edge.port())) {
      client.say(
          "GET /api/1 HTTP/1.1\r\nHost: x\r\n\r\n"
              + "POST /api/2 HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\nhi"
              + "GET /none HTTP/1.1\r\nHost: x\r\n\r\n"
              + "GET /api/3 HTTP/1.1\r\nHost: x\r\n\r\n");
      assertThat(client.answer().text()).isEqualTo("GET /1 0");
      assertThat(client.answer().text()).isEqualTo("POST /2 2");
      assertThat(client.answer().status()).isEqualTo(404);
      assertThat(client.answer().text()).isEqualTo("GET /3 0");
    }
  }

  @Test
  void keepsTheConnectionAfterEveryKindOfRefusalThatReadTheWholeRequest() throws Exception {
    try (Edge edge =
            Edge.answering(
                (request, turn) ->
                    switch (request.path()) {
                      case "/problem" -> throw Edge.problem(new Problem.NoKey(true));
                      case "/bug" -> throw new IllegalStateException("the bug's own text");
                      default -> Edge.echo(request);
                    });
        var client = new RawClient(edge.port())) {
      String rest = " HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\n\r\nbody";
      assertThat(client.say("POST /api/problem" + rest).answer().status()).isEqualTo(401);
      assertThat(client.say("POST /api/bug" + rest).answer().status()).isEqualTo(500);
      assertThat(client.say("POST /none" + rest).answer().status()).isEqualTo(404);
      assertThat(client.say("POST /health/live" + rest).answer().status()).isEqualTo(405);
      assertThat(client.say("POST /api/t" + rest).answer().text()).isEqualTo("POST /t 4");
    }
  }

  @Test
  void tellsOfABugNoMoreThanItsNumber() throws Exception {
    try (Edge edge =
        Edge.answering(
            (request, turn) -> {
              throw new IllegalStateException("the bug's own text");
            })) {
      HttpResponse<String> answer = edge.get("/api/t");
      String incident = edge.over().incident();
      assertThat(incident).matches("[0-9a-f]{16}");
      assertThat(answer.statusCode()).isEqualTo(500);
      assertThat(answer.body())
          .isEqualTo(
              "{\"code\":\"internal\",\"message\":\"Something broke here: incident "
                  + incident
                  + "\",\"details\":null,\"hint\":null}");
      edge.isQuiet();
    }
  }

  @Test
  void letsBrowsersAskFromOtherSites() throws Exception {
    try (Edge edge = Edge.answering((request, turn) -> Edge.echo(request))) {
      for (String path : List.of("/api/t", "/", "/none", "/health/live")) {
        HttpResponse<String> preflight =
            edge.send(
                edge.to(path)
                    .method("OPTIONS", BodyPublishers.noBody())
                    .header("Origin", "https://app.example")
                    .header("Access-Control-Request-Method", "PATCH")
                    .header("Access-Control-Request-Headers", "apikey"));
        assertThat(preflight.statusCode()).isEqualTo(200);
        assertThat(preflight.body()).isEmpty();
        assertThat(preflight.headers().allValues("access-control-allow-origin"))
            .containsExactly("*");
        assertThat(preflight.headers().firstValue("access-control-allow-methods"))
            .contains("GET, POST, PATCH, PUT, DELETE, OPTIONS");
        assertThat(preflight.headers().firstValue("access-control-max-age")).contains("86400");
        assertThat(preflight.headers().firstValue("access-control-allow-headers").orElseThrow())
            .contains(
                "authorization, x-client-info, apikey, content-type", "prefer", "tus-resumable");
      }
      HttpResponse<String> answer = edge.get("/api/t", "Origin", "https://app.example");
      assertThat(answer.headers().allValues("access-control-allow-origin")).containsExactly("*");
      assertThat(answer.headers().firstValue("access-control-expose-headers").orElseThrow())
          .contains("Content-Range", "Location");
      HttpResponse<String> plain = edge.get("/api/t");
      assertThat(plain.headers().firstValue("access-control-allow-origin")).isEmpty();
      HttpResponse<String> options =
          edge.send(edge.to("/api/t").method("OPTIONS", BodyPublishers.noBody()));
      assertThat(options.body()).isEqualTo("OPTIONS /t 0");
    }
  }

  @Test
  void timesItsStagesForThoseWhoAsk() throws Exception {
    try (Edge edge = Edge.answering((request, turn) -> Edge.echo(request))) {
      assertThat(
              edge.get("/api/t", "Server-Timing", "on")
                  .headers()
                  .firstValue("server-timing")
                  .orElseThrow())
          .matches("auth;dur=\\d+\\.\\d{3}, total;dur=\\d+\\.\\d{3}");
      assertThat(edge.get("/api/t").headers().firstValue("server-timing")).isEmpty();
    }
  }

  @Test
  void reportsEachRequestOnceWithoutWhatTheClientSaid() throws Exception {
    try (Edge edge =
        Edge.answering(
            (request, turn) ->
                new Response(
                    200, List.of(), new Response.Body.JsonArray(List.of(new byte[] {'1'})), 1))) {
      edge.send(edge.to("/api/hush?token=hush").POST(BodyPublishers.ofString("hush")));
      Access access = edge.over();
      assertThat(access)
          .usingRecursiveComparison()
          .ignoringFields("nanos", "stages")
          .isEqualTo(
              new Access("POST", "/api/{thing}", 200, "anon", 1, 4, 3, List.of(), 0, false, null));
      assertThat(access.stages()).extracting(Access.Stage::name).containsExactly("auth");
      assertThat(access.toString()).doesNotContain("hush");
      edge.send(edge.to("/no/hush").method("BREW", BodyPublishers.noBody()));
      assertThat(edge.over().toString()).contains("OTHER", "none", "404").doesNotContain("hush");
      assertThat(edge.log).isEmpty();
    }
  }

  @Test
  void seesClientsOffWhileItDrains() throws Exception {
    String asks = "GET /api/t HTTP/1.1\r\nHost: here\r\n\r\n";
    try (Edge edge = Edge.answering((request, turn) -> Edge.text("answered"));
        var client = new RawClient(edge.port());
        var idle = new RawClient(edge.port());
        HttpClient second = HttpClient.newBuilder().version(HttpClient.Version.HTTP_2).build()) {
      assertThat(client.say(asks).answer().headers()).doesNotContainKey("connection");
      assertThat(idle.say(asks).answer().text()).isEqualTo("answered");
      assertThat(second.send(edge.to("/api/t").build(), BodyHandlers.ofString()).version())
          .isEqualTo(HttpClient.Version.HTTP_2);
      Thread draining = Thread.startVirtualThread(() -> edge.edge.drain(Duration.ofHours(1)));
      Await.until(edge.edge::isDraining);

      // Whoever is connected is answered once more, and so is whoever comes.
      for (RawClient each : List.of(client, new RawClient(edge.port()))) {
        RawClient.Answer last = each.say(asks).answer();
        assertThat(last.text()).isEqualTo("answered");
        assertThat(last.headers()).containsEntry("connection", "close");
        assertThat(each.isClosed()).isTrue();
        each.close();
      }
      for (int i = 0; i < 3; i++)
        assertThat(second.send(edge.to("/api/t").build(), BodyHandlers.ofString()).body())
            .isEqualTo("answered");
      // Whoever says nothing is left alone until the end.
      assertThat(idle.say(asks).answer().headers()).containsEntry("connection", "close");

      draining.interrupt();
      draining.join();
    }
  }
}
