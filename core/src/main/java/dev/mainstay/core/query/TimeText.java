package dev.mainstay.core.query;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;

/// Dates and times as PostgreSQL writes them in JSON: `2024-01-02T03:04:05.678`, without trailing
/// zeros.
final class TimeText {
  private TimeText() {}

  static String of(LocalDate date) {
    StringBuilder out = new StringBuilder(10);
    padded(out, date.getYear(), 4).append('-');
    padded(out, date.getMonthValue(), 2).append('-');
    return padded(out, date.getDayOfMonth(), 2).toString();
  }

  static String of(LocalTime time) {
    StringBuilder out = new StringBuilder(15);
    padded(out, time.getHour(), 2).append(':');
    padded(out, time.getMinute(), 2).append(':');
    padded(out, time.getSecond(), 2);
    fraction(out, time.getNano() / 1000);
    return out.toString();
  }

  static String of(LocalDateTime moment) {
    return of(moment.toLocalDate()) + "T" + of(moment.toLocalTime());
  }

  static void fraction(StringBuilder out, long micros) {
    if (micros == 0) return;
    out.append('.');
    padded(out, micros, 6);
    while (out.charAt(out.length() - 1) == '0') out.setLength(out.length() - 1);
  }

  private static StringBuilder padded(StringBuilder out, long number, int width) {
    String digits = Long.toString(number);
    return out.repeat('0', Math.max(0, width - digits.length())).append(digits);
  }
}
