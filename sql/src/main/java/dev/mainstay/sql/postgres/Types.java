package dev.mainstay.sql.postgres;

import dev.mainstay.core.model.ColumnType;
import dev.mainstay.sql.Sql;

/// Column types in PostgreSQL's words.
final class Types {
  private Types() {}

  /// The type of a value in an expression: without what bounds a stored value, so that a value too
  /// long or too exact is compared as it is.
  static String of(ColumnType type) {
    return switch (type) {
      case ColumnType.Bool _,
          ColumnType.Whole _,
          ColumnType.Floating _,
          ColumnType.Text _,
          ColumnType.Uuid _,
          ColumnType.Date _,
          ColumnType.Interval _,
          ColumnType.Json _,
          ColumnType.Bytea _ ->
          type.toString();
      case ColumnType.Time _ -> "time";
      case ColumnType.Timestamp _ -> "timestamp";
      case ColumnType.TimestampTz _ -> "timestamptz";
      case ColumnType.Decimal _ -> "numeric";
      case ColumnType.Varchar _ -> "text";
      case ColumnType.Enumerated enumerated -> enumerated(enumerated);
      case ColumnType.ArrayOf(ColumnType element) -> of(element) + "[]";
      case ColumnType.Native(String name, boolean _) -> name;
    };
  }

  /// A text as a value of a type. A row's may be a JSON object as well.
  static String read(String text, ColumnType type) {
    String name = of(type);
    if (!(type instanceof ColumnType.Native(String _, boolean isRow) && isRow))
      return text + "::" + name;
    return "(SELECT CASE WHEN left(r.t, 1) = '{' THEN json_populate_record(NULL::"
        + name
        + ", r.t::json) ELSE r.t::"
        + name
        + " END FROM (SELECT "
        + text
        + "::text) AS r(t))";
  }

  /// The type of a column. Text sorts by code point, whatever the database's own collation is.
  static String stored(ColumnType type) {
    return switch (type) {
      case ColumnType.Text _, ColumnType.Varchar _ -> type + " COLLATE \"C\"";
      case ColumnType.Decimal _ -> type.toString();
      case ColumnType.ArrayOf(ColumnType.Text _) -> "text[] COLLATE \"C\"";
      case ColumnType.ArrayOf(ColumnType.Varchar element) -> element + "[] COLLATE \"C\"";
      case ColumnType.ArrayOf(ColumnType.Decimal element) -> element + "[]";
      default -> of(type);
    };
  }

  static boolean isText(ColumnType type) {
    return type instanceof ColumnType.Text || type instanceof ColumnType.Varchar;
  }

  static String enumerated(ColumnType.Enumerated type) {
    return quoted(type.schema()) + "." + quoted(type.name());
  }

  static Sql quote(String identifier) {
    return Sql.raw(quoted(identifier));
  }

  static String quoted(String identifier) {
    return '"' + identifier.replace("\"", "\"\"") + '"';
  }

  /// A text as a string constant, whatever `standard_conforming_strings` is.
  static String text(String text) {
    String quoted = "'" + text.replace("'", "''") + "'";
    return text.indexOf('\\') < 0 ? quoted : "E" + quoted.replace("\\", "\\\\");
  }
}
