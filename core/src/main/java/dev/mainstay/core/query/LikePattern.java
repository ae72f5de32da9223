package dev.mainstay.core.query;

import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// A pattern of `LIKE` and `ILIKE`: `%` stands for any text, `_` for any one code point, and `\`
/// takes the next character as it is.
///
/// Without regard to case, text and pattern are both lower-cased as the Unicode root locale does
/// before they are compared: what PostgreSQL does with the collation `und-x-icu`.
public final class LikePattern {
  private final int[] points;
  private final boolean[] wild;
  private final boolean ignoreCase;

  private LikePattern(int[] points, boolean[] wild, boolean ignoreCase) {
    this.points = points;
    this.wild = wild;
    this.ignoreCase = ignoreCase;
  }

  /// Null when the pattern ends with a lone `\`, which PostgreSQL refuses (`22025`).
  public static @Nullable LikePattern of(String pattern, boolean ignoreCase) {
    int[] source = folded(pattern, ignoreCase).codePoints().toArray();
    int[] points = new int[source.length];
    boolean[] wild = new boolean[source.length];
    int length = 0;
    for (int i = 0; i < source.length; i++) {
      boolean escape = source[i] == '\\';
      if (escape && i + 1 == source.length) return null;
      points[length] = escape ? source[++i] : source[i];
      wild[length++] = !escape && (source[i] == '%' || source[i] == '_');
    }
    return new LikePattern(Arrays.copyOf(points, length), Arrays.copyOf(wild, length), ignoreCase);
  }

  public boolean matches(String text) {
    String value = folded(text, ignoreCase);
    int at = 0;
    int place = 0;
    int afterAny = -1; // where to go on in the pattern once more text was given to the last %
    int tried = 0;
    while (place < value.length()) {
      int point = value.codePointAt(place);
      int next = place + Character.charCount(point);
      if (at < points.length && wild[at] && points[at] == '%') {
        afterAny = ++at;
        tried = place;
      } else if (at < points.length && (wild[at] || points[at] == point)) {
        at++;
        place = next;
      } else if (afterAny >= 0) {
        at = afterAny;
        tried += Character.charCount(value.codePointAt(tried));
        place = tried;
      } else {
        return false;
      }
    }
    while (at < points.length && wild[at] && points[at] == '%') at++;
    return at == points.length;
  }

  /// Text as the pattern that matches just it.
  public static String escaped(String text) {
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_");
  }

  private static String folded(String text, boolean ignoreCase) {
    return ignoreCase ? text.toLowerCase(Locale.ROOT) : text;
  }
}
