package dev.mainstay.app;

import dev.mainstay.testkit.postgres.PostgresServer;
import dev.mainstay.testkit.postgres.PostgresVersion;

final class Postgres15ChinookChangesTest extends ChinookChanges {
  @Override
  String database() {
    return PostgresServer.shared(PostgresVersion.V15).database();
  }
}
