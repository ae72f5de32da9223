package dev.mainstay.app;

import dev.mainstay.testkit.EngineUnderTest;

class SqliteRestValuesTest extends RestValues {
  @Override
  protected EngineUnderTest engine() {
    return new OnSqlite();
  }
}
