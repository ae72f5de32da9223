package dev.mainstay.api.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/// What careless, slow and hostile clients see, and that nothing stays held after them.
final class BadClientsTest {
  private static final String HOST = " HTTP/1.1\r\nHost: x\r\n";

  @Test
  void refusesAnAnnouncedGigabyteAtOnce() throws Exception {
    try (Edge edge = Edge.answering((request, turn) -> Edge.echo(request));
        var client = new RawClient(edge.port())) {
      client.say("POST /api/t" + HOST + "Content-Length: 1073741824\r\n\r\n");
      RawClient.Answer answer = client.answer();
      assertThat(answer.status()).isEqualTo(413);
      assertThat(answer.headers()).containsEntry("connection", "close");
      assertThat(answer.text()).contains("The body is larger than 1048576 bytes");
      assertThat(client.isClosed()).isTrue();
      edge.isQuiet();
    }
  }

  @Test
  void doesNotAskForABodyItWouldRefuse() throws Exception {
    try (Edge edge = Edge.answering((request, turn) -> Edge.echo(request))) {
      String expect = "Expect: 100-continue\r\n\r\n";
      try (var client = new RawClient(edge.port())) {
        client.say("POST /api/t" + HOST + "Content-Length: 1073741824\r\n" + expect);
        assertThat(client.answer().status()).isEqualTo(413);
      }
      try (var client = new RawClient(edge.port())) {
        client.say("POST /api/t" + HOST + "Content-Length: 2\r\n" + expect);
        assertThat(client.answer().status()).isEqualTo(100);
        assertThat(client.say("hi").answer().text()).isEqualTo("POST /t 2");
      }
    }
  }

  @Test
  void refusesAnEndlessBodyWhenItPassesTheLimitAndStillGetsTheAnswerAcross() throws Exception {
    try (Edge edge = Edge.answering((request, turn) -> Edge.echo(request));
        var client = new RawClient(edge.port())) {
      client.say("POST /api/t" + HOST + "Transfer-Encoding: chunked\r\n\r\n");
      byte[] chunk =
          ("10000\r\n" + "x".repeat(0x10000) + "\r\n")
              .getBytes(java.nio.charset.StandardCharsets.US_ASCII);
      for (int i = 0; i < 20; i++) client.say(chunk);
      assertThat(client.answer().status()).isEqualTo(413);
      assertThat(client.isClosed()).isTrue();
      edge.isQuiet();
    }
  }

  @Test
  void countsWhatManySmallChunksReallyHold() throws Exception {
    try (Edge edge = Edge.answering((request, turn) -> Edge.echo(request));
        var client = new RawClient(edge.port())) {
      client.say("POST /api/t" + HOST + "Transfer-Encoding: chunked\r\n\r\n");
      client.say("1\r\nx\r\n".repeat(50_000) + "0\r\n\r\n");
      assertThat(client.answer().text()).isEqualTo("POST /t 50000");
      edge.isQuiet();
    }
  }

  @Test
  void refusesLongUrlsAndHeaders() throws Exception {
    try (Edge edge = Edge.answering((request, turn) -> Edge.echo(request))) {
      record Case(String request, int status) {}
      for (Case one :
          List.of(
              new Case("GET /api/" + "a".repeat(1 << 20) + HOST + "\r\n", 414),
              new Case("GET /api/t?" + "a".repeat(64 * 1024) + HOST + "\r\n", 414),
              new Case("GET /api/t" + HOST + "X: " + "a".repeat(33 * 1024) + "\r\n\r\n", 431),
              new Case("GET /api/t" + HOST + "X: y\r\n".repeat(10_000) + "\r\n", 431))) {
        try (var client = new RawClient(edge.port())) {
          Thread.startVirtualThread(
              () -> {
                try {
                  client.say(one.request());
                } catch (java.io.IOException _) {
                  // Refused before all was said.
                }
              });
          RawClient.Answer answer = client.answer();
          assertThat(answer.status()).isEqualTo(one.status());
          assertThat(answer.headers())
              .containsEntry("content-type", "application/json; charset=utf-8");
          assertThat(client.isClosed()).isTrue();
        }
      }
      try (var client = new RawClient(edge.port())) {
        String query = "a".repeat(60_000);
        assertThat(client.say("GET /api/t?" + query + HOST + "\r\n").answer().text())
            .isEqualTo("GET /t?" + query + " 0");
      }
      edge.isQuiet();
    }
  }

