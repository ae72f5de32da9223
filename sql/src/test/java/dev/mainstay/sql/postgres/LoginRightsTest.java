package dev.mainstay.sql.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mainstay.core.model.Guarding;
import dev.mainstay.core.model.Model;
import dev.mainstay.sql.StoreException;
import dev.mainstay.testkit.Catalogs;
import dev.mainstay.testkit.postgres.PostgresServer;
import dev.mainstay.testkit.postgres.PostgresVersion;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What the login role of a database that keeps its own rows back must be granted.
class LoginRightsTest {
  private static final Model MODEL =
      Catalogs.of(
              """
              roles: [editor]
              tables:
                notes:
                  columns: {id: {type: integer, primary_key: true}}
                shop.orders:
                  columns: {id: {type: integer, primary_key: true}}
              """,
              Guarding.DATABASE)
          .model();

  @ParameterizedTest
  @EnumSource
  void allThatIsMissingIsSaidAtOnceAsTheStatementsThatGiveIt(PostgresVersion version) {
    try (PostgresServer server = PostgresServer.start(version, Map.of())) {
      String address = server.database();
      String name = address.substring(address.lastIndexOf('/') + 1);
      server.execute(name, "CREATE ROLE login LOGIN NOINHERIT", "CREATE ROLE editor");
      String login = address.replace("postgres@", "login@");
      try (PostgresDatabase database = PostgresDatabase.open(PostgresSettings.of(login))) {
        List<String> statements = statements(database);
        assertThat(statements)
            .containsExactly(
                "CREATE ROLE \"anon\" NOLOGIN;",
                "GRANT \"anon\" TO \"login\";",
                "CREATE ROLE \"authenticated\" NOLOGIN;",
                "GRANT \"authenticated\" TO \"login\";",
                "CREATE ROLE \"service_role\" NOLOGIN;",
                "GRANT \"service_role\" TO \"login\";",
                "GRANT \"editor\" TO \"login\";",
                "CREATE SCHEMA \"shop\";",
                "GRANT USAGE ON SCHEMA \"shop\" TO \"anon\", \"authenticated\", \"service_role\","
                    + " \"editor\";");
        server.execute(name, statements.toArray(String[]::new));
        database.serve(MODEL);

        server.execute(name, "REVOKE editor FROM login");
        assertThat(statements(database)).containsExactly("GRANT \"editor\" TO \"login\";");
        // Without a token everybody is anon; of other roles that are not there nobody is.
        server.execute(name, "DROP OWNED BY editor", "DROP ROLE editor");
        database.serve(MODEL);
        server.execute(name, "DROP OWNED BY anon", "DROP ROLE anon");
        assertThat(statements(database)).startsWith("CREATE ROLE \"anon\" NOLOGIN;");
      }
    }
  }

  private static List<String> statements(PostgresDatabase database) {
    List<String> lines = new ArrayList<>();
    assertThatThrownBy(() -> database.serve(MODEL))
        .isInstanceOfSatisfying(
            StoreException.class,
            e -> e.getMessage().lines().map(String::strip).forEach(lines::add));
    assertThat(lines.removeFirst())
        .startsWith("The database 127.0.0.1:")
        .endsWith("cannot run requests as their callers' roles yet. Let its owner run:");
    return lines;
  }
}
