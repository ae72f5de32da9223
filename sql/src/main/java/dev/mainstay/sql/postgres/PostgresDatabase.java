package dev.mainstay.sql.postgres;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.pool.HikariPool.PoolInitializationException;
import dev.mainstay.core.migration.SqlMigration;
import dev.mainstay.core.model.Guarding;
import dev.mainstay.core.model.Model;
import dev.mainstay.core.model.TableName;
import dev.mainstay.core.problem.Problem;
import dev.mainstay.core.problem.ProblemException;
import dev.mainstay.sql.Applied;
import dev.mainstay.sql.AppliedModels;
import dev.mainstay.sql.Installation;
import dev.mainstay.sql.Inventory;
import dev.mainstay.sql.Ledger;
import dev.mainstay.sql.Migratable;
import dev.mainstay.sql.StatementRefused;
import dev.mainstay.sql.StoreException;
import dev.mainstay.sql.postgres.existing.Existing;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.WeakHashMap;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.PGProperty;

/// The connections to one PostgreSQL database.
public final class PostgresDatabase implements AutoCloseable {
  /// The driver holds a whole answer in memory before its rows are counted: no larger one, in
  /// bytes, and none that would be most of the memory there is.
  static final long LARGEST_ANSWER = Math.min(64L << 20, Runtime.getRuntime().maxMemory() / 2);

  /// The oldest version that is tested.
  private static final int OLDEST = 15;

  /// How long an answer about the model is waited for.
  private static final Duration SILENCE = Duration.ofSeconds(10);

  private final PostgresSettings settings;
  private final HikariDataSource pool;

  /// The time-out each session was last set to, so that it is said only when it changes.
  private final Map<PGConnection, Duration> timeouts =
      Collections.synchronizedMap(new WeakHashMap<>());

  private final @Nullable Standby standby;

  private PostgresDatabase(
      PostgresSettings settings, HikariDataSource pool, @Nullable Standby standby) {
    this.settings = settings;
    this.pool = pool;
    this.standby = standby;
  }

  /// Connects once, so that what is wrong with the address is known at once.
  ///
  /// @throws StoreException when the database cannot be reached, or is too old or not in UTF-8
  public static PostgresDatabase open(PostgresSettings settings) {
    PostgresAddress address = PostgresAddress.of(settings.address());
    PostgresDatabase database =
        new PostgresDatabase(settings, pool(settings, address, 1), standby(settings));
    try {
      database.refuseUnfit(address);
      return database;
    } catch (RuntimeException e) {
      database.close();
      throw e;
    }
  }

  /// That may be away.
  private static @Nullable Standby standby(PostgresSettings settings) {
    PostgresSettings.Reads reads = settings.reads();
    if (reads == null) return null;
    PostgresSettings own = settings.ofStandby(reads.address());
    HikariDataSource pool = pool(own, PostgresAddress.of(own.address()), -1);
    return new Standby(new PostgresDatabase(own, pool, null), reads.showsOwnWrites());
  }

  /// A transaction to install a model in.
  public Installation installation() {
    return PostgresInstallation.begin(connection(), this::evict);
  }

  /// Its tables, to be changed.
  public Migratable migratable() {
    return new Migratable() {
      @Override
      public Installation look() {
        return begin();
      }

      @Override
      public Installation begin() {
        return PostgresInstallation.beginMigrating(connection(), PostgresDatabase.this::evict);
      }

      @Override
      public Installation load() {
        return installation();
      }

      @Override
      public void alone(String statement) {
        Connection connection = connection();
        try {
          Alone.run(connection, statement, settings.pooler());
        } finally {
          // Its settings are not those of the pool any more.
          evict(connection);
        }
      }

      @Override
      public void alone(SqlMigration migration) throws StatementRefused {
        Connection connection = connection();
        try {
          Alone.run(connection, migration, settings.pooler());
        } finally {
          evict(connection);
        }
      }
    };
  }