  @Test
  void refusesWhatIsNoHttp() throws Exception {
    try (Edge edge = Edge.answering((request, turn) -> Edge.echo(request))) {
      for (String nonsense :
          List.of(
              "GET\r\n\r\n",
              "GET /api/t" + HOST + "Content-Length: -5\r\n\r\n",
              "POST /api/t" + HOST + "Content-Length: 5\r\nContent-Length: 6\r\n\r\n",
              "POST /api/t"
                  + HOST
                  + "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
              "GET /api/t" + HOST + "A b: c\r\n\r\n")) {
        try (var client = new RawClient(edge.port())) {
          client.say(nonsense);
          assertThat(client.answer().status()).as(nonsense).isEqualTo(400);
          assertThat(client.isClosed()).isTrue();
        }
      }
      try (var client = new RawClient(edge.port())) {
        client.say("POST /api/t" + HOST + "Transfer-Encoding: chunked\r\n\r\nnonsense\r\n");
        assertThat(client.isClosed()).isTrue();
      }
      edge.isQuiet();
    }
  }

  @Test
  void readsBytesThatShouldHaveBeenEncodedAsIfTheyWere() throws Exception {
    try (Edge edge = Edge.answering((request, turn) -> Edge.echo(request));
        var client = new RawClient(edge.port())) {
      client.say("GET /api/\u00c3\u00a9?q=\u00ff" + HOST + "\r\n");
      assertThat(client.answer().text()).isEqualTo("GET /%C3%A9?q=%FF 0");
    }
  }

  @Test
  void hangsUpOnThoseWhoNeverFinishTheirHead() throws Exception {
    try (Edge edge =
        Edge.with(Edge.settings(64, Edge.SHORT), 1 << 20, (request, turn) -> Edge.echo(request))) {
      try (var silent = new RawClient(edge.port());
          var dripping = new RawClient(edge.port());
          var idle = new RawClient(edge.port())) {
        idle.say("GET /api/t" + HOST + "\r\n");
        assertThat(idle.answer().status()).isEqualTo(200);
        Thread.startVirtualThread(
            () -> {
              try {
                dripping.say("GET /api/t" + HOST);
                while (true) {
                  dripping.say("X: y\r\n");
                  java.util.concurrent.locks.LockSupport.parkNanos(50_000_000);
                }
              } catch (java.io.IOException _) {
                // Hung up on, as it should be.
              }
            });
        assertThat(silent.isClosed()).isTrue();
        assertThat(dripping.isClosed()).isTrue();
        assertThat(idle.isClosed()).isTrue();
      }
    }
  }

  @Test
  void givesUpOnABodyThatDoesNotKeepUp() throws Exception {
    try (Edge edge =
            Edge.with(
                Edge.settings(64, Edge.SHORT), 1 << 20, (request, turn) -> Edge.echo(request));
        var client = new RawClient(edge.port())) {
      client.say("POST /api/t" + HOST + "Content-Length: 100\r\n\r\nsome");
      assertThat(client.answer().status()).isEqualTo(408);
      assertThat(client.isClosed()).isTrue();
      assertThat(edge.over().status()).isEqualTo(408);
      edge.isQuiet();
    }
  }

  @Test
  void capsWhatRunsAndStillSaysThatItLives() throws Exception {
    var begun = new CountDownLatch(2);
    var go = new CountDownLatch(1);
    try (Edge edge =
        Edge.with(
            Edge.settings(2, EdgeSettings.Patience.USUAL),
            1 << 20,
            (request, turn) -> {
              begun.countDown();
              await(go);
              return Edge.echo(request);
            })) {
      var one =
          edge.client.sendAsync(
              edge.to("/api/1").build(), java.net.http.HttpResponse.BodyHandlers.ofString());
      var two =
          edge.client.sendAsync(
              edge.to("/api/2").build(), java.net.http.HttpResponse.BodyHandlers.ofString());
      begun.await();
      var refused = edge.get("/api/3");
      assertThat(refused.statusCode()).isEqualTo(503);
      assertThat(refused.headers().firstValue("retry-after")).contains("1");
      assertThat(edge.get("/health/live").statusCode()).isEqualTo(200);
      go.countDown();
      assertThat(one.get().body()).isEqualTo("GET /1 0");
      assertThat(two.get().body()).isEqualTo("GET /2 0");
      assertThat(edge.get("/api/4").body()).isEqualTo("GET /4 0");
      edge.isQuiet();
    }
  }

