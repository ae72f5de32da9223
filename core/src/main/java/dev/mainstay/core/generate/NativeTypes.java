package dev.mainstay.core.generate;

import java.util.Locale;
import java.util.regex.Pattern;

/// What PostgreSQL's own types are in JSON, by any of their names.
final class NativeTypes {
  private static final Pattern ARGUMENTS = Pattern.compile("\\(.*\\)");

  private NativeTypes() {}

  enum Json {
    TEXT,
    NUMBER,
    BOOLEAN,
    /// Any JSON.
    ANY,
    /// Something of which no more is known.
    UNKNOWN
  }

  /// Without what stands in parentheses, and in lower case.
  static String plain(String name) {
    return ARGUMENTS.matcher(name).replaceAll("").strip().toLowerCase(Locale.ROOT);
  }

  static Json json(String name) {
    return switch (plain(name)) {
      case "bool", "boolean" -> Json.BOOLEAN;
      case "int2",
          "int4",
          "int8",
          "float4",
          "float8",
          "numeric",
          "decimal",
          "smallint",
          "integer",
          "bigint",
          "real",
          "double precision" ->
          Json.NUMBER;
      case "char", "character", "bpchar", "citext", "name", "timetz", "vector" -> Json.TEXT;
      case "json", "jsonb" -> Json.ANY;
      default -> Json.UNKNOWN;
    };
  }
}
