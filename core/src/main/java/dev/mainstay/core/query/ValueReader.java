package dev.mainstay.core.query;

import dev.mainstay.core.model.ColumnType;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Text and JSON to values of a column type, as PostgreSQL's input functions read them.
///
/// What is no value of the type is [dev.mainstay.core.problem.Problem.InvalidValue] (`22P02`), what
/// the type cannot hold [dev.mainstay.core.problem.Problem.ValueOutOfRange].
public final class ValueReader {
  private static final Pattern UUID_TEXT =
      Pattern.compile("(\\{)?((?:[0-9a-fA-F]{4}-?){7}[0-9a-fA-F]{4})(\\})?");

  private ValueReader() {}

  /// A value to be stored: decimals are rounded to their scale, text must fit.
  public static Value read(ColumnType type, String text) {
    return switch (type) {
      case ColumnType.Decimal decimal -> NumberReader.decimal(decimal, text);
      case ColumnType.Varchar varchar -> new Value.Text(fitted(varchar, Values.storable(text)));
      case ColumnType.ArrayOf array -> ArrayReader.read(array.element(), text, ValueReader::read);
      default -> unbounded(type, text);
    };
  }

  /// A value to compare a column with: neither a decimal's scale nor a text's length bounds it, so
  /// that `1.005` is not found as `1.01`. Decimals come at the type's scale or a larger one.
  public static Value operand(ColumnType type, String text) {
    return switch (type) {
      case ColumnType.Decimal decimal -> NumberReader.anyDecimal(decimal, text);
      case ColumnType.Varchar _ -> new Value.Text(Values.storable(text));
      case ColumnType.ArrayOf array ->
          ArrayReader.read(array.element(), text, ValueReader::operand);
      default -> unbounded(type, text);
    };
  }

  /// A JSON value to be stored. JSON null is null; of anything else the type reads the text, except
  /// that a JSON column takes it as it is and an array its elements. Numbers must have been parsed
  /// exactly, as [JsonText#parse] does.
  public static Value fromJson(ColumnType type, JsonNode json) {
    if (json.isNull()) return Value.NULL;
    if (type instanceof ColumnType.Json) return new Value.Json(JsonText.canonical(json));
    if (type instanceof ColumnType.ArrayOf array && json.isArray()) {
      List<Value> elements = new ArrayList<>(json.size());
      for (JsonNode element : json) {
        if (element.isArray() && !(array.element() instanceof ColumnType.Json))
          throw Values.outOfRange("22P02", "malformed array: its elements are arrays");
        elements.add(fromJson(array.element(), element));
      }
      return new Value.ListOf(elements);
    }
    if (json.isString()) return read(type, json.stringValue());
    if (json.isContainer()) return read(type, json.toString());
    return read(type, JsonText.canonical(json));
  }

  /// A cell to be stored, or null when it takes the column's fill.
  public static @Nullable Value fromCell(ColumnType type, Asked.Cell cell) {
    return switch (cell) {
      case Asked.Cell.Default _ -> null;
      case Asked.Cell.Null _ -> Value.NULL;
      case Asked.Cell.Text(String text) -> read(type, text);
      case Asked.Cell.Json(String json) -> {
        String trimmed = Values.trim(json);
        char first = trimmed.isEmpty() ? 'n' : trimmed.charAt(0);
        boolean asWritten =
            !(type instanceof ColumnType.Json)
                && first != '"'
                && first != 'n'
                && !(first == '[' && type instanceof ColumnType.ArrayOf);
        // numbers, booleans and objects are read as they were written: `1e2` stays so in a text
        yield asWritten ? read(type, trimmed) : fromJson(type, JsonText.parse(json));
      }
    };
  }

  /// The same as [#operand(ColumnType, String)], points in time being read on the clocks of a zone
  /// when their text names none.
  public static Value operand(ColumnType type, String text, ZoneId zone) {
    if (type instanceof ColumnType.TimestampTz) return TimeReader.timestampTz(text, zone);
    if (type instanceof ColumnType.ArrayOf(ColumnType.TimestampTz element))
      return ArrayReader.read(element, text, (of, each) -> operand(of, each, zone));
    return operand(type, text);
  }

