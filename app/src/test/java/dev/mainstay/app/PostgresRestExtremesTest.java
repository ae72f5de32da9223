package dev.mainstay.app;

import dev.mainstay.testkit.EngineUnderTest;
import dev.mainstay.testkit.postgres.PostgresVersion;

class PostgresRestExtremesTest extends RestExtremes {
  @Override
  protected EngineUnderTest engine() {
    return new OnPostgres(PostgresVersion.V18);
  }
}
