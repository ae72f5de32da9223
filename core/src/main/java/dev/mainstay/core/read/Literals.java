package dev.mainstay.core.read;

import dev.mainstay.core.model.ColumnType;
import dev.mainstay.core.problem.Problem;
import dev.mainstay.core.problem.ProblemException;
import dev.mainstay.core.query.Asked;
import dev.mainstay.core.query.ValueReader;
import org.jspecify.annotations.Nullable;

/// Whether what a file says is a value of a column's type.
final class Literals {
  private static final int LONGEST_SHOWN = 60;

  private Literals() {}

  /// What is wrong with a text as a value of the type, or null when nothing is.
  static @Nullable String complaint(ColumnType type, String text) {
    return complaint(type, new Asked.Cell.Text(text));
  }

  /// What is wrong with a cell as a value of the type, or null when nothing is.
  static @Nullable String complaint(ColumnType type, Asked.Cell cell) {
    try {
      var _ = ValueReader.fromCell(type, cell);
      return null;
    } catch (ProblemException e) {
      return switch (e.problem()) {
        case Problem.ValueOutOfRange(String _, String message) -> message;
        case Problem.InvalidValue(String _, String text) ->
            "'" + shown(text) + "' is no value of type " + type;
        default -> "no value of type " + type;
      };
    }
  }

  private static String shown(String text) {
    boolean fits = text.codePointCount(0, text.length()) <= LONGEST_SHOWN;
    return fits ? text : text.substring(0, text.offsetByCodePoints(0, LONGEST_SHOWN)) + "…";
  }
}
