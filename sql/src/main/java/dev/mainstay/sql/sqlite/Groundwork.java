package dev.mainstay.sql.sqlite;

import java.util.List;

/// The tables in which a database keeps which models it has had and which migrations have run.
final class Groundwork {
  private static final String MODELS =
      """
      CREATE TABLE IF NOT EXISTS "mainstay.model" (
        version INTEGER PRIMARY KEY,
        format INTEGER NOT NULL,
        program TEXT NOT NULL,
        checksum TEXT NOT NULL,
        source TEXT NOT NULL,
        left_behind TEXT,
        pending TEXT NOT NULL DEFAULT '[]',
        applied_at TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%f000+00:00', 'now'))
      ) STRICT\
      """;

  private static final String MIGRATIONS =
      """
      CREATE TABLE IF NOT EXISTS "mainstay.migration" (
        number INTEGER PRIMARY KEY,
        name TEXT NOT NULL,
        checksum TEXT NOT NULL,
        model_version INTEGER NOT NULL,
        program TEXT NOT NULL,
        milliseconds INTEGER,
        made TEXT NOT NULL,
        ran_at TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%f000+00:00', 'now'))
      ) STRICT\
      """;

  static final List<String> STATEMENTS = List.of(MODELS, MIGRATIONS);

  /// A column that the first programs did not have.
  static final String LATER_COLUMN = "pending";

  /// What brings theirs up to date.
  static final List<String> LATER_STATEMENTS =
      List.of(
          "ALTER TABLE \"mainstay.model\" ADD COLUMN left_behind TEXT",
          "ALTER TABLE \"mainstay.model\" ADD COLUMN pending TEXT NOT NULL DEFAULT '[]'");

  private Groundwork() {}
}
