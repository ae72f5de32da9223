package dev.mainstay.api.http;

import dev.mainstay.core.problem.Problem;
import dev.mainstay.core.problem.ProblemException;
import io.vertx.core.Context;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// One request while it arrives, on its event loop: collects the body, refuses what is too large or
/// too slow, and hands the rest to a virtual thread.
final class Intake implements Watch.Waiting {
  /// The longest URL, in bytes.
  static final int URL_LIMIT = 64 * 1024;

  /// The most that all headers may be, in bytes.
  static final int HEADER_LIMIT = 32 * 1024;

  private final Setup setup;
  private final Watch watch;
  private final Context loop;
  private final HttpServerRequest request;
  private final BodyBytes body;
  private final long begun = System.nanoTime();
  private Stage stage = Stage.READING;

  private enum Stage {
    READING,
    /// A virtual thread has it.
    HANDED_ON,
    /// Being answered, while the client may still be sending.
    REFUSED,
    /// Answered, and still sending.
    LINGERING,
    OVER
  }

  private Intake(Setup setup, Watch watch, Context loop, HttpServerRequest request, int most) {
    this.setup = setup;
    this.watch = watch;
    this.loop = loop;
    this.request = request;
    this.body = new BodyBytes(setup.budget(), most);
  }

  /// Takes a request of which the head has arrived.
  static void begin(Setup setup, Watch watch, Context loop, HttpServerRequest request) {
    int limit = setup.settings().bodyLimit();
    long announced = announced(request);
    var intake = new Intake(setup, watch, loop, request, Math.clamp(announced, 0, limit));
    setup.open().incrementAndGet();
    Problem.TooLarge tooLarge = intake.tooLarge(announced);
    request.exceptionHandler(_ -> intake.abandon());
    if (tooLarge != null) {
      intake.refuse(tooLarge);
      return;
    }
    if ("100-continue".equalsIgnoreCase(request.getHeader("Expect"))) {
      request.response().writeContinue();
    }
    request.handler(intake::add);
    request.endHandler(_ -> intake.handOn());
    watch.add(intake);
  }

  /// -1 when no length is announced, which may mean no body.
  private static long announced(HttpServerRequest request) {
    String length = request.getHeader("Content-Length");
    if (length == null) return request.getHeader("Transfer-Encoding") == null ? 0 : Long.MAX_VALUE;
    try {
      return Long.parseLong(length);
    } catch (NumberFormatException _) {
      return Long.MAX_VALUE;
    }
  }

  private Problem.@Nullable TooLarge tooLarge(long announced) {
    int limit = setup.settings().bodyLimit();
    if (request.getHeader("Content-Length") != null && announced > limit) {
      return new Problem.TooLarge(Problem.TooLarge.What.BODY, limit);
    }
    if (request.uri().length() > URL_LIMIT) {
      return new Problem.TooLarge(Problem.TooLarge.What.URL, URL_LIMIT);
    }
    long headers = 0;
    for (Map.Entry<String, String> header : request.headers()) {
      headers += header.getKey().length() + header.getValue().length() + 4;
    }
    return headers > HEADER_LIMIT
        ? new Problem.TooLarge(Problem.TooLarge.What.HEADERS, HEADER_LIMIT)
        : null;
  }

  private void add(Buffer chunk) {
    if (stage != Stage.READING) return;
    int limit = setup.settings().bodyLimit();
    if (body.length() + (long) chunk.length() > limit) {
      refuse(new Problem.TooLarge(Problem.TooLarge.What.BODY, limit));
      return;
    }
    try {
      body.add(chunk.getBytes());
    } catch (ProblemException e) {
      refuse(e.problem());
    }
  }

