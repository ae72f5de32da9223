package dev.mainstay.app.config;

import java.util.List;
import java.util.Locale;

/// A setting: its key in `mainstay.yaml`, its text when nobody sets it, and what it means.
///
/// @param secret whether its value is never printed
public record Setting(String key, String fallback, String meaning, boolean secret) {
  /// In the order in which they are shown.
  public static final List<Setting> ALL =
      List.of(
          of("model", "backend.yaml", "the model file"),
          of("data", "data", "the folder for the database, secrets and files"),
          of("http.host", "127.0.0.1", "the address to listen on; 0.0.0.0 for every one"),
          of("http.port", "8787", "the port; 0 for any free one"),
          of("http.require_apikey", "true", "false: who brings no key is anon"),
          of("http.body_limit", "10MB", "the largest body of a request"),
          of("http.max_running", "512", "requests worked on at once"),
          of("http.server_timing", "request", "the Server-Timing header: off, request or on"),
          of("http.cors_origins", "*", "sites whose pages may call; * for all"),
          of("http.metrics", "key", "who may read /metrics: key (the service key) or open"),
          of("http.docs", "on", "the page /docs: on or off"),
          of("http.public_url", "", "the server's address as its clients know it"),
          of(
              "http.drain",
              "0s",
              "how long a stop goes on answering while it sees clients off; behind a proxy 3s"),
          of("http.stop_timeout", "20s", "how long a stop waits for what has begun"),
          of("rest.path", "/rest/v1", "the prefix of the REST API; / for the root"),
          of("rest.title", "Mainstay API", "what descriptions call the REST API"),
          of(
              "rest.openapi",
              "enabled",
              "descriptions at the root and /openapi.json: enabled or disabled"),
          of("rest.max_rows", "1000", "the most rows of one answer"),
          of("rest.schemas", "public", "the schemas REST shows, the first by default"),
          of(
              "rest.extra_search_path",
              "public, extensions",
              "where the model's own SQL finds names"),
          of("rest.aggregates", "false", "whether select may sum, average and count"),
          of("rest.require_where", "true", "whether an update or delete must say which rows"),
          of(
              "rest.tx",
              "commit",
              "what becomes of what is written: commit, commit-allow-override, rollback or"
                  + " rollback-allow-override"),
          of("rest.plans", "false", "whether callers may ask how a request is carried out"),
          of("rest.pre_request", "", "a function that goes ahead of every request"),
          of(
              "rest.idempotency",
              "24h",
              "how long answers to writes with an Idempotency-Key are kept; 0s: not at all"),
          secret("database.url", "postgres://user:password@host/database; else SQLite in data"),
          secret(
              "database.direct_url",
              "the same database past a pooler, to hear of changes of its schema"),
          secret("database.read_url", "a hot standby of it, for what callers read"),
          of(
              "database.read_your_writes",
              "true",
              "whether callers see what they have written however far the standby is"),
          of("database.pool_size", "10", "connections to PostgreSQL"),
          of("database.pooler", "false", "whether a transaction-mode pooler stands in between"),
          of("backup.folder", "", "where backups go; else backups in data"),
          of("backup.every", "never", "how often serve makes one, such as 24h"),
          of("backup.keep", "7", "how many of those stay"),
          of("backup.secrets", "true", "whether a backup holds data/secrets.json"),
          of("backup.programs", "", "the folder of pg_dump and pg_restore; else the PATH"),
          of(
              "database.follow",
              "2s",
              "how often PostgreSQL is asked for a model that was applied elsewhere; 0s: never"),
          of(
              "limits.bytes_in_flight",
              "auto",
              "bodies and answers held at once; auto: 1/8 of memory"),
          of("timeouts.anon", "3s", "how long a statement of anon may take"),
          of("timeouts.others", "8s", "how long a statement of anybody else may take"),
          of("log.format", "auto", "text, json, or auto: text on a terminal"),
          of("log.level", "info", "error, warn, info or debug"),
          secret("jwt.secret", "signs tokens, 32 bytes or more; else kept in data/secrets.json"),
          of("jwt.audience", "", "what a token's aud must contain, if it has one"),
          of(
              "check.accept",
              "",
              "advice of `mainstay check` that is meant after all, with reasons"));

  private static Setting of(String key, String fallback, String meaning) {
    return new Setting(key, fallback, meaning, false);
  }

  private static Setting secret(String key, String meaning) {
    return new Setting(key, "", meaning, true);
  }

  /// The environment variable that sets it: `MAINSTAY_HTTP_PORT`.
  public String variable() {
    return "MAINSTAY_" + key.toUpperCase(Locale.ROOT).replace('.', '_');
  }
}