  /// The same as [#fromCell(ColumnType, Asked.Cell)], in a zone.
  public static @Nullable Value fromCell(ColumnType type, Asked.Cell cell, ZoneId zone) {
    boolean isMoment = type instanceof ColumnType.TimestampTz;
    boolean isMoments = type instanceof ColumnType.ArrayOf(ColumnType.TimestampTz _);
    if (cell instanceof Asked.Cell.Text(String text) && (isMoment || isMoments))
      return operand(type, text, zone);
    if (cell instanceof Asked.Cell.Json(String json) && (isMoment || isMoments)) {
      JsonNode node = JsonText.parse(json);
      if (node.isString()) return operand(type, node.stringValue(), zone);
      if (isMoments && node.isArray()) return moments(node, zone);
    }
    return fromCell(type, cell);
  }

  private static Value moments(JsonNode array, ZoneId zone) {
    ColumnType type = new ColumnType.TimestampTz();
    List<Value> moments = new ArrayList<>(array.size());
    for (JsonNode element : array)
      moments.add(
          element.isString()
              ? operand(type, element.stringValue(), zone)
              : fromJson(type, element));
    return new Value.ListOf(moments);
  }

  private static Value unbounded(ColumnType type, String text) {
    return switch (type) {
      case ColumnType.Bool _ -> new Value.Bool(bool(text));
      case ColumnType.Whole whole -> NumberReader.whole(whole, text);
      case ColumnType.Floating floating -> NumberReader.floating(floating, text);
      case ColumnType.Text _ -> new Value.Text(Values.storable(text));
      case ColumnType.Uuid _ -> new Value.Uuid(uuid(text));
      case ColumnType.Date _ -> TimeReader.date(text);
      case ColumnType.Time _ -> TimeReader.time(text);
      case ColumnType.Timestamp _ -> TimeReader.timestamp(text);
      case ColumnType.TimestampTz _ -> TimeReader.timestampTz(text, ZoneOffset.UTC);
      case ColumnType.Interval _ -> IntervalReader.read(text);
      case ColumnType.Json _ -> new Value.Json(JsonText.canonical(text));
      case ColumnType.Bytea _ -> BytesReader.read(text);
      case ColumnType.Enumerated enumerated -> label(enumerated, text);
      case ColumnType.Native _ -> new Value.Native(Values.storable(text));
      case ColumnType.Decimal _, ColumnType.Varchar _, ColumnType.ArrayOf _ ->
          throw new IllegalStateException("bounded: " + type);
    };
  }

  private static boolean bool(String text) {
    return switch (Values.trim(text).toLowerCase(Locale.ROOT)) {
      case "t", "tr", "tru", "true", "y", "ye", "yes", "on", "1" -> true;
      case "f", "fa", "fal", "fals", "false", "n", "no", "of", "off", "0" -> false;
      default -> throw Values.invalid("boolean", text);
    };
  }

  /// Thirty-two hexadecimal digits, perhaps with a hyphen after any group of four, perhaps in
  /// braces.
  private static UUID uuid(String text) {
    Matcher parts = UUID_TEXT.matcher(text);
    if (!parts.matches() || (parts.group(1) == null) != (parts.group(3) == null))
      throw Values.invalid("uuid", text);
    String digits = parts.group(2).replace("-", "");
    return new UUID(
        Long.parseUnsignedLong(digits, 0, 16, 16), Long.parseUnsignedLong(digits, 16, 32, 16));
  }

  private static Value label(ColumnType.Enumerated type, String text) {
    if (!type.labels().contains(text))
      throw Values.outOfRange(
          "22P02",
          "invalid input value for enum " + type.name() + ": \"" + Values.cut(text) + "\"");
    return new Value.Text(text);
  }

  /// Spaces that do not fit are dropped without a word, as SQL has it.
  private static String fitted(ColumnType.Varchar type, String text) {
    if (text.length() <= type.length()) return text;
    if (text.codePointCount(0, text.length()) <= type.length()) return text;
    int end = text.offsetByCodePoints(0, type.length());
    for (int i = end; i < text.length(); i++)
      if (text.charAt(i) != ' ')
        throw Values.outOfRange("22001", "value too long for type " + type);
    return text.substring(0, end);
  }
}
