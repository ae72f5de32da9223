package dev.mainstay.core.query;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Text to dates and times, in the ISO forms that PostgreSQL reads: `2024-01-02`, `20240102`, then
/// `T` or a space, `03:04[:05[.678]]`, `030405` or `03:04 PM`, and a zone as `Z`, `UTC` or an
/// offset.
///
/// As there, a date takes the date of a timestamp, and what has no zone passes over one. A
/// `timestamptz` that names no zone is read on the clocks of one that is given: a time they skip as
/// if they had not, a time they show twice as the later. Years run from 0001 to 9999.
final class TimeReader {
  private static final int LONGEST = 128;
  private static final long DAY = 86_400_000_000L;

  private static final Pattern DATE =
      Pattern.compile(
          "([0-9]{4,9})[-/]([0-9]{1,2})[-/]([0-9]{1,2})|([0-9]{4})([0-9]{2})([0-9]{2})");

  private static final Pattern TIME =
      Pattern.compile(
          "(?:([0-9]{1,2}):([0-9]{1,2})(?::([0-9]{1,2}))?|([0-9]{2})([0-9]{2})([0-9]{2}))"
              + "(?:\\.([0-9]*))?(?: *([AP])M)?"
              + "(?: *(?:(Z|UTC|GMT)|([+-])([0-9]{1,2})(?::?([0-9]{2})(?::?([0-9]{2}))?)?))?",
          Pattern.CASE_INSENSITIVE);

  private final String type;
  private final String text;

  private TimeReader(String type, String text) {
    this.type = type;
    this.text = text;
  }

  static Value date(String text) {
    return new Value.Date(new TimeReader("date", text).read().date());
  }

  static Value time(String text) {
    TimeReader reader = new TimeReader("time", text);
    String trimmed = reader.bounded();
    Matcher date = DATE.matcher(trimmed);
    Parts parts =
        date.lookingAt() && date.end() < trimmed.length() && isGap(trimmed.charAt(date.end()))
            ? reader.read()
            : reader.clock(LocalDate.EPOCH, isGapT(trimmed) ? trimmed.substring(1) : trimmed);
    if (parts.micros() >= DAY) throw reader.outOfRange();
    return new Value.Time(LocalTime.ofNanoOfDay(parts.micros() * 1000));
  }

  static Value timestamp(String text) {
    TimeReader reader = new TimeReader("timestamp", text);
    return new Value.Timestamp(reader.moment(reader.read(), 0));
  }

  static Value timestampTz(String text, ZoneId zone) {
    TimeReader reader = new TimeReader("timestamp with time zone", text);
    Parts parts = reader.read();
    Integer said = parts.offsetSeconds();
    int offset = said == null ? offset(parts.onClock(), zone) : said;
    return new Value.TimestampTz(reader.moment(parts, offset));
  }

  private static int offset(LocalDateTime onClock, ZoneId zone) {
    ZoneOffsetTransition change = zone.getRules().getTransition(onClock);
    ZoneOffset offset =
        change == null
            ? zone.getRules().getOffset(onClock)
            : change.isGap() ? change.getOffsetBefore() : change.getOffsetAfter();
    return offset.getTotalSeconds();
  }

  /// @param offsetSeconds null when the text names no zone
  private record Parts(LocalDate date, long micros, @Nullable Integer offsetSeconds) {
    LocalDateTime onClock() {
      return date.atStartOfDay().plusNanos(micros * 1000);
    }
  }

  private Parts read() {
    String trimmed = bounded();
    Matcher parts = DATE.matcher(trimmed);
    if (!parts.lookingAt()) throw Values.invalid(type, text);
    int group = parts.group(1) == null ? 4 : 1;
    LocalDate date;
    try {
      int year = number(parts.group(group));
      if (year < 1 || year > 9999) throw outOfRange();
      date = LocalDate.of(year, number(parts.group(group + 1)), number(parts.group(group + 2)));
    } catch (DateTimeException e) {
      throw outOfRange();
    }
    if (parts.end() == trimmed.length()) return new Parts(date, 0, null);
    if (!isGap(trimmed.charAt(parts.end()))) throw Values.invalid(type, text);
    return clock(date, trimmed.substring(parts.end() + 1));
  }

  private Parts clock(LocalDate date, String rest) {
    Matcher parts = TIME.matcher(Values.trim(rest));
    if (!parts.matches()) throw Values.invalid(type, text);
    int group = parts.group(1) == null ? 4 : 1;
    int hour = number(parts.group(group));
    int minute = number(parts.group(group + 1));
    int second = number(parts.group(group + 2));
    if (parts.group(group + 2) == null && parts.group(7) != null) throw Values.invalid(type, text);
    long fraction = micros(parts.group(7));
    if (parts.group(8) != null) {
      if (hour < 1 || hour > 12) throw outOfRange();
      hour = hour % 12 + (parts.group(8).equalsIgnoreCase("p") ? 12 : 0);
    }
    if (hour > 24 || minute > 59 || second > 60 || (second == 60 && fraction > 0))
      throw outOfRange();
    long micros = ((hour * 60L + minute) * 60 + second) * 1_000_000 + fraction;
    if (micros > DAY) throw outOfRange();
    return new Parts(date, micros, offset(parts));
  }

  private @Nullable Integer offset(Matcher parts) {
    if (parts.group(10) == null) return parts.group(9) == null ? null : (Integer) 0;
    int hours = number(parts.group(11));
    int minutes = number(parts.group(12));
    int seconds = number(parts.group(13));
    if (hours > 15 || minutes > 59 || seconds > 59)
      throw Values.outOfRange(
          "22009", "time zone displacement out of range: \"" + Values.cut(text) + "\"");
    int offset = (hours * 60 + minutes) * 60 + seconds;
    return parts.group(10).equals("-") ? -offset : offset;
  }

  private LocalDateTime moment(Parts parts, int offsetSeconds) {
    LocalDateTime moment = parts.onClock().minusSeconds(offsetSeconds);
    if (moment.getYear() < 1 || moment.getYear() > 9999)
      throw Values.outOfRange("22008", "timestamp out of range: \"" + Values.cut(text) + "\"");
    return moment;
  }

  private String bounded() {
    String trimmed = Values.trim(text);
    if (trimmed.length() > LONGEST) throw Values.invalid(type, text);
    return trimmed;
  }

  private RuntimeException outOfRange() {
    return Values.outOfRange(
        "22008", "date/time field value out of range: \"" + Values.cut(text) + "\"");
  }

  private static boolean isGap(char c) {
    return c == 'T' || c == 't' || Values.isSpace(c);
  }

  private static boolean isGapT(String text) {
    return !text.isEmpty() && (text.charAt(0) == 'T' || text.charAt(0) == 't');
  }

  /// A fraction of a second in microseconds, rounded as PostgreSQL does: through a double, half to
  /// even.
  static long micros(@Nullable String digits) {
    if (digits == null || digits.isEmpty()) return 0;
    return (long) Math.rint(Double.parseDouble("0." + digits) * 1_000_000);
  }

  private static int number(@Nullable String digits) {
    return digits == null ? 0 : Integer.parseInt(digits);
  }
}
