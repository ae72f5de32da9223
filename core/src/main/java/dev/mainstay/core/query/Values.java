package dev.mainstay.core.query;

import dev.mainstay.core.problem.Problem;
import dev.mainstay.core.problem.ProblemException;

/// What the readers of values share: how they refuse, and what text may hold.
final class Values {
  /// How much of a refused text the message repeats.
  private static final int QUOTED = 200;

  private Values() {}

  static ProblemException invalid(String type, String text) {
    return new ProblemException(new Problem.InvalidValue(type, cut(text)));
  }

  static ProblemException outOfRange(String sqlState, String message) {
    return new ProblemException(new Problem.ValueOutOfRange(sqlState, message));
  }

  /// At most the beginning of a text, for a message.
  static String cut(String text) {
    if (text.length() <= QUOTED) return text;
    int end = Character.isHighSurrogate(text.charAt(QUOTED - 1)) ? QUOTED - 1 : QUOTED;
    return text.substring(0, end) + "…";
  }

  /// Text that every engine can store: no NUL, no half of a surrogate pair; else `22021`.
  static String storable(String text) {
    if (text.indexOf('\0') >= 0)
      throw outOfRange("22021", "invalid byte sequence for encoding \"UTF8\": 0x00");
    if (!isWellFormed(text))
      throw outOfRange("22021", "invalid byte sequence for encoding \"UTF8\"");
    return text;
  }

  static boolean isWellFormed(String text) {
    boolean afterHigh = false;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (Character.isLowSurrogate(c) != afterHigh) return false;
      afterHigh = Character.isHighSurrogate(c);
    }
    return !afterHigh;
  }

  /// The order of code points, which UTF-16 does not keep beyond U+FFFF.
  static int compareText(String one, String other) {
    int length = Math.min(one.length(), other.length());
    for (int i = 0; i < length; i++) {
      char a = one.charAt(i);
      char b = other.charAt(i);
      if (a == b) continue;
      if (Character.isSurrogate(a) != Character.isSurrogate(b))
        return Character.isSurrogate(a) ? 1 : -1;
      return Character.compare(a, b);
    }
    return Integer.compare(one.length(), other.length());
  }

  /// Without the white space that PostgreSQL passes over around a value.
  static String trim(String text) {
    int start = 0;
    int end = text.length();
    while (start < end && isSpace(text.charAt(start))) start++;
    while (end > start && isSpace(text.charAt(end - 1))) end--;
    return text.substring(start, end);
  }

  static boolean isSpace(char c) {
    return c == ' ' || (c >= '\t' && c <= '\r');
  }

  static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }
}
