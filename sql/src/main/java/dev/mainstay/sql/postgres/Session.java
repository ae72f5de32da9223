package dev.mainstay.sql.postgres;

import dev.mainstay.core.engine.Allowance;
import dev.mainstay.core.engine.Reply;
import dev.mainstay.core.engine.Rows;
import dev.mainstay.core.model.Column;
import dev.mainstay.core.model.ColumnType;
import dev.mainstay.core.model.TableName;
import dev.mainstay.core.observe.Observation;
import dev.mainstay.core.plan.Caller;
import dev.mainstay.core.problem.Problem;
import dev.mainstay.core.problem.ProblemException;
import dev.mainstay.core.query.JsonText;
import dev.mainstay.core.query.Value;
import dev.mainstay.core.query.ValueReader;
import dev.mainstay.sql.Slot;
import dev.mainstay.sql.Sql;
import dev.mainstay.sql.postgres.Settings.Setting;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;

/// One connection while it is lent to one request.
///
/// What must be set for a statement travels ahead of it in the same message, with BEGIN before and
/// COMMIT behind when it must not outlast the statement, so a statement is one round trip whatever
/// it needs. BEGIN must be said: the driver may end a message between any two statements of one
/// text, and what was set would be gone.
///
/// Values are bound as text, and cast by the statement: of a placeholder without a type the driver
/// would first ask the type, which is a round trip more.
final class Session implements AutoCloseable {
  /// How much longer than the statement's own time-out the network may be silent.
  private static final int GRACE_MILLIS = 5_000;

  /// How far the server's log of writes goes, in bytes; of a standby, as far as it shows them.
  static final String POSITION =
      "SELECT CASE WHEN pg_is_in_recovery() THEN pg_last_wal_replay_lsn()"
          + " ELSE pg_current_wal_insert_lsn() END - '0/0'";

  private final PostgresDatabase database;
  private final Telling telling;
  private final Allowance allowance;
  private final Connection connection;
  private final PGConnection session;

  /// Statements to be sent with the next one.
  private final List<String> ahead = new ArrayList<>();

  /// How many rows the last statement wrote, if it answered none.
  private int written;

  private boolean inTransaction;

  /// Whether what runs may not write.
  private boolean isReadOnly;

  /// Whether the transaction has been told that it may not write.
  private boolean isReadOnlySaid;

  /// Whether the transaction is still to be told that it reads the rows of one moment.
  private boolean isOneSnapshot;

  /// For whom the transaction has been told what it needs; null when that is not known.
  private @Nullable Caller setFor;

  /// Whether the transaction has been told to be some caller's.
  private boolean isSomebodys;

  /// Whether the function that goes ahead has run in the transaction.
  private boolean isBehindFirst;

  /// What the database wants of the response, as of the last statement.
  private Reply reply = Reply.NONE;

  Session(PostgresDatabase database, Telling telling, Allowance allowance) {
    this.database = database;
    this.telling = telling;
    this.allowance = allowance;
    this.connection = database.connection();
    this.session = PostgresDatabase.session(connection);
  }

  /// The session that this one is, whoever has it.
  PGConnection server() {
    return session;
  }

