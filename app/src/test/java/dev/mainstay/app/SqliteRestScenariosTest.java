package dev.mainstay.app;

import dev.mainstay.testkit.EngineUnderTest;

class SqliteRestScenariosTest extends RestScenarios {
  @Override
  protected EngineUnderTest engine() {
    return new OnSqlite();
  }
}
