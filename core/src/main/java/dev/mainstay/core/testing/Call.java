package dev.mainstay.core.testing;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// A request as a test writes it; names of kept values stand in it as `$name`.
///
/// @param method in capitals
/// @param target path and query
/// @param headers a null value takes a header away that would be sent otherwise
public record Call(
    String method,
    String target,
    Map<String, @Nullable String> headers,
    List<String> prefer,
    @Nullable Body body) {
  public Call {
    headers = Collections.unmodifiableMap(new LinkedHashMap<>(headers));
    prefer = List.copyOf(prefer);
  }

  public sealed interface Body {
    record Json(JsonNode value) implements Body {}

    /// Sent as it is.
    record Text(String text) implements Body {}
  }

  public boolean reads() {
    return method.equals("GET") || method.equals("HEAD");
  }

  @Override
  public String toString() {
    return method + " " + target;
  }
}
