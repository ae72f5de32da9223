package dev.mainstay.sql.postgres;

import java.util.List;
import java.util.stream.Stream;

/// What a transaction that installs or changes a model begins with: its settings, its turn, and the
/// program's own ledgers.
final class Groundwork {
  /// "mainstay" as a number, for the lock.
  private static final long LOCK = 0x6D61696E73746179L;

  static final String SEARCH_PATH = "public, extensions";

  /// How long a change of a table waits for its turn. All who want the table wait behind it.
  static final int LOCK_SECONDS = 5;

  static final String PATIENCE = "lock_timeout = '" + LOCK_SECONDS + "s'";

  /// What every statement of such a transaction runs with.
  static final List<String> SETTINGS =
      Stream.concat(
              Settings.ofTransaction().stream(),
              Stream.of(
                  "SET LOCAL statement_timeout = 0",
                  "SET LOCAL search_path = " + SEARCH_PATH,
                  "SET LOCAL client_min_messages = warning"))
          .toList();

  static final List<String> STATEMENTS =
      List.of(
          "SELECT pg_advisory_xact_lock(" + LOCK + ")",
          "CREATE SCHEMA IF NOT EXISTS mainstay",
          """
          CREATE TABLE IF NOT EXISTS mainstay.model (
            version bigint PRIMARY KEY,
            format integer NOT NULL,
            program text NOT NULL,
            checksum text NOT NULL,
            source text NOT NULL,
            left_behind text,
            pending text NOT NULL DEFAULT '[]',
            applied_at timestamptz NOT NULL DEFAULT now()
          )""",
          """
          CREATE TABLE IF NOT EXISTS mainstay.migration (
            number bigint PRIMARY KEY,
            name text NOT NULL,
            checksum text NOT NULL,
            model_version bigint NOT NULL,
            program text NOT NULL,
            milliseconds bigint,
            made text NOT NULL,
            ran_at timestamptz NOT NULL DEFAULT now()
          )""",
          // What the first programs did not keep.
          "ALTER TABLE mainstay.model ADD COLUMN IF NOT EXISTS left_behind text",
          "ALTER TABLE mainstay.model"
              + " ADD COLUMN IF NOT EXISTS pending text NOT NULL DEFAULT '[]'");

  private Groundwork() {}

  /// How the user's SQL refuses: SQLite has a function of this name, too. One that is there already
  /// is left alone.
  static String raiseError() {
    return """
        DO $do$ BEGIN
          IF to_regproc('public.raise_error') IS NULL THEN
            CREATE FUNCTION public.raise_error(
              code text, message text, details text DEFAULT NULL, hint text DEFAULT NULL)
            RETURNS text LANGUAGE plpgsql AS $raise$ BEGIN
              IF coalesce(code, '') !~ '^[0-9A-Z]{5}$' THEN code := 'P0001'; END IF;
              IF coalesce(hint, '') <> '' THEN
                RAISE EXCEPTION USING ERRCODE = code, MESSAGE = coalesce(message, ''),
                  DETAIL = coalesce(details, ''), HINT = hint;
              ELSIF coalesce(details, '') <> '' THEN
                RAISE EXCEPTION USING ERRCODE = code, MESSAGE = coalesce(message, ''),
                  DETAIL = details;
              END IF;
              RAISE EXCEPTION USING ERRCODE = code, MESSAGE = coalesce(message, '');
            END $raise$;
          END IF;
        END $do$""";
  }
}
