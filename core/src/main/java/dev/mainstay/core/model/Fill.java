package dev.mainstay.core.model;

/// What a column gets when a new row does not name it.
public sealed interface Fill {
  /// Null, or `23502` where null is not allowed.
  record Nothing() implements Fill {}

  /// The same value each time, as text of the column's type.
  record Literal(String text) implements Fill {}

  /// The time of the transaction.
  record Now() implements Fill {}

  /// A random UUID (version 4).
  record RandomUuid() implements Fill {}

  /// A UUID that sorts by the time it was made (version 7).
  record OrderedUuid() implements Fill {}

  /// The caller's `sub` claim, or null.
  record AuthUid() implements Fill {}

  /// The next number of the table's own sequence; `always` refuses a value from the caller
  /// (`428C9`).
  record Identity(boolean always) implements Fill {}

  /// Computed by the engine from the row's other columns and stored; never written by a caller.
  record Generated(SqlText expression) implements Fill {}

  /// What a database's own expression makes.
  record Existing(String expression) implements Fill {}

  /// Not stored: a function of the database's own, which takes the row. It is there for who names
  /// it, is no part of `*`, and is never written.
  record Computed(TableName function) implements Fill {}
}
