package dev.mainstay.sql.sqlite;

import dev.mainstay.core.migration.SqlMigration;
import dev.mainstay.core.migration.SqlMigration.Statement;
import dev.mainstay.core.problem.Problem;
import dev.mainstay.core.problem.ProblemException;
import dev.mainstay.sql.StatementRefused;
import java.sql.Connection;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/// The statements of a migration, run on a connection.
final class UserStatements {
  private UserStatements() {}

  static void run(SqlMigration migration, Connection connection) throws StatementRefused {
    for (Statement statement : migration.statements()) run(statement, connection);
  }

  /// By `sqlite3_exec`, which finds the ends of statements itself: whatever the text holds is run.
  private static void run(Statement statement, Connection connection) throws StatementRefused {
    try (java.sql.Statement running = connection.createStatement()) {
      running.executeUpdate(statement.text());
    } catch (SQLException e) {
      throw refused(statement, e);
    }
  }

  private static StatementRefused refused(Statement statement, SQLException e) {
    ProblemException raised = HostFunctions.raised(e);
    if (raised != null
        && raised.problem() instanceof Problem.Database(var _, String message, var _, String hint))
      return new StatementRefused(statement, 0, message, hint);
    String message = UserErrors.said(e);
    return new StatementRefused(statement, 0, message, hint(message));
  }

  private static @Nullable String hint(String message) {
    if (message.contains("from within a transaction") || message.contains("inside a transaction"))
      return "say '-- mainstay: alone' in its first line";
    return null;
  }
}
