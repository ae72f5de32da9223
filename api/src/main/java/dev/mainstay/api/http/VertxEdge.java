package dev.mainstay.api.http;

import dev.mainstay.core.engine.ByteBudget;
import dev.mainstay.core.engine.InForce;
import dev.mainstay.core.problem.Problem;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.vertx.core.Context;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.core.http.Http2Settings;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/// The server: HTTP/1.1 and HTTP/2 without TLS on one port. Event loops read and write; each
/// request is worked on by a virtual thread of its own.
public final class VertxEdge {
  private static final int LOOPS = Math.clamp(Runtime.getRuntime().availableProcessors(), 1, 8);

  private final Vertx vertx;
  private final Setup setup;
  private final List<HttpServer> servers = new CopyOnWriteArrayList<>();

  private VertxEdge(Vertx vertx, Setup setup) {
    this.vertx = vertx;
    this.setup = setup;
  }

  /// Listens. Throws [IOException] when the port cannot be had.
  public static VertxEdge start(
      EdgeSettings settings,
      Router router,
      Authenticator authenticator,
      InForce inForce,
      ByteBudget budget,
      Access.Log log)
      throws IOException {
    var options =
        new VertxOptions()
            .setEventLoopPoolSize(LOOPS)
            .setWorkerPoolSize(1)
            .setInternalBlockingPoolSize(1)
            .setFileSystemOptions(
                new FileSystemOptions()
                    .setFileCachingEnabled(false)
                    .setClassPathResolvingEnabled(false));
    Vertx vertx = Vertx.vertx(options);
    var setup =
        new Setup(
            settings,
            router,
            authenticator,
            inForce,
            budget,
            new Cors(settings.corsOrigins()),
            log,
            new AtomicInteger(),
            new AtomicInteger(),
            new AtomicBoolean());
    var edge = new VertxEdge(vertx, setup);
    try {
      wait(
          vertx.deployVerticle(() -> edge.new Loop(), new DeploymentOptions().setInstances(LOOPS)),
          Duration.ofSeconds(30));
    } catch (IOException e) {
      vertx.close();
      throw e;
    }
    return edge;
  }

  public int port() {
    return servers.getFirst().actualPort();
  }

  /// How many requests are being worked on.
  public int running() {
    return setup.running().get();
  }

  /// Whether it is about to stop.
  public boolean isDraining() {
    return setup.draining().get();
  }

  /// Goes on answering for a while, and sees clients off meanwhile: each connection of HTTP/1.1
  /// ends with its next answer, which says so. Whoever comes by way of a proxy that asks whether
  /// this server is ready, or that closes what nobody has used for less than that while, then never
  /// finds a connection that has just been closed.
  public void drain(Duration time) {
    setup.draining().set(true);
    try {
      Thread.sleep(time);
    } catch (InterruptedException _) {
      // Somebody is in a hurry.
      Thread.currentThread().interrupt();
    }
  }

  /// Stops accepting, lets what has begun finish until the deadline, then closes every connection.
  public void stop(Duration deadline) {
    long end = System.nanoTime() + deadline.toNanos();
    for (HttpServer server : servers) {
      var _ = server.shutdown(deadline.toMillis(), TimeUnit.MILLISECONDS);
    }
    // Not the servers' own end: they would wait for connections on which nobody ever said a word.
    while (setup.open().get() > 0 && System.nanoTime() < end) LockSupport.parkNanos(2_000_000);
    try {
      wait(vertx.close(), Duration.ofSeconds(5));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void wait(Future<?> future, Duration most) throws IOException {
    try {
      future.toCompletionStage().toCompletableFuture().get(most.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof IOException cause) throw cause;
      throw new IOException(e.getCause());
    } catch (TimeoutException e) {
      throw new IOException("took longer than " + most, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }

  private HttpServerOptions options() {
    return new HttpServerOptions()
        .setHost(setup.settings().host())
        .setPort(setup.settings().port())
        .setAcceptBacklog(1024)
        .setTcpNoDelay(true)
        .setHttp2ClearTextEnabled(true)
        .setIdleTimeoutUnit(TimeUnit.MILLISECONDS)
        .setIdleTimeout(idle())
        .setHandle100ContinueAutomatically(false)
        .setMaxInitialLineLength(Intake.URL_LIMIT)
        .setMaxHeaderSize(Intake.HEADER_LIMIT)
        .setInitialSettings(
            new Http2Settings()
                .setMaxConcurrentStreams(100)
                .setMaxHeaderListSize(Intake.URL_LIMIT + Intake.HEADER_LIMIT));
  }

  /// After which a connection on which nothing at all moves is closed, a slow statement allowed
  /// for. It alone reaches those that never said a word.
  private int idle() {
    EdgeSettings settings = setup.settings();
    return Math.toIntExact(settings.patience().idle().plus(settings.othersTimeout()).toMillis());
  }

  /// One event loop and the connections it has.
  private final class Loop extends VerticleBase {
    private final Watch watch = new Watch();
    private final Map<HttpConnection, Connection> connections = new HashMap<>();

    @Override
    public Future<?> start() {
      HttpServer server =
          vertx
              .createHttpServer(options())
              .connectionHandler(this::connected)
              .requestHandler(this::requested)
              .invalidRequestHandler(this::unreadable)
              .exceptionHandler(_ -> {});
      vertx.setPeriodic(250, _ -> watch.tick(System.nanoTime()));
      return server.listen().onSuccess(servers::add);
    }

    private void connected(HttpConnection connection) {
      var known = new Connection(connection, setup.settings().patience());
      connections.put(connection, known);
      watch.add(known);
      connection.closeHandler(
          _ -> {
            connections.remove(connection);
            watch.remove(known);
          });
      connection.exceptionHandler(_ -> {});
    }

    private void requested(HttpServerRequest request) {
      begins(request);
      Intake.begin(setup, watch, loop(), request);
    }

    private void begins(HttpServerRequest request) {
      Connection connection = connections.get(request.connection());
      if (connection == null) return;
      connection.requestBegins();
      // Over HTTP/2 the end is told beside the answers, when it has come.
      boolean isLast = setup.draining().get() && request.version() != HttpVersion.HTTP_2;
      if (isLast) request.response().putHeader("Connection", "close");
      request
          .response()
          .endHandler(
              _ -> {
                connection.responseEnds();
                if (isLast) connection.leave();
              });
    }

    private void unreadable(HttpServerRequest request) {
      begins(request);
      Throwable cause = request.decoderResult().cause();
      Response answer =
          cause instanceof TooLongHttpLineException
              ? Plain.refuse(new Problem.TooLarge(Problem.TooLarge.What.URL, Intake.URL_LIMIT))
              : cause instanceof TooLongHttpHeaderException
                  ? Plain.refuse(
                      new Problem.TooLarge(Problem.TooLarge.What.HEADERS, Intake.HEADER_LIMIT))
                  : Plain.unreadable();
      Unreadable.answer(setup, loop(), request, answer);
    }

    private Context loop() {
      return vertx.getOrCreateContext();
    }
  }
}
