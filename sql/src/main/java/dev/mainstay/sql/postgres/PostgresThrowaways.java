package dev.mainstay.sql.postgres;

import dev.mainstay.sql.StoreException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.random.RandomGenerator;

/// Databases of its own on a server, which are gone when it is closed: `mainstay_test_…`. No other
/// database there is touched.
public final class PostgresThrowaways implements AutoCloseable {
  private static final String PREFIX = "mainstay_test_";

  /// Every server has it, unless somebody took it away.
  private static final String MAINTENANCE = "postgres";

  /// What it takes to make databases and to drop them.
  private static final int CONNECTIONS = 2;

  private final PostgresSettings server;
  private final PostgresDatabase connected;
  private final RandomGenerator random;
  private final Set<String> made = new LinkedHashSet<>();

  /// Whoever makes a database reads, whoever closes writes: none appears after all were dropped.
  private final ReentrantReadWriteLock open = new ReentrantReadWriteLock();

  private boolean closed;

  private PostgresThrowaways(
      PostgresSettings server, PostgresDatabase connected, RandomGenerator random) {
    this.server = server;
    this.connected = connected;
    this.random = random;
  }

  /// @param server where they are made, by the address of any database on it
  /// @throws StoreException when the server cannot be reached
  public static PostgresThrowaways on(PostgresSettings server, RandomGenerator random) {
    PostgresSettings few = server.withConnections(CONNECTIONS);
    PostgresDatabase connected;
    try {
      connected = PostgresDatabase.open(few.inDatabase(MAINTENANCE));
    } catch (StoreException _) {
      // Not for this user, or not there: a database is as good a place as any to make another from.
      connected = PostgresDatabase.open(few);
    }
    return new PostgresThrowaways(server, connected, random);
  }

  /// Makes an empty database.
  public PostgresSettings make() {
    return make("");
  }

  /// Makes a database that is as another is now. Nobody may be connected to that one.
  public PostgresSettings copy(PostgresSettings template) {
    String name = PostgresAddress.of(template.address()).database();
    return make(" TEMPLATE " + quoted(name));
  }

  private PostgresSettings make(String template) {
    String name = PREFIX + HexFormat.of().toHexDigits(random.nextLong());
    open.readLock().lock();
    try {
      if (closed) throw new StoreException("The databases for tests are closed");
      synchronized (made) {
        made.add(name);
      }
      run("CREATE DATABASE " + quoted(name) + template);
      return server.inDatabase(name);
    } catch (SQLException e) {
      throw refused(e);
    } finally {
      open.readLock().unlock();
    }
  }

  /// Drops one that was made here, whoever is connected to it.
  public void drop(PostgresSettings database) {
    String name = PostgresAddress.of(database.address()).database();
    synchronized (made) {
      if (!made.contains(name)) throw new IllegalArgumentException(name + " was not made here");
    }
    try {
      run("DROP DATABASE IF EXISTS " + quoted(name) + " WITH (FORCE)");
      synchronized (made) {
        made.remove(name);
      }
    } catch (SQLException e) {
      throw new StoreException(
          "The database " + database.shown() + " cannot be dropped: " + e.getMessage());
    }
  }

  /// Drops all that are left. May be called twice, and while others still make some.
  @Override
  public void close() {
    open.writeLock().lock();
    try {
      if (closed) return;
      closed = true;
      for (String name : Set.copyOf(made)) drop(server.inDatabase(name));
    } finally {
      connected.close();
      open.writeLock().unlock();
    }
  }

  private void run(String sql) throws SQLException {
    try (Connection connection = connected.connection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private StoreException refused(SQLException e) {
    if (!"42501".equals(e.getSQLState()))
      return new StoreException(
          "No database can be made on %s: %s"
              .formatted(connected.settings().shown(), e.getMessage()));
    return new StoreException(
        "The user %s may make no databases on %s, and tests need some of their own: ALTER ROLE %s CREATEDB"
            .formatted(
                PostgresAddress.of(server.address()).user(),
                connected.settings().shown(),
                quoted(PostgresAddress.of(server.address()).user())));
  }

  private static String quoted(String name) {
    return '"' + name.replace("\"", "\"\"") + '"';
  }
}
