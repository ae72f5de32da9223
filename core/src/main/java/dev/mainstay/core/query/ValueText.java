package dev.mainstay.core.query;

import dev.mainstay.core.model.ColumnType;
import java.util.List;

/// Values as text: as JSON on the wire (`WIRE.md` §1.20), and as a type's own text.
public final class ValueText {
  private ValueText() {}

  /// JSON as every engine answers it: numbers and JSON bare, NaN and infinities and all else as
  /// strings, bytes as `"\\x6869"`.
  public static String json(ColumnType type, Value value) {
    StringBuilder out = new StringBuilder();
    json(out, type, value);
    return out.toString();
  }

  /// Appends the same.
  public static void json(StringBuilder out, ColumnType type, Value value) {
    switch (value) {
      case Value.Null _ -> out.append("null");
      case Value.Bool _, Value.Whole _, Value.Decimal _, Value.Json _ -> text(out, type, value);
      case Value.Floating(double number) -> {
        if (Double.isFinite(number)) text(out, type, value);
        else JsonText.quote(out, text(type, value));
      }
      case Value.ListOf(List<Value> elements) -> {
        out.append('[');
        for (int i = 0; i < elements.size(); i++) {
          if (i > 0) out.append(',');
          json(out, elementOf(type), elements.get(i));
        }
        out.append(']');
      }
      case Value.Text _,
          Value.Uuid _,
          Value.Date _,
          Value.Time _,
          Value.Timestamp _,
          Value.TimestampTz _,
          Value.Interval _,
          Value.Bytes _,
          Value.Native _ ->
          JsonText.quote(out, text(type, value));
    }
  }

  /// Text that [ValueReader#read] reads back as the same value; a null has none.
  public static String text(ColumnType type, Value value) {
    StringBuilder out = new StringBuilder();
    text(out, type, value);
    return out.toString();
  }

  private static void text(StringBuilder out, ColumnType type, Value value) {
    switch (value) {
      case Value.Null _ -> throw new IllegalArgumentException("null has no text");
      case Value.Bool(boolean bool) -> out.append(bool);
      case Value.Whole(long number) -> out.append(number);
      case Value.Decimal(var number) -> out.append(number.toPlainString());
      case Value.Floating(double number) ->
          out.append(
              type instanceof ColumnType.Floating(int bits) && bits == 32
                  ? FloatText.of32(number)
                  : FloatText.of64(number));
      case Value.Text(String text) -> out.append(text);
      case Value.Uuid(var uuid) -> out.append(uuid);
      case Value.Date(var date) -> out.append(TimeText.of(date));
      case Value.Time(var time) -> out.append(TimeText.of(time));
      case Value.Timestamp(var moment) -> out.append(TimeText.of(moment));
      case Value.TimestampTz(var utc) -> out.append(TimeText.of(utc)).append("+00:00");
      case Value.Interval interval -> out.append(IntervalText.of(interval));
      case Value.Json(String json) -> out.append(json);
      case Value.Bytes(String hex) -> out.append("\\x").append(hex);
      case Value.Native(String text) -> out.append(text);
      case Value.ListOf(List<Value> elements) -> {
        out.append('{');
        for (int i = 0; i < elements.size(); i++) {
          if (i > 0) out.append(',');
          element(out, elementOf(type), elements.get(i));
        }
        out.append('}');
      }
    }
  }

  private static void element(StringBuilder out, ColumnType type, Value value) {
    if (value instanceof Value.Null) out.append("NULL");
    else element(out, text(type, value));
  }

  /// Appends a text as an element of an array literal.
  public static void element(StringBuilder out, String text) {
    if (isPlain(text)) {
      out.append(text);
      return;
    }
    out.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') out.append('\\');
      out.append(c);
    }
    out.append('"');
  }

  /// Whether an element of an array literal needs no quotes.
  private static boolean isPlain(String text) {
    if (text.isEmpty() || text.equalsIgnoreCase("null")) return false;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (Values.isSpace(c) || "{}\",\\".indexOf(c) >= 0) return false;
    }
    return true;
  }

  private static ColumnType elementOf(ColumnType type) {
    return type instanceof ColumnType.ArrayOf(ColumnType element) ? element : type;
  }
}
