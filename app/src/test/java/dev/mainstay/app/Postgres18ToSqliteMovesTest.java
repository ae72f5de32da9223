package dev.mainstay.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mainstay.testkit.postgres.PostgresServer;
import dev.mainstay.testkit.postgres.PostgresVersion;
import org.jspecify.annotations.Nullable;

final class Postgres18ToSqliteMovesTest extends Moves {
  @Override
  String database(String project) {
    return PostgresServer.shared(PostgresVersion.V18).database();
  }

  @Override
  void spoil() throws Exception {
    write("nan.csv", "id,f\n00000000-0000-0000-0000-000000000009,NaN\n");
    assertThat(run("import nan.csv --table everything --project a").status()).isZero();
  }

  @Override
  String complaint() {
    return "cannot keep the row id 00000000-0000-0000-0000-000000000009 of 'everything'";
  }

  @Override
  @Nullable String target() {
    return null;
  }
}
