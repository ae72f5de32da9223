package PACKAGE.rest;

import java.math.BigDecimal;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Collection;
import java.util.HexFormat;
import java.util.StringJoiner;

/** Values and names as texts of a query. */
final class Literal {
  private Literal() {}

  static String of(Object value) {
    if (value instanceof BigDecimal number) return number.toPlainString();
    if (value instanceof byte[] bytes) return "\\x" + HexFormat.of().formatHex(bytes);
    if (value instanceof OffsetDateTime time)
      return DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(time);
    if (value instanceof LocalDateTime time)
      return DateTimeFormatter.ISO_LOCAL_DATE_TIME.format(time);
    if (value instanceof LocalTime time) return DateTimeFormatter.ISO_LOCAL_TIME.format(time);
    if (value instanceof Collection<?> items) {
      StringJoiner list = new StringJoiner(",", "{", "}");
      for (Object item : items) list.add(item == null ? "NULL" : quoted(of(item)));
      return list.toString();
    }
    return value.toString();
  }

  static String quoted(String text) {
    return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }

  static String name(String name) {
    return name.matches("[A-Za-z_][A-Za-z0-9_]*") ? name : quoted(name);
  }
}
