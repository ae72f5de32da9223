package dev.mainstay.sql.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mainstay.sql.StoreException;
import dev.mainstay.testkit.postgres.PostgresServer;
import dev.mainstay.testkit.postgres.PostgresVersion;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Databases that are made, copied, and gone in the end.
final class PostgresThrowawaysTest {
  private final PostgresServer server = PostgresServer.shared(PostgresVersion.V18);
  private final String address = server.database();

  private List<String> databases() throws SQLException {
    var names = new ArrayList<String>();
    try (Connection connection = PostgresServer.connect(address);
        Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "SELECT datname FROM pg_database WHERE datname LIKE 'mainstay_test_%'")) {
      while (rows.next()) names.add(rows.getString(1));
    }
    return names;
  }

  private static PostgresThrowaways on(String address) {
    return PostgresThrowaways.on(PostgresSettings.of(address), new Random(1));
  }

  @Test
  void aCopyHasWhatTheOtherHadAndIsDroppedWhoeverIsThere() throws SQLException {
    PostgresThrowaways throwaways = on(address);
    PostgresSettings first = throwaways.make();
    assertThat(first.address())
        .startsWith("postgres://postgres@127.0.0.1:" + server.port() + "/mainstay_test_");
    server.execute(name(first), "CREATE TABLE t (a int)", "INSERT INTO t VALUES (1)");
    PostgresSettings copy = throwaways.copy(first);
    server.execute(name(copy), "INSERT INTO t VALUES (2)");
    assertThat(databases()).containsExactlyInAnyOrder(name(first), name(copy));
    try (Connection busy = PostgresServer.connect(copy.address())) {
      assertThat(busy.isValid(1)).isTrue();
      throwaways.drop(copy);
    }
    assertThat(databases()).containsExactly(name(first));
    PostgresSettings own = PostgresSettings.of(address);
    assertThatThrownBy(() -> throwaways.drop(own)).isInstanceOf(IllegalArgumentException.class);
    throwaways.close();
    throwaways.close();
    assertThat(databases()).isEmpty();
    assertThatThrownBy(throwaways::make).isInstanceOf(StoreException.class);
  }

  @Test
  void aUserWhoMayMakeNoneIsToldHow() {
    server.execute("postgres", "DROP ROLE IF EXISTS humble", "CREATE ROLE humble LOGIN");
    try (PostgresThrowaways throwaways = on(address.replace("postgres@", "humble@"))) {
      assertThatThrownBy(throwaways::make)
          .isInstanceOf(StoreException.class)
          .hasMessage(
              "The user humble may make no databases on 127.0.0.1:"
                  + server.port()
                  + "/postgres, and tests need some of their own: ALTER ROLE \"humble\" CREATEDB");
    }
  }

  private static String name(PostgresSettings settings) {
    return settings.address().substring(settings.address().lastIndexOf('/') + 1);
  }

  @ParameterizedTest
  @CsvSource({
    "postgres://u:p@h:1/shop?sslmode=require, postgres://u:p@h:1/t?sslmode=require",
    "postgresql://u@h, postgresql://u@h/t",
    "postgres://h?sslmode=disable, postgres://h/t?sslmode=disable",
    "jdbc:postgresql://h:1/shop?user=a/b, jdbc:postgresql://h:1/t?user=a/b",
    "jdbc:postgresql:shop?user=u, jdbc:postgresql:t?user=u",
  })
  void anAddressIsThatOfAnotherDatabase(String address, String other) {
    assertThat(PostgresSettings.of(address).inDatabase("t").address()).isEqualTo(other);
  }
}
