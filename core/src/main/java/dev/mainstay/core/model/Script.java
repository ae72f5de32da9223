package dev.mainstay.core.model;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Statements the user wrote, to be run one after the other: the same for all engines, or some for
/// each (`sqlite`, `postgres`, `mariadb`).
public record Script(@Nullable List<String> everywhere, Map<String, List<String>> perEngine) {
  public Script {
    everywhere = everywhere == null ? null : List.copyOf(everywhere);
    Map<String, List<String>> copy = new LinkedHashMap<>();
    perEngine.forEach((engine, statements) -> copy.put(engine, List.copyOf(statements)));
    perEngine = Map.copyOf(copy);
  }

  /// The statements for an engine, or null when the user wrote none for it.
  public @Nullable List<String> on(String engine) {
    return perEngine.getOrDefault(engine, everywhere);
  }
}
