package dev.mainstay.sql.sqlite;

import dev.mainstay.core.advice.IndexUse;
import dev.mainstay.core.migration.SqlMigration;
import dev.mainstay.core.model.Column;
import dev.mainstay.core.model.ColumnType;
import dev.mainstay.core.model.Function;
import dev.mainstay.core.model.Model;
import dev.mainstay.core.model.Table;
import dev.mainstay.core.model.TableName;
import dev.mainstay.core.query.Value;
import dev.mainstay.sql.Applied;
import dev.mainstay.sql.AppliedModels;
import dev.mainstay.sql.Installation;
import dev.mainstay.sql.RanMigration;
import dev.mainstay.sql.RanMigrations;
import dev.mainstay.sql.Schema;
import dev.mainstay.sql.Sql;
import dev.mainstay.sql.StatementRefused;
import dev.mainstay.sql.StoreException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// An installation, on a connection of its own.
final class SqliteInstallation implements Installation {
  /// Of the things in the file only those that a model makes, and what belongs to them.
  private static final String SCHEMA =
      """
      SELECT type, tbl_name, name, sql FROM sqlite_schema
      WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'
        AND tbl_name NOT IN ('mainstay.model', 'mainstay.migration', 'sqlite_sequence')
        AND tbl_name NOT IN (
          SELECT s.name FROM pragma_table_list AS s WHERE s.type = 'shadow')
      ORDER BY type, name\
      """;

  private final SqliteDatabase database;
  private final Session session;
  private final Use use;
  private final AppliedModels models;
  private final RanMigrations migrations;

  /// SQLite's own number of the tables as they were found.
  private long found;

  private enum Use {
    LOOKING,
    INSTALLING,
    MIGRATING,
    LOADING
  }

  private SqliteInstallation(SqliteDatabase database, Session session, Use use) {
    this.database = database;
    this.session = session;
    this.use = use;
    this.models = models(session);
    this.migrations = new RanMigrations(session.connection(), "\"mainstay.migration\"");
  }

  static AppliedModels models(Session session) {
    return new AppliedModels(session.connection(), "\"mainstay.model\"");
  }

  /// To look at what there is: nobody who writes has to wait.
  static SqliteInstallation look(SqliteDatabase database) {
    return begun(
        database, database::reader, Use.LOOKING, installation -> installation.run("BEGIN"));
  }

  /// To install a model.
  static SqliteInstallation begin(SqliteDatabase database) {
    return begun(
        database,
        database::changer,
        Use.INSTALLING,
        installation -> {
          installation.beginToWrite();
          installation.run("PRAGMA defer_foreign_keys = ON");
        });
  }

  /// To make tables anew: to drop one is not to delete its rows, nor does a new name change what
  /// refers to the old one. Neither can be said within a transaction.
  static SqliteInstallation beginMigrating(SqliteDatabase database) {
    return begun(
        database,
        database::changer,
        Use.MIGRATING,
        installation -> {
          installation.run("PRAGMA foreign_keys = OFF");
          installation.run("PRAGMA legacy_alter_table = ON");
          installation.beginToWrite();
        });
  }

  /// To fill tables with rows that may refer to later ones, also of later transactions.
  static SqliteInstallation beginLoading(SqliteDatabase database) {
    return begun(
        database,
        database::changer,
        Use.LOADING,
        installation -> {
          installation.run("PRAGMA foreign_keys = OFF");
          installation.beginToWrite();
        });
  }

  private static SqliteInstallation begun(
      SqliteDatabase database,
      Readers.Opening opening,
      Use use,
      Consumer<SqliteInstallation> begin) {
    SqliteInstallation installation;
    try {
      installation = new SqliteInstallation(database, opening.open(), use);
    } catch (SQLException e) {
      throw failed(e);
    }
    try {
      begin.accept(installation);
      return installation;
    } catch (RuntimeException e) {
      installation.close();
      throw e;
    }
  }

  private void beginToWrite() {
    run("BEGIN IMMEDIATE");
    Groundwork.STATEMENTS.forEach(this::run);
    if (!columns("mainstay.model").contains(Groundwork.LATER_COLUMN))
      Groundwork.LATER_STATEMENTS.forEach(this::run);
    found = schemaVersion();
  }

