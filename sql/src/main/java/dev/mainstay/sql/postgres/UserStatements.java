package dev.mainstay.sql.postgres;

import dev.mainstay.core.migration.SqlMigration;
import dev.mainstay.core.migration.SqlMigration.Statement;
import dev.mainstay.sql.StatementRefused;
import java.sql.Connection;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/// The statements of a migration, run on a connection.
final class UserStatements {
  private UserStatements() {}

  static void run(SqlMigration migration, Connection connection) throws StatementRefused {
    for (Statement statement : migration.statements()) run(statement, connection);
  }

  /// Should the text hold more than one, the driver finds where they end.
  static void run(Statement statement, Connection connection) throws StatementRefused {
    try (java.sql.Statement running = connection.createStatement()) {
      running.setEscapeProcessing(false);
      running.execute(statement.text());
    } catch (SQLException e) {
      throw refused(statement, e);
    }
  }

  private static StatementRefused refused(Statement statement, SQLException e) {
    ServerErrorMessage said =
        e instanceof PSQLException server ? server.getServerErrorMessage() : null;
    if (said == null || said.getMessage() == null)
      return new StatementRefused(statement, 0, PostgresInstallation.words(e), null);
    String detail = said.getDetail();
    boolean isOurs = PostgresInstallation.isImpatience(e);
    String message =
        isOurs
            ? PostgresInstallation.words(e)
            : detail == null ? said.getMessage() : said.getMessage() + ": " + detail;
    return new StatementRefused(
        statement, place(statement.text(), said.getPosition()), message, hint(e, said));
  }

  /// @param position counts characters from 1; 0 when there is none
  private static int place(String text, int position) {
    boolean isWithin = position > 0 && position <= text.codePointCount(0, text.length());
    return isWithin ? text.offsetByCodePoints(0, position - 1) : 0;
  }

  private static @Nullable String hint(SQLException e, ServerErrorMessage said) {
    if ("25001".equals(e.getSQLState())) return "say '-- mainstay: alone' in its first line";
    return said.getHint();
  }
}
