package dev.mainstay.testkit.mariadb;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// A MariaDB server of this test JVM. Its superuser is `root`, without a password; the databases it
/// makes are those of `mainstay`, who has no rights elsewhere.
///
/// Its settings are odd on purpose (zone, character set, engine, SQL mode): what depends on a
/// default fails here, not at a user's.
public final class MariaServer implements AutoCloseable {
  private static final AtomicInteger DATABASES = new AtomicInteger();

  private static final String ACCOUNT = "mainstay:s%2Fcret";

  /// What is committed outlives a kill of the server, though not one of the machine.
  private static final Map<String, String> ODD =
      Map.ofEntries(
          Map.entry("innodb-flush-log-at-trx-commit", "2"),
          Map.entry("innodb-flush-method", "nosync"),
          Map.entry("innodb-doublewrite", "0"),
          Map.entry("innodb-log-file-size", "64M"),
          Map.entry("innodb-undo-tablespaces", "0"),
          Map.entry("innodb-buffer-pool-size", "128M"),
          Map.entry("innodb-default-row-format", "compact"),
          Map.entry("default-time-zone", "+12:45"),
          Map.entry("character-set-server", "latin1"),
          Map.entry("collation-server", "latin1_german2_ci"),
          Map.entry("default-storage-engine", "Aria"),
          Map.entry("sql-mode", "HIGH_NOT_PRECEDENCE,IGNORE_SPACE,PAD_CHAR_TO_FULL_LENGTH"),
          Map.entry("transaction-isolation", "SERIALIZABLE"),
          Map.entry("group-concat-max-len", "64"),
          Map.entry("div-precision-increment", "1"),
          Map.entry("lc-time-names", "tr_TR"),
          Map.entry("max-connections", "300"));

  private static @Nullable MariaServer shared;

  private final Map<String, String> settings;
  private final Path data;
  private final int port;
  private Process running;

  private MariaServer(Map<String, String> settings, Path data) throws IOException {
    this.settings = new LinkedHashMap<>(ODD);
    this.settings.putAll(settings);
    this.data = data;
    try (ServerSocket socket = new ServerSocket(0)) {
      this.port = socket.getLocalPort();
    }
    prepare();
    this.running = launch();
    Runtime.getRuntime().addShutdownHook(new Thread(this::close));
    execute(
        "mysql",
        "CREATE USER mainstay@'127.0.0.1' IDENTIFIED BY 's/cret'",
        "GRANT ALL ON `test%`.* TO mainstay@'127.0.0.1'");
  }

  /// The server that all test classes share, started when first asked for and stopped with the JVM.
  public static synchronized MariaServer shared() {
    if (shared == null) shared = start(Map.of());
    return shared;
  }

  /// A server of one's own, to be configured, killed and closed.
  ///
  /// @param settings as options of `mariadbd`, without the dashes before them
  public static MariaServer start(Map<String, String> settings) {
    try {
      return new MariaServer(settings, Files.createTempDirectory("mariadb-data-"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public int port() {
    return port;
  }

  /// Where the server keeps its data, for files that its settings name.
  public Path data() {
    return data;
  }

  /// The folder of `mariadb-dump` and `mariadb`.
  public static Path programs() {
    return MariaPrograms.folder().resolve("bin");
  }

  /// Makes an empty database that holds and sorts text as the server does, and answers its address
  /// as `mariadb://…`.
  public String database() {
    String name = "test" + DATABASES.incrementAndGet();
    execute("mysql", "CREATE DATABASE " + name);
    return "mariadb://" + ACCOUNT + "@127.0.0.1:" + port + "/" + name;
  }

  /// Opens a plain connection to a database that [#database] made.
  public static Connection connect(String address) throws SQLException {
    String place = address.replaceFirst("^mariadb://[^@]*@", "");
    return DriverManager.getConnection(
        "jdbc:mariadb://" + place + "?sslMode=disable", "mainstay", "s/cret");
  }

  /// Runs statements as the superuser.
  public void execute(String database, String... statements) {
    try (Connection connection = superuser(database);
        Statement statement = connection.createStatement()) {
      for (String sql : statements) statement.execute(sql);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /// Ends the server and all its sessions at once, as a crash does.
  public void kill() {
    running.destroyForcibly();
    running.onExit().join();
  }

  /// Starts a killed server again, on the same port and data.
  public void restart() {
    try {
      running = launch();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Stops the server and deletes its data. May be called twice.
  @Override
  public void close() {
    try {
      kill();
      if (Files.exists(data)) MariaPrograms.delete(data);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Connection superuser(String database) throws SQLException {
    return DriverManager.getConnection(
        "jdbc:mariadb://127.0.0.1:" + port + "/" + database + "?sslMode=disable", "root", null);
  }

  /// Makes the server's own tables.
  private void prepare() throws IOException {
    if (isRoot())
      Files.setOwner(
          data,
          data.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName("nobody"));
    Files.setPosixFilePermissions(data, PosixFilePermissions.fromString("rwxr-xr-x"));
    StringBuilder sql =
        new StringBuilder("CREATE DATABASE mysql;\nUSE mysql;\nSET @auth_root_socket = NULL;\n");
    Path share = MariaPrograms.folder().resolve("share");
    for (String file :
        List.of(
            "mariadb_system_tables.sql",
            "mariadb_performance_tables.sql",
            "mariadb_system_tables_data.sql",
            "maria_add_gis_sp_bootstrap.sql")) sql.append(Files.readString(share.resolve(file)));
    // Its tables are of the engine that is usual.
    Process process = process("--bootstrap", "--default-storage-engine=InnoDB");
    try (var statements = process.outputWriter()) {
      statements.append(sql);
    }
    if (process.onExit().join().exitValue() != 0) throw failed("make its tables");
  }

  private Process launch() throws IOException {
    Process process = process("--port=" + port, "--bind-address=127.0.0.1");
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (true) {
      try {
        superuser("mysql").close();
        return process;
      } catch (SQLException e) {
        if (!process.isAlive() || System.nanoTime() > deadline) {
          process.destroyForcibly();
          throw failed("start");
        }
        Thread.onSpinWait();
      }
    }
  }

  private Process process(String... more) throws IOException {
    Path programs = MariaPrograms.folder();
    List<String> command = new ArrayList<>();
    command.add(programs.resolve("bin/mariadbd").toString());
    command.add("--no-defaults");
    command.add("--basedir=" + programs);
    command.add("--lc-messages-dir=" + programs.resolve("share/english"));
    command.add("--character-sets-dir=" + programs.resolve("share/charsets"));
    command.add("--datadir=" + data);
    command.add("--plugin-dir=" + data);
    command.add("--socket=" + data.resolve("socket"));
    command.add("--pid-file=" + data.resolve("pid"));
    // It does not run as root.
    if (isRoot()) command.add("--user=nobody");
    settings.forEach((name, value) -> command.add("--" + name + "=" + value));
    command.addAll(List.of(more));
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile()))
        .start();
  }

  private Path log() {
    return data.resolve("log");
  }

  /// A shared library that is missing is named in the log.
  private IllegalStateException failed(String to) throws IOException {
    String log = Files.readString(log());
    return new IllegalStateException(
        "MariaDB did not " + to + ": " + log.substring(Math.max(0, log.length() - 4000)));
  }

  private static boolean isRoot() {
    return System.getProperty("user.name").equals("root");
  }
}
