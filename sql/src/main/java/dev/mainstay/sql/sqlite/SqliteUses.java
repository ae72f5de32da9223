package dev.mainstay.sql.sqlite;

import dev.mainstay.core.advice.Uses;
import dev.mainstay.core.advice.Uses.Use;
import dev.mainstay.core.model.Column;
import dev.mainstay.core.model.Function;
import dev.mainstay.core.model.Index;
import dev.mainstay.core.model.Model;
import dev.mainstay.core.model.SqlText;
import dev.mainstay.core.model.Table;
import dev.mainstay.core.model.TableName;
import dev.mainstay.core.model.UserSql;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Which tables the user's SQL reads or writes, as SQLite itself sees it: an empty database in
/// memory has the model's tables, the statements are compiled against it and not run, and their
/// programs tell what they open.
///
/// SQL for another engine is looked at in the same way, as far as SQLite understands it.
public final class SqliteUses {
  private final Connection connection;
  private final boolean isOurs;
  private final Map<Place, TableName> places = new HashMap<>();

  /// Where a table or an index begins: which of the databases, and which page of it.
  private record Place(int database, int page) {}

  private SqliteUses(Connection connection, boolean isOurs) {
    this.connection = connection;
    this.isOurs = isOurs;
  }

  /// What SQLite can tell; of what it does not understand there is nothing.
  ///
  /// @param engine whose SQL is looked at where there is some for each
  public static Uses of(Model model, String engine) {
    Map<TableName, Use> views = new HashMap<>();
    Map<Function.Signature, Use> functions = new HashMap<>();
    boolean isAsked =
        !model.functions().isEmpty() || model.tables().stream().anyMatch(Table::isView);
    if (!isAsked) return new Uses(views, functions);
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite::memory:")) {
      HostFunctions.addTo(connection);
      SqliteUses uses = new SqliteUses(connection, engine.equals("sqlite"));
      uses.tables(model);
      for (Table table : model.tables())
        if (table.origin() instanceof Table.Origin.View(SqlText query))
          uses.view(table.name(), query.on(engine));
      for (Table table : model.tables()) if (table.isView()) uses.readBy(table.name(), views);
      for (Function function : model.functions())
        uses.usedBy(function, function.sql(engine), functions);
    } catch (SQLException _) {
      // More schemas than it can have, say: what was found until then is right.
    }
    return new Uses(views, functions);
  }

  private void tables(Model model) throws SQLException {
    if (!isOurs)
      // The first in which names without a schema are found is the default one.
      for (String schema :
          Stream.concat(Stream.of(TableName.DEFAULT_SCHEMA), model.schemas().stream())
              .distinct()
              .toList()) run("ATTACH ':memory:' AS " + quoted(schema));
    for (Table table : model.tables()) if (!table.isView()) table(table);
    try (Statement statement = connection.createStatement();
        ResultSet databases = statement.executeQuery("PRAGMA database_list")) {
      Map<Integer, String> names = new HashMap<>();
      while (databases.next()) names.put(databases.getInt(1), databases.getString(2));
      for (Map.Entry<Integer, String> database : names.entrySet())
        places(database.getKey(), database.getValue(), model);
    }
  }

  private void places(int number, String database, Model model) throws SQLException {
    Map<String, TableName> tables = new HashMap<>();
    for (Table table : model.tables())
      if (isOurs || table.name().schema().equals(database))
        tables.put(plain(table.name()), table.name());
    String sql = "SELECT tbl_name, rootpage FROM %s.sqlite_schema".formatted(quoted(database));
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      while (rows.next()) {
        TableName table = tables.get(rows.getString(1));
        if (table != null) places.put(new Place(number, rows.getInt(2)), table);
      }
    }
  }

  /// The table's columns without their types, and what makes rows unique: an upsert names it.
  private void table(Table table) throws SQLException {
    Stream<String> columns = table.columns().stream().map(Column::name).map(SqliteUses::quoted);
    Stream<String> uniques = table.uniques().stream().map(unique -> unique(unique.columns()));
    Stream<String> indexes =
        table.indexes().stream()
            .filter(Index::unique)
            .map(index -> unique(index.parts().stream().map(Index.Part::column).toList()));
    Stream<String> keys =
        Stream.concat(Stream.of(unique(table.primaryKey())), Stream.concat(uniques, indexes));
    run(
        Stream.concat(columns, keys)
            .collect(Collectors.joining(", ", "CREATE TABLE " + name(table.name()) + " (", ")")));
  }

  private static String unique(List<String> columns) {
    return columns.stream()
        .map(SqliteUses::quoted)
        .collect(Collectors.joining(", ", "UNIQUE (", ")"));
  }

  private String name(TableName table) {
    String name = quoted(plain(table));
    return isOurs ? name : quoted(table.schema()) + "." + name;
  }

  private String plain(TableName table) {
    return isOurs ? SqliteDialect.plainName(table) : table.name();
  }

  /// A view of the session: it may read every database.
  private void view(TableName view, @Nullable String query) {
    if (query == null) return;
    try {
      run("CREATE TEMP VIEW " + quoted(plain(view)) + " AS " + query);
    } catch (SQLException _) {
      // It is not SQLite's SQL. Who reads the view fails as well.
    }
  }

  private void readBy(TableName view, Map<TableName, Use> views) {
    try {
      views.put(view, Use.exactly(opened("SELECT * FROM temp." + quoted(plain(view)), 0)));
    } catch (SQLException _) {
      // What SQLite does not understand, it tells nothing of.
    }
  }

  private void usedBy(
      Function function, @Nullable List<String> script, Map<Function.Signature, Use> functions) {
    if (script == null) return;
    Set<TableName> used = new HashSet<>();
    try {
      for (String statement : script) used.addAll(opened(UserSql.read(statement)));
      functions.put(function.signature(), Use.exactly(used));
    } catch (SQLException | UserSql.Unreadable _) {
      // What SQLite does not understand, it tells nothing of.
    }
  }

  private Set<TableName> opened(UserSql statement) throws SQLException {
    StringBuilder text = new StringBuilder();
    int values = 0;
    for (UserSql.Part part : statement.parts())
      switch (part) {
        case UserSql.Part.Text(String of) -> text.append(of);
        case UserSql.Part.Parameter _, UserSql.Part.QuestionMark _ -> {
          text.append('?');
          values++;
        }
      }
    return opened(text.toString(), values);
  }

  /// The tables whose pages, or whose indexes' pages, the statement's program opens or empties.
  private Set<TableName> opened(String sql, int values) throws SQLException {
    Set<TableName> opened = new HashSet<>();
    try (PreparedStatement statement = connection.prepareStatement("EXPLAIN " + sql)) {
      for (int i = 1; i <= values; i++) statement.setNull(i, Types.NULL);
      try (ResultSet program = statement.executeQuery()) {
        while (program.next()) {
          Place place =
              switch (program.getString("opcode")) {
                case "OpenRead", "OpenWrite", "ReopenIdx" ->
                    new Place(program.getInt("p3"), program.getInt("p2"));
                case "Clear" -> new Place(program.getInt("p2"), program.getInt("p1"));
                default -> null;
              };
          TableName table = place == null ? null : places.get(place);
          if (table != null) opened.add(table);
        }
      }
    }
    return opened;
  }

  private void run(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static String quoted(String name) {
    return new SqliteDialect().quote(name).text();
  }
}
