package dev.mainstay.app;

import org.jspecify.annotations.Nullable;

final class SqliteRowRoundTripsTest extends RowRoundTrips {
  @Override
  @Nullable String database(String project) {
    return null;
  }
}
