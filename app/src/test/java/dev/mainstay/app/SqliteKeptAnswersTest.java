package dev.mainstay.app;

import dev.mainstay.testkit.EngineUnderTest;

final class SqliteKeptAnswersTest extends KeptAnswers {
  @Override
  protected EngineUnderTest engine() {
    return new OnSqlite();
  }
}
