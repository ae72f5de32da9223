package dev.mainstay.sql.postgres;

import dev.mainstay.core.model.Column;
import dev.mainstay.core.model.ColumnType;
import dev.mainstay.core.model.Fill;
import dev.mainstay.core.query.ValueReader;
import org.jspecify.annotations.Nullable;

/// What PostgreSQL puts into a column by an expression when a new row does not name it.
final class Fills {
  private Fills() {}

  /// Null when there is none: the column is null, numbered, or computed, or the planner supplies
  /// the value.
  static @Nullable String expression(Column column) {
    ColumnType type = column.type();
    return switch (column.fill()) {
      case Fill.Literal(String literal) ->
          new PostgresDialect().literal(ValueReader.read(type, literal), type).text();
      case Fill.Now _ -> now(type);
      case Fill.RandomUuid _ -> "gen_random_uuid()" + (Types.isText(type) ? "::text" : "");
      case Fill.Existing(String expression) -> expression;
      case Fill.Nothing _,
          Fill.OrderedUuid _,
          Fill.AuthUid _,
          Fill.Identity _,
          Fill.Generated _,
          Fill.Computed _ ->
          null;
    };
  }

  /// In UTC, whatever the zone of the session.
  private static String now(ColumnType type) {
    return switch (type) {
      case ColumnType.Date _, ColumnType.Time _, ColumnType.Timestamp _ ->
          "(now() AT TIME ZONE 'UTC')::" + Types.of(type);
      default -> "now()";
    };
  }
}
