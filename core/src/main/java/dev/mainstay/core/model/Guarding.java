package dev.mainstay.core.model;

/// Who keeps rows back from callers.
public enum Guarding {
  /// The policies of the model: a table without one is closed.
  DECLARED,
  /// The database, by its own grants and row policies, as the caller's role. Policies of the model
  /// keep back more; a table without one is the database's to guard.
  DATABASE
}
