package dev.mainstay.sql.postgres;

import java.time.Duration;
import java.util.List;

/// How to reach a PostgreSQL database, and what may be asked of it.
///
/// @param address `postgres://user:password@host:port/database?sslmode=…`, or `jdbc:postgresql:…`
/// @param connections the most connections held open
/// @param pooler whether a transaction-mode pooler (PgBouncer) stands in between: then nothing is
///   kept in a session, neither settings nor prepared statements
/// @param searchPath the schemas in which SQL of the user's own finds names that name none
/// @param connectTimeout for a new connection
/// @param acquireTimeout how long a request waits for a connection to come free
public record PostgresSettings(
    String address,
    int connections,
    boolean pooler,
    List<String> searchPath,
    Duration connectTimeout,
    Duration acquireTimeout) {
  public PostgresSettings {
    searchPath = List.copyOf(searchPath);
  }

  public static PostgresSettings of(String address) {
    return new PostgresSettings(
        address,
        10,
        false,
        List.of("public", "extensions"),
        Duration.ofSeconds(5),
        Duration.ofSeconds(5));
  }

  public PostgresSettings throughPooler() {
    return new PostgresSettings(
        address, connections, true, searchPath, connectTimeout, acquireTimeout);
  }

  public PostgresSettings withSearchPath(List<String> schemas) {
    return new PostgresSettings(
        address, connections, pooler, schemas, connectTimeout, acquireTimeout);
  }

  public PostgresSettings withConnections(int most) {
    return new PostgresSettings(address, most, pooler, searchPath, connectTimeout, acquireTimeout);
  }

  /// The same for another database on that server.
  public PostgresSettings inDatabase(String database) {
    return new PostgresSettings(
        PostgresAddress.in(database, address),
        connections,
        pooler,
        searchPath,
        connectTimeout,
        acquireTimeout);
  }

  /// Where the database is, without a password: `host:port/database`.
  public String shown() {
    return PostgresAddress.of(address).shown();
  }

  /// Leaves out the address, which may hold a password.
  @Override
  public String toString() {
    return "PostgresSettings[connections=" + connections + ", pooler=" + pooler + "]";
  }
}
