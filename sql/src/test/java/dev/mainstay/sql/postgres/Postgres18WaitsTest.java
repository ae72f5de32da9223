package dev.mainstay.sql.postgres;

import dev.mainstay.testkit.postgres.PostgresVersion;

final class Postgres18WaitsTest extends PostgresWaits {
  Postgres18WaitsTest() {
    super(PostgresVersion.V18);
  }
}
