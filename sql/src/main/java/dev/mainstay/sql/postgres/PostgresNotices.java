package dev.mainstay.sql.postgres;

import dev.mainstay.sql.StoreException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Properties;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.postgresql.PGConnection;
import org.postgresql.PGProperty;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Listens for whoever says that the schema has changed: `NOTIFY pgrst`, as PostgREST has it, or
/// `NOTIFY mainstay`. It has a connection of its own, which must reach the server itself: a
/// transaction-mode pooler keeps nobody listening.
public final class PostgresNotices implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(PostgresNotices.class);

  /// How long one wait on the connection takes: closing waits for the end of it.
  private static final Duration TURN = Duration.ofMillis(500);

  private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

  private final PostgresAddress address;
  private final Runnable changed;
  private final CountDownLatch listening = new CountDownLatch(1);
  private final CountDownLatch closing = new CountDownLatch(1);
  private final Thread thread;

  private PostgresNotices(PostgresAddress address, Runnable changed) {
    this.address = address;
    this.changed = changed;
    this.thread = Thread.ofPlatform().name("notices").daemon(true).unstarted(this::run);
  }

  /// Begins to listen. When the connection is lost, it is made again, and what was said meanwhile
  /// is taken to be that something has changed.
  ///
  /// @param changed called from a thread of its own
  public static PostgresNotices listen(String address, Runnable changed) {
    var notices = new PostgresNotices(PostgresAddress.of(address), changed);
    notices.thread.start();
    return notices;
  }

  /// Says it to all that listen.
  ///
  /// @throws StoreException when the database cannot be told
  public static void reload(String address) {
    PostgresAddress to = PostgresAddress.of(address);
    try (Connection connection = connect(to);
        Statement statement = connection.createStatement()) {
      statement.execute("NOTIFY mainstay, 'reload schema'");
    } catch (SQLException e) {
      throw new StoreException("The database " + to.shown() + " cannot be told: " + e.getMessage());
    }
  }

  /// Waits until it listens for the first time.
  ///
  /// @return whether it does
  public boolean awaitListening(Duration most) throws InterruptedException {
    return listening.await(most.toMillis(), TimeUnit.MILLISECONDS);
  }

  private void run() {
    Duration pause = FIRST_PAUSE;
    while (closing.getCount() > 0) {
      try (Connection connection = connect(address)) {
        try (Statement statement = connection.createStatement()) {
          statement.execute("LISTEN pgrst; LISTEN mainstay");
        }
        boolean isFirst = listening.getCount() > 0;
        listening.countDown();
        if (!isFirst) changed.run();
        pause = FIRST_PAUSE;
        listen(connection);
      } catch (SQLException e) {
        LOG.warn("nobody listens for changes of the schema: {}", e.getMessage());
        if (isClosed(pause)) return;
        Duration twice = pause.multipliedBy(2);
        pause = twice.compareTo(LONGEST_PAUSE) < 0 ? twice : LONGEST_PAUSE;
      }
    }
  }

  private void listen(Connection connection) throws SQLException {
    PGConnection session = connection.unwrap(PGConnection.class);
    while (closing.getCount() > 0) {
      int heard = session.getNotifications((int) TURN.toMillis()).length;
      if (heard > 0) changed.run();
    }
  }

  private boolean isClosed(Duration most) {
    try {
      return closing.await(most.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return true;
    }
  }

  private static Connection connect(PostgresAddress address) throws SQLException {
    Properties properties = new Properties();
    properties.putAll(address.properties());
    PGProperty.TCP_KEEP_ALIVE.set(properties, true);
    if (PGProperty.APPLICATION_NAME.getOrNull(properties) == null)
      PGProperty.APPLICATION_NAME.set(properties, "mainstay");
    return DriverManager.getConnection("jdbc:postgresql://", properties);
  }

  @Override
  public void close() {
    closing.countDown();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
