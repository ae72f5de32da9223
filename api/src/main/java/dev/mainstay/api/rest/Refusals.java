package dev.mainstay.api.rest;

import dev.mainstay.api.http.Response;
import dev.mainstay.api.http.Response.Body;
import dev.mainstay.api.http.Response.Header;
import dev.mainstay.core.problem.Problem;
import dev.mainstay.core.problem.Problem.AmbiguousRelationship.Candidate;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/// Makes the responses that carry a problem.
final class Refusals {
  private static final JsonFactory JSON = new JsonFactory();

  private Refusals() {}

  /// @param known whether the caller is somebody, not `anon`
  /// @param function whether the request was for a function, not a table
  static Response response(Problem problem, boolean known, boolean function) {
    ProblemBody body = ProblemBody.of(problem, known, function);
    return response(body, extra(problem, body.status()));
  }

  /// @param extra headers beside those that every problem has
  static Response response(ProblemBody body, List<Header> extra) {
    List<Header> headers = new ArrayList<>();
    headers.add(new Header("Content-Type", Format.json().contentType()));
    if (body.code() != null)
      headers.add(new Header("Proxy-Status", "PostgREST; error=" + body.code()));
    headers.addAll(extra);
    return new Response(body.status(), headers, new Body.Bytes(json(body)), 0);
  }

  /// The answer for a bug.
  static Response broken(String incident) {
    String message = "Something went wrong here; it is noted as incident " + incident;
    return response(new ProblemBody(500, "PGRSTX00", message, null, null, null), List.of());
  }

  private static List<Header> extra(Problem problem, int status) {
    return switch (problem) {
      case Problem.BadToken(String _, String message) ->
          List.of(
              new Header(
                  "WWW-Authenticate",
                  "Bearer error=\"invalid_token\", error_description=\""
                      + message.replace("\\", "\\\\").replace("\"", "\\\"")
                      + "\""));
      case Problem.Database(String state, String message, String details, String _)
          when state.equals(Raised.CODE) ->
          Raised.of(message, details).headers();
      case Problem.Overloaded(int seconds) ->
          List.of(new Header("Retry-After", Integer.toString(seconds)));
      case Problem.Unavailable(String _, int seconds) ->
          List.of(new Header("Retry-After", Integer.toString(seconds)));
      case Problem.PoolExhausted(int seconds) ->
          List.of(new Header("Retry-After", Integer.toString(seconds)));
      case Problem.Outdated() -> List.of(new Header("Retry-After", "1"));
      default -> status == 401 ? List.of(new Header("WWW-Authenticate", "Bearer")) : List.of();
    };
  }

  static byte[] json(ProblemBody body) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(256);
    try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), bytes)) {
      json.writeStartObject();
      if (body.code() != null) json.writeStringProperty("code", body.code());
      json.writeStringProperty("message", body.message());
      if (body.code() != null) {
        if (body.candidates() != null) {
          json.writeArrayPropertyStart("details");
          for (Candidate candidate : body.candidates()) {
            json.writeStartObject();
            json.writeStringProperty("cardinality", candidate.cardinality());
            json.writeStringProperty("embedding", candidate.embedding());
            json.writeStringProperty("relationship", candidate.relationship());
            json.writeEndObject();
          }
          json.writeEndArray();
        } else json.writeStringProperty("details", body.details());
        json.writeStringProperty("hint", body.hint());
      }
      json.writeEndObject();
    }
    return bytes.toByteArray();
  }
}
