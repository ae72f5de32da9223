package dev.mainstay.testkit.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PostgresServerTest {
  @ParameterizedTest
  @EnumSource
  void runsTheVersionAskedFor(PostgresVersion version) throws SQLException {
    String address = PostgresServer.shared(version).database();
    assertThat(ask(address, "SHOW server_version")).startsWith(version.major() + ".");
    assertThat(ask(address, "SELECT 'a' < 'B'")).isEqualTo("t");
    assertThat(ask(address, "SHOW fsync")).isEqualTo("off");
  }

  @Test
  void givesEachClassADatabaseOfItsOwn() {
    PostgresServer server = PostgresServer.shared(PostgresVersion.V18);
    assertThat(server.database()).isNotEqualTo(server.database());
  }

  @Test
  void keepsItsDataWhenKilledAndStartedAgain() throws SQLException {
    try (PostgresServer server = PostgresServer.start(PostgresVersion.V18, Map.of())) {
      String address = server.database();
      server.kill();
      assertThatThrownBy(() -> ask(address, "SELECT 1")).isInstanceOf(SQLException.class);
      server.restart();
      assertThat(ask(address, "SELECT 1")).isEqualTo("1");
    }
  }

  private static String ask(String address, String sql) throws SQLException {
    try (Connection connection = PostgresServer.connect(address);
        ResultSet result = connection.createStatement().executeQuery(sql)) {
      result.next();
      return result.getString(1);
    }
  }
}
