package dev.mainstay.sql.postgres;

import dev.mainstay.testkit.postgres.PostgresVersion;

final class Postgres15WaitsTest extends PostgresWaits {
  Postgres15WaitsTest() {
    super(PostgresVersion.V15);
  }
}
