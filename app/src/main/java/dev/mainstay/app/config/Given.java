package dev.mainstay.app.config;

import dev.mainstay.core.model.Position;
import java.util.List;

/// A setting's text, and who gave it.
///
/// @param texts one, or several for a list
/// @param origin as shown to people
/// @param position in the file, or with the variable or flag as its file and no line
public record Given(List<String> texts, String origin, Position position) {
  static final String DEFAULT = "default";

  public Given {
    texts = List.copyOf(texts);
  }

  static Given fallback(Setting setting) {
    return new Given(List.of(setting.fallback()), DEFAULT, Position.NONE);
  }

  static Given outside(String text, String origin) {
    return new Given(List.of(text), origin, new Position(origin, 0, 0));
  }

  String text() {
    return String.join(",", texts);
  }

  boolean isFallback() {
    return origin.equals(DEFAULT);
  }
}
