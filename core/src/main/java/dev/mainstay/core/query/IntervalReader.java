package dev.mainstay.core.query;

import java.util.EnumSet;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Text to intervals, in PostgreSQL's own form (`1 year 2 mons -3 days 04:05:06`, `3 4:05`, `90
/// min`, `2 weeks ago`), the SQL form `1-2` and ISO 8601's (`P1Y2M3DT4H5M6.7S`).
///
/// A fraction of a unit spills into the smaller ones as there: a month has 30 days, a day 24 hours.
final class IntervalReader {
  private static final int LONGEST = 256;

  private static final Pattern PART =
      Pattern.compile(
          "\\s*(?:([+-]?[0-9]+):([0-9]{1,2})(?::([0-9]{1,2}))?(\\.[0-9]*)?"
              + "|([+-]?)([0-9]+)-([0-9]{1,2})"
              + "|([+-]?)([0-9]*)(\\.[0-9]*)?\\s*([a-zA-Z]*))(?=\\s|[+-]|[0-9]|$)");

  private static final Pattern ISO_PART = Pattern.compile("([+-]?)([0-9]*)(\\.[0-9]*)?([a-zA-Z])");

  private enum Unit {
    MICROSECOND(1),
    MILLISECOND(1_000),
    SECOND(1_000_000),
    MINUTE(60_000_000),
    HOUR(3_600_000_000L),
    DAY(1),
    WEEK(7),
    MONTH(1),
    YEAR(12),
    DECADE(120),
    CENTURY(1_200),
    MILLENNIUM(12_000);

    /// In microseconds up to hours, then in days, then in months.
    final long size;

    Unit(long size) {
      this.size = size;
    }
  }

  private final String text;
  private final EnumSet<Unit> seen = EnumSet.noneOf(Unit.class);
  private long months;
  private long days;
  private long micros;

  private IntervalReader(String text) {
    this.text = text;
  }

  static Value read(String text) {
    IntervalReader reader = new IntervalReader(text);
    String trimmed = Values.trim(text);
    if (trimmed.isEmpty() || trimmed.length() > LONGEST) throw reader.invalid();
    try {
      if (trimmed.charAt(0) == 'P') reader.iso(trimmed.substring(1));
      else reader.verbose(trimmed.charAt(0) == '@' ? trimmed.substring(1) : trimmed);
      return new Value.Interval(
          Math.toIntExact(reader.months), Math.toIntExact(reader.days), reader.micros);
    } catch (ArithmeticException | NumberFormatException e) {
      throw Values.outOfRange(
          "22015", "interval field value out of range: \"" + Values.cut(text) + "\"");
    }
  }

  private void verbose(String rest) {
    boolean ago = rest.toLowerCase(Locale.ROOT).endsWith("ago");
    String parts = ago ? rest.substring(0, rest.length() - 3) : rest;
    if (Values.trim(parts).isEmpty()) throw invalid();
    Matcher part = PART.matcher(parts);
    int place = 0;
    String unitless = null;
    while (place < parts.length() && !Values.trim(parts.substring(place)).isEmpty()) {
      part.region(place, parts.length());
      if (!part.lookingAt() || part.end() == place) throw invalid();
      boolean isClock = part.group(1) != null;
      if (unitless != null) {
        if (!isClock) throw invalid();
        add(unitless, null, Unit.DAY);
        unitless = null;
      }
      if (isClock) clock(part);
      else if (part.group(6) != null) yearMonth(part);
      else if (part.group(9).isEmpty() && part.group(10) == null) throw invalid();
      else if (!part.group(11).isEmpty())
        add(part.group(8) + part.group(9), part.group(10), unit(part.group(11)));
      else if (part.group(10) == null) unitless = part.group(8) + part.group(9);
      else add(part.group(8) + part.group(9), part.group(10), Unit.SECOND);
      place = part.end();
    }
    if (unitless != null) add(unitless, null, Unit.SECOND);
    if (ago) {
      months = Math.negateExact(months);
      days = Math.negateExact(days);
      micros = Math.negateExact(micros);
    }
  }

  private void clock(Matcher part) {
    boolean minus = part.group(1).startsWith("-");
    boolean hasHours = part.group(3) != null || part.group(4) == null;
    String third = part.group(3) == null ? "0" : part.group(3);
    long hours = hasHours ? Math.abs(Long.parseLong(part.group(1))) : 0;
    long minutes = hasHours ? number(part.group(2)) : Math.abs(Long.parseLong(part.group(1)));
    long seconds = hasHours ? number(third) : number(part.group(2));
    if ((hasHours && minutes > 59) || seconds > 59)
      throw Values.outOfRange(
          "22015", "interval field value out of range: \"" + Values.cut(text) + "\"");
    if (!seen.add(Unit.HOUR) || !seen.add(Unit.MINUTE) || !seen.add(Unit.SECOND)) throw invalid();
    long total =
        Math.addExact(
            Math.multiplyExact(hours, Unit.HOUR.size),
            Math.addExact(
                Math.multiplyExact(minutes, Unit.MINUTE.size),
                seconds * Unit.SECOND.size + TimeReader.micros(fraction(part.group(4)))));
    micros = Math.addExact(micros, minus ? -total : total);
  }

