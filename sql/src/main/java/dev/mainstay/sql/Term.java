package dev.mainstay.sql;

import dev.mainstay.core.model.ColumnType;

/// A rendered expression, its type, and whether it may be null. A term that cannot be null needs no
/// care for null in comparisons, orders and answers.
public record Term(Sql sql, ColumnType type, boolean nullable) {
  public static Term nullable(Sql sql, ColumnType type) {
    return new Term(sql, type, true);
  }

  public static Term present(Sql sql, ColumnType type) {
    return new Term(sql, type, false);
  }
}
