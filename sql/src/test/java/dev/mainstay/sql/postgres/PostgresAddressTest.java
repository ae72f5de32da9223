package dev.mainstay.sql.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mainstay.sql.StoreException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PostgresAddressTest {
  @Test
  void readsWhatLibpqReads() {
    PostgresAddress address =
        PostgresAddress.of(
            "postgres://me%40work:p%2Fw+d@db.example:6432/shop"
                + "?sslmode=verify-full&sslrootcert=/etc/ca.pem&application_name=x&connect_timeout=3");
    assertThat(Map.copyOf(address.properties()))
        .containsEntry("user", "me@work")
        .containsEntry("password", "p/w+d")
        .containsEntry("PGHOST", "db.example")
        .containsEntry("PGPORT", "6432")
        .containsEntry("PGDBNAME", "shop")
        .containsEntry("sslmode", "verify-full")
        .containsEntry("sslrootcert", "/etc/ca.pem")
        .containsEntry("ApplicationName", "x")
        .containsEntry("connectTimeout", "3");
    assertThat(address.shown()).isEqualTo("db.example:6432/shop");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "postgres://me@localhost/shop",
        "postgresql://me@/shop",
        "jdbc:postgresql://localhost:5432/shop?user=me"
      })
  void fillsInWhatIsUsual(String text) {
    PostgresAddress address = PostgresAddress.of(text);
    assertThat(address.shown()).isEqualTo("localhost:5432/shop");
    assertThat(address.properties()).containsEntry("user", "me");
  }

  @Test
  void readsSeveralHosts() {
    PostgresAddress address =
        PostgresAddress.of("postgres://me@a:1,b:2/shop?target_session_attrs=read-write");
    assertThat(address.shown()).isEqualTo("a:1,b:2/shop");
    assertThat(address.properties()).containsEntry("targetServerType", "primary");
  }

  @Test
  void trustsTheAuthoritiesOfTheSystem() {
    assertThat(
            PostgresAddress.of("postgres://db/shop?sslmode=verify-full&sslrootcert=system")
                .properties())
        .containsEntry("sslfactory", "org.postgresql.ssl.DefaultJavaSSLFactory");
  }

  @ParameterizedTest
  @ValueSource(strings = {"mysql://a/b", "postgres:a", "postgres://a b/c", "localhost", ""})
  void refusesWhatIsNoAddress(String text) {
    assertThatThrownBy(() -> PostgresAddress.of(text))
        .isInstanceOf(StoreException.class)
        .hasMessage(
            "The address of the database cannot be read; it has the form"
                + " postgres://user:password@host:port/database");
  }

  @Test
  void refusesParametersItDoesNotKnow() {
    assertThatThrownBy(() -> PostgresAddress.of("postgres://a/b?socketFactory=evil.Factory"))
        .isInstanceOf(StoreException.class)
        .hasMessage("The address of the database has a parameter that is not known: socketFactory");
  }
}