  private void yearMonth(Matcher part) {
    if (number(part.group(7)) > 11)
      throw Values.outOfRange(
          "22015", "interval field value out of range: \"" + Values.cut(text) + "\"");
    add(part.group(5) + part.group(6), null, Unit.YEAR);
    add(part.group(5) + part.group(7), null, Unit.MONTH);
  }

  private void iso(String rest) {
    Matcher part = ISO_PART.matcher(rest);
    boolean inTime = false;
    int place = 0;
    if (rest.isEmpty() || rest.endsWith("T")) throw invalid();
    while (place < rest.length()) {
      if (rest.charAt(place) == 'T' && !inTime) {
        inTime = true;
        place++;
        continue;
      }
      part.region(place, rest.length());
      if (!part.lookingAt() || (part.group(2).isEmpty() && part.group(3) == null)) throw invalid();
      Unit unit =
          switch (part.group(4)) {
            case "Y" -> inTime ? null : Unit.YEAR;
            case "M" -> inTime ? Unit.MINUTE : Unit.MONTH;
            case "W" -> inTime ? null : Unit.WEEK;
            case "D" -> inTime ? null : Unit.DAY;
            case "H" -> inTime ? Unit.HOUR : null;
            case "S" -> inTime ? Unit.SECOND : null;
            default -> null;
          };
      if (unit == null) throw invalid();
      add(part.group(1) + part.group(2), part.group(3), unit);
      place = part.end();
    }
  }

  private void add(String whole, @Nullable String fraction, Unit unit) {
    if (!seen.add(unit)) throw invalid();
    boolean minus = whole.startsWith("-");
    String digits = whole.startsWith("-") || whole.startsWith("+") ? whole.substring(1) : whole;
    long count = digits.isEmpty() ? 0 : Long.parseLong(digits);
    if (minus) count = -count;
    String fractionDigits = fraction(fraction);
    double part = fractionDigits.isEmpty() ? 0 : Double.parseDouble("0." + fractionDigits);
    if (minus) part = -part;
    if (unit.compareTo(Unit.DAY) < 0) {
      micros = Math.addExact(micros, Math.multiplyExact(count, unit.size));
      addMicros(part, unit.size);
    } else if (unit.compareTo(Unit.MONTH) < 0) {
      days = Math.addExact(days, Math.multiplyExact(count, unit.size));
      addDays(part, unit.size);
    } else {
      months = Math.addExact(months, Math.multiplyExact(count, unit.size));
      if (unit == Unit.MONTH) addDays(part, 30);
      else months = Math.addExact(months, (long) Math.rint(part * unit.size));
    }
  }

  private void addDays(double part, long size) {
    double scaled = part * size;
    long whole = (long) scaled;
    days = Math.addExact(days, whole);
    addMicros(scaled - whole, 24 * Unit.HOUR.size);
  }

  private void addMicros(double part, long size) {
    micros = Math.addExact(micros, (long) Math.rint(part * size));
  }

  private Unit unit(String name) {
    return switch (name.toLowerCase(Locale.ROOT)) {
      case "us", "usec", "usecs", "usecond", "useconds", "microsecond", "microseconds" ->
          Unit.MICROSECOND;
      case "ms", "msec", "msecs", "msecond", "mseconds", "millisecond", "milliseconds" ->
          Unit.MILLISECOND;
      case "s", "sec", "secs", "second", "seconds" -> Unit.SECOND;
      case "m", "min", "mins", "minute", "minutes" -> Unit.MINUTE;
      case "h", "hr", "hrs", "hour", "hours" -> Unit.HOUR;
      case "d", "day", "days" -> Unit.DAY;
      case "w", "week", "weeks" -> Unit.WEEK;
      case "mon", "mons", "month", "months" -> Unit.MONTH;
      case "y", "yr", "yrs", "year", "years" -> Unit.YEAR;
      case "dec", "decs", "decade", "decades" -> Unit.DECADE;
      case "c", "cent", "century", "centuries" -> Unit.CENTURY;
      case "mil", "mils", "millennium", "millennia" -> Unit.MILLENNIUM;
      default -> throw invalid();
    };
  }

  private RuntimeException invalid() {
    return Values.invalid("interval", text);
  }

  private static String fraction(@Nullable String withPoint) {
    return withPoint == null ? "" : withPoint.substring(1);
  }

  private static long number(String digits) {
    return Long.parseLong(digits);
  }
}
