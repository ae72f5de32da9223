package dev.mainstay.app;

import dev.mainstay.testkit.postgres.PostgresServer;
import dev.mainstay.testkit.postgres.PostgresVersion;

final class Postgres18StoppedWritesTest extends StoppedWrites {
  @Override
  String database() {
    return PostgresServer.shared(PostgresVersion.V18).database();
  }
}
