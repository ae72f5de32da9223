package dev.mainstay.sql.sqlite;

import dev.mainstay.core.engine.ByteBudget;
import dev.mainstay.core.model.Column;
import dev.mainstay.core.model.ColumnType;
import dev.mainstay.core.observe.Observation;
import dev.mainstay.core.observe.Observer;
import dev.mainstay.core.problem.Problem;
import dev.mainstay.core.problem.ProblemException;
import dev.mainstay.core.query.Value;
import dev.mainstay.sql.Sql;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.sqlite.ProgressHandler;
import org.sqlite.SQLiteErrorCode;

/// One connection with the statements it has prepared. Used by one thread at a time.
final class Session implements AutoCloseable {
  /// Prepared statements kept; each holds some kilobytes of native memory.
  private static final int PREPARED = 256;

  /// Steps of SQLite's machine between two looks at the clock: a few hundred microseconds.
  private static final int STEPS_PER_LOOK = 10_000;

  private final Connection connection;
  private final Runnable afterwards;
  private final Map<String, PreparedStatement> prepared = new LinkedHashMap<>(64, 0.75f, true);

  /// `System.nanoTime` at which what runs is stopped, or [Long#MAX_VALUE].
  private final AtomicLong deadline = new AtomicLong(Long.MAX_VALUE);

  private Observer observer = Observer.NOBODY;

  Session(Connection connection) throws SQLException {
    this(connection, () -> {});
  }

  /// @param afterwards what is to be done when it is closed
  Session(Connection connection, Runnable afterwards) throws SQLException {
    this.connection = connection;
    this.afterwards = afterwards;
    ProgressHandler.setHandler(connection, STEPS_PER_LOOK, new Clock());
  }

  /// Sets for whom the next statements run, and until when.
  void begin(Observer told, Duration most) {
    observer = told;
    deadline.set(System.nanoTime() + most.toNanos());
  }

  void end() {
    observer = Observer.NOBODY;
    deadline.set(Long.MAX_VALUE);
  }

  boolean isOverdue() {
    long until = deadline.get();
    return until != Long.MAX_VALUE && System.nanoTime() - until > 0;
  }

  /// The statement's rows: one text each, as UTF-8.
  List<byte[]> texts(Sql sql, Arguments arguments, ByteBudget.Lease lease) throws SQLException {
    return query(
        sql,
        arguments,
        result -> {
          byte[] row = result.getBytes(1);
          lease.take(row.length);
          return row;
        });
  }

  long number(Sql sql, Arguments arguments) throws SQLException {
    return query(sql, arguments, result -> result.getLong(1)).getFirst();
  }

