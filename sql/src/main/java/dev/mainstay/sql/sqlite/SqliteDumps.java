package dev.mainstay.sql.sqlite;

import dev.mainstay.sql.AppliedModels;
import dev.mainstay.sql.Dumps;
import dev.mainstay.sql.StoreException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.sqlite.SQLiteConnection;
import org.sqlite.SQLiteErrorCode;

/// Copies of the database in a data folder, page by page with SQLite's own backup: one long read,
/// which no writer waits for.
public final class SqliteDumps implements Dumps {
  private static final Duration BUSY = Duration.ofMinutes(1);
  private static final int ALL_PAGES = -1;
  private static final int FAULTS_TOLD = 3;

  private final Path folder;

  /// @param folder the data folder
  public SqliteDumps(Path folder) {
    this.folder = folder;
  }

  @Override
  public String engine() {
    return "sqlite";
  }

  @Override
  public String shown() {
    return folder.toAbsolutePath().normalize() + " (SQLite)";
  }

  @Override
  public String file() {
    return SqliteDatabase.FILE;
  }

  @Override
  public boolean isCompressed() {
    return false;
  }

  @Override
  public Dumped dump(Path copy) {
    Path database = folder.resolve(SqliteDatabase.FILE);
    if (!Files.exists(database))
      throw new StoreException("There is no database in " + folder + " yet; nothing to back up");
    try (Connection source = open(database)) {
      int code =
          source
              .unwrap(SQLiteConnection.class)
              .getDatabase()
              .backup("main", copy.toString(), null, 100, 600, ALL_PAGES);
      if (code != SQLiteErrorCode.SQLITE_OK.code)
        throw new SQLException(SQLiteErrorCode.getErrorCode(code).message);
    } catch (SQLException e) {
      throw new StoreException("The database " + database + " was not copied: " + e.getMessage());
    }
    return look(copy);
  }

  @Override
  public void check(Path copy) {
    look(copy);
  }

  @Override
  public Place place(boolean mayReplace) {
    return SqlitePlace.in(folder, mayReplace);
  }

  /// The copy becomes one plain file without a write-ahead log, and everything in it is read.
  private static Dumped look(Path copy) {
    try (Connection connection = open(copy);
        Statement statement = connection.createStatement()) {
      statement.execute("PRAGMA query_only = OFF");
      statement.execute("PRAGMA journal_mode = DELETE");
      List<String> faults = texts(statement, "PRAGMA integrity_check(%d)".formatted(FAULTS_TOLD));
      if (!faults.equals(List.of("ok")))
        throw new StoreException("The database is damaged: " + String.join("; ", faults));
      AppliedModels.Mark model = new AppliedModels(connection, "\"mainstay.model\"").mark();
      if (model == null) throw new StoreException("The database has no model");
      String orphans = texts(statement, "SELECT count(*) FROM pragma_foreign_key_check").getFirst();
      return new Dumped(model, Long.parseLong(orphans));
    } catch (SQLException e) {
      throw new StoreException("The copy is not a whole database: " + e.getMessage());
    }
  }

  private static Connection open(Path file) throws SQLException {
    return SqliteDatabase.connect(file, BUSY, SqliteDatabase.Use.READING);
  }

  private static List<String> texts(Statement statement, String sql) throws SQLException {
    List<String> texts = new ArrayList<>();
    try (ResultSet rows = statement.executeQuery(sql)) {
      while (rows.next()) texts.add(rows.getString(1));
    }
    return texts;
  }
}
