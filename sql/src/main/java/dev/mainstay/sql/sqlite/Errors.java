package dev.mainstay.sql.sqlite;

import dev.mainstay.core.problem.Problem;
import dev.mainstay.core.problem.ProblemException;
import java.sql.SQLException;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/// What SQLite refused, as a [Problem]: the one place where its codes are read.
final class Errors {
  static RuntimeException translate(SQLException e) {
    ProblemException raised = HostFunctions.raised(e);
    if (raised != null) return raised;
    return switch (code(e).code & 0xff) {
      case PRIMARY_INTERRUPT -> new ProblemException(new Problem.TimedOut());
      case PRIMARY_FULL -> unavailable("the disk is full");
      case PRIMARY_IOERR -> unavailable("the disk does not answer");
      case PRIMARY_BUSY, PRIMARY_LOCKED -> unavailable("the database is busy");
      case PRIMARY_READONLY, PRIMARY_CANTOPEN -> unavailable("the database cannot be written");
      case PRIMARY_TOOBIG ->
          new ProblemException(
              new Problem.Database("54000", "the value or the row is too large", null, null));
      default -> new IllegalStateException("SQLite: " + e.getMessage(), e);
    };
  }

  static SQLiteErrorCode code(SQLException e) {
    return e instanceof SQLiteException sqlite
        ? sqlite.getResultCode()
        : SQLiteErrorCode.SQLITE_ERROR;
  }

  /// Whether somebody else is in the way.
  static boolean isBusy(SQLException e) {
    int code = code(e).code & 0xff;
    return code == PRIMARY_BUSY || code == PRIMARY_LOCKED;
  }

  private static final int PRIMARY_BUSY = 5;
  private static final int PRIMARY_LOCKED = 6;
  private static final int PRIMARY_READONLY = 8;
  private static final int PRIMARY_INTERRUPT = 9;
  private static final int PRIMARY_IOERR = 10;
  private static final int PRIMARY_FULL = 13;
  private static final int PRIMARY_CANTOPEN = 14;
  private static final int PRIMARY_TOOBIG = 18;

  private static ProblemException unavailable(String message) {
    return new ProblemException(new Problem.Unavailable(message, 1));
  }

  private Errors() {}
}
