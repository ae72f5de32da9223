package dev.mainstay.core.generate;

import dev.mainstay.core.model.ColumnType;
import dev.mainstay.core.model.TableName;
import dev.mainstay.core.query.JsonText;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// The TypeScript type of a value as JSON has it: numbers of every size are `number`, and what is
/// of a type unknown here is `unknown`.
final class TypeScriptTypes {
  private static final Pattern IDENTIFIER = Pattern.compile("[A-Za-z_$][A-Za-z0-9_$]*");

  /// Whether there is a type to refer to for an enum.
  private final boolean namesEnums;

  TypeScriptTypes(Api api) {
    this.namesEnums = api.has(TableName.DEFAULT_SCHEMA);
  }

  String of(ColumnType type, boolean nullable) {
    return of(type) + (nullable ? " | null" : "");
  }

  String of(ColumnType type) {
    return switch (type) {
      case ColumnType.Bool _ -> "boolean";
      case ColumnType.Whole _, ColumnType.Decimal _, ColumnType.Floating _ -> "number";
      case ColumnType.Text _,
          ColumnType.Varchar _,
          ColumnType.Uuid _,
          ColumnType.Date _,
          ColumnType.Time _,
          ColumnType.Timestamp _,
          ColumnType.TimestampTz _,
          ColumnType.Interval _,
          ColumnType.Bytea _ ->
          "string";
      case ColumnType.Json _ -> "Json";
      case ColumnType.Enumerated enumerated ->
          namesEnums
              ? "Database[%s][\"Enums\"][%s]"
                  .formatted(literal(TableName.DEFAULT_SCHEMA), literal(enumerated.name()))
              : union(enumerated);
      case ColumnType.ArrayOf(ColumnType element) -> listOf(element);
      case ColumnType.Native(String name, boolean _) -> ofNative(name);
    };
  }

  String listOf(ColumnType element) {
    return element instanceof ColumnType.Enumerated && !namesEnums
        ? "(" + of(element) + ")[]"
        : of(element) + "[]";
  }

  private static String ofNative(String name) {
    String plain = NativeTypes.plain(name);
    if (plain.endsWith("[]")) return ofNative(plain.substring(0, plain.length() - 2)) + "[]";
    return switch (NativeTypes.json(plain)) {
      case TEXT -> "string";
      case NUMBER -> "number";
      case BOOLEAN -> "boolean";
      case ANY -> "Json";
      case UNKNOWN -> "unknown";
    };
  }

  static String union(ColumnType.Enumerated type) {
    return literals(type.labels(), " | ");
  }

  static String literals(List<String> texts, String between) {
    return texts.stream().map(TypeScriptTypes::literal).collect(Collectors.joining(between));
  }

  static String literal(String text) {
    return JsonText.quote(text);
  }

  /// A name as a key of an object.
  static String key(String name) {
    return IDENTIFIER.matcher(name).matches() ? name : literal(name);
  }
}
