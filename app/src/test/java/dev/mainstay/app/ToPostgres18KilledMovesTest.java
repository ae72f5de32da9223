package dev.mainstay.app;

import dev.mainstay.sql.postgres.PostgresSettings;
import dev.mainstay.testkit.postgres.PostgresServer;
import dev.mainstay.testkit.postgres.PostgresVersion;

final class ToPostgres18KilledMovesTest extends KilledMoves {
  @Override
  Store empty() {
    return Store.at(
        PostgresSettings.of(PostgresServer.shared(PostgresVersion.V18).database())
            .withConnections(4));
  }
}
