package dev.mainstay.sql.sqlite;

import dev.mainstay.core.model.Model;
import dev.mainstay.core.model.Table;
import dev.mainstay.core.model.UserSql;
import dev.mainstay.core.problem.Problem;
import dev.mainstay.core.problem.Problem.ConstraintViolated;
import dev.mainstay.core.problem.Problem.ConstraintViolated.Kind;
import dev.mainstay.core.problem.ProblemException;
import dev.mainstay.sql.Sql;
import java.sql.SQLException;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What SQLite refused of the user's own SQL. Elsewhere an error that nobody foresaw is a bug of
/// ours; here it is an answer, in PostgreSQL's words where it has some.
final class UserErrors {
  private static final Pattern SAID = Pattern.compile("\\[\\w+\\] .*? \\((.*)\\)", Pattern.DOTALL);
  private static final Pattern NO_TABLE = Pattern.compile("no such table: (.*)");
  private static final Pattern NO_COLUMN = Pattern.compile("no such column: (.*)");
  private static final Pattern NO_FUNCTION = Pattern.compile("no such function: (.*)");
  private static final Pattern SYNTAX = Pattern.compile("near \"(.*)\": syntax error");

  private final Model model;

  UserErrors(Model model) {
    this.model = model;
  }

  /// @param running the statement that was refused
  RuntimeException translate(SQLException e, @Nullable Sql running) {
    ProblemException raised = HostFunctions.raised(e);
    if (raised != null) return raised;
    return switch (Errors.code(e)) {
      case SQLITE_READONLY ->
          problem("25006", "cannot execute " + verb(running) + " in a read-only transaction");
      case SQLITE_CONSTRAINT_FOREIGNKEY ->
          new ProblemException(
              new ConstraintViolated(
                  Kind.FOREIGN_KEY, "a row refers, or is referred to, by a foreign key", null));
      case SQLITE_CONSTRAINT_UNIQUE,
          SQLITE_CONSTRAINT_PRIMARYKEY,
          SQLITE_CONSTRAINT_ROWID,
          SQLITE_CONSTRAINT_NOTNULL,
          SQLITE_CONSTRAINT_CHECK ->
          constraint(e);
      case SQLITE_CONSTRAINT_DATATYPE, SQLITE_MISMATCH -> problem("42804", said(e));
      case SQLITE_ERROR -> error(said(e));
      default -> Errors.translate(e);
    };
  }

  /// The table a broken constraint is of stands before the first dot; a check is told by its name.
  private RuntimeException constraint(SQLException e) {
    String what = said(e).replaceFirst("^.*constraint failed: ", "");
    for (Table table : model.tables()) {
      boolean isIts =
          what.startsWith(SqliteDialect.plainName(table.name()) + ".")
              || table.checks().stream().anyMatch(check -> check.name().equals(what));
      if (isIts) return Constraints.refused(e, model, table.name(), Map.of());
    }
    return problem("23000", said(e));
  }

  private static ProblemException error(String said) {
    Matcher table = NO_TABLE.matcher(said);
    if (table.matches())
      return problem("42P01", "relation \"" + table.group(1) + "\" does not exist");
    Matcher column = NO_COLUMN.matcher(said);
    if (column.matches())
      return problem("42703", "column \"" + column.group(1) + "\" does not exist");
    Matcher function = NO_FUNCTION.matcher(said);
    if (function.matches())
      return problem("42883", "function " + function.group(1) + " does not exist");
    Matcher syntax = SYNTAX.matcher(said);
    if (syntax.matches())
      return problem("42601", "syntax error at or near \"" + syntax.group(1) + "\"");
    return problem("22000", said);
  }

  /// The words of SQLite's own in an error of the driver.
  static String said(SQLException e) {
    String message = String.valueOf(e.getMessage());
    Matcher said = SAID.matcher(message);
    return said.matches() ? said.group(1) : message;
  }

  private static String verb(@Nullable Sql running) {
    return running == null ? "it" : UserSql.known(running.text()).command();
  }

  private static ProblemException problem(String state, String message) {
    return new ProblemException(new Problem.Database(state, message, null, null));
  }
}
