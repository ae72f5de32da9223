package dev.mainstay.app;

import dev.mainstay.testkit.postgres.PostgresServer;
import dev.mainstay.testkit.postgres.PostgresVersion;

final class Postgres18RowImportsTest extends RowImports {
  @Override
  String database(String project) {
    return PostgresServer.shared(PostgresVersion.V18).database();
  }
}
