package dev.mainstay.sql.postgres;

import dev.mainstay.testkit.EngineUnderTest;
import dev.mainstay.testkit.conformance.EngineConformance;
import dev.mainstay.testkit.postgres.PostgresVersion;

class Postgres15ConformanceTest extends EngineConformance {
  @Override
  protected EngineUnderTest engine() {
    return new PostgresUnderTest(PostgresVersion.V15);
  }
}
