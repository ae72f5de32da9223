package dev.mainstay.app;

import dev.mainstay.testkit.EngineUnderTest;
import dev.mainstay.testkit.postgres.PostgresVersion;

final class Postgres18KilledImportsTest extends KilledImports {
  @Override
  EngineUnderTest engine() {
    return new OnPostgres(PostgresVersion.V18);
  }
}
