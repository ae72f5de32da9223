package dev.mainstay.sql.postgres;

import dev.mainstay.core.advice.IndexUse;
import dev.mainstay.core.model.Column;
import dev.mainstay.core.model.ColumnType;
import dev.mainstay.core.model.Fill;
import dev.mainstay.core.model.Function;
import dev.mainstay.core.model.Model;
import dev.mainstay.core.model.Table;
import dev.mainstay.core.model.TableName;
import dev.mainstay.core.query.Value;
import dev.mainstay.core.query.ValueReader;
import dev.mainstay.sql.Applied;
import dev.mainstay.sql.AppliedModels;
import dev.mainstay.sql.Installation;
import dev.mainstay.sql.Schema;
import dev.mainstay.sql.Sql;
import dev.mainstay.sql.StoreException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// An installation on a connection of the pool. A lock makes two nodes that start at once install
/// one after the other: the second finds what the first has made.
final class PostgresInstallation implements Installation {
  /// "mainstay" as a number, for the lock.
  private static final long LOCK = 0x6D61696E73746179L;

  private static final String SEARCH_PATH = "public, extensions";

  /// How long a change of a table waits for its turn. All who want the table wait behind it.
  private static final int LOCK_SECONDS = 5;

  private static final String PATIENCE = "lock_timeout = '" + LOCK_SECONDS + "s'";

  private static final List<String> BEGIN =
      List.of(
          "SET LOCAL statement_timeout = 0",
          "SET LOCAL search_path = " + SEARCH_PATH,
          "SET LOCAL client_min_messages = warning",
          "SELECT pg_advisory_xact_lock(" + LOCK + ")",
          "CREATE SCHEMA IF NOT EXISTS mainstay",
          """
          CREATE TABLE IF NOT EXISTS mainstay.model (
            version bigint PRIMARY KEY,
            format integer NOT NULL,
            program text NOT NULL,
            checksum text NOT NULL,
            source text NOT NULL,
            left_behind text,
            pending text NOT NULL DEFAULT '[]',
            applied_at timestamptz NOT NULL DEFAULT now()
          )""",
          // What the first programs did not keep.
          "ALTER TABLE mainstay.model ADD COLUMN IF NOT EXISTS left_behind text",
          "ALTER TABLE mainstay.model"
              + " ADD COLUMN IF NOT EXISTS pending text NOT NULL DEFAULT '[]'",
          raiseError());

  /// How the user's SQL refuses: SQLite has a function of this name, too. One that is there already
  /// is left alone.
  private static String raiseError() {
    return """
        DO $do$ BEGIN
          IF to_regproc('public.raise_error') IS NULL THEN
            CREATE FUNCTION public.raise_error(
              code text, message text, details text DEFAULT NULL, hint text DEFAULT NULL)
            RETURNS text LANGUAGE plpgsql AS $raise$ BEGIN
              IF coalesce(code, '') !~ '^[0-9A-Z]{5}$' THEN code := 'P0001'; END IF;
              IF coalesce(hint, '') <> '' THEN
                RAISE EXCEPTION USING ERRCODE = code, MESSAGE = coalesce(message, ''),
                  DETAIL = coalesce(details, ''), HINT = hint;
              ELSIF coalesce(details, '') <> '' THEN
                RAISE EXCEPTION USING ERRCODE = code, MESSAGE = coalesce(message, ''),
                  DETAIL = details;
              END IF;
              RAISE EXCEPTION USING ERRCODE = code, MESSAGE = coalesce(message, '');
            END $raise$;
          END IF;
        END $do$""";
  }

  /// What the model wants to make and the database has, of whatever kind.
  private static final String IN_THE_WAY =
      """
      SELECT CASE c.relkind WHEN 'v' THEN 'view' WHEN 'm' THEN 'materialized view'
               WHEN 'S' THEN 'sequence' WHEN 'i' THEN 'index' WHEN 'I' THEN 'index'
               WHEN 'f' THEN 'foreign table' WHEN 'c' THEN 'type' ELSE 'table' END
             || ' ' || n.nspname || '.' || c.relname
      FROM json_array_elements(?::json) AS w(name)
      JOIN pg_namespace n ON n.nspname = w.name ->> 0
      JOIN pg_class c ON c.relnamespace = n.oid AND c.relname = w.name ->> 1
      UNION
      SELECT 'type ' || n.nspname || '.' || t.typname
      FROM json_array_elements(?::json) AS w(name)
      JOIN pg_namespace n ON n.nspname = w.name ->> 0
      JOIN pg_type t ON t.typnamespace = n.oid AND t.typname = w.name ->> 1 AND t.typtype = 'e'
      ORDER BY 1\
      """;

