package dev.mainstay.sql.sqlite;

import java.time.Duration;

/// How a SQLite database is served.
///
/// @param readers connections that read at once; a call pins its thread to a processor, so more
///   than there are processors gain nothing
/// @param patience how long a read waits for one of them before it is told to come back
/// @param busy how long to wait for another process that writes
/// @param waiting the most writes that wait for the writer
/// @param statements compiled statements kept
public record SqliteSettings(
    int readers, Duration patience, Duration busy, int waiting, int statements) {
  /// The same for a tool beside a server: it waits for its turn to write for a minute.
  public SqliteSettings patient() {
    return new SqliteSettings(readers, patience, Duration.ofMinutes(1), waiting, statements);
  }

  public static SqliteSettings defaults() {
    return new SqliteSettings(
        Math.max(2, Runtime.getRuntime().availableProcessors()),
        Duration.ofSeconds(10),
        Duration.ofSeconds(5),
        4096,
        4000);
  }
}
