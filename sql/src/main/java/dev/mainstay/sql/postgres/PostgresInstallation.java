package dev.mainstay.sql.postgres;

import dev.mainstay.core.advice.IndexUse;
import dev.mainstay.core.migration.SqlMigration;
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
import dev.mainstay.sql.RanMigration;
import dev.mainstay.sql.RanMigrations;
import dev.mainstay.sql.Schema;
import dev.mainstay.sql.Sql;
import dev.mainstay.sql.StatementRefused;
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
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// An installation on a connection of the pool. A lock makes two nodes that start at once install
/// one after the other: the second finds what the first has made.
final class PostgresInstallation implements Installation {
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
  private final boolean isMigrating;

  /// Takes the connection out of its pool.
  private final Consumer<Connection> eviction;

  /// Whether statements of the user's have run, which may have set something for good.
  private boolean isTouched;

  private final AppliedModels models;
  private final RanMigrations migrations;

  private PostgresInstallation(
      Connection connection, boolean isMigrating, Consumer<Connection> eviction) {
    this.connection = connection;
    this.isMigrating = isMigrating;
    this.eviction = eviction;
    this.models = models(connection);
    this.migrations = new RanMigrations(connection, "mainstay.migration");
  }

  static AppliedModels models(Connection connection) {
    return new AppliedModels(connection, "mainstay.model");
  }

  static PostgresInstallation begin(Connection connection, Consumer<Connection> eviction) {
    return begin(new PostgresInstallation(connection, false, eviction));
  }

  /// To change tables. Once it is our turn to do so, no lock is waited for without end.
  static PostgresInstallation beginMigrating(Connection connection, Consumer<Connection> eviction) {
    PostgresInstallation installation = begin(new PostgresInstallation(connection, true, eviction));
    try {
      installation.run("SET LOCAL " + Groundwork.PATIENCE);
      installation.run("SET CONSTRAINTS ALL DEFERRED");
      return installation;
    } catch (RuntimeException e) {
      installation.close();
      throw e;
    }
  }

  private static PostgresInstallation begin(PostgresInstallation installation) {
    try {
      installation.connection.setAutoCommit(false);
      Groundwork.SETTINGS.forEach(installation::run);
      Groundwork.STATEMENTS.forEach(installation::run);
      return installation;
    } catch (SQLException e) {
      installation.close();
      throw failed(e);
    } catch (RuntimeException e) {
      installation.close();
      throw e;
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
  public List<RanMigration> migrations() {
    try {
      return migrations.all();
    } catch (SQLException e) {
      throw failed(e);
    }
  }

  @Override
  public void record(RanMigration ran) {
    try {
      migrations.keep(ran);
    } catch (SQLException e) {
      throw failed(e);
    }
  }

  /// What it sets is set back, so that the program's own statements mean what they say.
  @Override
  public void run(SqlMigration migration) throws StatementRefused {
    isTouched = true;
    UserStatements.run(migration, connection);
    run("RESET ROLE");
    Groundwork.SETTINGS.forEach(this::run);
    if (isMigrating) run("SET LOCAL " + Groundwork.PATIENCE);
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
  public @Nullable Long lastNumber(TableName table, String column) {
    Sql query =
        Sql.raw("SELECT pg_sequence_last_value(" + PostgresDdl.sequence(table, column) + ")");
    for (List<Value> row : values(query, List.of(new ColumnType.Whole(64))))
      if (row.getFirst() instanceof Value.Whole(long number)) return number;
    return null;
  }

  @Override
  public void goOnBehind(TableName table, String column, long number) {
    Long last = lastNumber(table, column);
    if (last == null || last < number)
      run("SELECT setval(%s, %d)".formatted(PostgresDdl.sequence(table, column), number));
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
    try {
      connection.rollback();
      if (isTouched) eviction.accept(connection);
      else connection.close();
    } catch (SQLException e) {
      eviction.accept(connection);
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

  static StoreException failed(SQLException e) {
    return new StoreException(words(e));
  }

  /// Whether a lock was waited for in vain.
  static boolean isImpatience(SQLException e) {
    return "55P03".equals(e.getSQLState());
  }

  /// What went wrong, in plain words.
  static String words(SQLException e) {
    if (Errors.isAway(String.valueOf(e.getSQLState())))
      return "The database went away while the model was installed.";
    if (isImpatience(e))
      return ("A table could not be had for itself within %d seconds, for a long transaction uses it;"
              + " those who want it were not to wait any longer. Try again when that one is done.")
          .formatted(Groundwork.LOCK_SECONDS);
    return "The database refused: " + String.valueOf(e.getMessage()).replaceFirst("^ERROR: ", "");
  }
}
