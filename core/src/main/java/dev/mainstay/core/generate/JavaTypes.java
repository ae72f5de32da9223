package dev.mainstay.core.generate;

import dev.mainstay.core.model.ColumnType;
import java.util.Map;
import java.util.Objects;

/// The Java types of values.
///
/// @param enums the type of each enum, by the enum's name
record JavaTypes(Map<String, String> enums) {
  static final String JSON = "tools.jackson.databind.JsonNode";

  /// @param nullable whether it can be null, and so is no primitive
  String of(ColumnType type, boolean nullable, JavaSource in) {
    return switch (type) {
      case ColumnType.Bool _ -> nullable ? "Boolean" : "boolean";
      case ColumnType.Whole(int bits) ->
          bits == 64 ? nullable ? "Long" : "long" : nullable ? "Integer" : "int";
      case ColumnType.Decimal _ -> in.use("java.math.BigDecimal");
      case ColumnType.Floating(int bits) ->
          bits == 64 ? nullable ? "Double" : "double" : nullable ? "Float" : "float";
      case ColumnType.Text _, ColumnType.Varchar _, ColumnType.Interval _ -> "String";
      case ColumnType.Uuid _ -> in.use("java.util.UUID");
      case ColumnType.Date _ -> in.use("java.time.LocalDate");
      case ColumnType.Time _ -> in.use("java.time.LocalTime");
      case ColumnType.Timestamp _ -> in.use("java.time.LocalDateTime");
      case ColumnType.TimestampTz _ -> in.use("java.time.OffsetDateTime");
      case ColumnType.Json _ -> in.use(JSON);
      case ColumnType.Native(String name, boolean _) -> isText(name) ? "String" : in.use(JSON);
      case ColumnType.Bytea _ -> "byte[]";
      case ColumnType.Enumerated(String _, String name, var _) ->
          in.use(Objects.requireNonNull(enums.get(name)));
      case ColumnType.ArrayOf(ColumnType element) ->
          in.use("java.util.List") + "<" + of(element, true, in) + ">";
    };
  }

  private static boolean isText(String name) {
    return NativeTypes.json(name) == NativeTypes.Json.TEXT;
  }
}