  @Test
  void holdsNoMoreThanTheBudgetHoweverManyBodiesComeAtOnce() throws Exception {
    int limit = 10 << 20;
    long budget = 48L << 20;
    var most = new AtomicLong();
    try (Edge edge =
            Edge.with(
                Edge.settings(64, EdgeSettings.Patience.USUAL, limit),
                budget,
                (request, turn) -> Edge.echo(request));
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      byte[] megabyte = new byte[1 << 20];
      var answers = new ArrayList<Future<Integer>>();
      for (int i = 0; i < 200; i++) {
        answers.add(
            threads.submit(
                () -> {
                  try (var client = new RawClient(edge.port())) {
                    client.say("POST /api/t" + HOST + "Content-Length: " + limit + "\r\n\r\n");
                    try {
                      for (int m = 0; m < 10; m++) {
                        client.say(megabyte);
                        most.accumulateAndGet(edge.budget.held(), Math::max);
                      }
                    } catch (java.io.IOException _) {
                      // Refused while sending; the answer is there all the same.
                    }
                    return client.answer().status();
                  }
                }));
      }
      var statuses = new java.util.TreeMap<Integer, Integer>();
      for (Future<Integer> answer : answers) statuses.merge(answer.get(), 1, Integer::sum);
      assertThat(statuses.keySet()).isSubsetOf(200, 503);
      assertThat(statuses).containsKey(503);
      assertThat(most.get()).isLessThanOrEqualTo(budget);
      edge.isQuiet();
      assertThat(edge.get("/api/after").body()).isEqualTo("GET /after 0");
    }
  }

  @Test
  void givesBackWhatItHeldForThoseWhoLeave() throws Exception {
    var begun = new CountDownLatch(1);
    var go = new CountDownLatch(1);
    byte[] large = new byte[32 << 20];
    try (Edge edge =
        Edge.answering(
            (request, turn) -> {
              turn.allowance().lease().take(1000);
              if (request.path().equals("/wait")) {
                begun.countDown();
                await(go);
              }
              return new Response(200, List.of(), new Response.Body.Bytes(large), 0);
            })) {
      try (var leaving = new RawClient(edge.port())) {
        leaving.say("POST /api/t" + HOST + "Content-Length: 100000\r\n\r\n" + "x".repeat(50_000));
        Await.until(() -> edge.budget.held() > 0);
      }
      edge.isQuiet();
      try (var leaving = new RawClient(edge.port())) {
        leaving.say("GET /api/wait" + HOST + "\r\n");
        begun.await();
      }
      go.countDown();
      assertThat(edge.over().gone()).isTrue();
      try (var leaving = new RawClient(edge.port())) {
        leaving.say("GET /api/t" + HOST + "\r\n");
        assertThat(leaving.head().status()).isEqualTo(200);
      }
      assertThat(edge.over().gone()).isTrue();
      edge.isQuiet();
    }
  }

  @Test
  void hangsUpOnThoseWhoDoNotTakeTheirAnswer() throws Exception {
    byte[] large = new byte[64 << 20];
    try (Edge edge =
            Edge.with(
                Edge.settings(64, Edge.SHORT),
                1 << 20,
                (request, turn) ->
                    new Response(200, List.of(), new Response.Body.Bytes(large), 0));
        var client = new RawClient(edge.port())) {
      client.say("GET /api/t" + HOST + "\r\n");
      Access access = edge.over();
      assertThat(access.gone()).isTrue();
      assertThat(access.sent()).isLessThan(large.length);
      edge.isQuiet();
    }
  }

  @Test
  void finishesWhatHasBegunWhenItStops() throws Exception {
    var begun = new CountDownLatch(1);
    var go = new CountDownLatch(1);
    Edge edge =
        Edge.answering(
            (request, turn) -> {
              begun.countDown();
              await(go);
              return Edge.text("y".repeat(1_000_000));
            });
    int port = edge.port();
    var client = new RawClient(port);
    var silent = new RawClient(port);
    var idle = new RawClient(port);
    assertThat(idle.say("GET /health/live" + HOST + "\r\n").answer().status()).isEqualTo(200);
    client.say("GET /api/t" + HOST + "\r\n");
    begun.await();
    Thread stopping = Thread.startVirtualThread(() -> edge.edge.stop(Duration.ofSeconds(20)));
    assertThat(idle.isClosed()).isTrue();
    go.countDown();
    assertThat(client.answer().text()).isEqualTo("y".repeat(1_000_000));
    assertThat(client.isClosed()).isTrue();
    stopping.join();
    assertThat(edge.edge.running()).isZero();
    org.assertj.core.api.Assertions.assertThatThrownBy(() -> new RawClient(port))
        .isInstanceOf(java.net.ConnectException.class);
    client.close();
    silent.close();
    idle.close();
    edge.client.shutdownNow();
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
