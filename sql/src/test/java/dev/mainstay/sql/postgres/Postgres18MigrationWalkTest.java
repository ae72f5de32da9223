package dev.mainstay.sql.postgres;

import dev.mainstay.sql.Alterations;
import dev.mainstay.sql.Ddl;
import dev.mainstay.sql.Dialect;
import dev.mainstay.sql.MigrationWalk;
import dev.mainstay.testkit.postgres.PostgresVersion;

/// To it every table is a large one: so each kind of step is taken.
final class Postgres18MigrationWalkTest extends MigrationWalk {
  @Override
  protected Empty open() {
    return PostgresEmpty.on(PostgresVersion.V18);
  }

  @Override
  protected Dialect dialect() {
    return new PostgresDialect();
  }

  @Override
  protected Ddl ddl() {
    return new PostgresDdl();
  }

  @Override
  protected Alterations alterations() {
    return new PostgresAlterations(0);
  }
}
