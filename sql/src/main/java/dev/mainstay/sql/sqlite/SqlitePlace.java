package dev.mainstay.sql.sqlite;

import dev.mainstay.sql.Dumps;
import dev.mainstay.sql.StoreException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// A data folder that a database is about to be put into. Meanwhile no server can have it.
final class SqlitePlace implements Dumps.Place {
  private final Path folder;
  private final Path database;
  private final FileChannel lock;

  private SqlitePlace(Path folder, FileChannel lock) {
    this.folder = folder;
    this.database = folder.resolve(SqliteDatabase.FILE);
    this.lock = lock;
  }

  static SqlitePlace in(Path folder, boolean mayReplace) {
    FileChannel lock = SqliteDatabase.lock(folder);
    if (Files.exists(folder.resolve(SqliteDatabase.FILE)) && !mayReplace) {
      SqliteDatabase.release(lock);
      throw new StoreException(
          "There is a database in "
              + folder
              + " already; --replace puts it aside, and the backup in its place");
    }
    return new SqlitePlace(folder, lock);
  }

  @Override
  public @Nullable Path put(Path copy, String aside) {
    try {
      Path kept = Files.exists(database) ? keep(free("." + aside)) : null;
      Files.move(copy, database, StandardCopyOption.ATOMIC_MOVE);
      sync(folder);
      return kept;
    } catch (IOException e) {
      throw new StoreException("The backup cannot be put into its place: " + e.getMessage());
    }
  }

  /// Gives the database that is there a second name. It keeps its first until the new one takes
  /// that: at no moment is there none, which a server would take for a fresh start.
  private Path keep(Path aside) throws IOException {
    Path wal = beside(database, "-wal");
    if (!settle() && Files.exists(wal))
      Files.move(wal, beside(aside, "-wal"), StandardCopyOption.ATOMIC_MOVE);
    Files.deleteIfExists(beside(database, "-shm"));
    try {
      Files.createLink(aside, database);
    } catch (UnsupportedOperationException _) {
      Files.copy(database, aside);
    }
    return aside;
  }

  private Path free(String ending) {
    Path file = beside(database, ending);
    for (int number = 2; Files.exists(file); number++)
      file = beside(database, ending + "." + number);
    return file;
  }

  /// Brings the log into the file, so that it is all of the database: a log that stayed would be
  /// read into the new one. That needs nobody else to have it open.
  ///
  /// @return whether it is done; a damaged database keeps its log
  private boolean settle() {
    try (Connection connection =
            SqliteDatabase.connect(database, Duration.ofSeconds(5), SqliteDatabase.Use.WRITING);
        Statement statement = connection.createStatement();
        ResultSet mode = statement.executeQuery("PRAGMA journal_mode = DELETE")) {
      if (mode.next() && mode.getString(1).equals("delete")) return true;
      throw open();
    } catch (SQLException e) {
      if (Errors.isBusy(e)) throw open();
      return false;
    }
  }

  private StoreException open() {
    return new StoreException(
        "Another program has the database " + database + " open; nothing was changed");
  }

  private static Path beside(Path file, String ending) {
    return file.resolveSibling(file.getFileName() + ending);
  }

  /// What a folder calls its files is on the disk when the folder is.
  private static void sync(Path folder) throws IOException {
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  @Override
  public void close() {
    SqliteDatabase.release(lock);
  }
}
