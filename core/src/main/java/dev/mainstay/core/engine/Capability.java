package dev.mainstay.core.engine;

/// What only some engines can do. A plan that needs one that is missing is refused with
/// [dev.mainstay.core.problem.Problem.Unsupported].
public enum Capability {
  /// Ranges and their operators.
  RANGES,
  /// Types of the engine's own, by name.
  NATIVE_TYPES,
  /// Indexes over a part of the rows.
  PARTIAL_INDEXES,
  /// Decimals of more than 18 digits.
  WIDE_DECIMALS,
  /// Full-text search in any column of text, and in more languages than two.
  COLUMN_SEARCH,
  /// Regular expressions beyond those that every engine reads alike.
  ANY_REGEX,
  /// Row policies kept by the database itself.
  NATIVE_POLICIES
}
