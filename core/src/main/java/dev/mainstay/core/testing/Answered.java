package dev.mainstay.core.testing;

import dev.mainstay.core.problem.ProblemException;
import dev.mainstay.core.query.JsonText;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.StringNode;

/// What came back.
///
/// @param headers by name, in any case
/// @param text the body; empty when there is none
public record Answered(int status, Map<String, String> headers, String text) {
  private static final int SHOWN = 300;

  public Answered {
    var anyCase = new TreeMap<String, String>(String.CASE_INSENSITIVE_ORDER);
    anyCase.putAll(headers);
    headers = anyCase;
  }

  boolean isGood() {
    return status >= 200 && status < 300;
  }

  @Nullable String header(String name) {
    return headers.get(name);
  }

  /// The body as JSON, or as one text when it is something else; null when there is none.
  @Nullable JsonNode body() {
    if (text.isEmpty()) return null;
    String type = headers.getOrDefault("Content-Type", "").toLowerCase(Locale.ROOT);
    if (!type.contains("json")) return new StringNode(text);
    try {
      return JsonText.parse(text);
    } catch (ProblemException _) {
      return new StringNode(text);
    }
  }

  /// A member of an error's body, or null.
  @Nullable String member(String name) {
    JsonNode body = body();
    JsonNode member = body == null || !body.isObject() ? null : body.get(name);
    return member == null || member.isNull() ? null : member.asString();
  }

  /// In a few words: `403 (42501 permission denied for table lists)`.
  String shown() {
    String code = member("code");
    String message = member("message");
    if (code == null && message == null)
      return text.isEmpty() || isGood() ? Integer.toString(status) : status + " " + excerpt();
    return "%d (%s)".formatted(status, (code == null ? "" : code + " ") + message);
  }

  /// The beginning of the body.
  String excerpt() {
    return Shown.of(text, SHOWN);
  }

  /// The number of rows, behind the slash of `Content-Range`; null when it does not say.
  @Nullable Long total() {
    String range = header("Content-Range");
    if (range == null) return null;
    String total = range.substring(range.indexOf('/') + 1);
    return total.matches("\\d{1,18}") ? Long.valueOf(total) : null;
  }

  /// Whether it shows no row.
  boolean isOfNothing() {
    String range = header("Content-Range");
    if (range != null && !range.startsWith("*/")) return false;
    JsonNode body = body();
    return body == null || body.isNull() || (body.isArray() && body.isEmpty());
  }
}
