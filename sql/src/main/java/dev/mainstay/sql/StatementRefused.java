package dev.mainstay.sql;

import dev.mainstay.core.migration.SqlMigration.Statement;
import org.jspecify.annotations.Nullable;

/// The engine would not run a statement of a migration.
public final class StatementRefused extends Exception {
  private final transient Statement statement;
  private final int at;
  private final @Nullable String hint;

  /// @param at where in the statement, as a code unit of its text; 0 when the engine does not tell
  public StatementRefused(Statement statement, int at, String message, @Nullable String hint) {
    super(message, null, false, false);
    this.statement = statement;
    this.at = at;
    this.hint = hint;
  }

  /// Where in the file, as a code unit of its text.
  public int at() {
    return statement.at() + at;
  }

  public @Nullable String hint() {
    return hint;
  }
}
