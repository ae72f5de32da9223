package dev.mainstay.api.http;

import dev.mainstay.api.http.Response.Header;
import dev.mainstay.core.problem.Problem;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/// The edge's own answers, in no protocol's dialect: what is said before it is known which endpoint
/// a request is for, and for requests that are for none.
final class Plain {
  private static final String JSON = "application/json; charset=utf-8";

  private Plain() {}

  static Response json(int status, Map<String, ?> body, Header... more) {
    var headers = new ArrayList<Header>();
    headers.add(new Header("Content-Type", JSON));
    headers.addAll(List.of(more));
    byte[] bytes = JsonMapper.shared().writeValueAsBytes(body);
    return new Response(status, headers, new Response.Body.Bytes(bytes), 0);
  }

  /// An error in the shape that clients of every endpoint read.
  static Response error(
      int status, String code, String message, @Nullable String hint, Header... more) {
    var body = new LinkedHashMap<String, @Nullable Object>();
    body.put("code", code);
    body.put("message", message);
    body.put("details", null);
    body.put("hint", hint);
    return json(status, body, more);
  }

  static Response notFound() {
    return error(404, "not_found", "There is nothing at this path", null);
  }

  static Response methodNotAllowed() {
    return error(
        405, "method_not_allowed", "Only GET and HEAD", null, new Header("Allow", "GET, HEAD"));
  }

  static Response broken(String incident) {
    return error(500, "internal", "Something broke here: incident " + incident, null);
  }

  static Response tooSlow() {
    return error(408, "timeout", "The request did not arrive in time", null);
  }

  static Response unreadable() {
    return error(400, "bad_request", "This is not HTTP as it is read here", null);
  }

  /// The problems that arise before a request has reached its endpoint.
  static Response refuse(Problem problem) {
    return switch (problem) {
      case Problem.TooLarge(Problem.TooLarge.What what, long limit) ->
          switch (what) {
            case URL ->
                error(414, "url_too_long", "The URL is longer than " + limit + " bytes", null);
            case HEADERS ->
                error(
                    431,
                    "headers_too_large",
                    "The headers are larger than " + limit + " bytes",
                    null);
            case BODY, QUERY, ANSWER ->
                error(413, "too_large", "The body is larger than " + limit + " bytes", null);
          };
      case Problem.Overloaded(int seconds) -> overloaded(seconds);
      case Problem.Outdated() ->
          error(503, "outdated", "The model was changed meanwhile; try again", null, retryAfter(1));
      case Problem.Unavailable(String message, int seconds) ->
          error(503, "unavailable", message, null, retryAfter(seconds));
      case Problem.NoKey(boolean given) ->
          json(
              401,
              Map.of(
                  "message",
                  given ? "Invalid authentication credentials" : "No API key found in request"));
      default -> error(400, "bad_request", "The request cannot be answered", null);
    };
  }

  static Response overloaded(int seconds) {
    return error(503, "overloaded", "Too much is under way; try again", null, retryAfter(seconds));
  }

  private static Header retryAfter(int seconds) {
    return new Header("Retry-After", Integer.toString(seconds));
  }
}
