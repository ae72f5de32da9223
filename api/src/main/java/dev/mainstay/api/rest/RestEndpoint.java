package dev.mainstay.api.rest;

import dev.mainstay.api.http.Endpoint;
import dev.mainstay.api.http.Headers;
import dev.mainstay.api.http.Request;
import dev.mainstay.api.http.Response;
import dev.mainstay.api.http.Response.Body;
import dev.mainstay.api.http.Response.Header;
import dev.mainstay.api.http.Turn;
import dev.mainstay.api.openapi.Descriptions;
import dev.mainstay.core.engine.Served;
import dev.mainstay.core.model.Function;
import dev.mainstay.core.model.Guarding;
import dev.mainstay.core.model.Table;
import dev.mainstay.core.model.TableName;
import dev.mainstay.core.plan.Caller;
import dev.mainstay.core.plan.Catalog;
import dev.mainstay.core.plan.Planner;
import dev.mainstay.core.problem.Problem;
import dev.mainstay.core.problem.ProblemException;
import dev.mainstay.core.query.Asked;
import dev.mainstay.services.answers.Answers;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Tables, views and functions over HTTP, as PostgREST serves them (`WIRE.md` §1).
public final class RestEndpoint implements Endpoint {
  private static final String ANONYMOUS = "anon";
  private static final String DESCRIPTION = "application/openapi+json";
  private static final Set<String> DESCRIBED =
      Set.of(DESCRIPTION, "application/json", "application/*", "*/*");

  private static final Set<String> WRITING = Set.of("POST", "PATCH", "PUT", "DELETE");

  private final RestSettings settings;
  private final @Nullable Descriptions descriptions;
  private final @Nullable Answers answers;

  /// @param descriptions what the root answers, or null for a root that tells nothing
  /// @param answers where answers to writes under an `Idempotency-Key` are kept, or null for
  ///   nowhere: then the key says nothing
  public RestEndpoint(
      RestSettings settings, @Nullable Descriptions descriptions, @Nullable Answers answers) {
    this.settings = settings;
    this.descriptions = descriptions;
    this.answers = answers;
  }

  @Override
  public Response answer(Request request, Turn turn) {
    return switch (Route.of(request.path())) {
      case Route.Root() -> root(request, turn);
      case Route.Function(String name) -> function(name, request, turn);
      case Route.Relation(String name) -> relation(name, request, turn);
    };
  }

  @Override
  public Response refuse(Problem problem, Request request, Caller.@Nullable Outside caller) {
    boolean known = caller != null && !caller.role().equals(ANONYMOUS);
    return Refusals.response(problem, known, request.path().startsWith("/rpc/"));
  }

  @Override
  public Response broken(String incident) {
    return Refusals.broken(incident);
  }

  @Override
  public String route(String path) {
    if (path.equals("/")) return "/";
    boolean isFunction = path.startsWith("/rpc/");
    boolean isDeeper = path.indexOf('/', isFunction ? "/rpc/".length() : 1) >= 0;
    return isDeeper ? "/*" : isFunction ? "/rpc/{function}" : "/{table}";
  }

  private Response root(Request request, Turn turn) {
    return switch (request.method()) {
      case "OPTIONS" -> allow("OPTIONS,GET,HEAD");
      case "GET", "HEAD" -> description(request, turn);
      default -> throw notAllowed(request);
    };
  }

  /// What the caller may see of the schema (§1.17).
  private Response description(Request request, Turn turn) {
    if (descriptions == null) throw new ProblemException(new Problem.NoDescription());
    String schema = schema(request);
    requireDescription(request.headers());
    return descriptions
        .swagger(turn.served().planner(), turn.caller(), schema)
        .response(request, DESCRIPTION + "; charset=utf-8", isNegotiated(request) ? schema : null);
  }

  private static void requireDescription(Headers headers) {
    List<MediaRange> ranges = MediaRange.ranked(headers.all("accept"));
    for (MediaRange range : ranges)
      if (range.quality() > 0 && DESCRIBED.contains(range.type())) return;
    if (!ranges.isEmpty())
      throw new ProblemException(
          new Problem.NotAcceptable(ranges.stream().map(MediaRange::text).toList()));
  }

