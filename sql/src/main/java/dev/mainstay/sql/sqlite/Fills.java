package dev.mainstay.sql.sqlite;

import dev.mainstay.core.model.Column;
import dev.mainstay.core.model.ColumnType;
import dev.mainstay.core.model.Fill;
import dev.mainstay.core.problem.Problem;
import dev.mainstay.core.problem.ProblemException;
import dev.mainstay.core.query.ValueReader;
import org.jspecify.annotations.Nullable;

/// What SQLite itself puts into a column that a new row does not name.
final class Fills {
  private static final String RANDOM_UUID =
      "lower(hex(randomblob(4)) || '-' || hex(randomblob(2)) || '-4' || substr(hex(randomblob(2)),"
          + " 2) || '-' || substr('89AB', 1 + (random() & 3), 1) || substr(hex(randomblob(2)), 2)"
          + " || '-' || hex(randomblob(6)))";

  /// An expression, or null when there is none: the planner supplies the value, or the column is
  /// null.
  static @Nullable String expression(Column column) {
    return switch (column.fill()) {
      case Fill.Nothing _, Fill.OrderedUuid _, Fill.AuthUid _ -> null;
      case Fill.Literal(String text) ->
          new SqliteDialect().literal(ValueReader.read(column.type(), text), column.type()).text();
      case Fill.Now _ -> now(column.type());
      case Fill.RandomUuid _ -> RANDOM_UUID;
      case Fill.Identity _ ->
          throw new ProblemException(new Problem.Unsupported("an identity set to its default"));
      case Fill.Existing(String expression) -> expression;
      case Fill.Generated _, Fill.Computed _ ->
          throw new IllegalStateException("a generated column has no fill: " + column.name());
    };
  }

  /// For rows that are not written through the engine, which binds the time of the request.
  private static String now(ColumnType type) {
    return switch (type) {
      case ColumnType.Date _ -> "date('now')";
      case ColumnType.Time _ -> "strftime('%H:%M:%f000', 'now')";
      case ColumnType.Timestamp _ -> "strftime('%Y-%m-%dT%H:%M:%f000', 'now')";
      default -> "strftime('%Y-%m-%dT%H:%M:%f000+00:00', 'now')";
    };
  }

  private Fills() {}
}
