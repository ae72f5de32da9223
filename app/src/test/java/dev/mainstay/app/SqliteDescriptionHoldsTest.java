package dev.mainstay.app;

import dev.mainstay.testkit.EngineUnderTest;

class SqliteDescriptionHoldsTest extends DescriptionHolds {
  @Override
  protected EngineUnderTest engine() {
    return new OnSqlite();
  }
}
