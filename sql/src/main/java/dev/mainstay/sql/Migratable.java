package dev.mainstay.sql;

import dev.mainstay.core.migration.SqlMigration;

/// A database whose tables can be changed.
public interface Migratable {
  /// Begins a transaction that is undone: nothing is changed, and nobody waits for it longer than
  /// the engine must have them.
  Installation look();

  /// Begins a transaction in which tables may be made anew: foreign keys are not looked at before
  /// its end.
  Installation begin();

  /// Begins a transaction in which rows are loaded into tables that are not whole yet: foreign keys
  /// are looked at neither within it nor at its end.
  Installation load();

  /// Runs a statement by itself, outside of any transaction.
  void alone(String statement);

  /// Runs the statements of a migration one after the other, outside of any transaction.
  ///
  /// @throws StatementRefused what ran before that one stays
  void alone(SqlMigration migration) throws StatementRefused;
}