  /// How far the server's log goes now, between two transactions.
  long position() throws SQLException {
    limitSilence();
    if (!connection.getAutoCommit()) connection.setAutoCommit(true);
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(POSITION)) {
      result.next();
      return result.getLong(1);
    }
  }

  /// Begins a transaction; the server hears of it with the first statement.
  void begin() throws SQLException {
    connection.setAutoCommit(false);
    inTransaction = true;
    setFor = null;
    isSomebodys = false;
    isBehindFirst = false;
    isReadOnlySaid = false;
  }

  /// Keeps the next statement, or the whole transaction, from writing.
  void keepFromWriting() {
    isReadOnly = true;
  }

  /// The same, and has all of the transaction read the rows of one moment.
  void keepToOneSnapshot() {
    keepFromWriting();
    isOneSnapshot = true;
  }

  /// What the database wants of the response.
  Reply reply() {
    return reply;
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

  /// The statement's rows as values of these types. Without types, the statement answers no rows:
  /// there is one empty list for each that it wrote.
  List<List<Value>> values(Sql sql, Arguments arguments, List<ColumnType> types)
      throws SQLException {
    if (types.isEmpty()) {
      query(sql, arguments, result -> result);
      return Collections.nCopies(written, List.of());
    }
    return query(sql, arguments, result -> values(result, 1, types));
  }

  /// Values of these types, from a column on.
  static List<Value> values(ResultSet result, int first, List<ColumnType> types)
      throws SQLException {
    List<Value> row = new ArrayList<>(types.size());
    for (int i = 0; i < types.size(); i++) {
      String text = result.getString(first + i);
      row.add(text == null ? Value.NULL : ValueReader.read(types.get(i), text));
    }
    return row;
  }

  /// The rows that were asked for.
  ///
  /// @param counted whether each row stands beside the number of all; with no row, there is then
  ///   one of which only the number is not null
  Rows rows(Sql sql, boolean counted, Arguments arguments) throws SQLException {
    if (!counted) return new Rows(texts(sql, arguments), null);
    List<byte[]> rows = new ArrayList<>();
    List<Long> totals =
        query(
            sql,
            arguments,
            result -> {
              byte[] row = result.getBytes(1);
              if (row != null) rows.add(taken(row));
              return result.getLong(2);
            });
    return new Rows(rows, totals.getFirst());
  }

  /// Runs a statement of the user's and keeps its rows as a JSON array of arrays of texts, found by
  /// the columns' names; of a result of one column that column, whatever it is called.
  String answered(Sql sql, Arguments arguments, List<Column> columns) throws SQLException {
    StringBuilder json = new StringBuilder("[");
    int[] places = new int[columns.size()];
    query(
        sql,
        arguments,
        result -> {
          if (places[0] == 0) find(columns, result.getMetaData(), places);
          int before = json.length();
          for (int i = 0; i < places.length; i++) {
            json.append(i > 0 ? "," : json.length() > 1 ? ",[" : "[");
            String text = result.getString(places[i]);
            if (text == null) json.append("null");
            else JsonText.quote(json, text);
          }
          json.append(']');
          allowance.lease().take(2L * (json.length() - before));
          return before;
        });
    return json.append(']').toString();
  }

  private static void find(List<Column> columns, ResultSetMetaData meta, int[] places)
      throws SQLException {
    if (columns.size() == 1 && meta.getColumnCount() == 1) {
      places[0] = 1;
      return;
    }
    for (int i = 0; i < places.length; i++) {
      for (int at = 1; at <= meta.getColumnCount() && places[i] == 0; at++)
        if (meta.getColumnLabel(at).equals(columns.get(i).name())) places[i] = at;
      if (places[i] == 0)
        throw new ProblemException(
            new Problem.Database(
                "42P13",
                "the function does not answer the column \"" + columns.get(i).name() + "\"",
                null,
                null));
    }
  }

  <T> List<T> query(Sql sql, Arguments arguments, RowReader<T> reader) throws SQLException {
    long start = System.nanoTime();
    limitSilence();
    Caller caller = arguments.plan().caller();
    List<Setting> settings = missing(caller);
    boolean isAlone = !inTransaction && (isReadOnly || Settings.endWithTransaction(settings));
    boolean isHeard = telling.isGuarding(caller);
    List<String> message = before(settings, isAlone, isHeard);
    int place = message.size();
    message.add(sql.text());
    if (isHeard) message.add(Settings.REPLY);
    if (isAlone) message.add("COMMIT");
    try (PreparedStatement statement = connection.prepareStatement(String.join(";", message))) {
      int at = 1;
      for (Setting setting : settings) statement.setString(at++, setting.value());
      for (Slot slot : sql.slots()) statement.setString(at++, arguments.at(slot));
      boolean isRows = statement.execute();
      for (int i = 0; i < place; i++) isRows = statement.getMoreResults();
      setFor = caller;
      isBehindFirst |= isHeard;
      if (Settings.lasts(settings)) database.remember(session, allowance.statementTimeout());
      written = isRows ? 0 : Math.max(0, statement.getUpdateCount());
      List<T> rows = isRows ? rows(statement, reader) : List.of();
      if (isHeard && statement.getMoreResults())
        reply = rows(statement, r -> new Reply(r.getString(1), r.getString(2))).getFirst();
      return rows;
    } catch (SQLException e) {
      if (Settings.lasts(settings)) database.forget(session);
      if (!settings.isEmpty()) setFor = null;
      if (isAlone) endAborted();
      throw e;
    } finally {
      ahead.clear();
      allowance.observer().observe(new Observation.Ran(sql.text(), System.nanoTime() - start));
    }
  }

  private void limitSilence() throws SQLException {
    connection.setNetworkTimeout(
        Runnable::run,
        (int) Math.min(Integer.MAX_VALUE, allowance.statementTimeout().toMillis() + GRACE_MILLIS));
  }

  /// What goes ahead of a statement in the same message. Settings stand before a savepoint, or they
  /// would go with it, and the isolation before whatever counts as a query.
  private List<String> before(List<Setting> settings, boolean isAlone, boolean isHeard) {
    List<String> before = new ArrayList<>();
    if (isAlone) before.add(isReadOnly ? "BEGIN READ ONLY" : "BEGIN");
    if (isOneSnapshot) before.add("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ");
    isOneSnapshot = false;
    if (inTransaction && isReadOnly && !isReadOnlySaid) before.add("SET TRANSACTION READ ONLY");
    isReadOnlySaid = true;
    if (!settings.isEmpty()) before.add(Settings.statement(settings));
    TableName first = allowance.occasion().first();
    if (isHeard && first != null && !isBehindFirst)
      before.add(
          "SELECT " + Types.quoted(first.schema()) + "." + Types.quoted(first.name()) + "()");
    before.addAll(ahead);
    return before;
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

  private void endAborted() {
    try {
      run("ROLLBACK");
    } catch (SQLException e) {
      database.evict(connection);
    }
  }

  private List<Setting> missing(Caller caller) {
    PostgresSettings settings = database.settings();
    Duration timeout = allowance.statementTimeout();
    if (inTransaction && caller.equals(setFor)) return List.of();
    if (caller instanceof Caller.Outside) isSomebodys = inTransaction;
    else if (isSomebodys) return Settings.nobodys(settings, telling, timeout);
    List<Setting> missing = new ArrayList<>();
    if (inTransaction || settings.pooler()) missing.addAll(Settings.ofAny(settings, timeout));
    else if (!database.remembers(session, timeout)) missing.add(Settings.lastingTimeout(timeout));
    missing.addAll(Settings.ofCaller(settings, telling, caller, allowance.occasion()));
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
