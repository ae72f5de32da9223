package dev.mainstay.app;

import dev.mainstay.sql.Installation;
import dev.mainstay.testkit.postgres.PostgresServer;
import dev.mainstay.testkit.postgres.PostgresVersion;
import org.jspecify.annotations.Nullable;

final class SqliteToPostgres18MovesTest extends Moves {
  @Override
  @Nullable String database(String project) {
    return null;
  }

  @Override
  void spoil() throws Exception {
    change(
        database -> {
          try (Installation transaction = database.load()) {
            transaction.run("INSERT INTO lefts (id, right_id) VALUES (99, 77)");
            transaction.commit();
          }
        });
  }

  @Override
  String complaint() {
    return "violates foreign key constraint";
  }

  @Override
  String target() {
    return PostgresServer.shared(PostgresVersion.V18).database();
  }
}
