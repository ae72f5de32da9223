package dev.mainstay.core.query;

/// How two values are compared. All but [#DISTINCT] answer unknown when a side is null.
///
/// Order and equality are PostgreSQL's: text by code point, enums by declared order, NaN equal to
/// itself and above all.
public enum Operator {
  EQ,
  NE,
  LT,
  LE,
  GT,
  GE,
  /// `IS DISTINCT FROM`: never unknown.
  DISTINCT,
  /// `%` any text, `_` any one code point, `\` takes the next as it is.
  LIKE,
  ILIKE,
  /// A regular expression matches some part of the text.
  MATCH,
  IMATCH,
  CONTAINS,
  CONTAINED,
  OVERLAPS,
  RANGE_LEFT_OF,
  RANGE_RIGHT_OF,
  RANGE_NOT_RIGHT_OF,
  RANGE_NOT_LEFT_OF,
  RANGE_ADJACENT
}
