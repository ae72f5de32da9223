package dev.mainstay.core.testing;

import tools.jackson.databind.JsonNode;

/// Values for people: on one line, and not endless.
final class Shown {
  private static final int LONGEST = 160;

  private Shown() {}

  static String of(JsonNode value) {
    return of(value.toString(), LONGEST);
  }

  static String of(String text, int longest) {
    boolean fits = text.codePointCount(0, text.length()) <= longest;
    String cut = fits ? text : text.substring(0, text.offsetByCodePoints(0, longest)) + "…";
    int[] points = cut.codePoints().map(p -> Character.isISOControl(p) ? ' ' : p).toArray();
    return new String(points, 0, points.length);
  }

  /// Two values that differ, of long texts the part that does.
  static String difference(JsonNode expected, JsonNode seen) {
    String one = expected.toString();
    String other = seen.toString();
    int same = 0;
    int most = Math.min(one.length(), other.length());
    while (same < most && one.charAt(same) == other.charAt(same)) same++;
    boolean cuts = same > LONGEST / 2 && Math.max(one.length(), other.length()) > LONGEST;
    int from = cuts ? same - LONGEST / 4 : 0;
    String before = cuts ? "…" : "";
    return "expected %s%s, seen %s%s"
        .formatted(
            before, of(one.substring(from), LONGEST), before, of(other.substring(from), LONGEST));
  }
}
