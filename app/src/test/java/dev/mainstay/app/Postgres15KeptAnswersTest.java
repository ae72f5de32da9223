package dev.mainstay.app;

import dev.mainstay.testkit.EngineUnderTest;
import dev.mainstay.testkit.postgres.PostgresVersion;

final class Postgres15KeptAnswersTest extends KeptAnswers {
  @Override
  protected EngineUnderTest engine() {
    return new OnPostgres(PostgresVersion.V15);
  }
}
