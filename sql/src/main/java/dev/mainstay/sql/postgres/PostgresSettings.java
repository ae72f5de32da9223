package dev.mainstay.sql.postgres;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How to reach a PostgreSQL database, and what may be asked of it.
///
/// @param address `postgres://user:password@host:port/database?sslmode=…`, or `jdbc:postgresql:…`
/// @param connections the most connections held open
/// @param pooler whether a transaction-mode pooler (PgBouncer) stands in between: then nothing is
///   kept in a session, neither settings nor prepared statements
/// @param searchPath the schemas in which SQL of the user's own finds names that name none
/// @param connectTimeout for a new connection
/// @param acquireTimeout how long a request waits for a connection to come free
/// @param reads or null when everything is read where it is written
public record PostgresSettings(
    String address,
    int connections,
    boolean pooler,
    List<String> searchPath,
    Duration connectTimeout,
    Duration acquireTimeout,
    @Nullable Reads reads) {
  /// Where callers' reads go that need not see what was written a moment ago.
  ///
  /// @param address of a hot standby
  /// @param showsOwnWrites whether callers always see what they have written
  public record Reads(String address, boolean showsOwnWrites) {
    /// Leaves out the address, which may hold a password.
    @Override
    public String toString() {
      return "Reads[showsOwnWrites=" + showsOwnWrites + "]";
    }
  }

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
        Duration.ofSeconds(5),
        null);
  }

  public PostgresSettings throughPooler() {
    return new PostgresSettings(
        address, connections, true, searchPath, connectTimeout, acquireTimeout, reads);
  }

  public PostgresSettings withSearchPath(List<String> schemas) {
    return new PostgresSettings(
        address, connections, pooler, schemas, connectTimeout, acquireTimeout, reads);
  }

  public PostgresSettings withConnections(int most) {
    return new PostgresSettings(
        address, most, pooler, searchPath, connectTimeout, acquireTimeout, reads);
  }

  public PostgresSettings reading(@Nullable Reads other) {
    return new PostgresSettings(
        address, connections, pooler, searchPath, connectTimeout, acquireTimeout, other);
  }

  /// The same for the standby. Who finds it busy or away goes elsewhere, and so does not wait.
  PostgresSettings ofStandby(String standby) {
    return new PostgresSettings(
        standby, connections, pooler, searchPath, connectTimeout, Duration.ofMillis(250), null);
  }

  /// The same for another database on that server, which has no standby.
  public PostgresSettings inDatabase(String database) {
    return new PostgresSettings(
        PostgresAddress.in(database, address),
        connections,
        pooler,
        searchPath,
        connectTimeout,
        acquireTimeout,
        null);
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
