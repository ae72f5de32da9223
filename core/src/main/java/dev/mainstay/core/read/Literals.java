package dev.mainstay.core.read;

import dev.mainstay.core.model.ColumnType;
import org.jspecify.annotations.Nullable;

/// Whether a text is a value of a type.
final class Literals {
  private Literals() {}

  /// What is wrong with the text as a value of the type, or null when nothing is.
  static @Nullable String complaint(ColumnType type, String text) {
    boolean wrong =
        switch (type) {
          case ColumnType.Bool _ -> !text.equals("true") && !text.equals("false");
          case ColumnType.Enumerated enumerated -> !enumerated.labels().contains(text);
          case ColumnType.Varchar varchar ->
              text.codePointCount(0, text.length()) > varchar.length();
          default -> false;
        };
    return wrong ? "'" + text + "' is no value of type " + type : null;
  }
}
