package dev.mainstay.sql.postgres;

import dev.mainstay.core.migration.SqlMigration;
import dev.mainstay.sql.StatementRefused;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.regex.Pattern;

/// Statements that run outside of any transaction, on a connection that is not used afterwards.
final class Alone {
  private static final Pattern CONCURRENTLY =
      Pattern.compile("\\bCONCURRENTLY\\b", Pattern.CASE_INSENSITIVE);

  private Alone() {}

  /// Runs the statements of a migration, each by itself, one after the other on the same
  /// connection.
  static void run(Connection connection, SqlMigration migration, boolean isPooled)
      throws StatementRefused {
    try {
      if (!isPooled) begin(connection);
      for (SqlMigration.Statement statement : migration.statements()) {
        if (!isPooled) limitWait(connection, statement.text());
        UserStatements.run(statement, connection);
      }
    } catch (SQLException e) {
      throw PostgresInstallation.failed(e);
    }
  }

  /// Runs a statement of the program's own. Behind a pooler the next one may go to another session:
  /// there nothing is set.
  static void run(Connection connection, String sql, boolean isPooled) {
    try (Statement statement = connection.createStatement()) {
      statement.setEscapeProcessing(false);
      if (!isPooled) {
        begin(connection);
        limitWait(connection, sql);
      }
      statement.execute(sql);
    } catch (SQLException e) {
      throw PostgresInstallation.failed(e);
    }
  }

  private static void begin(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("SET statement_timeout = 0");
      statement.execute("SET search_path = " + Groundwork.SEARCH_PATH);
    }
  }

  /// An index that is made beside the work of others waits for their transactions to end, and
  /// nobody waits for it.
  private static void limitWait(Connection connection, String sql) throws SQLException {
    boolean isWaitedFor = !CONCURRENTLY.matcher(sql).find();
    try (Statement statement = connection.createStatement()) {
      statement.execute(isWaitedFor ? "SET " + Groundwork.PATIENCE : "SET lock_timeout = 0");
    }
  }
}
