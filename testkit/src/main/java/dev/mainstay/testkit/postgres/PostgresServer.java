package dev.mainstay.testkit.postgres;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/// A PostgreSQL server of this test JVM. Its superuser is `postgres`, without a password.
///
/// Its settings are odd on purpose (zone, styles, a linguistic collation): what depends on a
/// default fails here, not at a user's.
public final class PostgresServer implements AutoCloseable {
  private static final Map<PostgresVersion, PostgresServer> SHARED =
      new EnumMap<>(PostgresVersion.class);
  private static final AtomicInteger DATABASES = new AtomicInteger();

  /// What is committed outlives a kill of the server, though not one of the machine.
  private static final Map<String, String> ODD =
      Map.of(
          "synchronous_commit", "on",
          "timezone", "Pacific/Chatham",
          "datestyle", "German,DMY",
          "intervalstyle", "iso_8601",
          "bytea_output", "escape",
          "extra_float_digits", "0",
          "fsync", "off",
          "full_page_writes", "off");

  private final PostgresVersion version;
  private final Map<String, String> settings;
  private final Path data;
  private EmbeddedPostgres running;

  private PostgresServer(PostgresVersion version, Map<String, String> settings, Path data) {
    this.version = version;
    this.settings = new LinkedHashMap<>(ODD);
    this.settings.putAll(settings);
    this.data = data;
    this.running = launch(0);
    Runtime.getRuntime().addShutdownHook(new Thread(this::close));
  }

  /// The server that all test classes share, started when first asked for and stopped with the JVM.
  public static synchronized PostgresServer shared(PostgresVersion version) {
    return SHARED.computeIfAbsent(version, v -> start(v, Map.of()));
  }

  /// A server of one's own, to be configured, killed and closed.
  public static PostgresServer start(PostgresVersion version, Map<String, String> settings) {
    try {
      return new PostgresServer(version, settings, Files.createTempDirectory("postgres-"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// A standby that follows the server and can be read.
  public PostgresServer standby() {
    try {
      Path copy = Files.createTempDirectory("postgres-standby-");
      try (Connection connection = connect(address("postgres"));
          Statement statement = connection.createStatement()) {
        statement.execute("SELECT pg_backup_start('standby', true)");
        copy(data, copy);
        try (ResultSet stopped =
            statement.executeQuery("SELECT labelfile FROM pg_backup_stop(false)")) {
          stopped.next();
          Files.writeString(copy.resolve("backup_label"), stopped.getString(1));
        }
      } catch (SQLException e) {
        throw new IllegalStateException(e);
      }
      Files.createFile(copy.resolve("standby.signal"));
      Files.writeString(
          copy.resolve("postgresql.auto.conf"),
          "primary_conninfo = 'host=127.0.0.1 port=" + port() + " user=postgres'\n");
      Files.setPosixFilePermissions(copy, PosixFilePermissions.fromString("rwx------"));
      return new PostgresServer(version, settings, copy);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Without the log, which the standby asks for, and what belongs to the running server.
  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : (Iterable<Path>) files::iterator) {
        Path name = from.relativize(file);
        boolean isLog = name.startsWith("pg_wal") && Files.isRegularFile(file);
        if (name.toString().isEmpty() || isLog || name.toString().startsWith("postmaster."))
          continue;
        if (Files.isDirectory(file)) Files.createDirectory(to.resolve(name));
        else copyFile(file, to.resolve(name));
      }
    }
  }

  /// A file that is gone meanwhile is none the standby needs.
  private static void copyFile(Path from, Path to) throws IOException {
    try {
      Files.copy(from, to);
    } catch (NoSuchFileException e) {
      if (Files.exists(from)) throw e;
    }
  }

  private String address(String database) {
    return "postgres://postgres@127.0.0.1:" + port() + "/" + database;
  }

  public int port() {
    return running.getPort();
  }

  /// Where the server keeps its data, for files that its settings name.
  public Path data() {
    return data;
  }

  /// Makes an empty database that sorts text as English does, and answers its address as
  /// `postgres://…`.
  public String database() {
    String name = "test" + DATABASES.incrementAndGet();
    execute(
        "postgres",
        "CREATE DATABASE "
            + name
            + " TEMPLATE template0 ENCODING 'UTF8' LOCALE 'C'"
            + " LOCALE_PROVIDER icu ICU_LOCALE 'en-US'");
    return address(name);
  }

  /// Opens a plain connection to a database that [#database] made.
  public static Connection connect(String address) throws SQLException {
    String[] parts = address.replaceFirst("^postgres://", "").split("@", 2);
    return DriverManager.getConnection("jdbc:postgresql://" + parts[1], parts[0], null);
  }

  /// Runs statements as the superuser.
  public void execute(String database, String... statements) {
    try (Connection connection = connect(address(database));
        Statement statement = connection.createStatement()) {
      for (String sql : statements) statement.execute(sql);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /// Ends the server and all its sessions at once, as a crash does.
  public void kill() {
    try {
      long pid = Long.parseLong(Files.readAllLines(data.resolve("postmaster.pid")).getFirst());
      ProcessHandle postmaster = ProcessHandle.of(pid).orElseThrow();
      List<ProcessHandle> all = postmaster.descendants().toList();
      postmaster.destroyForcibly();
      all.forEach(ProcessHandle::destroyForcibly);
      postmaster.onExit().join();
      all.forEach(process -> process.onExit().join());
      running.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Starts a killed server again, on the same port and data.
  public void restart() {
    running = launch(port());
  }

  /// Stops the server and deletes its data. May be called twice.
  @Override
  public void close() {
    try {
      running.close();
      if (!Files.exists(data)) return;
      try (Stream<Path> files = Files.walk(data)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private EmbeddedPostgres launch(int port) {
    EmbeddedPostgres.Builder builder =
        EmbeddedPostgres.builder()
            .setPgBinaryResolver((system, machine) -> binaries())
            .setDataDirectory(data)
            .setCleanDataDirectory(false)
            .setRegisterShutdownHook(false)
            .setLocaleConfig("locale", "C");
    settings.forEach(builder::setServerConfig);
    if (port != 0) builder.setPort(port);
    try {
      return builder.start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private InputStream binaries() {
    String file = "/postgres/" + version.major() + "/postgres-linux-x86_64.txz";
    InputStream found = PostgresServer.class.getResourceAsStream(file);
    if (found == null) throw new IllegalStateException(file + " is missing: build without -Dquick");
    return found;
  }
}
