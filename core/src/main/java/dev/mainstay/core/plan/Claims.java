package dev.mainstay.core.plan;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The claims of a verified token: a JSON object as maps, lists, strings, numbers and booleans.
///
/// @param json the same as JSON text
public record Claims(Map<String, Object> values, String json) {
  public static final Claims NONE = new Claims(Map.of(), "{}");

  public Claims {
    values = Map.copyOf(values);
  }

  /// What stands at the path, or null.
  public @Nullable Object at(List<String> path) {
    Object place = values;
    for (String key : path) place = place instanceof Map<?, ?> map ? map.get(key) : null;
    return place;
  }

  /// The user the token speaks of, or null.
  public @Nullable String uid() {
    return at(List.of("sub")) instanceof String sub ? sub : null;
  }
}