  private void handOn() {
    if (stage != Stage.READING) return;
    watch.remove(this);
    byte[] whole;
    try {
      whole = body.whole();
    } catch (ProblemException e) {
      refuse(e.problem());
      return;
    }
    stage = Stage.HANDED_ON;
    var exchange = new Exchange(setup, read(whole));
    boolean isFull = setup.running().incrementAndGet() > setup.settings().maxRunning();
    Thread.ofVirtual()
        .start(
            () -> {
              try (body) {
                if (isFull && !exchange.isUrgent()) {
                  exchange.send(exchange.refusal(new Problem.Overloaded(1)), outlet());
                } else {
                  exchange.run(outlet());
                }
              } finally {
                setup.running().decrementAndGet();
                setup.open().decrementAndGet();
              }
            });
  }

  /// Answers before the request has arrived whole. The client may be sending still: what comes is
  /// thrown away for a moment, since closing at once would destroy the answer on its way.
  private void refuse(Problem problem) {
    refuse(exchange -> exchange.refusal(problem));
  }

  private void refuse(Function<Exchange, Response> answer) {
    stage = Stage.REFUSED;
    body.close();
    watch.remove(this);
    request.handler(_ -> {});
    if (!request.isEnded()) request.endHandler(_ -> end());
    if (request.version() != HttpVersion.HTTP_2) {
      request.response().putHeader("Connection", "close");
    }
    var exchange = new Exchange(setup, read(new byte[0]));
    Outlet outlet = outlet();
    Thread.ofVirtual()
        .start(
            () -> {
              try {
                exchange.send(answer.apply(exchange), outlet);
                loop.runOnContext(_ -> linger());
              } catch (RejectedExecutionException _) {
                // The server was stopped, and every connection closed.
              } finally {
                setup.open().decrementAndGet();
              }
            });
  }

  private void linger() {
    if (stage != Stage.REFUSED) return;
    stage = Stage.LINGERING;
    if (request.isEnded()) end();
    else loop.owner().setTimer(setup.settings().patience().linger().toMillis(), _ -> end());
  }

  /// Ends a request that was refused and answered.
  private void end() {
    if (stage != Stage.LINGERING) return;
    stage = Stage.OVER;
    if (request.version() == HttpVersion.HTTP_2) request.response().reset(0);
    else request.connection().close();
  }

  /// The client is gone before it had sent everything.
  private void abandon() {
    if (stage != Stage.READING) return;
    stage = Stage.OVER;
    body.close();
    watch.remove(this);
    setup.open().decrementAndGet();
  }

  private Outlet outlet() {
    return new Outlet(loop, request, setup.settings().patience().write());
  }

  private Request read(byte[] whole) {
    var headers = new LinkedHashMap<String, List<String>>();
    MultiMap given = request.headers();
    for (Map.Entry<String, String> header : given) {
      headers
          .computeIfAbsent(header.getKey().toLowerCase(Locale.ROOT), _ -> new ArrayList<>(1))
          .add(header.getValue());
    }
    String path = request.path();
    String query = request.query();
    return new Request(
        request.method().name(),
        ascii(path == null || path.isEmpty() ? "/" : path),
        query == null ? null : ascii(query),
        new Headers(headers),
        whole);
  }

  /// Bytes that a client should have percent-encoded, percent-encoded.
  private static String ascii(String text) {
    boolean isAscii = true;
    for (int i = 0; i < text.length() && isAscii; i++) isAscii = text.charAt(i) < 0x80;
    if (isAscii) return text;
    var encoded = new StringBuilder();
    for (byte b : text.getBytes(StandardCharsets.ISO_8859_1)) {
      if (b >= 0) encoded.append((char) b);
      else encoded.append('%').append(Integer.toHexString(b & 0xff).toUpperCase(Locale.ROOT));
    }
    return encoded.toString();
  }

  // ── Watch.Waiting: a body must keep up a pace ──

  @Override
  public long deadline() {
    var patience = setup.settings().patience();
    long earned = body.length() * 1_000_000_000L / patience.bytesPerSecond();
    return begun + patience.body().toNanos() + earned;
  }

  @Override
  public void expire() {
    refuse(_ -> Plain.tooSlow());
  }
}
