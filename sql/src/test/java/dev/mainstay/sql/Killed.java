package dev.mainstay.sql;

import dev.mainstay.core.migration.SqlMigration;
import org.jspecify.annotations.Nullable;

/// A database whose changing is killed after so many statements.
final class Killed implements Migratable {
  private final Migratable database;
  private int left;
  private int taken;

  Killed(Migratable database, int statements) {
    this.database = database;
    this.left = statements;
  }

  static final class Now extends RuntimeException {}

  /// How many statements were run.
  int taken() {
    return taken;
  }

  private void count() {
    if (left-- == 0) throw new Now();
    taken++;
  }

  /// What may be run of a migration before the end, if that comes first.
  private @Nullable SqlMigration part(SqlMigration migration) {
    int statements = migration.statements().size();
    if (left >= statements) {
      left -= statements;
      taken += statements;
      return null;
    }
    return new SqlMigration(
        migration.number(),
        migration.name(),
        migration.moment(),
        migration.alone(),
        migration.alsoOnNew(),
        migration.source(),
        migration.statements().subList(0, left));
  }

  @Override
  public void alone(String statement) {
    count();
    database.alone(statement);
  }

  @Override
  public void alone(SqlMigration migration) throws StatementRefused {
    SqlMigration part = part(migration);
    database.alone(part == null ? migration : part);
    if (part != null) throw new Now();
  }

  @Override
  public Installation look() {
    return database.look();
  }

  @Override
  public Installation begin() {
    return new Killing(database.begin(), this);
  }

  @Override
  public Installation load() {
    return new Killing(database.load(), this);
  }

  private static final class Killing extends Passing {
    private final Killed killed;

    Killing(Installation whole, Killed killed) {
      super(whole);
      this.killed = killed;
    }

    @Override
    public void run(SqlMigration migration) throws StatementRefused {
      SqlMigration part = killed.part(migration);
      super.run(part == null ? migration : part);
      if (part != null) throw new Now();
    }

    @Override
    public void run(String statement) {
      killed.count();
      super.run(statement);
    }

    @Override
    public void commit() {
      killed.count();
      super.commit();
    }
  }
}
