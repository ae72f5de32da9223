package dev.mainstay.testkit.mariadb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MariaServerTest {
  @Test
  void isOddOnPurpose() throws SQLException {
    String address = MariaServer.shared().database();
    assertThat(ask(address, "SELECT version()")).startsWith(MariaPrograms.VERSION);
    assertThat(ask(address, "SELECT @@time_zone")).isEqualTo("+12:45");
    assertThat(ask(address, "SELECT @@collation_database")).isEqualTo("latin1_german2_ci");
    assertThat(ask(address, "SELECT current_user()")).isEqualTo("mainstay@127.0.0.1");
  }

  @Test
  void givesEachClassADatabaseOfItsOwn() {
    MariaServer server = MariaServer.shared();
    assertThat(server.database()).isNotEqualTo(server.database());
  }

  @Test
  void keepsItsDataWhenKilledAndStartedAgain() throws SQLException {
    try (MariaServer server = MariaServer.start(Map.of())) {
      String address = server.database();
      try (Connection connection = MariaServer.connect(address)) {
        connection.createStatement().execute("CREATE TABLE t (n int) ENGINE = InnoDB");
        connection.createStatement().execute("INSERT INTO t VALUES (1)");
      }
      server.kill();
      assertThatThrownBy(() -> ask(address, "SELECT 1")).isInstanceOf(SQLException.class);
      server.restart();
      assertThat(ask(address, "SELECT n FROM t")).isEqualTo("1");
    }
  }

  private static String ask(String address, String sql) throws SQLException {
    try (Connection connection = MariaServer.connect(address);
        ResultSet result = connection.createStatement().executeQuery(sql)) {
      result.next();
      return result.getString(1);
    }
  }
}
