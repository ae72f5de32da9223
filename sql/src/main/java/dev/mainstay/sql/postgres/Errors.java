package dev.mainstay.sql.postgres;

import dev.mainstay.core.problem.Problem;
import dev.mainstay.core.problem.Problem.ConstraintViolated.Kind;
import dev.mainstay.core.problem.Problem.TooLarge.What;
import dev.mainstay.core.problem.ProblemException;
import java.sql.SQLException;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/// What an error of PostgreSQL means to a caller.
final class Errors {
  private static final Pattern TABLE_DENIED = Pattern.compile("permission denied for table (\\S+)");
  private static final Pattern CALL_DENIED =
      Pattern.compile("permission denied for function (\\S+)");
  private static final Pattern KEY =
      Pattern.compile("Key \\((.*?)\\)=\\(.*\\) (.*)", Pattern.DOTALL);
  private static final Pattern INVALID =
      Pattern.compile("invalid input syntax for type (.*?): \"(.*)\"", Pattern.DOTALL);
  private static final Pattern ROW_POLICY =
      Pattern.compile("new row violates row-level security policy .*for table \"(.*)\"");

  /// Where the server says a RAISE of the user's own SQL comes from: its words are meant for the
  /// caller, whatever else its code stands for.
  private static final String RAISE = "exec_stmt_raise";

  private static final Pattern REFERRED = Pattern.compile("update or delete on table \"(.*?)\" ");

  private Errors() {}

  /// What a caller knows of a write.
  ///
  /// @param table where it names the rows that are written, or null when a cascade may come to
  ///   others there
  /// @param columns those whose values it sent
  /// @param isAllToldAnyway whether the database alone keeps from the caller what it must not know,
  ///   and so has done it
  record Sent(@Nullable String table, Set<String> columns, boolean isAllToldAnyway) {
    static final Sent NOTHING = new Sent(null, Set.of());

    static final Sent ALL = new Sent(null, Set.of(), true);

    Sent(@Nullable String table, Set<String> columns) {
      this(table, columns, false);
    }
  }

  static ProblemException translate(SQLException error) {
    return translate(error, Sent.NOTHING);
  }

  /// @param sent no value of another column is repeated
  static ProblemException translate(SQLException error, Sent sent) {
    return new ProblemException(problem(error, sent));
  }

  /// Whether the same transaction may well succeed when it is run again: others were in its way, or
  /// a prepared statement has outlived a change of the tables it reads.
  static boolean isWorthAnotherTry(SQLException error) {
    return "40001".equals(error.getSQLState())
        || "40P01".equals(error.getSQLState())
        || isStalePlan(error);
  }

  private static boolean isStalePlan(SQLException error) {
    return "0A000".equals(error.getSQLState())
        && String.valueOf(error.getMessage()).contains("cached plan must not change result type");
  }

  /// Whether the connection is gone or cannot be made.
  static boolean isAway(String state) {
    return state.startsWith("08") || state.startsWith("57P") || state.equals("53300");
  }

  private static Problem problem(SQLException error, Sent sent) {
    if (String.valueOf(error.getMessage()).contains("maxResultBuffer"))
      return new Problem.TooLarge(What.ANSWER, PostgresDatabase.LARGEST_ANSWER);
    String state = error.getSQLState() == null ? "08000" : error.getSQLState();
    ServerErrorMessage said =
        error instanceof PSQLException own ? own.getServerErrorMessage() : null;
    String message =
        said == null || said.getMessage() == null
            ? String.valueOf(error.getMessage())
            : said.getMessage();
    String details = said == null ? null : said.getDetail();
    String hint = said == null ? null : said.getHint();
    if (details != null && details.isEmpty()) details = null;
    if (said != null && RAISE.equals(said.getRoutine()))
      return new Problem.Database(state, message, details, hint);
    if (isAway(state)) return new Problem.Unavailable("The database cannot be reached.", 1);
    if (sent.isAllToldAnyway()) return told(state, message, details, hint);
    return switch (state) {
      case "23505" ->
          new Problem.ConstraintViolated(Kind.UNIQUE, message, key(details, sent.columns()));
      // From version 18 on, a RESTRICT has a code and words of its own.
      case "23503", "23001" ->
          new Problem.ConstraintViolated(
              Kind.FOREIGN_KEY,
              message.replace("RESTRICT setting of ", ""),
              isFurtherOn(message, sent) ? null : key(details, sent.columns()));
      // Their details are the whole row, hidden columns and defaults included.
      case "23502" -> new Problem.ConstraintViolated(Kind.NOT_NULL, message, null);
      case "23514" -> new Problem.ConstraintViolated(Kind.CHECK, message, null);
      // Its details are the row in the way.
      case "23P01" -> new Problem.Database(state, message, null, hint);
      case "22P02", "22007" -> invalid(state, message, details, hint);
      // Of JSON it explains what it could not read; Mainstay, which mostly reads it first, does
      // not.
      case "22P05" -> new Problem.Database(state, message, null, hint);
      case "57014" -> new Problem.TimedOut();
      case "42501" -> denied(message, details, hint);
      default -> new Problem.Database(state, message, details, hint);
    };
  }

  /// In the database's own words.
  private static Problem told(
      String state, String message, @Nullable String details, @Nullable String hint) {
    return switch (state) {
      case "23505" -> new Problem.ConstraintViolated(Kind.UNIQUE, message, details);
      case "23503" -> new Problem.ConstraintViolated(Kind.FOREIGN_KEY, message, details);
      case "23502" -> new Problem.ConstraintViolated(Kind.NOT_NULL, message, details);
      case "23514" -> new Problem.ConstraintViolated(Kind.CHECK, message, details);
      case "57014" -> new Problem.TimedOut();
      default -> new Problem.Database(state, message, details, hint);
    };
  }

  /// `Key (a)=(1) …`, unless it repeats a value that was not sent. What refers to a row that is to
  /// be deleted is told: the caller knows that row.
  private static @Nullable String key(@Nullable String details, Set<String> sent) {
    if (details == null) return null;
    Matcher key = KEY.matcher(details);
    if (!key.matches()) return null;
    if (key.group(2).contains(" referenced from "))
      return details.replace(" is referenced from ", " is still referenced from ");
    for (String column : key.group(1).split(", ", -1))
      if (!sent.contains(column.replace("\"", ""))) return null;
    return details;
  }

  /// Whether it went wrong not with the rows of the statement but with those that a cascade came
  /// to, which the caller need not know.
  private static boolean isFurtherOn(String message, Sent sent) {
    Matcher referred = REFERRED.matcher(message);
    return referred.lookingAt() && !referred.group(1).equals(sent.table());
  }

  private static Problem invalid(
      String state, String message, @Nullable String details, @Nullable String hint) {
    if (message.equals("invalid input syntax for type json"))
      return new Problem.InvalidValue("json", "…");
    Matcher value = INVALID.matcher(message);
    return value.matches()
        ? new Problem.InvalidValue(value.group(1), value.group(2))
        : new Problem.Database(state, message, details, hint);
  }

  private static Problem denied(String message, @Nullable String details, @Nullable String hint) {
    Matcher policy = ROW_POLICY.matcher(message);
    if (policy.matches()) return new Problem.PolicyViolated(policy.group(1));
    Matcher table = TABLE_DENIED.matcher(message);
    if (table.matches()) return new Problem.PermissionDenied(table.group(1));
    Matcher call = CALL_DENIED.matcher(message);
    if (call.matches()) return new Problem.CallDenied(call.group(1));
    return new Problem.Database("42501", message, details, hint);
  }
}
