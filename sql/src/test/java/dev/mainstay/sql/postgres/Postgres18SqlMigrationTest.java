package dev.mainstay.sql.postgres;

import dev.mainstay.testkit.postgres.PostgresVersion;

final class Postgres18SqlMigrationTest extends PostgresSqlMigrations {
  Postgres18SqlMigrationTest() {
    super(PostgresVersion.V18);
  }
}
