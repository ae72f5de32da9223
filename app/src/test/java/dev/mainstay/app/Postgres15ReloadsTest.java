package dev.mainstay.app;

import dev.mainstay.testkit.postgres.PostgresVersion;

final class Postgres15ReloadsTest extends PostgresReloads {
  Postgres15ReloadsTest() {
    super(PostgresVersion.V15);
  }
}
