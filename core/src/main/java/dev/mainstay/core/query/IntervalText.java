package dev.mainstay.core.query;

/// An interval as PostgreSQL writes it: `1 year 2 mons -3 days +04:05:06.7`.
final class IntervalText {
  private IntervalText() {}

  static String of(Value.Interval interval) {
    StringBuilder out = new StringBuilder();
    boolean minus = part(out, interval.months() / 12, "year", false);
    minus = part(out, interval.months() % 12, "mon", minus);
    minus = part(out, interval.days(), "day", minus);
    long micros = interval.micros();
    if (micros == 0 && !out.isEmpty()) return out.toString();
    if (!out.isEmpty()) out.append(' ');
    if (micros < 0) out.append('-');
    else if (minus) out.append('+');
    // unsigned: the least long has no positive
    long seconds = Long.divideUnsigned(Math.abs(micros), 1_000_000);
    long fraction = Long.remainderUnsigned(Math.abs(micros), 1_000_000);
    two(out, seconds / 3600).append(':');
    two(out, seconds / 60 % 60).append(':');
    two(out, seconds % 60);
    TimeText.fraction(out, fraction);
    return out.toString();
  }

  /// Appends `count unit` and says whether what follows must carry its plus.
  private static boolean part(StringBuilder out, int count, String unit, boolean minus) {
    if (count == 0) return minus;
    if (!out.isEmpty()) out.append(' ');
    if (minus && count > 0) out.append('+');
    out.append(count).append(' ').append(unit);
    if (count != 1) out.append('s');
    return count < 0;
  }

  private static StringBuilder two(StringBuilder out, long number) {
    return number < 10 ? out.append('0').append(number) : out.append(number);
  }
}
