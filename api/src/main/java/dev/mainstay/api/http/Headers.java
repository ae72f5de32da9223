package dev.mainstay.api.http;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The headers of a request: names in lower case, each with its values in the order they came.
public record Headers(Map<String, List<String>> values) {
  public static final Headers NONE = new Headers(Map.of());

  /// The first value, or null. `name` is matched without regard to case.
  public @Nullable String first(String name) {
    List<String> all = all(name);
    return all.isEmpty() ? null : all.getFirst();
  }

  public List<String> all(String name) {
    return values.getOrDefault(name.toLowerCase(Locale.ROOT), List.of());
  }
}
