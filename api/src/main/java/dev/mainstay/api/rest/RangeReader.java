package dev.mainstay.api.rest;

import dev.mainstay.api.http.Headers;
import org.jspecify.annotations.Nullable;

/// Reads the `Range` header and the numbers of `limit` and `offset` (`WIRE.md` §1.9). What does not
/// look like a range or a number is ignored.
final class RangeReader {
  /// Leaves room for one row behind the first.
  private static final long LARGEST = Long.MAX_VALUE - 1;

  private RangeReader() {}

  /// The rows that `Range: 0-24` or `Range: 10-` names; all of them when the header says nothing.
  static Page range(Headers headers) {
    String range = headers.first("range");
    int dash = range == null ? -1 : range.indexOf('-');
    if (range == null || dash < 1) return Page.ALL;
    String first = range.substring(0, dash);
    String last = range.substring(dash + 1);
    if (!isDigits(first) || !(last.isEmpty() || isDigits(last))) return Page.ALL;
    long from = saturated(first);
    if (last.isEmpty()) return new Page(from, Long.MAX_VALUE);
    long to = saturated(last);
    if (to < from)
      throw Page.unsatisfiable(
          "The lower boundary must be lower than or equal to the upper boundary in the Range"
              + " header.");
    return new Page(from, to == LARGEST ? Long.MAX_VALUE : to - from + 1);
  }

  /// A whole number, as near as `LARGEST` lets it come, or null when it is none.
  static @Nullable Long number(String text) {
    String number = text.strip();
    boolean negative = number.startsWith("-");
    String digits = negative ? number.substring(1) : number;
    if (!isDigits(digits)) return null;
    return negative ? -saturated(digits) : saturated(digits);
  }

  private static boolean isDigits(String text) {
    for (int i = 0; i < text.length(); i++)
      if (text.charAt(i) < '0' || text.charAt(i) > '9') return false;
    return !text.isEmpty();
  }

  private static long saturated(String digits) {
    long value = 0;
    for (int i = 0; i < digits.length(); i++) {
      int digit = digits.charAt(i) - '0';
      if (value > (LARGEST - digit) / 10) return LARGEST;
      value = value * 10 + digit;
    }
    return value;
  }
}
