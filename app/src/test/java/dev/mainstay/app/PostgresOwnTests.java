package dev.mainstay.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mainstay.testkit.postgres.PostgresServer;
import dev.mainstay.testkit.postgres.PostgresVersion;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.Test;

abstract class PostgresOwnTests extends OwnTests {
  private final PostgresServer server;
  private final String address;

  PostgresOwnTests(PostgresVersion version) {
    this.server = PostgresServer.shared(version);
    this.address = server.database();
  }

  @Override
  protected List<String> database() {
    return List.of("--database", address);
  }

  @Override
  protected String engine() {
    return "PostgreSQL";
  }

  @Override
  protected void assertNothingIsLeft() throws Exception {
    try (Connection connection = PostgresServer.connect(address);
        Statement statement = connection.createStatement();
        ResultSet left =
            statement.executeQuery(
                "SELECT (SELECT count(*) FROM pg_database WHERE datname LIKE 'mainstay_test_%'),"
                    + " (SELECT count(*) FROM pg_namespace WHERE nspname = 'mainstay')")) {
      left.next();
      assertThat(left.getInt(1)).as("databases").isZero();
      assertThat(left.getInt(2)).as("the project's own database").isZero();
    }
  }

  @Test
  void wantARoleThatMayMakeDatabases() throws Exception {
    server.execute("postgres", "DROP ROLE IF EXISTS modest", "CREATE ROLE modest LOGIN");
    Example.copyTo(folder);
    Cli.Outcome outcome =
        new Cli(folder, folder).run("test", "--database", address.replace("postgres@", "modest@"));
    assertThat(outcome)
        .isEqualTo(
            new Cli.Outcome(
                1,
                "",
                ("mainstay: The user modest may make no databases on 127.0.0.1:%d/postgres, and"
                        + " tests need some of their own: ALTER ROLE \"modest\" CREATEDB\n")
                    .formatted(server.port())));
  }
}
