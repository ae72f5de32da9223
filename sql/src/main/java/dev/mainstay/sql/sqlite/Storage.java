package dev.mainstay.sql.sqlite;

import dev.mainstay.core.model.ColumnType;
import dev.mainstay.core.query.JsonText;
import dev.mainstay.core.query.Value;
import dev.mainstay.core.query.ValueReader;
import dev.mainstay.core.query.ValueText;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What a value is in the file: `Long`, `Double`, `String`, `byte[]` or null; and, of operands
/// only, `BigDecimal`. Chosen so that values compare, sort and come back exactly, and the file is
/// still pleasant in the sqlite3 shell.
///
/// A decimal is a whole number of its last digit, so decimals add up exactly; times have a fixed
/// width, so they sort as text. A list is a JSON array of stored elements, bytes among them as
/// hexadecimal. NaN is text, which SQLite sorts above every number, as PostgreSQL does NaN; a
/// column of a STRICT table refuses it.
final class Storage {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("HH:mm:ss.SSSSSS", Locale.ROOT);
  private static final DateTimeFormatter TIMESTAMP =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS", Locale.ROOT);

  static @Nullable Object stored(Value value, ColumnType type) {
    return switch (value) {
      case Value.Null _ -> null;
      case Value.Bool(boolean bool) -> bool ? 1L : 0L;
      case Value.Whole(long whole) -> scaled(whole, type);
      case Value.Decimal(BigDecimal decimal) -> scaled(decimal, type);
      case Value.Floating(double floating) -> Double.isNaN(floating) ? "NaN" : (Double) floating;
      case Value.Text(String text) -> text;
      case Value.Uuid(UUID uuid) -> uuid.toString();
      case Value.Date(LocalDate date) -> date.toString();
      case Value.Time(LocalTime time) -> TIME.format(time);
      case Value.Timestamp(LocalDateTime time) -> TIMESTAMP.format(time);
      case Value.TimestampTz(LocalDateTime utc) -> TIMESTAMP.format(utc) + "+00:00";
      case Value.Interval interval -> ValueText.text(type, interval);
      case Value.Json(String text) -> text;
      case Value.Bytes(String hex) -> HexFormat.of().parseHex(hex);
      case Value.ListOf(List<Value> elements) -> list(elements, type);
      case Value.Native(String text) -> text;
    };
  }

  /// The value that was stored.
  static Value value(@Nullable Object stored, ColumnType type) {
    if (stored == null) return Value.NULL;
    return switch (type) {
      case ColumnType.Bool _ -> new Value.Bool((Long) stored != 0);
      case ColumnType.Whole _ -> new Value.Whole((Long) stored);
      case ColumnType.Decimal(int _, int scale) ->
          new Value.Decimal(BigDecimal.valueOf((Long) stored, scale));
      case ColumnType.Floating _ -> new Value.Floating(((Number) stored).doubleValue());
      case ColumnType.Text _, ColumnType.Varchar _, ColumnType.Enumerated _ ->
          new Value.Text((String) stored);
      case ColumnType.Uuid _ -> new Value.Uuid(UUID.fromString((String) stored));
      case ColumnType.Date _ -> new Value.Date(LocalDate.parse((String) stored));
      case ColumnType.Time _ -> new Value.Time(LocalTime.parse((String) stored));
      case ColumnType.Timestamp _ -> new Value.Timestamp(LocalDateTime.parse((String) stored));
      case ColumnType.TimestampTz _ ->
          new Value.TimestampTz(LocalDateTime.parse(((String) stored).substring(0, 26)));
      case ColumnType.Interval _ -> ValueReader.read(type, (String) stored);
      case ColumnType.Json _ -> new Value.Json((String) stored);
      case ColumnType.Bytea _ -> new Value.Bytes(HexFormat.of().formatHex((byte[]) stored));
      case ColumnType.ArrayOf _, ColumnType.Native _ ->
          throw new IllegalStateException("no key is of type " + type);
    };
  }

  private static Object scaled(long whole, ColumnType type) {
    return type instanceof ColumnType.Decimal ? scaled(BigDecimal.valueOf(whole), type) : whole;
  }

  /// An operand may be finer or larger than any stored value: then it equals none of them, and is
  /// compared as the number it is.
  private static Object scaled(BigDecimal decimal, ColumnType type) {
    int scale = type instanceof ColumnType.Decimal(int _, int places) ? places : 0;
    BigDecimal last = decimal.movePointRight(scale);
    try {
      return last.longValueExact();
    } catch (ArithmeticException e) {
      return last;
    }
  }

  private static String list(List<Value> elements, ColumnType type) {
    ColumnType element = type instanceof ColumnType.ArrayOf(ColumnType of) ? of : type;
    StringBuilder json = new StringBuilder("[");
    for (Value value : elements) {
      if (json.length() > 1) json.append(',');
      append(json, stored(value, element));
    }
    return json.append(']').toString();
  }

  /// Appends a stored value as JSON; bytes as hexadecimal.
  static void append(StringBuilder json, @Nullable Object stored) {
    switch (stored) {
      case null -> json.append("null");
      case Double number when number.isInfinite() -> json.append(number > 0 ? "9e999" : "-9e999");
      case String text -> JsonText.quote(json, text);
      case BigDecimal number -> json.append(number.toPlainString());
      case byte[] bytes -> json.append('"').append(HexFormat.of().formatHex(bytes)).append('"');
      default -> json.append(stored);
    }
  }

  private Storage() {}
}
