package dev.mainstay.sql.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mainstay.core.problem.Problem;
import dev.mainstay.core.problem.ProblemException;
import dev.mainstay.sql.StoreException;
import dev.mainstay.testkit.postgres.PostgresServer;
import dev.mainstay.testkit.postgres.PostgresVersion;
import java.io.IOException;
import java.net.ServerSocket;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PostgresDatabaseTest {
  @ParameterizedTest
  @EnumSource
  void setsWhatAnswersDependOn(PostgresVersion version) throws SQLException {
    String address = PostgresServer.shared(version).database();
    try (PostgresDatabase database = PostgresDatabase.open(PostgresSettings.of(address));
        Connection connection = database.connection();
        ResultSet row =
            connection
                .createStatement()
                .executeQuery(
                    "SELECT current_setting('TimeZone'), current_setting('DateStyle'),"
                        + " current_setting('IntervalStyle'), current_setting('bytea_output'),"
                        + " current_setting('extra_float_digits'),"
                        + " current_setting('application_name')")) {
      row.next();
      assertThat(row.getString(1)).isEqualTo("UTC");
      assertThat(row.getString(2)).startsWith("ISO");
      assertThat(row.getString(3)).isEqualTo("postgres");
      assertThat(row.getString(4)).isEqualTo("hex");
      assertThat(row.getString(5)).isEqualTo("1");
      assertThat(row.getString(6)).isEqualTo("mainstay");
    }
  }

  @Test
  void saysInOneSentenceWhyItCannotConnect() throws IOException {
    String address = PostgresServer.shared(PostgresVersion.V18).database();
    int port = PostgresServer.shared(PostgresVersion.V18).port();
    int free = freePort();
    assertThatThrownBy(() -> open("postgres://me@127.0.0.1:" + free + "/shop"))
        .isInstanceOf(StoreException.class)
        .hasMessage("The database 127.0.0.1:" + free + "/shop cannot be used: Connection refused.");
    assertThatThrownBy(() -> open("postgres://postgres@127.0.0.1:" + port + "/nowhere"))
        .isInstanceOf(StoreException.class)
        .hasMessage(
            "The database 127.0.0.1:"
                + port
                + "/nowhere cannot be used: there is no such database.");
    assertThatThrownBy(() -> open(address.replace("postgres@", "nobody:secret@")))
        .isInstanceOf(StoreException.class)
        .hasMessageEndingWith(" cannot be used: it refuses the user or the password.")
        .hasMessageNotContaining("secret");
  }

  @Test
  void refusesWhenNoConnectionComesFree() throws SQLException {
    String address = PostgresServer.shared(PostgresVersion.V18).database();
    PostgresSettings one =
        new PostgresSettings(
            address,
            1,
            false,
            List.of("public"),
            Duration.ofSeconds(5),
            Duration.ofMillis(250),
            null);
    try (PostgresDatabase database = PostgresDatabase.open(one);
        Connection held = database.connection()) {
      assertThat(held.isValid(1)).isTrue();
      assertThat(database.connectionsInUse()).isEqualTo(1);
      assertThatThrownBy(database::connection)
          .isInstanceOfSatisfying(
              ProblemException.class,
              e -> assertThat(e.problem()).isEqualTo(new Problem.PoolExhausted(1)));
    }
  }

  @Test
  void keepsThePasswordToItself() {
    assertThat(PostgresSettings.of("postgres://me:secret@db/shop").toString())
        .doesNotContain("secret");
  }

  private static void open(String address) {
    PostgresDatabase.open(PostgresSettings.of(address)).close();
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }
}
