package dev.mainstay.core.model;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/// SQL written by the user: one text for all engines, or one per engine (`sqlite`, `postgres`,
/// `mariadb`).
public record SqlText(@Nullable String everywhere, Map<String, String> perEngine) {
  public SqlText {
    perEngine = Map.copyOf(perEngine);
  }

  public static SqlText everywhere(String text) {
    return new SqlText(text, Map.of());
  }

  /// The text for an engine, or null when the user wrote none for it.
  public @Nullable String on(String engine) {
    return perEngine.getOrDefault(engine, everywhere);
  }
}
