package dev.mainstay.sql.postgres;

import dev.mainstay.testkit.postgres.PostgresVersion;

final class Postgres18MigrationTest extends PostgresMigrations {
  Postgres18MigrationTest() {
    super(PostgresVersion.V18);
  }
}
