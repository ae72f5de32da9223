package dev.mainstay.api.http;

import dev.mainstay.api.http.Response.Header;
import dev.mainstay.api.http.Router.Found;
import dev.mainstay.core.engine.Allowance;
import dev.mainstay.core.engine.ByteBudget;
import dev.mainstay.core.engine.Occasion;
import dev.mainstay.core.engine.Served;
import dev.mainstay.core.model.Role;
import dev.mainstay.core.observe.Observation;
import dev.mainstay.core.plan.Caller;
import dev.mainstay.core.problem.Problem;
import dev.mainstay.core.problem.ProblemException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The work on one request, from its last byte to the last byte of its answer, on one virtual
/// thread.
final class Exchange {
  private static final Logger LOG = LoggerFactory.getLogger(Exchange.class);

  /// How many models a request is tried on, when one takes the place of another under it.
  private static final int MODELS = 5;

  private final Setup setup;
  private final Request request;
  private final Found found;
  private final Stopwatch stopwatch = new Stopwatch();
  private @Nullable String incident;

  Exchange(Setup setup, Request request) {
    this.setup = setup;
    this.request = request;
    this.found = setup.router().find(request.path());
  }

  /// Whether the request is worked on even when too many are.
  boolean isUrgent() {
    return found instanceof Found.ToPage(Page page) && page.isUrgent();
  }

  /// Answers, sends and reports.
  void run(Outlet outlet) {
    try (ByteBudget.Lease lease = setup.budget().lease()) {
      send(answer(lease), outlet);
    }
  }

  /// Answers without sending, uncompressed.
  Loopback.Answer answer() {
    try (ByteBudget.Lease lease = setup.budget().lease()) {
      return whole(answer(lease));
    }
  }

  /// An answer in one piece, with all its headers.
  Loopback.Answer whole(Response answer) {
    return new Loopback.Answer(
        answer.status(),
        headers(answer, Gzip.suits(answer), /* gzip= */ false),
        request.method().equals("HEAD") ? new byte[0] : answer.body().bytes());
  }

  /// Sends an answer that was settled without asking the endpoint.
  void send(Response answer, Outlet outlet) {
    boolean suits = Gzip.suits(answer);
    boolean gzip = suits && Gzip.isAccepted(request);
    List<Header> headers = headers(answer, suits, gzip);
    boolean sent = outlet.send(answer, headers, gzip);
    setup
        .log()
        .over(
            new Access(
                Methods.known(request.method()),
                route(),
                answer.status(),
                stopwatch.role(),
                answer.rows(),
                request.body().length,
                outlet.sent(),
                stopwatch.stages(),
                stopwatch.nanos(),
                !sent,
                incident));
  }

  /// The problem in the words of the endpoint the request is for.
  Response refusal(Problem problem) {
    return found instanceof Found.ToEndpoint(Router.Mount mount, String path)
        ? mount.endpoint().refuse(problem, below(path), null)
        : Plain.refuse(problem);
  }

  private Response answer(ByteBudget.Lease lease) {
    try {
      if (Cors.isPreflight(request)) return setup.cors().preflight(request);
      return switch (found) {
        case Found.ToPage(Page page) ->
            request.method().equals("GET") || request.method().equals("HEAD")
                ? page.answer(request)
                : Plain.methodNotAllowed();
        case Found.ToEndpoint(Router.Mount mount, String path) ->
            ask(mount.endpoint(), below(path), lease);
        case Found.Nothing() -> Plain.notFound();
      };
    } catch (ProblemException e) {
      return Plain.refuse(e.problem());
    } catch (RuntimeException | Error e) {
      return Plain.broken(report(e));
    }
  }

  /// Answers on the model in force. When the tables turn out to be another model's by now, nothing
  /// was done, and the request begins again on that.
  private Response ask(Endpoint endpoint, Request below, ByteBudget.Lease lease) {
    Served served = setup.inForce().now();
    for (int attempt = 1; ; attempt++) {
      Caller.Outside caller = null;
      try {
        caller = caller(below, served);
        var timeout =
            caller.role().equals(Role.ANON.name())
                ? setup.settings().anonTimeout()
                : setup.settings().othersTimeout();
        var occasion = new Occasion(below.method(), below.path(), below.headers().values());
        return endpoint.answer(
            below, new Turn(served, caller, new Allowance(timeout, lease, stopwatch, occasion)));
      } catch (ProblemException e) {
        Served next = attempt < MODELS ? instead(served, e.problem()) : null;
        if (next == null) return endpoint.refuse(e.problem(), below, caller);
        served = next;
      } catch (RuntimeException | Error e) {
        return endpoint.broken(report(e));
      }
    }
  }

  private Caller.Outside caller(Request below, Served served) {
    long begun = System.nanoTime();
    Caller.Outside caller =
        setup
            .authenticator()
            .caller(below.headers(), role -> served.planner().catalog().role(role) != null);
    stopwatch.observe(new Observation.Authenticated(caller.role(), System.nanoTime() - begun));
    return caller;
  }

  /// What the request is to be asked of again, or null when its problem has nothing to do with
  /// that. A database that others change, too, tells only that a statement does not fit.
  private @Nullable Served instead(Served served, Problem problem) {
    boolean isOutdated = problem instanceof Problem.Outdated;
    boolean mayNotFit =
        problem instanceof Problem.Database database
            && database.sqlState().startsWith("42")
            && !database.sqlState().equals("42501");
    if (!isOutdated && !mayNotFit) return null;
    try {
      Served next = setup.inForce().settled();
      return next.equals(served) && !isOutdated ? null : next;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return null;
    }
  }

  private Request below(String path) {
    return new Request(request.method(), path, request.query(), request.headers(), request.body());
  }

  /// Logs a bug under a number that the client may quote.
  private String report(Throwable bug) {
    String number = HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong());
    incident = number;
    LOG.error("incident {} at {}", number, route(), bug);
    return number;
  }

  private String route() {
    return switch (found) {
      case Found.ToPage _ -> request.path();
      case Found.ToEndpoint(Router.Mount mount, String path) ->
          mount.prefix() + mount.endpoint().route(path);
      case Found.Nothing() -> "none";
    };
  }

  private List<Header> headers(Response answer, boolean suits, boolean gzip) {
    var all = new ArrayList<Header>(answer.headers().size() + 8);
    var vary = new ArrayList<String>();
    all.add(new Header("Date", HttpDate.now()));
    all.add(new Header("Server", "Mainstay"));
    for (Header header : answer.headers()) {
      if (header.name().equalsIgnoreCase("Vary")) vary.add(header.value());
      else if (gzip && header.name().equalsIgnoreCase("ETag"))
        all.add(new Header("ETag", EntityTag.weak(header.value())));
      else all.add(header);
    }
    for (Header header : setup.cors().headers(request)) {
      if (header.name().equalsIgnoreCase("Vary")) vary.add(header.value());
      else if (!Cors.isPreflight(request) || !header.name().equals("Access-Control-Allow-Origin"))
        all.add(header);
    }
    if (suits && !vary.contains("Accept-Encoding")) vary.add("Accept-Encoding");
    if (gzip) all.add(new Header("Content-Encoding", "gzip"));
    if (!vary.isEmpty()) all.add(new Header("Vary", String.join(", ", vary)));
    if (isTimed()) all.add(new Header("Server-Timing", stopwatch.serverTiming()));
    return all;
  }

  private boolean isTimed() {
    return switch (setup.settings().serverTiming()) {
      case OFF -> false;
      case ON -> true;
      case REQUEST -> "on".equals(request.headers().first("server-timing"));
    };
  }
}
