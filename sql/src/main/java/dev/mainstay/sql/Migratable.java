package dev.mainstay.sql;

/// A database whose tables can be changed.
public interface Migratable {
  /// Begins a transaction in which tables may be made anew: foreign keys are not looked at before
  /// its end.
  Installation begin();

  /// Runs a statement by itself, outside of any transaction.
  void alone(String statement);
}
