package dev.mainstay.sql.sqlite;

import dev.mainstay.core.migration.SqlMigration;
import dev.mainstay.core.model.Model;
import dev.mainstay.sql.Installation;
import dev.mainstay.sql.Migratable;
import dev.mainstay.sql.StatementRefused;
import dev.mainstay.sql.StoreException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteConfig;

/// A SQLite database in a data folder: the file `mainstay.db`, and a lock that keeps a second
/// server out. A tool may open the same folder beside a running server, and then waits for its turn
/// to write.
public final class SqliteDatabase implements AutoCloseable {
  public static final String FILE = "mainstay.db";

  /// The log is cut to this many bytes when it has been copied into the file.
  private static final int LARGEST_IDLE_LOG = 64 << 20;

  private static final String LOCK = "mainstay.lock";

  private final Path file;
  private final SqliteSettings settings;
  private final @Nullable FileChannel lock;
  private final Session writer;

  private SqliteDatabase(Path file, SqliteSettings settings, @Nullable FileChannel lock)
      throws SQLException {
    this.file = file;
    this.settings = settings;
    this.lock = lock;
    this.writer = new Session(connect(file, settings.busy(), Use.WRITING));
  }

  /// Opens the folder's database to serve it, and makes both when they are not there.
  ///
  /// @throws StoreException when another server has it, or it cannot be written
  public static SqliteDatabase open(Path folder, SqliteSettings settings) {
    FileChannel lock = lock(folder);
    try {
      return open(folder, settings, lock);
    } catch (RuntimeException e) {
      release(lock);
      throw e;
    }
  }

  /// Opens the folder's database beside a server that may be running.
  public static SqliteDatabase openBeside(Path folder, SqliteSettings settings) {
    return open(folder, settings, null);
  }

  private static SqliteDatabase open(
      Path folder, SqliteSettings settings, @Nullable FileChannel lock) {
    Path file = folder.resolve(FILE);
    try {
      return new SqliteDatabase(file, settings, lock);
    } catch (SQLException e) {
      throw new StoreException("The database " + file + " cannot be opened: " + e.getMessage());
    }
  }

  /// Begins to install a model. Not while the database is served.
  public Installation installation() {
    return SqliteInstallation.begin(writer);
  }

  /// Its tables, to be changed. Not while the database is served.
  public Migratable migratable() {
    return new Migratable() {
      @Override
      public Installation look() {
        return SqliteInstallation.look(writer);
      }

      @Override
      public Installation begin() {
        return SqliteInstallation.beginMigrating(writer);
      }

      @Override
      public void alone(String statement) {
        try {
          writer.runOnce(statement);
        } catch (SQLException e) {
          throw SqliteInstallation.failed(e);
        }
      }

      @Override
      public void alone(SqlMigration migration) throws StatementRefused {
        UserStatements.run(migration, writer.connection());
      }
    };
  }

  /// Serves the database, whose tables must be those of the model.
  public SqliteEngine serve(Model model, InstantSource clock) {
    return new SqliteEngine(this, model, settings, clock);
  }

  /// The connection that writes. One thread at a time.
  Session writer() {
    return writer;
  }

  /// A new connection that only reads.
  Session reader() throws SQLException {
    return new Session(connect(file, settings.busy(), Use.READING));
  }

  boolean isAnswering() {
    try (Session session = reader()) {
      session.run("SELECT 1");
      return true;
    } catch (SQLException e) {
      return false;
    }
  }

  @Override
  public void close() {
    try {
      writer.close();
    } catch (SQLException e) {
      throw new StoreException("The database " + file + " did not close: " + e.getMessage());
    } finally {
      if (lock != null) release(lock);
    }
  }

  /// What a connection is for. One that writes turns the file to a write-ahead log.
  enum Use {
    READING,
    WRITING
  }

  /// A connection as every one is here: with our functions and settings.
  ///
  /// @param busy how long it waits for others
  static Connection connect(Path file, Duration busy, Use use) throws SQLException {
    SQLiteConfig config = new SQLiteConfig();
    if (use == Use.WRITING) config.setJournalMode(SQLiteConfig.JournalMode.WAL);
    config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
    config.enforceForeignKeys(true);
    config.enableLoadExtension(false);
    config.enableCaseSensitiveLike(true);
    config.setTempStore(SQLiteConfig.TempStore.MEMORY);
    config.setCacheSize(-16_000);
    config.setBusyTimeout(Math.toIntExact(busy.toMillis()));
    config.setGetGeneratedKeys(false);
    config.setJournalSizeLimit(LARGEST_IDLE_LOG);
    Connection connection = config.createConnection("jdbc:sqlite:" + file);
    try {
      HostFunctions.addTo(connection);
      try (var statement = connection.createStatement()) {
        statement.execute("PRAGMA trusted_schema = OFF");
        if (use == Use.READING) statement.execute("PRAGMA query_only = ON");
      }
      return connection;
    } catch (SQLException e) {
      connection.close();
      throw e;
    }
  }

  /// Keeps every server out of the folder, until it is closed.
  ///
  /// @throws StoreException when a server has it
  static FileChannel lock(Path folder) {
    try {
      Files.createDirectories(folder);
      FileChannel channel =
          FileChannel.open(
              folder.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      try {
        FileLock held = channel.tryLock();
        if (held != null) return channel;
      } catch (OverlappingFileLockException e) {
        // Held by this very process.
      }
      channel.close();
      throw new StoreException("The data folder " + folder + " is in use by another server.");
    } catch (IOException e) {
      throw new StoreException("The data folder " + folder + " cannot be written: " + reason(e));
    }
  }

  private static String reason(IOException e) {
    return switch (e) {
      case AccessDeniedException denied -> "permission denied.";
      case FileAlreadyExistsException taken -> "it is a file.";
      default -> e.getMessage() + ".";
    };
  }

  static void release(FileChannel lock) {
    try {
      lock.close();
    } catch (IOException e) {
      throw new StoreException("The data folder's lock did not close: " + e.getMessage());
    }
  }
}
