package dev.mainstay.app;

import dev.mainstay.testkit.postgres.PostgresServer;
import dev.mainstay.testkit.postgres.PostgresVersion;
import java.util.List;

final class Postgres18RowsInBulkTest extends RowsInBulk {
  @Override
  List<String> database() {
    return List.of(PostgresServer.shared(PostgresVersion.V18).database());
  }
}
