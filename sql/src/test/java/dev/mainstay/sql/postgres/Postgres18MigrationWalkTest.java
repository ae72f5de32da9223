package dev.mainstay.sql.postgres;

import dev.mainstay.sql.MigrationWalk;
import dev.mainstay.testkit.postgres.PostgresVersion;

/// To it every table is a large one: so each kind of step is taken.
final class Postgres18MigrationWalkTest extends MigrationWalk {
  @Override
  protected Empty open() {
    return PostgresEmpty.on(PostgresVersion.V18);
  }

  @Override
  protected Parts parts() {
    return new Parts(new PostgresDialect(), new PostgresDdl(), new PostgresAlterations(0));
  }
}
