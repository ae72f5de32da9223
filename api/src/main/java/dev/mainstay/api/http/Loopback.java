package dev.mainstay.api.http;

import dev.mainstay.core.engine.ByteBudget;
import dev.mainstay.core.engine.InForce;
import dev.mainstay.core.problem.Problem;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/// Answers requests within this process as a [VertxEdge] would answer them: routed, authenticated,
/// refused and headed alike, but for what only a connection has (compression, pace).
public final class Loopback {
  private final Setup setup;

  public Loopback(
      EdgeSettings settings,
      Router router,
      Authenticator authenticator,
      InForce inForce,
      ByteBudget budget) {
    this.setup =
        new Setup(
            settings,
            router,
            authenticator,
            inForce,
            budget,
            new Cors(settings.corsOrigins()),
            _ -> {},
            new AtomicInteger(),
            new AtomicInteger(),
            new AtomicBoolean());
  }

  /// An answer as a client has it.
  ///
  /// @param body empty for `HEAD`
  public record Answer(int status, List<Response.Header> headers, byte[] body) {
    public Answer {
      headers = List.copyOf(headers);
    }
  }

  /// Answers; blocking, on whatever thread asks.
  ///
  /// @param request its path from the root on
  public Answer ask(Request request) {
    var exchange = new Exchange(setup, request);
    int limit = setup.settings().bodyLimit();
    return request.body().length > limit
        ? exchange.whole(exchange.refusal(new Problem.TooLarge(Problem.TooLarge.What.BODY, limit)))
        : exchange.answer();
  }
}
