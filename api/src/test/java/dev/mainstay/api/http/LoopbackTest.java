package dev.mainstay.api.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mainstay.core.problem.Problem;
import dev.mainstay.core.problem.ProblemException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/// Without a socket the answers are those with one.
final class LoopbackTest {
  private static Response answer(Request request) {
    return switch (request.path()) {
      case "/refused" -> throw new ProblemException(new Problem.Overloaded(1));
      case "/broken" -> throw new IllegalStateException("a bug, on purpose");
      case "/long" -> Edge.text("x".repeat(5000));
      default -> Edge.echo(request);
    };
  }

  @Test
  void answersAsOverASocket() throws Exception {
    try (Edge edge = Edge.answering((request, turn) -> answer(request))) {
      Loopback loopback = edge.loopback;
      for (String asked :
          List.of(
              "GET /api/a%20b?x=%2C&y",
              "GET /api",
              "GET /api/long",
              "HEAD /api/long",
              "GET /api/refused",
              "GET /nowhere",
              "GET /health/live",
              "POST /health/live",
              "POST /api/t")) {
        String[] words = asked.split(" ", 2);
        HttpResponse<String> over =
            edge.send(
                edge.to(words[1])
                    .method(words[0], HttpRequest.BodyPublishers.noBody())
                    .header("Origin", "https://x.example"));
        Loopback.Answer within = loopback.ask(request(words[0], words[1], new byte[0]));
        assertThat(within.status()).as(asked).isEqualTo(over.statusCode());
        assertThat(new String(within.body(), UTF_8)).as(asked).isEqualTo(over.body());
        assertThat(headers(within)).as(asked).isEqualTo(headers(over));
      }
    }
  }

  @Test
  void refusesBadTokensAndLargeBodiesAndHidesBugs() throws Exception {
    try (Edge edge = Edge.answering((request, turn) -> answer(request))) {
      Loopback loopback = edge.loopback;
      byte[] large = new byte[Edge.BODY_LIMIT + 1];
      assertThat(loopback.ask(request("POST", "/api/t", large)).status()).isEqualTo(413);
      var token =
          new Request(
              "GET",
              "/api/t",
              null,
              new Headers(Map.of("authorization", List.of("Bearer x"))),
              new byte[0]);
      assertThat(loopback.ask(token).status()).isNotEqualTo(200);
      Loopback.Answer broken = loopback.ask(request("GET", "/api/broken", new byte[0]));
      assertThat(broken.status()).isEqualTo(500);
      assertThat(new String(broken.body(), UTF_8)).doesNotContain("purpose");
      assertThat(edge.budget.held()).isZero();
    }
  }

  private static Request request(String method, String target, byte[] body) {
    int mark = target.indexOf('?');
    return new Request(
        method,
        mark < 0 ? target : target.substring(0, mark),
        mark < 0 ? null : target.substring(mark + 1),
        new Headers(Map.of("origin", List.of("https://x.example"))),
        body);
  }

  private static Map<String, String> headers(Loopback.Answer answer) {
    var headers = new TreeMap<String, String>(String.CASE_INSENSITIVE_ORDER);
    for (Response.Header header : answer.headers()) headers.put(header.name(), header.value());
    headers.remove("Date");
    return headers;
  }

  /// Without those that only a connection has.
  private static Map<String, String> headers(HttpResponse<String> answer) {
    var headers = new TreeMap<String, String>(String.CASE_INSENSITIVE_ORDER);
    answer.headers().map().forEach((name, values) -> headers.put(name, String.join(", ", values)));
    for (String name : List.of("Date", "Content-Length", "Connection")) headers.remove(name);
    return headers;
  }
}