  private Response function(String name, Request request, Turn turn) {
    TableName function = new TableName(schema(request), name);
    return switch (request.method()) {
      case "GET", "HEAD" -> call(function, request, turn).get();
      case "POST" -> call(function, request, turn).post();
      case "OPTIONS" -> functionOptions(function, turn.caller(), turn.served().planner());
      default -> throw notAllowed(request);
    };
  }

  private CallExchange call(TableName function, Request request, Turn turn) {
    return new CallExchange(
        settings,
        turn.served().planner(),
        runs(request, turn),
        function,
        negotiated(function.schema(), request),
        request,
        turn);
  }

  private static Response functionOptions(TableName function, Caller caller, Planner current) {
    List<Function> functions = current.callable(function, caller);
    boolean isRead = functions.stream().anyMatch(each -> !each.writes());
    return allow(isRead ? "OPTIONS,GET,HEAD,POST" : "OPTIONS,POST");
  }

  private Runs runs(Request request, Turn turn) {
    Served served = turn.served();
    TableName first = settings.preRequest();
    Once once = WRITING.contains(request.method()) ? Once.of(answers, request, turn) : null;
    if (first == null) return new Runs(served, null, null, once);
    Catalog catalog = served.planner().catalog();
    for (Function function : catalog.functions(first))
      if (function.body() instanceof Function.Body.Declared)
        return new Runs(served, function, null, once);
    if (catalog.model().guarding() != Guarding.DATABASE)
      throw new IllegalStateException("no function " + first + " to go ahead of requests");
    return new Runs(served, null, first, once);
  }

  private Response relation(String name, Request request, Turn turn) {
    TableName table = new TableName(schema(request), name);
    return switch (request.method()) {
      case "GET", "HEAD" -> exchange(table, request, turn).read();
      case "POST" -> exchange(table, request, turn).insert();
      case "PATCH" -> exchange(table, request, turn).update();
      case "DELETE" -> exchange(table, request, turn).delete();
      case "OPTIONS" -> relationOptions(table, turn.caller(), turn.served().planner());
      case "PUT" -> exchange(table, request, turn).put();
      default -> throw notAllowed(request);
    };
  }

  private RestExchange exchange(TableName table, Request request, Turn turn) {
    return new RestExchange(
        settings,
        turn.served().planner(),
        runs(request, turn),
        table,
        negotiated(table.schema(), request),
        request,
        turn);
  }

  /// The schema, if the answer is to name it.
  private @Nullable String negotiated(String schema, Request request) {
    return isNegotiated(request) ? schema : null;
  }

  private static Response relationOptions(TableName name, Caller caller, Planner current) {
    // Planned only to learn whether the caller has such a table.
    Asked.Rows nothing = new Asked.Rows(List.of(), List.of(), List.of(), 0L, null);
    current.read(new Asked.Read(name, nothing, Asked.Count.NONE), caller);
    Table table = current.catalog().table(name);
    return allow(
        table != null && table.isView()
            ? "OPTIONS,GET,HEAD"
            : "OPTIONS,GET,HEAD,POST,PUT,PATCH,DELETE");
  }

  // ── schemas (§1.16) ──

  private String schema(Request request) {
    String profile = profile(request);
    if (profile == null) return settings.schemas().getFirst();
    if (!settings.schemas().contains(profile))
      throw new ProblemException(new Problem.UnknownSchema(profile, settings.schemas()));
    return profile;
  }

  private boolean isNegotiated(Request request) {
    return settings.schemas().size() > 1 || profile(request) != null;
  }

  private static @Nullable String profile(Request request) {
    Headers headers = request.headers();
    return switch (request.method()) {
      case "POST", "PATCH", "PUT", "DELETE" -> headers.first("content-profile");
      default -> headers.first("accept-profile");
    };
  }

  private static Response allow(String methods) {
    return new Response(200, List.of(new Header("Allow", methods)), new Body.Empty(), 0);
  }

  private static ProblemException notAllowed(Request request) {
    return new ProblemException(new Problem.MethodNotAllowed(request.method()));
  }
}
