package dev.mainstay.app;

import dev.mainstay.testkit.EngineUnderTest;

class SqliteRestExtremesTest extends RestExtremes {
  @Override
  protected EngineUnderTest engine() {
    return new OnSqlite();
  }
}
