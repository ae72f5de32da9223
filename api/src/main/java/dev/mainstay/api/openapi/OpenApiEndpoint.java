package dev.mainstay.api.openapi;

import dev.mainstay.api.http.Endpoint;
import dev.mainstay.api.http.Request;
import dev.mainstay.api.http.Response;
import dev.mainstay.api.http.Response.Body;
import dev.mainstay.api.http.Response.Header;
import dev.mainstay.api.http.Turn;
import dev.mainstay.core.plan.Caller;
import dev.mainstay.core.problem.Problem;
import dev.mainstay.core.problem.ProblemException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// `/openapi.json`: what the caller may see and do, in OpenAPI 3.1. It wants a key as every other
/// request does. `Accept-Profile`, or `?schema=` where a client sends no headers, chooses the
/// schema.
public final class OpenApiEndpoint implements Endpoint {
  private static final String SCHEMA = "schema=";

  private final Descriptions descriptions;
  private final List<String> schemas;
  private final Endpoint rest;

  /// @param rest in whose words problems are told
  public OpenApiEndpoint(Descriptions descriptions, List<String> schemas, Endpoint rest) {
    this.descriptions = descriptions;
    this.schemas = List.copyOf(schemas);
    this.rest = rest;
  }

  @Override
  public Response answer(Request request, Turn turn) {
    if (!request.path().equals("/")) throw new ProblemException(new Problem.NoSuchPath());
    return switch (request.method()) {
      case "GET", "HEAD" -> description(request, turn);
      case "OPTIONS" ->
          new Response(200, List.of(new Header("Allow", "OPTIONS,GET,HEAD")), new Body.Empty(), 0);
      default -> throw new ProblemException(new Problem.MethodNotAllowed(request.method()));
    };
  }

  private Response description(Request request, Turn turn) {
    String schema = schema(request);
    if (!schemas.contains(schema))
      throw new ProblemException(new Problem.UnknownSchema(schema, schemas));
    String host = request.headers().first("host");
    Description description =
        descriptions.openApi(turn.served().planner(), turn.caller(), schema, host);
    return description.response(request, "application/json; charset=utf-8", null);
  }

  private String schema(Request request) {
    String profile = request.headers().first("accept-profile");
    if (profile != null) return profile;
    String query = request.query();
    if (query != null)
      for (String parameter : query.split("&", -1))
        if (parameter.startsWith(SCHEMA)) return parameter.substring(SCHEMA.length());
    return schemas.getFirst();
  }

  @Override
  public Response refuse(Problem problem, Request request, Caller.@Nullable Outside caller) {
    return rest.refuse(problem, request, caller);
  }

  @Override
  public Response broken(String incident) {
    return rest.broken(incident);
  }

  @Override
  public String route(String path) {
    return path.equals("/") ? "" : "/*";
  }
}