  /// What it says of its models.
  public Ledger ledger() {
    return new Ledger() {
      @Override
      public AppliedModels.@Nullable Mark mark() {
        return models(AppliedModels::mark);
      }

      @Override
      public @Nullable Applied newest() {
        return models(AppliedModels::newest);
      }
    };
  }

  /// Asks for the models that the database has.
  private <T extends @Nullable Object> T models(Asking<T> asking) {
    try (Connection connection = connection()) {
      connection.setNetworkTimeout(Runnable::run, (int) SILENCE.toMillis());
      return asking.of(PostgresInstallation.models(connection));
    } catch (SQLException e) {
      throw Errors.translate(e);
    }
  }

  @FunctionalInterface
  private interface Asking<T extends @Nullable Object> {
    T of(AppliedModels models) throws SQLException;
  }

  /// What it holds, whoever has made that.
  public Inventory inventory() {
    return new Inventory() {
      @Override
      public Model model(List<String> schemas) {
        return read(connection -> Existing.model(connection, schemas));
      }

      @Override
      public Map<TableName, String> queries(List<String> schemas) {
        return read(connection -> Existing.queries(connection, schemas));
      }

      @Override
      public String mark() {
        return read(Existing::mark);
      }
    };
  }

  private <T> T read(Reading<T> reading) {
    try (Connection connection = connection()) {
      return reading.of(connection);
    } catch (SQLException e) {
      throw Errors.translate(e);
    }
  }

  @FunctionalInterface
  private interface Reading<T> {
    T of(Connection connection) throws SQLException;
  }

  /// Serves the database, whose tables must be those of the model.
  ///
  /// @throws StoreException when requests cannot run as their callers, as the model wants it
  public PostgresEngine serve(Model model) {
    if (model.guarding() == Guarding.DATABASE) requireRights(model);
    if (standby != null) standby.require(position());
    return new PostgresEngine(this, model);
  }

  private void requireRights(Model model) {
    List<String> schemas = new ArrayList<>(model.schemas());
    schemas.removeAll(TableName.SYSTEM_SCHEMAS);
    try (Connection connection = connection()) {
      List<String> lacking = Rights.lacking(connection, model.roles(), schemas);
      if (!lacking.isEmpty())
        throw new StoreException(
            "The database "
                + settings.shown()
                + " cannot run requests as their callers' roles yet. Let its owner run:\n  "
                + String.join("\n  ", lacking));
    } catch (SQLException e) {
      throw Errors.translate(e);
    }
  }

  /// How far the log of its writes goes.
  private long position() {
    try (Connection connection = connection();
        Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(Session.POSITION)) {
      result.next();
      return result.getLong(1);
    } catch (SQLException e) {
      throw Errors.translate(e);
    }
  }

  @Nullable Standby standby() {
    return standby;
  }

  public PostgresSettings settings() {
    return settings;
  }

  /// A connection for one request, in autocommit mode; closing it gives it back.
  ///
  /// @throws ProblemException when none came free in time, or the database is away
  Connection connection() {
    try {
      return pool.getConnection();
    } catch (SQLTransientConnectionException e) {
      throw new ProblemException(
          e.getCause() == null
              ? new Problem.PoolExhausted(1)
              : new Problem.Unavailable("The database cannot be reached.", 1));
    } catch (SQLException e) {
      throw Errors.translate(e);
    }
  }

  /// Takes a connection that cannot be trusted any more out of the pool.
  void evict(Connection connection) {
    pool.evictConnection(connection);
  }

  /// The session itself, under whatever the pool hands out.
  static PGConnection session(Connection connection) {
    try {
      return connection.unwrap(PGConnection.class);
    } catch (SQLException e) {
      throw Errors.translate(e);
    }
  }

  /// Whether the session has that time-out for its statements.
  boolean remembers(PGConnection session, Duration timeout) {
    return timeout.equals(timeouts.get(session));
  }

  void remember(PGConnection session, Duration timeout) {
    timeouts.put(session, timeout);
  }

  void forget(PGConnection session) {
    timeouts.remove(session);
  }

