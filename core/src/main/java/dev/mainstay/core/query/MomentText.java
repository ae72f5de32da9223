package dev.mainstay.core.query;

import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/// A point in time as the clocks of a zone show it, in PostgreSQL's JSON form:
/// `2024-01-02T08:34:05.678+05:30`, with the seconds of an offset where a zone once had some.
public final class MomentText {
  private static final String UTC = "+00:00";

  private MomentText() {}

  /// The text of the same moment in a zone, or null for a text that names none in UTC between the
  /// years 1 and 9999.
  public static @Nullable String zoned(String utc, ZoneId zone) {
    if (!utc.endsWith(UTC)) return null;
    LocalDateTime moment;
    try {
      moment = LocalDateTime.parse(utc.substring(0, utc.length() - UTC.length()));
    } catch (DateTimeException e) {
      return null;
    }
    ZoneOffset offset = zone.getRules().getOffset(moment.toInstant(ZoneOffset.UTC));
    LocalDateTime shown = moment.plusSeconds(offset.getTotalSeconds());
    if (shown.getYear() < 1) return null;
    return TimeText.of(shown) + (offset.equals(ZoneOffset.UTC) ? UTC : offset.getId());
  }
}
