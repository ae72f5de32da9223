package dev.mainstay.core.query;

import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Places inside a JSON value, as `->` and `->>` of a `jsonb` find them.
public final class JsonPath {
  private JsonPath() {}

  /// The value at the end of the path, or null when there is none. A scalar is an array of one, as
  /// PostgreSQL has it.
  public static @Nullable JsonNode at(JsonNode json, List<JsonStep> path) {
    JsonNode at = json;
    for (JsonStep step : path) {
      at = step(at, step);
      if (at == null) return null;
    }
    return at;
  }

  private static @Nullable JsonNode step(JsonNode from, JsonStep step) {
    return switch (step) {
      case JsonStep.Key(String name) -> from.isObject() ? from.get(name) : null;
      case JsonStep.At(int index) when from.isArray() ->
          from.get(index < 0 ? from.size() + index : index);
      case JsonStep.At(int index) ->
          !from.isContainer() && (index == 0 || index == -1) ? from : null;
    };
  }

  /// What `->>` answers: the text of a string itself, null for null, else the JSON text.
  public static @Nullable String text(JsonNode at) {
    if (at.isNull()) return null;
    return at.isString() ? at.stringValue() : JsonText.spaced(at);
  }
}
