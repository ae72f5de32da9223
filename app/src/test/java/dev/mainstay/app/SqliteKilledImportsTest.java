package dev.mainstay.app;

import dev.mainstay.testkit.EngineUnderTest;

final class SqliteKilledImportsTest extends KilledImports {
  @Override
  EngineUnderTest engine() {
    return new OnSqlite();
  }
}
