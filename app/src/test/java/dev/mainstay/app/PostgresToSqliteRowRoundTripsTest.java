package dev.mainstay.app;

import dev.mainstay.testkit.postgres.PostgresServer;
import dev.mainstay.testkit.postgres.PostgresVersion;
import org.jspecify.annotations.Nullable;

final class PostgresToSqliteRowRoundTripsTest extends RowRoundTrips {
  @Override
  @Nullable String database(String project) {
    return project.equals("a") ? PostgresServer.shared(PostgresVersion.V18).database() : null;
  }
}