  /// How many connections are lent out at this moment.
  public int connectionsInUse() {
    int own = pool.getHikariPoolMXBean().getActiveConnections();
    return standby == null ? own : own + standby.connectionsInUse();
  }

  @Override
  public void close() {
    if (standby != null) standby.close();
    pool.close();
  }

  /// @param patience for the first connection, in milliseconds; negative for none, since it may
  ///   come later
  private static HikariDataSource pool(
      PostgresSettings settings, PostgresAddress address, int patience) {
    HikariConfig config = new HikariConfig();
    config.setPoolName("postgres");
    config.setDriverClassName("org.postgresql.Driver");
    config.setJdbcUrl("jdbc:postgresql://");
    config.setDataSourceProperties(properties(settings, address));
    config.setMaximumPoolSize(settings.connections());
    config.setConnectionTimeout(settings.acquireTimeout().toMillis());
    config.setInitializationFailTimeout(patience);
    if (!settings.pooler()) config.setConnectionInitSql(Settings.once(settings));
    try {
      return new HikariDataSource(config);
    } catch (PoolInitializationException e) {
      throw unreachable(address, e);
    }
  }

  private static Properties properties(PostgresSettings settings, PostgresAddress address) {
    Properties properties = new Properties();
    properties.putAll(address.properties());
    long connect = Math.max(1, settings.connectTimeout().toSeconds());
    PGProperty.CONNECT_TIMEOUT.set(properties, Long.toString(connect));
    PGProperty.LOGIN_TIMEOUT.set(properties, Long.toString(connect));
    PGProperty.TCP_KEEP_ALIVE.set(properties, true);
    if (PGProperty.APPLICATION_NAME.getOrNull(properties) == null)
      PGProperty.APPLICATION_NAME.set(properties, "mainstay");
    // What a column holds is read as the text the server makes of it.
    PGProperty.BINARY_TRANSFER.set(properties, false);
    PGProperty.MAX_RESULT_BUFFER.set(properties, Long.toString(LARGEST_ANSWER));
    // Values are on their way to an observer or an error text too easily.
    PGProperty.LOG_SERVER_ERROR_DETAIL.set(properties, false);
    if (settings.pooler()) PGProperty.PREPARE_THRESHOLD.set(properties, 0);
    return properties;
  }

  private void refuseUnfit(PostgresAddress address) {
    try (Connection connection = pool.getConnection();
        Statement statement = connection.createStatement();
        ResultSet result =
            statement.executeQuery(
                "SELECT current_setting('server_version_num')::int / 10000,"
                    + " current_setting('server_encoding')")) {
      result.next();
      if (result.getInt(1) < OLDEST)
        throw new StoreException(
            "The database "
                + address.shown()
                + " is PostgreSQL "
                + result.getInt(1)
                + "; it must be "
                + OLDEST
                + " or newer.");
      if (!result.getString(2).equals("UTF8"))
        throw new StoreException(
            "The database "
                + address.shown()
                + " is encoded in "
                + result.getString(2)
                + "; it must be in UTF8.");
    } catch (SQLException e) {
      throw unreachable(address, e);
    }
  }

  private static StoreException unreachable(PostgresAddress address, Throwable error) {
    Throwable cause = error;
    while (!(cause instanceof SQLException) && cause.getCause() != null) cause = cause.getCause();
    String state = cause instanceof SQLException sql ? String.valueOf(sql.getSQLState()) : "";
    String why =
        switch (state) {
          case "28P01", "28000" -> "it refuses the user or the password";
          case "3D000" -> "there is no such database";
          case "53300" -> "it has no connection to spare";
          default -> reason(cause);
        };
    return new StoreException("The database " + address.shown() + " cannot be used: " + why + ".");
  }

  /// What the network, TLS or the server said, innermost, on one line.
  private static String reason(Throwable error) {
    Throwable cause = error;
    while (cause.getCause() != null) cause = cause.getCause();
    String message = String.valueOf(cause.getMessage()).lines().findFirst().orElse("");
    return message.replaceFirst("^FATAL: ", "").replaceFirst("\\.$", "");
  }
}
