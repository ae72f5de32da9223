package dev.mainstay.sql.postgres;

import static dev.mainstay.testkit.Ask.everything;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mainstay.core.plan.Catalog;
import dev.mainstay.testkit.Backend;
import dev.mainstay.testkit.Callers;
import dev.mainstay.testkit.EngineUnderTest;
import dev.mainstay.testkit.conformance.EngineConformance;
import dev.mainstay.testkit.postgres.PgBouncer;
import dev.mainstay.testkit.postgres.PostgresServer;
import dev.mainstay.testkit.postgres.PostgresVersion;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Everything an engine must do, through a transaction-mode pooler.
class PoolerTest extends EngineConformance {
  private static PostgresServer server;
  private static PgBouncer pooler;

  @BeforeAll
  static void start() {
    server = PostgresServer.shared(PostgresVersion.V18);
    pooler = PgBouncer.start(server);
  }

  @AfterAll
  static void stop() {
    pooler.close();
  }

  @Override
  protected EngineUnderTest engine() {
    return new Pooled(server.database());
  }

  @Test
  void leavesNothingInASession() throws SQLException {
    String direct = server.database();
    String yaml =
        """
        views:
          whoami:
            sql: SELECT current_setting('request.jwt.claims', true)::json ->> 'sub' AS sub
            columns:
              sub: {type: text, nullable: true}
            policies:
              read: {authenticated: "true"}
        """;
    try (Backend backend = Backend.open(new Pooled(direct), yaml)) {
      for (String user : new String[] {"ann", "bob"})
        assertThat(backend.read(Callers.user(user), everything().from("whoami")))
            .isEqualTo("[{\"sub\":\"" + user + "\"}]");
      try (Connection connection = PostgresServer.connect(pooler.address(direct));
          ResultSet left =
              connection
                  .createStatement()
                  .executeQuery(
                      "SELECT current_setting('request.jwt.claims', true),"
                          + " current_setting('statement_timeout'),"
                          + " current_setting('IntervalStyle'),"
                          + " (SELECT count(*) FROM pg_prepared_statements)")) {
        left.next();
        assertThat(left.getString(1)).isNullOrEmpty();
        assertThat(left.getString(2)).isEqualTo("0");
        assertThat(left.getString(3)).isEqualTo("iso_8601");
        assertThat(left.getInt(4)).isZero();
      }
    }
  }

  private record Pooled(String direct) implements EngineUnderTest {
    @Override
    public String name() {
      return "postgres";
    }

    @Override
    public Database open(Catalog catalog) {
      return PostgresUnderTest.open(
          PostgresSettings.of(pooler.address(direct)).throughPooler(), catalog);
    }
  }
}
