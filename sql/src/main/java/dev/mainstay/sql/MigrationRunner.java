package dev.mainstay.sql;

import dev.mainstay.core.migration.SqlMigration;
import dev.mainstay.core.model.Fault;
import dev.mainstay.core.model.FaultPrinter;
import dev.mainstay.core.model.TableName;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Runs migrations that a user wrote, and keeps in the database that they have run.
///
/// @param program its version, to be kept
/// @param version of the model that the database has, or gets in the same transaction
/// @param schemas in which to look for what a migration makes
record MigrationRunner(String program, long version, Set<String> schemas) {
  /// Runs one as part of a transaction.
  ///
  /// @param outcome what becomes of everything when it fails, in the words of a sentence
  void within(Installation transaction, SqlMigration migration, String outcome) {
    try {
      run(transaction, migration);
    } catch (StatementRefused e) {
      throw failed(outcome + ", for this migration failed", migration, e);
    }
  }

  private void run(Installation transaction, SqlMigration migration) throws StatementRefused {
    Set<RanMigration.Made> before = things(transaction);
    long start = System.nanoTime();
    transaction.run(migration);
    keep(transaction, migration, millisSince(start), before);
  }

  /// Keeps that a new database, which was made of the model, does not need it.
  void passOver(Installation transaction, SqlMigration migration) {
    transaction.record(ran(migration, null, List.of()));
  }

  /// Runs one by itself: one that runs alone outside of any transaction.
  void byItself(Migratable database, SqlMigration migration) {
    try {
      if (migration.alone()) alone(database, migration);
      else
        try (Installation transaction = database.begin()) {
          Schema found = transaction.schema(schemas);
          run(transaction, migration);
          keepLeft(transaction, found);
          transaction.commit();
        }
    } catch (StatementRefused e) {
      String sentence =
          migration.alone()
              ? "What ran before it stays, but this migration failed. It runs again, from its first"
                  + " statement on, with the next apply"
              : "What ran before it stays, but this migration failed, and was undone";
      throw failed(sentence, migration, e);
    }
  }

  private void alone(Migratable database, SqlMigration migration) throws StatementRefused {
    Set<RanMigration.Made> before;
    Schema found;
    try (Installation looking = database.look()) {
      before = things(looking);
      found = looking.schema(schemas);
    }
    long start = System.nanoTime();
    database.alone(migration);
    long millis = millisSince(start);
    try (Installation transaction = database.begin()) {
      keep(transaction, migration, millis, before);
      keepLeft(transaction, found);
      transaction.commit();
    }
  }

  private void keep(
      Installation transaction,
      SqlMigration migration,
      long millis,
      Set<RanMigration.Made> before) {
    Set<RanMigration.Made> made = things(transaction);
    made.removeAll(before);
    transaction.record(ran(migration, millis, List.copyOf(made)));
  }

  /// What a migration changes is of the program's own doing, and not of somebody else's.
  private void keepLeft(Installation transaction, Schema before) {
    Applied last = transaction.applied();
    if (last == null || last.left() == null) return;
    transaction.record(last.withLeft(last.left().with(before, transaction.schema(schemas))));
  }

  private RanMigration ran(
      SqlMigration migration, @Nullable Long millis, List<RanMigration.Made> made) {
    return new RanMigration(
        migration.number(),
        migration.name(),
        Installer.checksum(migration.source().text()),
        version,
        program,
        millis,
        made,
        "");
  }

  private Set<RanMigration.Made> things(Installation database) {
    Set<RanMigration.Made> things = new LinkedHashSet<>();
    for (Schema.Thing thing : database.schema(schemas).things()) {
      if (!thing.kind().equals("table")) continue;
      int dot = thing.name().indexOf('.');
      TableName table =
          dot < 0
              ? TableName.inDefaultSchema(thing.name())
              : new TableName(thing.name().substring(0, dot), thing.name().substring(dot + 1));
      things.add(new RanMigration.Made(table, null));
      for (String column : database.columns(table))
        things.add(new RanMigration.Made(table, column));
    }
    return things;
  }

  private static long millisSince(long start) {
    return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
  }

  private static StoreException failed(
      String sentence, SqlMigration migration, StatementRefused refused) {
    String message = String.valueOf(refused.getMessage());
    Fault fault =
        new Fault(migration.position(refused.at()), message, refused.hint(), /* quote= */ null);
    return new StoreException(
        sentence
            + ":\n"
            + FaultPrinter.print(List.of(migration.source().quoted(fault))).stripTrailing());
  }
}
