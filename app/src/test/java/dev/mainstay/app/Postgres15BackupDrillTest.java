package dev.mainstay.app;

import dev.mainstay.testkit.postgres.PostgresServer;
import dev.mainstay.testkit.postgres.PostgresVersion;

/// With the `pg_dump` of this machine, which every one knows this version of the server.
final class Postgres15BackupDrillTest extends BackupDrill {
  @Override
  String database() {
    return PostgresServer.shared(PostgresVersion.V15).database();
  }
}
