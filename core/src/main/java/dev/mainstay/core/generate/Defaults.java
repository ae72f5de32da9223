package dev.mainstay.core.generate;

import dev.mainstay.core.model.ColumnType;
import dev.mainstay.core.problem.ProblemException;
import dev.mainstay.core.query.ValueReader;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// PostgreSQL's default expressions that a model can say.
final class Defaults {
  private static final Pattern QUOTED = Pattern.compile("'((?:[^']|'')*)'(?:::[^']*)?");
  private static final Pattern NUMBER = Pattern.compile("\\(?(-?\\d+(?:\\.\\d+)?)\\)?(?:::[^']*)?");
  private static final Pattern NEXT = Pattern.compile("nextval\\('[^']*'::regclass\\)");

  private Defaults() {}

  /// @param key of a column in the model
  record Written(String key, String value) {}

  /// Null when there are no words for it.
  static @Nullable Written of(String expression, ColumnType type) {
    if (expression.equals("now()") || expression.equals("CURRENT_TIMESTAMP"))
      return new Written("default", "now()");
    if (expression.equals("gen_random_uuid()")) return new Written("default", "uuid()");
    if (NEXT.matcher(expression).matches()) return new Written("identity", "true");
    if (expression.equals("true") || expression.equals("false"))
      return new Written("default", expression);
    Matcher number = NUMBER.matcher(expression);
    if (number.matches()) return literal(number.group(1), type);
    Matcher quoted = QUOTED.matcher(expression);
    return quoted.matches() ? literal(quoted.group(1).replace("''", "'"), type) : null;
  }

  private static @Nullable Written literal(String text, ColumnType type) {
    try {
      ValueReader.read(type, text);
    } catch (ProblemException _) {
      return null;
    }
    return new Written("default", "{literal: " + Scalars.of(text) + "}");
  }
}
