package dev.mainstay.sql.sqlite;

import dev.mainstay.core.model.ColumnType;
import dev.mainstay.sql.Sql;
import dev.mainstay.sql.Term;

/// A stored value as JSON text, byte for byte as PostgreSQL's `to_json` renders its own.
final class Encoding {
  /// JSON text, `null` for null.
  static Sql json(Term value) {
    return switch (value.type()) {
      case ColumnType.Text _, ColumnType.Varchar _, ColumnType.Enumerated _ ->
          Sql.of("json_quote({})", value.sql());
      default -> {
        Sql json = present(value.sql(), value.type());
        yield value.nullable() ? Sql.of("coalesce({}, 'null')", json) : json;
      }
    };
  }

  /// JSON text; SQL null for null.
  static Sql present(Term value) {
    return present(value.sql(), value.type());
  }

  /// The same.
  private static Sql present(Sql value, ColumnType type) {
    return switch (type) {
      case ColumnType.Bool _ -> Sql.of("CASE {} WHEN 1 THEN 'true' WHEN 0 THEN 'false' END", value);
      case ColumnType.Whole _, ColumnType.Json _ -> value;
      case ColumnType.Decimal(int _, int scale) -> decimal(value, scale);
      case ColumnType.Floating(int bits) -> Sql.of("ms_json_float({}, " + bits + ")", value);
      // The one native type here is numeric, whose text is JSON but for NaN and the infinities.
      case ColumnType.Native _ ->
          Sql.of(
              "CASE WHEN {} GLOB '*[a-z]*' THEN json_quote({}) ELSE {} END", value, value, value);
      case ColumnType.Text _,
          ColumnType.Varchar _,
          ColumnType.Enumerated _,
          ColumnType.Interval _ ->
          Sql.of("CASE WHEN {} IS NOT NULL THEN json_quote({}) END", value, value);
      case ColumnType.Uuid _, ColumnType.Date _ -> Sql.of("'\"' || {} || '\"'", value);
      case ColumnType.Time _ -> Sql.of("'\"' || rtrim(rtrim({}, '0'), '.') || '\"'", value);
      case ColumnType.Timestamp _ -> Sql.of("'\"' || rtrim(rtrim({}, '0'), '.') || '\"'", value);
      case ColumnType.TimestampTz _ ->
          Sql.of("'\"' || rtrim(rtrim(substr({}, 1, 26), '0'), '.') || '+00:00\"'", value);
      case ColumnType.Bytea _ ->
          Sql.of(
              "CASE WHEN {} IS NOT NULL THEN '\"\\\\x' || lower(hex({})) || '\"' END",
              value,
              value);
      case ColumnType.ArrayOf(ColumnType element) -> list(value, element);
    };
  }

  private static Sql decimal(Sql value, int scale) {
    if (scale == 0) return value;
    String one = "1" + "0".repeat(scale);
    return Sql.of(
        "CASE WHEN {} < 0 THEN '-' ELSE '' END || (abs({}) / "
            + one
            + ") || '.' || substr(abs({}) % "
            + one
            + " + "
            + one
            + ", 2)",
        value,
        value,
        value);
  }

  private static Sql list(Sql value, ColumnType element) {
    return switch (element) {
      case ColumnType.Whole _, ColumnType.Text _, ColumnType.Varchar _, ColumnType.Uuid _ -> value;
      case ColumnType.Enumerated _, ColumnType.Date _, ColumnType.Interval _ -> value;
      default ->
          Sql.of(
              "CASE WHEN {} IS NOT NULL THEN (SELECT '[' || coalesce(group_concat({}, ','), '') ||"
                  + " ']' FROM json_each({})) END",
              value,
              json(Term.nullable(Comparison.element(Sql.raw("value"), element), element)),
              value);
    };
  }

  private Encoding() {}
}
