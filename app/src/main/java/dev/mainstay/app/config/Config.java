package dev.mainstay.app.config;

import dev.mainstay.api.rest.Ending;
import dev.mainstay.core.advice.Acceptance;
import dev.mainstay.services.keys.Secret;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Every setting, with its effective value.
///
/// @param folder the project's, which relative paths in `mainstay.yaml` start from
/// @param model the model file
/// @param data the data folder
/// @param effective each setting as text, and where it came from
public record Config(
    Path folder,
    Path model,
    Path data,
    Http http,
    Rest rest,
    Database database,
    Backup backup,
    Limits limits,
    Timeouts timeouts,
    Log log,
    Jwt jwt,
    Check check,
    List<Effective> effective) {
  public Config {
    effective = List.copyOf(effective);
  }

  /// @param host the address to listen on
  /// @param bodyLimit in bytes
  /// @param metrics `key` or `open`
  /// @param docs whether there is a page `/docs`
  /// @param publicUrl the server's address as its clients know it, or null
  /// @param drain how long a stop goes on answering while it sees clients off
  /// @param stopTimeout how long it then waits for what has begun
  public record Http(
      String host,
      int port,
      boolean requireApikey,
      int bodyLimit,
      int maxRunning,
      String serverTiming,
      List<String> corsOrigins,
      String metrics,
      boolean docs,
      @Nullable URI publicUrl,
      Duration drain,
      Duration stopTimeout) {
    public Http {
      corsOrigins = List.copyOf(corsOrigins);
    }
  }

  /// @param path the prefix of the REST endpoint; empty for the root
  /// @param title what descriptions call it
  /// @param openApi whether it is described
  /// @param aggregates whether `select` may aggregate
  /// @param requireWhere whether an update or delete must say which rows
  /// @param ending what becomes of what a request has written
  /// @param extraSearchPath where SQL of the user's own finds names, on PostgreSQL
  /// @param plans whether callers may ask for an engine's plan
  /// @param preRequest the function that goes ahead of every request, or null
  /// @param idempotency how long answers to writes with a key are kept; zero for not at all
  public record Rest(
      String path,
      String title,
      boolean openApi,
      int maxRows,
      List<String> schemas,
      List<String> extraSearchPath,
      boolean aggregates,
      boolean requireWhere,
      Ending ending,
      boolean plans,
      @Nullable String preRequest,
      Duration idempotency) {
    public Rest {
      schemas = List.copyOf(schemas);
      extraSearchPath = List.copyOf(extraSearchPath);
    }
  }

  /// @param url `postgres://…`, or null for SQLite in the data folder
  /// @param directUrl the same past a pooler, or null
  /// @param readUrl of a standby for callers' reads, or null
  /// @param readsOwnWrites whether callers see what they have written whatever the standby has
  /// @param pooler whether a transaction-mode pooler stands in between
  /// @param follow how often it is asked which model it has; zero for never
  public record Database(
      @Nullable Secret url,
      @Nullable Secret directUrl,
      @Nullable Secret readUrl,
      boolean readsOwnWrites,
      int poolSize,
      boolean pooler,
      Duration follow) {
    /// The address that reaches the database itself; null when only a pooler's is known.
    public @Nullable Secret direct() {
      return directUrl != null || pooler ? directUrl : url;
    }
  }

  /// @param every null when nobody is to make backups by themselves
  /// @param keep how many of those stay
  /// @param secrets whether a backup holds the project's secrets
  /// @param programs where PostgreSQL's own programs are, or null for the PATH
  public record Backup(
      Path folder, @Nullable Duration every, int keep, boolean secrets, @Nullable Path programs) {}

  /// @param bytesInFlight what bodies and answers may hold together
  public record Limits(long bytesInFlight) {}

  public record Timeouts(Duration anon, Duration others) {}

  /// @param format `auto`, `text` or `json`
  public record Log(String format, String level) {}

  /// @param secret null when it is the data folder's
  public record Jwt(@Nullable Secret secret, @Nullable String audience) {}

  /// @param accept advice that is meant after all
  public record Check(List<Acceptance> accept) {
    public Check {
      accept = List.copyOf(accept);
    }
  }

  /// One setting for people to read.
  ///
  /// @param origin `default`, a place in a file, an environment variable or a flag
  public record Effective(String key, String value, String origin) {}
}
