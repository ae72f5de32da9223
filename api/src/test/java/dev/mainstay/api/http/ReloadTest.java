package dev.mainstay.api.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mainstay.core.engine.Served;
import dev.mainstay.core.problem.Problem;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/// What becomes of a request when another model takes the place of the one it began with.
final class ReloadTest {
  private static final Problem OUTDATED = new Problem.Outdated();
  private static final Problem UNKNOWN =
      new Problem.Database("42703", "column \"x\" does not exist", null, null);

  private final List<Served> asked = new CopyOnWriteArrayList<>();

  @Test
  void aRequestKeepsTheModelItBeganWith() throws Exception {
    var begun = new CountDownLatch(1);
    var changed = new CountDownLatch(1);
    try (Edge edge =
        Edge.answering(
            (request, turn) -> {
              begun.countDown();
              wait(changed);
              asked.add(turn.served());
              return Edge.text("done");
            })) {
      Served first = edge.inForce.now();
      var answer =
          edge.client.sendAsync(edge.to("/api").build(), HttpResponse.BodyHandlers.ofString());
      begun.await();
      edge.inForce.change(NoEngine::served);
      changed.countDown();
      assertThat(answer.get().body()).isEqualTo("done");
      edge.get("/api");
      assertThat(asked).containsExactly(first, edge.inForce.now());
    }
  }

  @Test
  void whatTheTablesNoLongerFitBeginsAgainOnTheNextModel() throws Exception {
    for (Problem problem : List.of(OUTDATED, UNKNOWN)) {
      asked.clear();
      var next = NoEngine.served();
      var edges = new CopyOnWriteArrayList<Edge>();
      try (Edge edge =
          Edge.answering(
              (request, turn) -> {
                asked.add(turn.served());
                if (turn.served().equals(next)) return Edge.text(new String(request.body(), UTF_8));
                edges.getFirst().inForce.change(() -> next);
                throw Edge.problem(problem);
              })) {
        edges.add(edge);
        Served first = edge.inForce.now();
        HttpResponse<String> answer =
            edge.send(edge.to("/api").POST(HttpRequest.BodyPublishers.ofString("all of it")));
        assertThat(answer.body()).isEqualTo("all of it");
        assertThat(asked).containsExactly(first, next);
      }
    }
  }

  @Test
  void waitsForAChangeThatIsUnderWay() throws Exception {
    var next = NoEngine.served();
    var changing = new CountDownLatch(1);
    var refused = new CountDownLatch(1);
    try (Edge edge =
        Edge.answering(
            (request, turn) -> {
              asked.add(turn.served());
              if (turn.served().equals(next)) return Edge.text("done");
              refused.countDown();
              throw Edge.problem(UNKNOWN);
            })) {
      Thread change =
          Thread.ofPlatform()
              .start(
                  () ->
                      edge.inForce.change(
                          () -> {
                            changing.countDown();
                            wait(refused);
                            return next;
                          }));
      changing.await();
      assertThat(edge.get("/api").body()).isEqualTo("done");
      change.join();
    }
  }

  @Test
  void aRefusalOnTheModelInForceIsTheAnswer() throws Exception {
    try (Edge edge =
        Edge.answering(
            (request, turn) -> {
              asked.add(turn.served());
              throw Edge.problem(UNKNOWN);
            })) {
      assertThat(edge.get("/api").statusCode()).isEqualTo(400);
      assertThat(asked).hasSize(1);
    }
  }

  @Test
  void aRequestThatNeverFitsIsToldToComeBack() throws Exception {
    try (Edge edge =
        Edge.answering(
            (request, turn) -> {
              asked.add(turn.served());
              throw Edge.problem(OUTDATED);
            })) {
      HttpResponse<String> answer = edge.get("/api");
      assertThat(answer.statusCode()).isEqualTo(503);
      assertThat(answer.headers().firstValue("retry-after")).contains("1");
      assertThat(asked).hasSize(5);
    }
  }

  private static void wait(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