  /// What `EXPLAIN QUERY PLAN` answers.
  List<Explanation.Step> steps(Sql sql, Arguments arguments) throws SQLException {
    return query(
        sql,
        arguments,
        result -> new Explanation.Step(result.getLong(1), result.getLong(2), result.getString(4)));
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
          for (int i = 0; i < types.size(); i++)
            row.add(Storage.value(column(result, i + 1), types.get(i)));
          return row;
        });
  }

  /// The same, of a statement that is not worth keeping.
  List<List<Value>> valuesOnce(Sql sql, Arguments arguments, List<ColumnType> types)
      throws SQLException {
    try {
      return values(sql, arguments, types);
    } finally {
      PreparedStatement once = prepared.remove(sql.text());
      if (once != null) once.close();
    }
  }

  /// Runs a statement without placeholders or rows.
  void run(String sql) throws SQLException {
    try {
      statement(sql).execute();
    } catch (SQLException e) {
      throw forgotten(sql, e);
    }
  }

  /// Runs a statement that is not worth keeping.
  void runOnce(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  Connection connection() {
    return connection;
  }

  /// Prepares everything anew from here on: the driver remembers how many columns a statement
  /// answers.
  void forget() throws SQLException {
    for (PreparedStatement statement : prepared.values()) statement.close();
    prepared.clear();
  }

  @Override
  public void close() throws SQLException {
    try {
      forget();
    } finally {
      try {
        connection.close();
      } finally {
        afterwards.run();
      }
    }
  }

  /// Runs a statement that answers nothing.
  void execute(Sql sql, Arguments arguments) throws SQLException {
    long start = System.nanoTime();
    try {
      bound(sql, arguments).execute();
    } catch (SQLException e) {
      throw forgotten(sql.text(), e);
    } finally {
      observer.observe(new Observation.Ran(sql.text(), System.nanoTime() - start));
    }
  }

  /// Runs a statement of the user's to its end, whatever it answers.
  void effect(Sql sql, Arguments arguments) throws SQLException {
    long start = System.nanoTime();
    PreparedStatement statement = bound(sql, arguments);
    try {
      if (!statement.execute()) return;
      try (ResultSet result = statement.getResultSet()) {
        while (result.next()) {
          // Its rows are nobody's.
        }
      }
    } catch (SQLException e) {
      throw forgotten(sql.text(), e);
    } finally {
      observer.observe(new Observation.Ran(sql.text(), System.nanoTime() - start));
    }
  }

  /// Runs a statement of the user's and keeps its rows as a JSON array of arrays of stored values,
  /// found by the columns' names; of a result of one column that column, whatever it is called.
  String answered(Sql sql, Arguments arguments, List<Column> columns, ByteBudget.Lease lease)
      throws SQLException {
    long start = System.nanoTime();
    PreparedStatement statement = bound(sql, arguments);
    try {
      if (!statement.execute())
        throw new ProblemException(
            new Problem.Database(
                "42P13", "the last statement of the function answers no rows", null, null));
      try (ResultSet result = statement.getResultSet()) {
        return answered(result, columns, lease);
      }
    } catch (SQLException e) {
      throw forgotten(sql.text(), e);
    } finally {
      observer.observe(new Observation.Ran(sql.text(), System.nanoTime() - start));
    }
  }

  private static String answered(ResultSet result, List<Column> columns, ByteBudget.Lease lease)
      throws SQLException {
    int[] places = places(result, columns);
    StringBuilder json = new StringBuilder("[");
    while (result.next()) {
      int before = json.length();
      for (int i = 0; i < places.length; i++) {
        json.append(i > 0 ? "," : json.length() > 1 ? ",[" : "[");
        Storage.append(json, column(result, places[i]));
      }
      json.append(']');
      lease.take(2L * (json.length() - before));
    }
    return json.append(']').toString();
  }

  private static int[] places(ResultSet result, List<Column> columns) throws SQLException {
    ResultSetMetaData meta = result.getMetaData();
    int[] places = new int[columns.size()];
    if (columns.size() == 1 && meta.getColumnCount() == 1) {
      places[0] = 1;
      return places;
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
    return places;
  }

  private <T> List<T> query(Sql sql, Arguments arguments, RowReader<T> reader) throws SQLException {
    long start = System.nanoTime();
    List<T> rows = new ArrayList<>();
    try (ResultSet result = bound(sql, arguments).executeQuery()) {
      while (result.next()) rows.add(reader.read(result));
    } catch (SQLException e) {
      throw forgotten(sql.text(), e);
    } finally {
      observer.observe(new Observation.Ran(sql.text(), System.nanoTime() - start));
    }
    return rows;
  }

  private PreparedStatement bound(Sql sql, Arguments arguments) throws SQLException {
    PreparedStatement statement = statement(sql.text());
    for (int i = 0; i < sql.slots().size(); i++)
      bind(statement, i + 1, arguments.at(sql.slots().get(i)));
    return statement;
  }

  private PreparedStatement statement(String sql) throws SQLException {
    PreparedStatement found = prepared.get(sql);
    if (found != null) return found;
    PreparedStatement made = connection.prepareStatement(sql);
    prepared.put(sql, made);
    if (prepared.size() > PREPARED) {
      var eldest = prepared.entrySet().iterator().next();
      prepared.remove(eldest.getKey());
      eldest.getValue().close();
    }
    return made;
  }

  /// The driver finalises a statement that failed of anything but a constraint, as of a time-out:
  /// it would never run again.
  private SQLException forgotten(String sql, SQLException cause) {
    if ((Errors.code(cause).code & 0xff) == SQLiteErrorCode.SQLITE_CONSTRAINT.code) return cause;
    PreparedStatement failed = prepared.remove(sql);
    try {
      if (failed != null) failed.close();
    } catch (SQLException e) {
      cause.addSuppressed(e);
    }
    return cause;
  }

  static void bind(PreparedStatement statement, int at, @Nullable Object stored)
      throws SQLException {
    switch (stored) {
      case null -> statement.setNull(at, 0);
      case Long number -> statement.setLong(at, number);
      case Double number -> statement.setDouble(at, number);
      case BigDecimal number -> statement.setDouble(at, number.doubleValue());
      case String text -> statement.setString(at, text);
      case byte[] bytes -> statement.setBytes(at, bytes);
      default -> throw new IllegalStateException("not a stored form: " + stored.getClass());
    }
  }

  private static @Nullable Object column(ResultSet result, int at) throws SQLException {
    Object value = result.getObject(at);
    return value instanceof Integer number ? (Long) number.longValue() : value;
  }

  @FunctionalInterface
  private interface RowReader<T> {
    T read(ResultSet result) throws SQLException;
  }

  private final class Clock extends ProgressHandler {
    @Override
    protected int progress() {
      return isOverdue() ? 1 : 0;
    }
  }
}
