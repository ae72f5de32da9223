package dev.mainstay.sql.postgres;

import dev.mainstay.core.plan.Catalog;
import dev.mainstay.sql.Things;
import dev.mainstay.testkit.Backend;
import dev.mainstay.testkit.EngineUnderTest;
import dev.mainstay.testkit.postgres.PostgresServer;
import dev.mainstay.testkit.postgres.PostgresVersion;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/// [Things] on PostgreSQL.
public final class PostgresThings {
  private static final String SERIES = "SELECT i FROM generate_series(1, %d) AS i";

  private static final String UUID =
      "CAST(right('0000000' || (%s), 8) || '-0000-4000-8000-000000000000' AS uuid)";

  private PostgresThings() {}

  public static Backend open(int rows) {
    return open(rows, PostgresServer.shared(PostgresVersion.V18).database());
  }

  static Backend open(int rows, String address) {
    Backend backend = Backend.open(at(address), Things.MODEL);
    try (Connection connection = PostgresServer.connect(address);
        Statement statement = connection.createStatement()) {
      for (String sql : Things.rows(rows, SERIES, UUID)) statement.execute(sql);
      statement.execute("VACUUM ANALYZE");
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
    return backend;
  }

  private static EngineUnderTest at(String address) {
    return new EngineUnderTest() {
      @Override
      public String name() {
        return "postgres";
      }

      @Override
      public Database open(Catalog catalog) {
        return PostgresUnderTest.open(PostgresSettings.of(address), catalog);
      }
    };
  }
}
