package dev.mainstay.sql.sqlite;

import dev.mainstay.core.plan.Catalog;
import dev.mainstay.sql.Things;
import dev.mainstay.testkit.Backend;
import dev.mainstay.testkit.EngineUnderTest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/// [Things] on SQLite.
public final class SqliteThings {
  private static final String SERIES =
      "WITH RECURSIVE g(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM g WHERE i < %d) SELECT i FROM g";

  private static final String UUID = "printf('%%08d-0000-4000-8000-000000000000', %s)";

  private SqliteThings() {}

  public static Backend open(int rows) {
    try {
      return open(rows, Files.createTempDirectory("mainstay-things"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Backend open(int rows, Path folder) {
    Backend backend = Backend.open(in(folder), Things.MODEL);
    try (Connection connection = connect(folder);
        Statement statement = connection.createStatement()) {
      statement.execute("PRAGMA synchronous = OFF");
      statement.execute("PRAGMA cache_size = -400000");
      statement.execute("BEGIN");
      for (String sql : Things.rows(rows, SERIES, UUID)) statement.execute(sql);
      statement.execute("COMMIT");
      statement.execute("PRAGMA wal_checkpoint(TRUNCATE)");
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
    return backend;
  }

  static Connection connect(Path folder) throws SQLException {
    Connection connection =
        DriverManager.getConnection("jdbc:sqlite:" + folder.resolve(SqliteDatabase.FILE));
    HostFunctions.addTo(connection);
    return connection;
  }

  /// How SQLite means to run a statement, one step a line.
  static List<String> plan(Connection connection, String sql) throws SQLException {
    List<String> steps = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery("EXPLAIN QUERY PLAN " + sql)) {
      while (result.next()) steps.add(result.getString("detail"));
    }
    return steps;
  }

  private static EngineUnderTest in(Path folder) {
    return new EngineUnderTest() {
      @Override
      public String name() {
        return "sqlite";
      }

      @Override
      public Database open(Catalog catalog) {
        return SqliteUnderTest.open(folder, catalog);
      }
    };
  }
}
