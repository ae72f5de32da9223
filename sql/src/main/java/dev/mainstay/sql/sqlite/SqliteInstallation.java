package dev.mainstay.sql.sqlite;

import dev.mainstay.core.model.Column;
import dev.mainstay.core.model.ColumnType;
import dev.mainstay.core.model.Model;
import dev.mainstay.core.model.Table;
import dev.mainstay.core.problem.ProblemException;
import dev.mainstay.core.query.Value;
import dev.mainstay.sql.Applied;
import dev.mainstay.sql.Installation;
import dev.mainstay.sql.Sql;
import dev.mainstay.sql.StoreException;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// An installation on the connection that writes, before the engine has it.
final class SqliteInstallation implements Installation {
  private static final String MODELS =
      """
      CREATE TABLE IF NOT EXISTS "mainstay.model" (
        version INTEGER PRIMARY KEY,
        format INTEGER NOT NULL,
        program TEXT NOT NULL,
        checksum TEXT NOT NULL,
        source TEXT NOT NULL,
        applied_at TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%f000+00:00', 'now'))
      ) STRICT\
      """;

  private final Session session;
  private boolean isOpen = true;

  SqliteInstallation(Session session) {
    this.session = session;
    run("BEGIN IMMEDIATE");
    run("PRAGMA defer_foreign_keys = ON");
    run(MODELS);
  }

  @Override
  public List<String> inTheWay(Model model) {
    Set<String> wanted = new HashSet<>();
    for (Table table : model.tables()) {
      wanted.add(SqliteDialect.plainName(table.name()));
      table.indexes().forEach(index -> wanted.add(index.name()));
      table.searches().forEach(document -> wanted.add(Documents.name(table, document)));
    }
    List<String> found = new ArrayList<>();
    ColumnType text = new ColumnType.Text();
    for (List<Value> row :
        values(Sql.raw("SELECT name, type FROM sqlite_schema ORDER BY 1"), List.of(text, text)))
      if (row.getFirst() instanceof Value.Text(String name)
          && row.getLast() instanceof Value.Text(String kind)
          && wanted.contains(name)) found.add(kind + " " + name);
    return found;
  }

  @Override
  public @Nullable Applied applied() {
    try (PreparedStatement newest =
            session
                .connection()
                .prepareStatement(
                    "SELECT version, format, program, checksum, source FROM \"mainstay.model\""
                        + " ORDER BY version DESC LIMIT 1");
        ResultSet row = newest.executeQuery()) {
      if (!row.next()) return null;
      return new Applied(
          row.getLong(1), row.getInt(2), row.getString(3), row.getString(4), row.getString(5));
    } catch (SQLException e) {
      throw failed(e);
    }
  }

  @Override
  public void record(Applied applied) {
    try (PreparedStatement insert =
        session
            .connection()
            .prepareStatement(
                "INSERT INTO \"mainstay.model\" (version, format, program, checksum, source)"
                    + " VALUES (?, ?, ?, ?, ?)")) {
      insert.setLong(1, applied.version());
      insert.setInt(2, applied.format());
      insert.setString(3, applied.program());
      insert.setString(4, applied.checksum());
      insert.setString(5, applied.source());
      insert.execute();
    } catch (SQLException e) {
      throw failed(e);
    }
  }

  @Override
  public void run(String statement) {
    try {
      session.runOnce(statement);
    } catch (SQLException e) {
      throw failed(e);
    }
  }

  @Override
  public List<List<Value>> values(Sql query, List<ColumnType> types) {
    try {
      return session.values(query, Arguments.NONE, types);
    } catch (SQLException e) {
      throw failed(e);
    }
  }

  @Override
  public void insert(Table table, List<Column> columns, List<List<Value>> rows) throws RowRefused {
    SqliteDialect dialect = new SqliteDialect();
    String names =
        columns.stream()
            .map(column -> dialect.quote(column.name()).text())
            .collect(Collectors.joining(", "));
    String marks = columns.stream().map(column -> "?").collect(Collectors.joining(", "));
    String sql =
        columns.isEmpty()
            ? "INSERT INTO " + dialect.table(table.name()).text() + " DEFAULT VALUES"
            : "INSERT INTO %s (%s) VALUES (%s)"
                .formatted(dialect.table(table.name()).text(), names, marks);
    int at = 0;
    try (PreparedStatement insert = session.connection().prepareStatement(sql)) {
      for (; at < rows.size(); at++) {
        List<Value> row = rows.get(at);
        for (int i = 0; i < columns.size(); i++)
          Session.bind(insert, i + 1, Storage.stored(row.get(i), columns.get(i).type()));
        insert.execute();
      }
    } catch (SQLException e) {
      throw refused(e, table, columns, rows, at);
    }
  }

  @Override
  public void commit() {
    run("COMMIT");
    isOpen = false;
  }

  @Override
  public void close() {
    if (isOpen) run("ROLLBACK");
    isOpen = false;
  }

  private static RowRefused refused(
      SQLException e, Table table, List<Column> columns, List<List<Value>> rows, int at) {
    Map<String, Value> sent = new HashMap<>();
    for (int i = 0; i < columns.size(); i++) sent.put(columns.get(i).name(), rows.get(at).get(i));
    Model alone = new Model(List.of(table), List.of(), List.of());
    RuntimeException refused = Constraints.refused(e, alone, table.name(), sent);
    if (refused instanceof ProblemException problem) return new RowRefused(at, problem.problem());
    throw refused;
  }

  private static StoreException failed(SQLException e) {
    return new StoreException("The database refused: " + e.getMessage());
  }
}
