package dev.mainstay.api.openapi;

import dev.mainstay.core.model.ColumnType;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// A value of each type, for examples. The same each time.
final class Samples {
  private Samples() {}

  static JsonNode json(ColumnType type) {
    return JsonMapper.shared().readTree(text(type));
  }

  /// As an operator takes it.
  static String operand(ColumnType type) {
    if (type instanceof ColumnType.ArrayOf(ColumnType element)) return "{" + operand(element) + "}";
    JsonNode json = json(type);
    return json.isString() ? json.asString() : json.toString();
  }

  private static String text(ColumnType type) {
    return switch (type) {
      case ColumnType.Bool() -> "true";
      case ColumnType.Whole _ -> "1";
      case ColumnType.Decimal(int precision, int scale) -> decimal(precision, scale);
      case ColumnType.Floating _ -> "0.5";
      case ColumnType.Text() -> "\"text\"";
      case ColumnType.Varchar(int length) -> "\"" + "text".substring(0, Math.min(length, 4)) + "\"";
      case ColumnType.Uuid() -> "\"3f2b0c9e-5d7a-4b61-8c2e-9a1d4e6f7b80\"";
      case ColumnType.Date() -> "\"2026-01-31\"";
      case ColumnType.Time() -> "\"13:45:00\"";
      case ColumnType.Timestamp() -> "\"2026-01-31T13:45:00\"";
      case ColumnType.TimestampTz() -> "\"2026-01-31T13:45:00+00:00\"";
      case ColumnType.Interval() -> "\"1 day\"";
      case ColumnType.Json() -> "{\"key\":\"value\"}";
      case ColumnType.Bytea() -> "\"\\\\x6869\"";
      case ColumnType.Enumerated(String _, String _, List<String> labels) ->
          JsonMapper.shared().writeValueAsString(labels.getFirst());
      case ColumnType.ArrayOf(ColumnType element) -> "[" + text(element) + "]";
      case ColumnType.Native _ -> "\"text\"";
    };
  }

  private static String decimal(int precision, int scale) {
    String whole = precision > scale ? "1" : "0";
    return scale == 0 ? whole : whole + ".5" + "0".repeat(scale - 1);
  }

  static void put(ObjectNode into, String name, ColumnType type) {
    into.set(name, json(type));
  }
}
