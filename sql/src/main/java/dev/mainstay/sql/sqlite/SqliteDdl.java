package dev.mainstay.sql.sqlite;

import dev.mainstay.core.model.Column;
import dev.mainstay.core.model.ColumnType;
import dev.mainstay.core.model.Fault;
import dev.mainstay.core.model.Fill;
import dev.mainstay.core.model.ForeignKey;
import dev.mainstay.core.model.Index;
import dev.mainstay.core.model.Model;
import dev.mainstay.core.model.SqlText;
import dev.mainstay.core.model.Table;
import dev.mainstay.core.model.TableName;
import dev.mainstay.core.policy.Rules;
import dev.mainstay.core.query.Filter;
import dev.mainstay.sql.Ddl;
import dev.mainstay.sql.SqlCompiler;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// SQLite's tables: STRICT, with a CHECK for what a storage class alone would let in.
public final class SqliteDdl implements Ddl {
  private final SqliteDialect dialect = new SqliteDialect();

  @Override
  public List<Fault> lacking(Model model) {
    return Lacking.faults(model);
  }

  /// Its functions are the program's own.
  @Override
  public List<String> groundwork() {
    return List.of();
  }

  @Override
  public List<String> beforeRows(Model model, Rules rules) {
    List<String> statements = new ArrayList<>();
    for (Table table : model.tables())
      if (!table.isView()) statements.add(table(table, name(table.name()), model, rules));
    // Seeds are rows like others: the triggers are there before them.
    for (Table table : model.tables())
      for (Table.Search document : table.searches())
        statements.addAll(Documents.ddl(table, document));
    return statements;
  }

  @Override
  public List<String> afterRows(Model model, Rules rules) {
    List<String> statements = new ArrayList<>();
    for (Table table : model.tables()) {
      for (Index index : table.indexes()) statements.add(index(table.name(), index, model, rules));
      if (table.origin() instanceof Table.Origin.View(SqlText query))
        statements.add(view(table.name(), query));
    }
    return statements;
  }

  /// @param name what it is to be called, quoted
  String table(Table table, String name, Model model, Rules rules) {
    SqlCompiler compiler = new SqlCompiler(model, dialect);
    boolean isRowId = isRowId(table);
    List<String> parts = new ArrayList<>();
    for (Column column : table.columns())
      parts.add(column(column, isRowId && table.primaryKey().contains(column.name())));
    if (!isRowId) parts.add("PRIMARY KEY " + quoted(table.primaryKey()));
    for (Table.Unique unique : table.uniques())
      parts.add("CONSTRAINT " + quoted(unique.name()) + " UNIQUE " + quoted(unique.columns()));
    for (ForeignKey key : table.foreignKeys()) parts.add(foreignKey(key));
    for (Rules.Check check : rules.checksOf(table.name()))
      parts.add(
          "CONSTRAINT "
              + quoted(check.name())
              + " CHECK ("
              + compiler.condition(table.name(), check.condition()).text()
              + ")");
    return "CREATE TABLE %s (\n  %s\n) STRICT".formatted(name, String.join(",\n  ", parts));
  }

  /// A key of one whole number is the row's own number in the file: the fastest there is.
  private static boolean isRowId(Table table) {
    return table.primaryKey().size() == 1
        && Objects.requireNonNull(table.column(table.primaryKey().getFirst())).type()
            instanceof ColumnType.Whole;
  }

  private String column(Column column, boolean isRowId) {
    StringBuilder text = new StringBuilder(quoted(column.name()));
    text.append(' ').append(storage(column.type()));
    if (isRowId) text.append(" PRIMARY KEY");
    if (isRowId && column.fill() instanceof Fill.Identity) text.append(" AUTOINCREMENT");
    if (!isRowId && !column.nullable()) text.append(" NOT NULL");
    if (column.fill() instanceof Fill.Generated(SqlText expression))
      text.append(" GENERATED ALWAYS AS (")
          .append(expression.on(dialect.name()))
          .append(") STORED");
    else if (!(column.fill() instanceof Fill.Identity)) {
      String fill = Fills.expression(column);
      if (fill != null) text.append(" DEFAULT (").append(fill).append(')');
    }
    String check = check(quoted(column.name()), column.type());
    if (check != null) text.append(" CHECK (").append(check).append(')');
    return text.toString();
  }

  private static String storage(ColumnType type) {
    return switch (type) {
      case ColumnType.Bool _, ColumnType.Whole _, ColumnType.Decimal _ -> "INTEGER";
      case ColumnType.Floating _ -> "REAL";
      case ColumnType.Bytea _ -> "BLOB";
      default -> "TEXT";
    };
  }

  private static @Nullable String check(String name, ColumnType type) {
    return switch (type) {
      case ColumnType.Bool _ -> name + " IN (0, 1)";
      case ColumnType.Whole(int bits) when bits < 64 ->
          name + " BETWEEN " + -(1L << (bits - 1)) + " AND " + ((1L << (bits - 1)) - 1);
      case ColumnType.Decimal(int precision, int _) -> {
        String most = "9".repeat(precision);
        yield name + " BETWEEN -" + most + " AND " + most;
      }
      case ColumnType.Varchar(int length) -> "length(" + name + ") <= " + length;
      case ColumnType.Enumerated(String _, String _, List<String> labels) ->
          name
              + labels.stream()
                  .map(SqliteDialect::text)
                  .collect(Collectors.joining(", ", " IN (", ")"));
      case ColumnType.Json _, ColumnType.ArrayOf _ -> "json_valid(" + name + ")";
      default -> null;
    };
  }

  private String foreignKey(ForeignKey key) {
    return "CONSTRAINT %s FOREIGN KEY %s REFERENCES %s %s ON DELETE %s ON UPDATE %s"
        .formatted(
            quoted(key.name()),
            quoted(key.columns()),
            name(key.target()),
            quoted(key.targetColumns()),
            action(key.onDelete()),
            action(key.onUpdate()));
  }

  private static String action(ForeignKey.OnChange action) {
    return action.name().replace('_', ' ');
  }

  String view(TableName view, SqlText query) {
    return "CREATE VIEW " + name(view) + " AS " + query.on(dialect.name());
  }

  String index(TableName table, Index index, Model model, Rules rules) {
    SqlCompiler compiler = new SqlCompiler(model, dialect);
    Filter condition = rules.indexConditions().getOrDefault(table, Map.of()).get(index.name());
    String columns =
        index.parts().stream()
            .map(part -> quoted(part.column()) + (part.descending() ? " DESC" : ""))
            .collect(Collectors.joining(", "));
    return (index.unique() ? "CREATE UNIQUE INDEX " : "CREATE INDEX ")
        + quoted(index.name())
        + (" ON " + name(table) + " (" + columns + ")")
        + (condition == null ? "" : " WHERE " + compiler.condition(table, condition).text());
  }

  private String name(TableName table) {
    return dialect.table(table).text();
  }

  private String quoted(String identifier) {
    return dialect.quote(identifier).text();
  }

  private String quoted(List<String> identifiers) {
    return identifiers.stream().map(this::quoted).collect(Collectors.joining(", ", "(", ")"));
  }
}
