package dev.mainstay.sql.sqlite;

import dev.mainstay.testkit.EngineUnderTest;
import dev.mainstay.testkit.conformance.EngineConformance;

class SqliteConformanceTest extends EngineConformance {
  @Override
  protected EngineUnderTest engine() {
    return new SqliteUnderTest();
  }
}
