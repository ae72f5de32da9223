package dev.mainstay.core.query;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.List;
import java.util.UUID;

/// A value of a column type, in the form that has one representation for each value: what is bound
/// to a statement, compared in memory, and stored.
public sealed interface Value {
  record Null() implements Value {}

  record Bool(boolean value) implements Value {}

  record Whole(long value) implements Value {}

  /// At the scale of its type; what a column is only compared with may have more digits after the
  /// point.
  record Decimal(BigDecimal value) implements Value {}

  /// A double; a `real` holds the double nearest to the shortest text of its float.
  record Floating(double value) implements Value {}

  /// Text, varchar or an enum's label.
  record Text(String value) implements Value {}

  record Uuid(UUID value) implements Value {}

  record Date(LocalDate value) implements Value {}

  record Time(LocalTime value) implements Value {}

  record Timestamp(LocalDateTime value) implements Value {}

  /// A point in time as its date and time in UTC, to the microsecond.
  record TimestampTz(LocalDateTime utc) implements Value {}

  record Interval(int months, int days, long micros) implements Value {}

  /// JSON text in the canonical form of `JsonText`.
  record Json(String text) implements Value {}

  /// Bytes as lower-case hexadecimal.
  record Bytes(String hex) implements Value {}

  record ListOf(List<Value> elements) implements Value {
    public ListOf {
      elements = List.copyOf(elements);
    }
  }

  /// A value of an engine's own type, as text.
  record Native(String text) implements Value {}

  Null NULL = new Null();
}