  /// A number that changes with every table.
  private long schemaVersion() {
    List<Value> row =
        values(Sql.raw("PRAGMA schema_version"), List.of(new ColumnType.Whole(64))).getFirst();
    return ((Value.Whole) row.getFirst()).value();
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
  public Schema schema(Set<String> schemas) {
    List<Schema.Thing> things = new ArrayList<>();
    try (Statement statement = session.connection().createStatement();
        ResultSet rows = statement.executeQuery(SCHEMA)) {
      while (rows.next())
        things.add(
            new Schema.Thing(
                rows.getString(1), rows.getString(2), rows.getString(3), rows.getString(4)));
    } catch (SQLException e) {
      throw failed(e);
    }
    return new Schema(things);
  }

  @Override
  public boolean has(TableName table) {
    String name = SqliteDialect.text(SqliteDialect.plainName(table));
    Sql query =
        Sql.raw("SELECT 1 FROM sqlite_schema WHERE type IN ('table', 'view') AND name = " + name);
    return !values(query, List.of(new ColumnType.Whole(64))).isEmpty();
  }

  @Override
  public Set<String> columns(TableName table) {
    return columns(SqliteDialect.plainName(table));
  }

  private Set<String> columns(String table) {
    Set<String> names = new LinkedHashSet<>();
    Sql query =
        Sql.raw("SELECT name FROM pragma_table_xinfo(%s)".formatted(SqliteDialect.text(table)));
    for (List<Value> row : values(query, List.of(new ColumnType.Text())))
      if (row.getFirst() instanceof Value.Text(String name)) names.add(name);
    return names;
  }

  @Override
  public List<IndexUse> indexUses() {
    return List.of();
  }

  @Override
  public Map<String, Set<String>> viewReads() {
    return Map.of();
  }

  @Override
  public Map<Function.Signature, Set<String>> functionUses(Model model) {
    return Map.of();
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
  public void run(String statement) {
    try {
      session.runOnce(statement);
    } catch (SQLException e) {
      throw failed(e);
    }
  }

  @Override
  public List<RanMigration> migrations() {
    try {
      // A look makes nothing.
      return has(new TableName("mainstay", "migration")) ? migrations.all() : List.of();
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

  /// A table that gets another name takes along what refers to it, as usual.
  @Override
  public void run(SqlMigration migration) throws StatementRefused {
    if (use == Use.MIGRATING) run("PRAGMA legacy_alter_table = OFF");
    UserStatements.run(migration, session.connection());
    if (use == Use.MIGRATING) run("PRAGMA legacy_alter_table = ON");
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
    Loading.insert(session.connection(), table, columns, rows);
  }

  @Override
  public @Nullable Long lastNumber(TableName table, String column) {
    if (!has(new TableName(TableName.DEFAULT_SCHEMA, "sqlite_sequence"))) return null;
    String name = SqliteDialect.text(SqliteDialect.plainName(table));
    Sql query = Sql.raw("SELECT seq FROM sqlite_sequence WHERE name = " + name);
    for (List<Value> row : values(query, List.of(new ColumnType.Whole(64))))
      if (row.getFirst() instanceof Value.Whole(long number)) return number;
    return null;
  }

  @Override
  public void goOnBehind(TableName table, String column, long number) {
    String name = SqliteDialect.text(SqliteDialect.plainName(table));
    Long last = lastNumber(table, column);
    if (last == null)
      run("INSERT INTO sqlite_sequence (name, seq) VALUES (%s, %d)".formatted(name, number));
    else if (last < number)
      run("UPDATE sqlite_sequence SET seq = %d WHERE name = %s".formatted(number, name));
  }

  @Override
  public void commit() {
    if (use == Use.MIGRATING) refuseOrphans();
    boolean isChange = schemaVersion() != found;
    if (isChange) database.changing();
    try {
      run("COMMIT");
    } catch (RuntimeException e) {
      if (isChange) database.unchanged();
      throw e;
    }
  }

  private void refuseOrphans() {
    ColumnType text = new ColumnType.Text();
    List<List<Value>> orphans =
        values(
            Sql.raw(
                "SELECT \"table\", parent, count(*) FROM pragma_foreign_key_check GROUP BY 1, 2"),
            List.of(text, text, new ColumnType.Whole(64)));
    if (orphans.isEmpty()) return;
    List<String> sentences = new ArrayList<>();
    for (List<Value> row : orphans)
      if (row.get(0) instanceof Value.Text(String table)
          && row.get(1) instanceof Value.Text(String parent)
          && row.get(2) instanceof Value.Whole(long rows))
        sentences.add(
            "%,d row%s of %s refer to rows of %s that are not there"
                .formatted(rows, rows == 1 ? "" : "s", table, parent));
    throw new StoreException(
        "Nothing was changed, for foreign keys would be broken:\n  "
            + String.join("\n  ", sentences));
  }

  /// What is not committed ends with the connection.
  @Override
  public void close() {
    try {
      session.close();
    } catch (SQLException e) {
      throw failed(e);
    }
  }

  static StoreException failed(SQLException e) {
    return new StoreException("The database refused: " + e.getMessage());
  }
}
