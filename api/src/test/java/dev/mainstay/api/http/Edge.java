package dev.mainstay.api.http;

import dev.mainstay.core.engine.ByteBudget;
import dev.mainstay.core.engine.InForce;
import dev.mainstay.core.plan.Caller;
import dev.mainstay.core.problem.Problem;
import dev.mainstay.core.problem.ProblemException;
import dev.mainstay.services.keys.Secret;
import dev.mainstay.services.keys.Tokens;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/// An edge on a free port with one endpoint at `/api`, which answers what the test says. Requests
/// need no key unless they bring one.
final class Edge implements AutoCloseable {
  static final Secret SECRET = new Secret("a secret of at least thirty-two bytes");
  static final int BODY_LIMIT = 1024 * 1024;
  static final EdgeSettings.Patience SHORT =
      new EdgeSettings.Patience(
          Duration.ofMillis(600),
          Duration.ofMillis(900),
          Duration.ofMillis(600),
          1024 * 1024,
          Duration.ofSeconds(2),
          Duration.ofMillis(300));

  final VertxEdge edge;

  /// The same without a socket.
  final Loopback loopback;

  final InForce inForce = new InForce(NoEngine.served());
  final ByteBudget budget;
  final BlockingQueue<Access> log = new LinkedBlockingQueue<>();
  final HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private Edge(EdgeSettings settings, ByteBudget budget, Endpoint endpoint) throws IOException {
    this.budget = budget;
    var tokens = new Tokens(SECRET, null, Clock.systemUTC());
    var authenticator = new Authenticator(tokens, key -> null, /* requireKey= */ false);
    Page live = request -> Plain.json(200, Map.of("live", true));
    var router =
        new Router(List.of(new Router.Mount("/api", endpoint)), Map.of("/health/live", live));
    this.edge = VertxEdge.start(settings, router, authenticator, inForce, budget, log::add);
    this.loopback = new Loopback(settings, router, authenticator, inForce, budget);
  }

  static Edge answering(BiFunction<Request, Turn, Response> answer) throws IOException {
    return with(settings(64, EdgeSettings.Patience.USUAL), 64L << 20, answer);
  }

  static Edge with(EdgeSettings settings, long budget, BiFunction<Request, Turn, Response> answer)
      throws IOException {
    return new Edge(settings, new ByteBudget(budget), new Answering(answer));
  }

  static EdgeSettings settings(int maxRunning, EdgeSettings.Patience patience) {
    return settings(maxRunning, patience, BODY_LIMIT);
  }

  static EdgeSettings settings(int maxRunning, EdgeSettings.Patience patience, int bodyLimit) {
    return new EdgeSettings(
        "127.0.0.1",
        0,
        bodyLimit,
        maxRunning,
        Duration.ofSeconds(3),
        Duration.ofSeconds(8),
        EdgeSettings.ServerTiming.REQUEST,
        List.of("*"),
        patience);
  }

  static Response text(String text) {
    return new Response(
        200,
        List.of(new Response.Header("Content-Type", "text/plain; charset=utf-8")),
        new Response.Body.Bytes(text.getBytes(java.nio.charset.StandardCharsets.UTF_8)),
        0);
  }

  /// What the endpoint was asked, and the body it came with, as text.
  static Response echo(Request request) {
    String query = request.query() == null ? "" : "?" + request.query();
    return text(request.method() + " " + request.path() + query + " " + request.body().length);
  }

  int port() {
    return edge.port();
  }

  HttpRequest.Builder to(String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port() + path));
  }

  HttpResponse<String> get(String path, String... headers) throws Exception {
    HttpRequest.Builder request = to(path);
    if (headers.length > 0) request.headers(headers);
    return send(request);
  }

  HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
    return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  /// The next request that is over.
  Access over() throws InterruptedException {
    Access access = log.poll(20, TimeUnit.SECONDS);
    if (access == null) throw new AssertionError("no request came to its end");
    return access;
  }

  /// Waits until nothing is running or held any more.
  void isQuiet() {
    Await.until(() -> edge.running() == 0 && budget.held() == 0);
  }

  @Override
  public void close() {
    client.shutdownNow();
    edge.stop(Duration.ofSeconds(5));
  }

  private record Answering(BiFunction<Request, Turn, Response> answer) implements Endpoint {
    @Override
    public Response answer(Request request, Turn turn) {
      return answer.apply(request, turn);
    }

    @Override
    public Response refuse(Problem problem, Request request, Caller.@Nullable Outside caller) {
      return Plain.refuse(problem);
    }

    @Override
    public Response broken(String incident) {
      return Plain.broken(incident);
    }

    @Override
    public String route(String path) {
      return "/{thing}";
    }
  }

  static ProblemException problem(Problem problem) {
    return new ProblemException(problem);
  }
}
