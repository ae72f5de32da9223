package dev.mainstay.api.rest;

import dev.mainstay.api.http.Response.Header;
import dev.mainstay.core.problem.ProblemException;
import dev.mainstay.core.query.JsonText;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// A whole response that the user's SQL raised with the code `PGRST`, as PostgREST reads it: the
/// body as JSON in the message, status and headers as JSON in the details.
record Raised(ProblemBody body, List<Header> headers) {
  static final String CODE = "PGRST";

  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9!#$%&'*+.^_`|~-]+");
  private static final Set<String> FRAMING =
      Set.of("connection", "content-length", "transfer-encoding", "upgrade");
  private static final Pattern VALUE = Pattern.compile("[\\x20-\\x7E\\t]*");

  static Raised of(String message, @Nullable String details) {
    JsonNode said = object(message);
    if (said == null || !said.path("code").isString() || !said.path("message").isString())
      return malformed(
          "Invalid JSON value for MESSAGE: '" + message + "'",
          "MESSAGE must be a JSON object with obligatory keys: 'code', 'message' and optional keys:"
              + " 'details', 'hint'.");
    if (details == null) return malformed("DETAIL is missing in the RAISE statement", null);
    JsonNode response = object(details);
    List<Header> headers = response == null ? null : headers(response.path("headers"));
    int status = response == null ? 0 : response.path("status").asInt(0);
    if (headers == null || status < 200 || status > 599)
      return malformed(
          "Invalid JSON value for DETAIL: '" + details + "'",
          "DETAIL must be a JSON object with obligatory keys: 'status', 'headers' and optional key:"
              + " 'status_text'.");
    return new Raised(
        new ProblemBody(
            status,
            said.path("code").stringValue(),
            said.path("message").stringValue(),
            text(said.path("details")),
            null,
            text(said.path("hint"))),
        headers);
  }

  private static Raised malformed(String details, @Nullable String hint) {
    return new Raised(
        new ProblemBody(
            500,
            "PGRST121",
            "Could not parse JSON in the \"RAISE SQLSTATE 'PGRST'\" error",
            details,
            null,
            hint),
        List.of());
  }

  private static @Nullable JsonNode object(String json) {
    try {
      JsonNode node = JsonText.parse(json);
      return node.isObject() ? node : null;
    } catch (ProblemException e) {
      return null;
    }
  }

  /// The members of an object, or null when one of them is no header, or one that says where the
  /// response ends.
  static @Nullable List<Header> headers(JsonNode node) {
    if (!node.isObject()) return null;
    List<Header> headers = new ArrayList<>();
    for (var entry : node.properties()) {
      String value = text(entry.getValue());
      if (value == null
          || !NAME.matcher(entry.getKey()).matches()
          || !VALUE.matcher(value).matches()
          || FRAMING.contains(entry.getKey().toLowerCase(Locale.ROOT))) return null;
      headers.add(new Header(entry.getKey(), value));
    }
    return headers;
  }

  private static @Nullable String text(JsonNode node) {
    return node.isString() ? node.stringValue() : null;
  }
}
