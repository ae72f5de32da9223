package dev.mainstay.app;

import dev.mainstay.testkit.postgres.PostgresVersion;

final class Postgres15OwnTestsTest extends PostgresOwnTests {
  Postgres15OwnTestsTest() {
    super(PostgresVersion.V15);
  }
}
