package dev.mainstay.sql.postgres;

import dev.mainstay.testkit.postgres.PostgresVersion;

final class Postgres15MigrationTest extends PostgresMigrations {
  Postgres15MigrationTest() {
    super(PostgresVersion.V15);
  }
}
