package dev.mainstay.app;

import dev.mainstay.testkit.postgres.PostgresVersion;

final class Postgres18ReloadsTest extends PostgresReloads {
  Postgres18ReloadsTest() {
    super(PostgresVersion.V18);
  }
}
