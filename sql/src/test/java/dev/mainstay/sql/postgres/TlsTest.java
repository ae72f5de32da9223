package dev.mainstay.sql.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mainstay.sql.StoreException;
import dev.mainstay.testkit.postgres.PostgresServer;
import dev.mainstay.testkit.postgres.PostgresVersion;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyStore;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// A server with a certificate of its own for `localhost`, and one that nobody has signed.
class TlsTest {
  private static final char[] PASSWORD = "changeit".toCharArray();

  @TempDir static Path folder;
  private static PostgresServer server;
  private static Path certificate;
  private static Path stranger;

  @BeforeAll
  static void start() throws Exception {
    certificate = certificate("server");
    stranger = certificate("stranger");
    server =
        PostgresServer.start(
            PostgresVersion.V18,
            Map.of(
                "ssl", "on",
                "ssl_cert_file", certificate.toString(),
                "ssl_key_file", folder.resolve("server.key").toString()));
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @ParameterizedTest
  @CsvSource({
    "localhost, disable,     false",
    "localhost, prefer,      true",
    "localhost, require,     true",
    "127.0.0.1, verify-ca,   true",
    "localhost, verify-full, true",
  })
  void isUsedAsAskedFor(String host, String mode, boolean encrypted) throws SQLException {
    try (PostgresDatabase database =
            PostgresDatabase.open(PostgresSettings.of(address(host, mode, certificate)));
        Connection connection = database.connection();
        ResultSet row =
            connection
                .createStatement()
                .executeQuery("SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()")) {
      row.next();
      assertThat(row.getBoolean(1)).isEqualTo(encrypted);
    }
  }

  @Test
  void trustsNobodyElse() {
    assertRefused(address("localhost", "verify-full", stranger));
    assertRefused(address("127.0.0.1", "verify-full", certificate));
  }

  private static void assertRefused(String address) {
    assertThatThrownBy(() -> PostgresDatabase.open(PostgresSettings.of(address)).close())
        .isInstanceOf(StoreException.class)
        .hasMessageMatching("The database \\S+ cannot be used: [^\n]+\\.");
  }

  private static String address(String host, String mode, Path authority) {
    return server.database().replace("127.0.0.1", host)
        + ("?sslmode=" + mode + "&sslrootcert=" + authority);
  }

  /// Makes `name.crt` and `name.key`, and answers the first.
  private static Path certificate(String name) throws Exception {
    Path store = folder.resolve(name + ".p12");
    Process keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                "own",
                "-keyalg",
                "EC",
                "-dname",
                "CN=localhost",
                "-ext",
                "san=dns:localhost",
                "-storetype",
                "PKCS12",
                "-storepass",
                new String(PASSWORD),
                "-keystore",
                store.toString())
            .inheritIO()
            .start();
    assertThat(keytool.waitFor()).isZero();
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream bytes = Files.newInputStream(store)) {
      keys.load(bytes, PASSWORD);
    }
    Path key = folder.resolve(name + ".key");
    Files.createFile(
        key, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(key, pem("PRIVATE KEY", keys.getKey("own", PASSWORD).getEncoded()));
    return Files.writeString(
        folder.resolve(name + ".crt"), pem("CERTIFICATE", keys.getCertificate("own").getEncoded()));
  }

  private static String pem(String what, byte[] bytes) {
    return "-----BEGIN %1$s-----\n%2$s\n-----END %1$s-----\n"
        .formatted(what, Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(bytes));
  }
}
