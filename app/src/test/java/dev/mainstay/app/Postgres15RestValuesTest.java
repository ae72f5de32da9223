package dev.mainstay.app;

import dev.mainstay.testkit.EngineUnderTest;
import dev.mainstay.testkit.postgres.PostgresVersion;

class Postgres15RestValuesTest extends RestValues {
  @Override
  protected EngineUnderTest engine() {
    return new OnPostgres(PostgresVersion.V15);
  }
}