  private final Connection connection;
  private final AppliedModels models;

  private PostgresInstallation(Connection connection) {
    this.connection = connection;
    this.models = new AppliedModels(connection, "mainstay.model");
  }

  static PostgresInstallation begin(Connection connection) {
    PostgresInstallation installation = new PostgresInstallation(connection);
    try {
      connection.setAutoCommit(false);
      Settings.ofTransaction().forEach(installation::run);
      BEGIN.forEach(installation::run);
      return installation;
    } catch (SQLException e) {
      installation.close();
      throw failed(e);
    } catch (RuntimeException e) {
      installation.close();
      throw e;
    }
  }

  /// To change tables. Once it is our turn to do so, no lock is waited for without end.
  static PostgresInstallation beginMigrating(Connection connection) {
    PostgresInstallation installation = begin(connection);
    try {
      installation.run("SET LOCAL " + PATIENCE);
      installation.run("SET CONSTRAINTS ALL DEFERRED");
      return installation;
    } catch (RuntimeException e) {
      installation.close();
      throw e;
    }
  }

  /// Runs a statement outside of a transaction. An index that is made beside the work of others
  /// waits for their transactions to end, and nobody waits for it.
  static void alone(Connection connection, String sql, boolean isPooled) {
    try (Statement statement = connection.createStatement()) {
      statement.setEscapeProcessing(false);
      // Behind a pooler the next statement may go to another session.
      if (!isPooled) {
        statement.execute("SET statement_timeout = 0");
        statement.execute("SET search_path = " + SEARCH_PATH);
        if (!sql.contains(" CONCURRENTLY ")) statement.execute("SET " + PATIENCE);
      }
      statement.execute(sql);
    } catch (SQLException e) {
      throw failed(e);
    }
  }

