package dev.mainstay.sql.postgres;

import dev.mainstay.testkit.postgres.PostgresVersion;

final class Postgres15SqlMigrationTest extends PostgresSqlMigrations {
  Postgres15SqlMigrationTest() {
    super(PostgresVersion.V15);
  }
}
