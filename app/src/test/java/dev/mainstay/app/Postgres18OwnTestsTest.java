package dev.mainstay.app;

import dev.mainstay.testkit.postgres.PostgresVersion;

final class Postgres18OwnTestsTest extends PostgresOwnTests {
  Postgres18OwnTestsTest() {
    super(PostgresVersion.V18);
  }
}
