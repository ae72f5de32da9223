package dev.mainstay.sql.sqlite;

import dev.mainstay.core.model.ColumnType;
import dev.mainstay.sql.Sql;

/// What a function's SQL gives, as a stored value of the declared type. A table's own columns are
/// kept to their types by the table; a query's are anything, and JSON is put together from text.
final class Declared {
  private static final String HEXADECIMAL = "[0-9a-f]";

  static Sql value(Sql value, ColumnType type) {
    return switch (type) {
      case ColumnType.Bool _ -> Sql.of("({} <> 0)", value);
      // Not through a double what is whole: that has 53 bits.
      case ColumnType.Whole _, ColumnType.Decimal _ ->
          Sql.of(
              "CASE typeof({}) WHEN 'integer' THEN {} ELSE CAST(round({}) AS INTEGER) END",
              value,
              value,
              value);
      // A NaN is text, which no stored value is.
      case ColumnType.Floating _ ->
          Sql.of("CAST({} AS REAL)", checked(value, type, Sql.of("typeof({}) <> 'text'", value)));
      case ColumnType.Text _, ColumnType.Varchar _, ColumnType.Native _ ->
          Sql.of("CAST({} AS TEXT)", value);
      case ColumnType.Enumerated(String _, String _, var labels) ->
          checked(
              value,
              type,
              Sql.of(
                  "{} IN ({})",
                  value,
                  Sql.join(
                      ", ",
                      labels.stream().map(label -> Sql.raw(SqliteDialect.text(label))).toList())));
      case ColumnType.Uuid _ -> like(value, type, uuid());
      case ColumnType.Date _ -> like(value, type, "[0-9]*-[0-1][0-9]-[0-3][0-9]");
      case ColumnType.Time _ -> like(value, type, time());
      case ColumnType.Timestamp _ -> like(value, type, "[0-9]*-[0-1][0-9]-[0-3][0-9]T" + time());
      case ColumnType.TimestampTz _ ->
          like(value, type, "[0-9]*-[0-1][0-9]-[0-3][0-9]T" + time() + "+00:00");
      case ColumnType.Interval _ -> Sql.of("ms_interval({})", value);
      case ColumnType.Json _ -> Sql.of("ms_json({})", value);
      case ColumnType.Bytea _ -> Sql.of("CAST({} AS BLOB)", value);
      case ColumnType.ArrayOf _ ->
          checked(
              value,
              type,
              Sql.of("CASE WHEN json_valid({}) THEN json_type({}) = 'array' END", value, value));
    };
  }

  private static Sql like(Sql value, ColumnType type, String glob) {
    return checked(
        value,
        type,
        Sql.of("{} GLOB '" + glob + "' AND {} NOT GLOB '*[^-0-9a-f:.+T]*'", value, value));
  }

  private static Sql checked(Sql value, ColumnType type, Sql test) {
    String message = SqliteDialect.text("the function returned a value that is no " + type);
    return Sql.of(
        "CASE WHEN {} IS NULL THEN NULL WHEN {} THEN {} ELSE raise_error('42804', "
            + message
            + ") END",
        value,
        test,
        value);
  }

  private static String uuid() {
    return HEXADECIMAL.repeat(8)
        + ("-" + HEXADECIMAL.repeat(4)).repeat(3)
        + "-"
        + HEXADECIMAL.repeat(12);
  }

  private static String time() {
    return "[0-2][0-9]:[0-5][0-9]:[0-5][0-9]." + "[0-9]".repeat(6);
  }

  private Declared() {}
}