  @Override
  public List<String> inTheWay(Model model) {
    List<ColumnType> types = List.of(new ColumnType.Text(), new ColumnType.Text());
    List<List<Value>> relations = new ArrayList<>();
    for (Table table : model.tables()) {
      String schema = table.name().schema();
      relations.add(pair(schema, table.name().name()));
      if (!table.isView()) relations.add(pair(schema, table.name().name() + "_pkey"));
      table.uniques().forEach(unique -> relations.add(pair(schema, unique.name())));
      table.indexes().forEach(index -> relations.add(pair(schema, index.name())));
    }
    List<List<Value>> enums =
        model.enums().stream().map(type -> pair("public", type.name())).toList();
    List<String> found = new ArrayList<>();
    try (PreparedStatement statement = connection.prepareStatement(IN_THE_WAY)) {
      statement.setString(1, Arguments.json(relations, types));
      statement.setString(2, Arguments.json(enums, types));
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) found.add(rows.getString(1));
      }
    } catch (SQLException e) {
      throw failed(e);
    }
    return found;
  }

  @Override
  public Schema schema(Set<String> schemas) {
    try {
      return SystemCatalog.schema(connection, schemas);
    } catch (SQLException e) {
      throw failed(e);
    }
  }

  @Override
  public boolean has(TableName table) {
    try {
      return SystemCatalog.has(connection, table);
    } catch (SQLException e) {
      throw failed(e);
    }
  }

  @Override
  public Set<String> columns(TableName table) {
    try {
      return SystemCatalog.columns(connection, table);
    } catch (SQLException e) {
      throw failed(e);
    }
  }

  @Override
  public List<IndexUse> indexUses() {
    return IndexUses.of(this);
  }

  @Override
  public Map<String, Set<String>> viewReads() {
    return Views.reads(this);
  }

  @Override
  public Map<Function.Signature, Set<String>> functionUses(Model model) {
    return FunctionUses.of(this, model);
  }

  @Override
  public @Nullable Applied applied() {
    try {
      return models.newest();
    } catch (SQLException e) {
      throw failed(e);
    }
  }

  @Override
  public @Nullable Applied applied(long version) {
    try {
      return models.of(version);
    } catch (SQLException e) {
      throw failed(e);
    }
  }

  @Override
  public void record(Applied applied) {
    try {
      models.keep(applied);
    } catch (SQLException e) {
      throw failed(e);
    }
  }

  @Override
  public void run(String sql) {
    try (Statement statement = connection.createStatement()) {
      statement.setEscapeProcessing(false);
      statement.execute(sql);
    } catch (SQLException e) {
      throw failed(e);
    }
  }

  @Override
  public List<List<Value>> values(Sql query, List<ColumnType> types) {
    List<List<Value>> values = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(query.text())) {
      while (rows.next()) {
        List<Value> row = new ArrayList<>();
        for (int i = 0; i < types.size(); i++) {
          String text = rows.getString(i + 1);
          row.add(text == null ? Value.NULL : ValueReader.read(types.get(i), text));
        }
        values.add(row);
      }
    } catch (SQLException e) {
      throw failed(e);
    }
    return values;
  }

  /// All at once; when one is refused, one by one up to that one.
  @Override
  public void insert(Table table, List<Column> columns, List<List<Value>> rows) throws RowRefused {
    for (Column column : table.columns())
      if (column.fill() instanceof Fill.Identity && !columns.contains(column))
        run(PostgresDdl.nextNumber(table.name(), column.name()));
    String sql = insertion(table, columns);
    List<ColumnType> types = columns.stream().map(Column::type).toList();
    try (PreparedStatement insert = connection.prepareStatement(sql)) {
      run("SAVEPOINT seeds");
      try {
        insert(insert, rows, types);
        run("RELEASE SAVEPOINT seeds");
        goOn(table, columns);
        return;
      } catch (SQLException e) {
        run("ROLLBACK TO SAVEPOINT seeds");
      }
      for (int at = 0; at < rows.size(); at++) {
        try {
          insert(insert, rows.subList(at, at + 1), types);
        } catch (SQLException e) {
          run("ROLLBACK TO SAVEPOINT seeds");
          throw new RowRefused(
              at,
              Errors.translate(
                      e,
                      new Errors.Sent(
                          null, columns.stream().map(Column::name).collect(Collectors.toSet())))
                  .problem());
        }
      }
    } catch (SQLException e) {
      throw failed(e);
    }
  }

  /// The next numbers are after those that were given.
  private void goOn(Table table, List<Column> columns) {
    for (Column column : columns)
      if (column.fill() instanceof Fill.Identity)
        run(PostgresDdl.nextNumber(table.name(), column.name()));
  }

  @Override
  public void commit() {
    try {
      connection.commit();
    } catch (SQLException e) {
      throw failed(e);
    }
  }

  @Override
  public void close() {
    try (connection) {
      connection.rollback();
    } catch (SQLException e) {
      throw failed(e);
    }
  }

  private static void insert(
      PreparedStatement insert, List<List<Value>> rows, List<ColumnType> types)
      throws SQLException {
    insert.setString(1, Arguments.json(rows, types));
    insert.execute();
  }

  private static String insertion(Table table, List<Column> columns) {
    List<String> names = new ArrayList<>();
    List<String> cells = new ArrayList<>();
    for (int i = 0; i < columns.size(); i++) {
      names.add(Types.quoted(columns.get(i).name()));
      cells.add("(e.v ->> " + i + ")::" + Types.of(columns.get(i).type()));
    }
    return "INSERT INTO %s%s OVERRIDING SYSTEM VALUE SELECT %s FROM json_array_elements(?::json) WITH ORDINALITY AS e(v, n) ORDER BY e.n"
        .formatted(
            new PostgresDialect().table(table.name()).text(),
            names.isEmpty() ? "" : " (" + String.join(", ", names) + ")",
            String.join(", ", cells));
  }

  private static List<Value> pair(String schema, String name) {
    return List.of(new Value.Text(schema), new Value.Text(name));
  }

  private static StoreException failed(SQLException e) {
    String state = String.valueOf(e.getSQLState());
    if (Errors.isAway(state))
      return new StoreException("The database went away while the model was installed.");
    if (state.equals("55P03"))
      return new StoreException(
          ("A table could not be had for itself within %d seconds, for a long transaction uses it;"
                  + " those who want it were not to wait any longer. Try again when that one is done.")
              .formatted(LOCK_SECONDS));
    return new StoreException(
        "The database refused: " + String.valueOf(e.getMessage()).replaceFirst("^ERROR: ", ""));
  }
}
