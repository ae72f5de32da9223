package dev.mainstay.sql.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What search documents take for granted of SQLite's file.
class SearchFileTest {
  @TempDir Path folder;

  /// A table whose key is no whole number is known to its search documents by numbers that SQLite
  /// gives the rows, and that its manual lets VACUUM change.
  @Test
  void vacuumKeepsTheNumbersOfRowsThatHaveAKey() throws SQLException {
    try (Connection connection =
            DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("file.db"));
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE TABLE t (k TEXT, v TEXT, PRIMARY KEY (k)) STRICT");
      for (int i = 0; i < 1000; i++) statement.execute("INSERT INTO t VALUES ('k" + i + "', 'v')");
      statement.execute("DELETE FROM t WHERE rowid % 3 = 0");
      String before = numbers(statement);
      statement.execute("VACUUM");
      assertThat(numbers(statement)).isEqualTo(before);
    }
  }

  private static String numbers(Statement statement) throws SQLException {
    try (ResultSet row =
        statement.executeQuery("SELECT group_concat(rowid || k ORDER BY k) FROM t")) {
      return row.getString(1);
    }
  }
}
