package dev.mainstay.sql.sqlite;

import dev.mainstay.core.advice.IndexUse;
import dev.mainstay.core.migration.SqlMigration;
import dev.mainstay.core.model.Column;
import dev.mainstay.core.model.ColumnType;
import dev.mainstay.core.model.Function;
import dev.mainstay.core.model.Model;
import dev.mainstay.core.model.Table;
import dev.mainstay.core.model.TableName;
import dev.mainstay.core.problem.ProblemException;
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
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// An installation, on the connection that writes, or on one of its own to look only.
final class SqliteInstallation implements Installation {
  private static final String MODELS =
      """
      CREATE TABLE IF NOT EXISTS "mainstay.model" (
        version INTEGER PRIMARY KEY,
        format INTEGER NOT NULL,
        program TEXT NOT NULL,
        checksum TEXT NOT NULL,
        source TEXT NOT NULL,
        left_behind TEXT,
        pending TEXT NOT NULL DEFAULT '[]',
        applied_at TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%f000+00:00', 'now'))
      ) STRICT\
      """;

  private static final String MIGRATIONS =
      """
      CREATE TABLE IF NOT EXISTS "mainstay.migration" (
        number INTEGER PRIMARY KEY,
        name TEXT NOT NULL,
        checksum TEXT NOT NULL,
        model_version INTEGER NOT NULL,
        program TEXT NOT NULL,
        milliseconds INTEGER,
        made TEXT NOT NULL,
        ran_at TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%f000+00:00', 'now'))
      ) STRICT\
      """;

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

  private boolean isOpen;

  private enum Use {
    LOOKING,
    INSTALLING,
    MIGRATING
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
    try {
      return begun(
          new SqliteInstallation(database, database.reader(), Use.LOOKING),
          installation -> installation.begin("BEGIN"));
    } catch (SQLException e) {
      throw failed(e);
    }
  }

  /// To install a model.
  static SqliteInstallation begin(SqliteDatabase database) {
    return begun(
        new SqliteInstallation(database, database.writer().borrow(), Use.INSTALLING),
        installation -> {
          installation.beginToWrite();
          installation.run("PRAGMA defer_foreign_keys = ON");
        });
  }

  /// To make tables anew: to drop one is not to delete its rows, nor does a new name change what
  /// refers to the old one. Neither can be said within a transaction.
  static SqliteInstallation beginMigrating(SqliteDatabase database) {
    return begun(
        new SqliteInstallation(database, database.writer().borrow(), Use.MIGRATING),
        installation -> {
          // No statement may be left open on what is to go.
          installation.forget();
          installation.run("PRAGMA foreign_keys = OFF");
          installation.run("PRAGMA legacy_alter_table = ON");
          installation.beginToWrite();
        });
  }

  private static SqliteInstallation begun(
      SqliteInstallation installation, Consumer<SqliteInstallation> begin) {
    try {
      begin.accept(installation);
      return installation;
    } catch (RuntimeException e) {
      installation.close();
      throw e;
    }
  }

  private void begin(String statement) {
    run(statement);
    isOpen = true;
  }

  private void beginToWrite() {
    begin("BEGIN IMMEDIATE");
    run(MODELS);
    run(MIGRATIONS);
    // What the first programs did not keep.
    if (!columns("mainstay.model").contains("pending")) {
      run("ALTER TABLE \"mainstay.model\" ADD COLUMN left_behind TEXT");
      run("ALTER TABLE \"mainstay.model\" ADD COLUMN pending TEXT NOT NULL DEFAULT '[]'");
    }
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
    if (use == Use.MIGRATING) refuseOrphans();
    boolean isChange = schemaVersion() != found;
    if (isChange) database.changing();
    try {
      run("COMMIT");
    } catch (RuntimeException e) {
      if (isChange) database.unchanged();
      throw e;
    }
    isOpen = false;
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

  @Override
  public void close() {
    try {
      if (isOpen) undo();
      isOpen = false;
      switch (use) {
        case LOOKING -> session.close();
        case INSTALLING -> forget();
        case MIGRATING -> {
          run("PRAGMA legacy_alter_table = OFF");
          run("PRAGMA foreign_keys = ON");
          forget();
        }
      }
    } catch (SQLException e) {
      throw failed(e);
    } finally {
      if (use != Use.LOOKING) database.writer().giveBack();
    }
  }

  private void forget() {
    try {
      session.forget();
    } catch (SQLException e) {
      throw failed(e);
    }
  }

  /// A statement of the user's may have undone everything by itself.
  private void undo() {
    try {
      session.runOnce("ROLLBACK");
    } catch (SQLException e) {
      if (!String.valueOf(e.getMessage()).contains("no transaction is active")) throw failed(e);
    }
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

  static StoreException failed(SQLException e) {
    return new StoreException("The database refused: " + e.getMessage());
  }
}
