package dev.mainstay.app;

import dev.mainstay.testkit.postgres.PostgresServer;
import dev.mainstay.testkit.postgres.PostgresVersion;
import org.jspecify.annotations.Nullable;

final class SqliteToPostgresRowRoundTripsTest extends RowRoundTrips {
  @Override
  @Nullable String database(String project) {
    return project.equals("a") ? null : PostgresServer.shared(PostgresVersion.V18).database();
  }
}
