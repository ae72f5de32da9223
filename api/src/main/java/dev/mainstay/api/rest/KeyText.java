package dev.mainstay.api.rest;

import dev.mainstay.core.query.Value;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// The text of a key's value, as a filter in a URL takes it.
final class KeyText {
  private static final DateTimeFormatter TIME =
      new DateTimeFormatterBuilder()
          .appendPattern("HH:mm:ss")
          .appendFraction(ChronoField.MICRO_OF_SECOND, 0, 6, true)
          .toFormatter(Locale.ROOT);

  private KeyText() {}

  /// The value's text, or null for null and for what is no value of a key.
  static @Nullable String of(Value value) {
    return switch (value) {
      case Value.Null() -> null;
      case Value.Bool(boolean bool) -> Boolean.toString(bool);
      case Value.Whole(long whole) -> Long.toString(whole);
      case Value.Decimal decimal -> decimal.value().toPlainString();
      case Value.Floating(double floating) -> Double.toString(floating);
      case Value.Text(String text) -> text;
      case Value.Uuid uuid -> uuid.value().toString();
      case Value.Date date -> date.value().toString();
      case Value.Time time -> TIME.format(time.value());
      case Value.Timestamp timestamp -> dateTime(timestamp.value());
      case Value.TimestampTz timestamp -> dateTime(timestamp.utc()) + "+00:00";
      case Value.Bytes(String hex) -> "\\x" + hex;
      case Value.Native(String text) -> text;
      case Value.Interval _, Value.Json _, Value.ListOf _ -> null;
    };
  }

  private static String dateTime(LocalDateTime dateTime) {
    return dateTime.toLocalDate() + "T" + TIME.format(dateTime);
  }
}
