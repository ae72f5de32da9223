package dev.mainstay.sql.sqlite;

import dev.mainstay.core.migration.SqlMigration;
import dev.mainstay.core.model.Model;
import dev.mainstay.sql.Applied;
import dev.mainstay.sql.AppliedModels;
import dev.mainstay.sql.Installation;
import dev.mainstay.sql.Ledger;
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
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
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
  private final Writer writer;
  private final Readers readers;

  /// How often the tables have been changed since the database was opened.
  private final AtomicLong changes = new AtomicLong();

  private final AtomicBoolean isClosed = new AtomicBoolean();

  private SqliteDatabase(Path file, SqliteSettings settings, @Nullable FileChannel lock)
      throws SQLException {
    this.file = file;
    this.settings = settings;
    this.lock = lock;
    this.writer =
        new Writer(new Session(connect(file, settings.busy(), Use.WRITING)), settings.waiting());
    this.readers = new Readers(settings.readers(), settings.patience(), this::reader);
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

  /// Begins to install a model. While it does, those who write wait.
  public Installation installation() {
    return SqliteInstallation.begin(this);
  }

  /// Its tables, to be changed. While they are, those who write wait.
  public Migratable migratable() {
    return new Migratable() {
      @Override
      public Installation look() {
        return SqliteInstallation.look(SqliteDatabase.this);
      }

      @Override
      public Installation begin() {
        return SqliteInstallation.beginMigrating(SqliteDatabase.this);
      }

      @Override
      public Installation load() {
        return SqliteInstallation.beginLoading(SqliteDatabase.this);
      }

      @Override
      public void alone(String statement) {
        try (Session session = changer()) {
          changing();
          session.runOnce(statement);
        } catch (SQLException e) {
          throw SqliteInstallation.failed(e);
        }
      }

      @Override
      public void alone(SqlMigration migration) throws StatementRefused {
        try (Session session = changer()) {
          // What it does to the tables is its own affair.
          changing();
          UserStatements.run(migration, session.connection());
        } catch (SQLException e) {
          throw SqliteInstallation.failed(e);
        }
      }
    };
  }

  /// What it says of its models.
  public Ledger ledger() {
    return new Ledger() {
      @Override
      public AppliedModels.@Nullable Mark mark() {
        try (Session session = reader()) {
          return SqliteInstallation.models(session).mark();
        } catch (SQLException e) {
          throw SqliteInstallation.failed(e);
        }
      }

      @Override
      public @Nullable Applied newest() {
        try (Session session = reader()) {
          return SqliteInstallation.models(session).newest();
        } catch (SQLException e) {
          throw SqliteInstallation.failed(e);
        }
      }
    };
  }

  /// Serves the database, whose tables must be those of the model at this moment.
  public SqliteEngine serve(Model model, InstantSource clock) {
    return new SqliteEngine(this, model, settings, clock);
  }

  Writer writer() {
    return writer;
  }

  Readers readers() {
    return readers;
  }

  /// How often the tables have been changed. Whoever sees other tables than before sees another
  /// number.
  long changes() {
    return changes.get();
  }

  /// Counts a change that is about to be committed.
  void changing() {
    changes.incrementAndGet();
  }

  /// Takes it back, for it was not committed.
  void unchanged() {
    changes.decrementAndGet();
  }

  /// A new connection that only reads.
  Session reader() throws SQLException {
    return new Session(connect(file, settings.busy(), Use.READING));
  }

  /// A new connection on which the tables are changed. Until it is closed nobody else writes; what
  /// is set on it ends with it.
  Session changer() throws SQLException {
    writer.pause();
    @Nullable Session changer = null;
    try {
      changer = new Session(connect(file, settings.busy(), Use.WRITING), writer::resume);
      return changer;
    } finally {
      if (changer == null) writer.resume();
    }
  }

  boolean isAnswering() {
    try (Session session = reader()) {
      session.run("SELECT 1");
      return true;
    } catch (SQLException e) {
      return false;
    }
  }

  /// Waits for what has begun. Closing it twice is closing it once.
  @Override
  public void close() {
    if (isClosed.getAndSet(true)) return;
    try {
      writer.close();
      readers.close();
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
