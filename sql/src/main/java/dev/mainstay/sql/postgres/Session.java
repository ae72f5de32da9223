package dev.mainstay.sql.postgres;

import dev.mainstay.core.engine.Allowance;
import dev.mainstay.core.model.ColumnType;
import dev.mainstay.core.observe.Observation;
import dev.mainstay.core.plan.Caller;
import dev.mainstay.core.query.Value;
import dev.mainstay.core.query.ValueReader;
import dev.mainstay.sql.Sql;
import dev.mainstay.sql.postgres.Settings.Setting;
import dev.mainstay.sql.postgres.Settings.Until;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// One connection while it is lent to one request.
///
/// What must be set for a statement travels ahead of it in the same message, so a statement is one
/// round trip whatever it needs. Statements sent together without BEGIN are one transaction, which
/// is undone as a whole when one of them fails.
final class Session implements AutoCloseable {
  /// How much longer than the statement's own time-out the network may be silent.
  private static final int GRACE_MILLIS = 5_000;

  private final PostgresDatabase database;
  private final boolean claims;
  private final Allowance allowance;
  private final Connection connection;

  /// Statements to be sent with the next one.
  private final List<String> ahead = new ArrayList<>();

  private boolean inTransaction;

  /// Whether the transaction has been told what it needs.
  private boolean isSet;

  Session(PostgresDatabase database, boolean claims, Allowance allowance) {
    this.database = database;
    this.claims = claims;
    this.allowance = allowance;
    this.connection = database.connection();
  }

  /// Begins a transaction; the server hears of it with the first statement.
  void begin() throws SQLException {
    connection.setAutoCommit(false);
    inTransaction = true;
    isSet = false;
  }

  void commit() throws SQLException {
    ahead.clear();
    connection.commit();
    inTransaction = false;
  }

  /// Undoes what was begun. A connection that cannot even do that is not used again.
  void rollback() {
    try {
      connection.rollback();
    } catch (SQLException e) {
      database.evict(connection);
    }
    inTransaction = false;
  }

  /// Runs statements without placeholders or rows at once.
  void run(String statements) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(statements);
    }
  }

  /// Sends a statement without placeholders or rows along with the next one.
  void ahead(String statement) {
    ahead.add(statement);
  }

  /// The statement's rows: one text each, as UTF-8.
  List<byte[]> texts(Sql sql, Arguments arguments) throws SQLException {
    return query(sql, arguments, result -> taken(result.getBytes(1)));
  }

  byte[] taken(byte[] row) {
    allowance.lease().take(row.length);
    return row;
  }

  boolean isAny(Sql sql, Arguments arguments) throws SQLException {
    return !query(sql, arguments, result -> true).isEmpty();
  }

  /// The statement's rows as values of these types.
  List<List<Value>> values(Sql sql, Arguments arguments, List<ColumnType> types)
      throws SQLException {
    return query(
        sql,
        arguments,
        result -> {
          List<Value> row = new ArrayList<>(types.size());
          for (int i = 0; i < types.size(); i++) {
            String text = result.getString(i + 1);
            row.add(text == null ? Value.NULL : ValueReader.read(types.get(i), text));
          }
          return row;
        });
  }

  <T> List<T> query(Sql sql, Arguments arguments, RowReader<T> reader) throws SQLException {
    long start = System.nanoTime();
    connection.setNetworkTimeout(
        Runnable::run,
        (int) Math.min(Integer.MAX_VALUE, allowance.statementTimeout().toMillis() + GRACE_MILLIS));
    List<Setting> settings = missing(arguments.plan().caller());
    // Before a savepoint, or they would go with it.
    if (!settings.isEmpty()) ahead.addFirst(Settings.statement(settings));
    ahead.add(sql.text());
    try (PreparedStatement statement = connection.prepareStatement(String.join(";", ahead))) {
      int at = 1;
      for (Setting setting : settings) statement.setObject(at++, setting.value(), Types.OTHER);
      for (var slot : sql.slots()) statement.setObject(at++, arguments.at(slot), Types.OTHER);
      boolean isRows = statement.execute();
      for (int i = 1; i < ahead.size(); i++) isRows = statement.getMoreResults();
      isSet = true;
      if (!settings.isEmpty() && settings.getLast().until() == Until.DISCONNECT)
        database.remember(connection, allowance.statementTimeout());
      return isRows ? rows(statement, reader) : List.of();
    } finally {
      ahead.clear();
      allowance.observer().observe(new Observation.Ran(sql.text(), System.nanoTime() - start));
    }
  }

  /// Gives the connection back, undoing what was not committed.
  @Override
  public void close() {
    if (inTransaction) rollback();
    try {
      connection.close();
    } catch (SQLException e) {
      database.evict(connection);
    }
  }

  private List<Setting> missing(Caller caller) throws SQLException {
    PostgresSettings settings = database.settings();
    Duration timeout = allowance.statementTimeout();
    if (inTransaction && isSet) return List.of();
    if (inTransaction || settings.pooler()) return Settings.all(settings, claims, caller, timeout);
    List<Setting> missing = new ArrayList<>(Settings.ofCaller(settings, claims, caller));
    if (!database.remembers(connection, timeout)) missing.add(Settings.lastingTimeout(timeout));
    return missing;
  }

  private static <T> List<T> rows(PreparedStatement statement, RowReader<T> reader)
      throws SQLException {
    List<T> rows = new ArrayList<>();
    try (ResultSet result = statement.getResultSet()) {
      while (result.next()) rows.add(reader.read(result));
    }
    return rows;
  }

  @FunctionalInterface
  interface RowReader<T> {
    T read(ResultSet result) throws SQLException;
  }
}
