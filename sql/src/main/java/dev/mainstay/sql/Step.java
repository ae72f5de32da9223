package dev.mainstay.sql;

/// One statement of a [Migration].
///
/// @param statement SQL of the engine
/// @param holdsUp what has to wait while it runs
/// @param rows how many rows it goes through, about; 0 when they do not matter
public record Step(String statement, Moment moment, Wait holdsUp, long rows) {
  /// Rows a second that even a slow machine goes through; measured in decision 0120.
  private static final long ROWS_A_SECOND = 100_000;

  /// When it runs: together with others in the one transaction, or by itself. One that runs by
  /// itself may be stopped in the middle and be run again.
  public enum Moment {
    BEFORE,
    TOGETHER,
    AFTER
  }

  /// What has to wait for a step.
  public sealed interface Wait {
    /// Nobody.
    record Nobody() implements Wait {}

    /// Whoever writes to the table.
    record Writers(String table) implements Wait {}

    /// Whoever reads or writes the table.
    record Everybody(String table) implements Wait {}
  }

  /// In one transaction with others.
  public static Step together(String statement, Wait holdsUp, long rows) {
    return new Step(statement, Moment.TOGETHER, holdsUp, rows);
  }

  /// Whether it takes less than about a second, whoever waits for it.
  public boolean isQuick() {
    return rows < ROWS_A_SECOND;
  }

  /// What has to wait, and about how long, in plain words.
  public String cost() {
    String waiting =
        switch (holdsUp) {
          case Wait.Nobody() -> "nobody waits";
          case Wait.Writers(String table) -> "writes to " + table + " wait";
          case Wait.Everybody(String table) -> "reads and writes of " + table + " wait";
        };
    if (rows == 0) return waiting;
    long seconds = rows / ROWS_A_SECOND;
    String time = seconds == 0 ? "less than a second" : "about " + time(seconds);
    return "%s, %s for %,d rows".formatted(waiting, time, rows);
  }

  private static String time(long seconds) {
    if (seconds < 120) return seconds + " s";
    return seconds < 7200 ? seconds / 60 + " min" : seconds / 3600 + " h";
  }
}
