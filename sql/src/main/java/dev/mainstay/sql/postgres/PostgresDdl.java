package dev.mainstay.sql.postgres;

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
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// PostgreSQL's types, tables and views.
public final class PostgresDdl implements Ddl {
  private final PostgresDialect dialect = new PostgresDialect();

  @Override
  public List<Fault> lacking(Model model) {
    return Lacking.faults(model);
  }

  @Override
  public List<String> groundwork() {
    return List.of(Groundwork.raiseError());
  }

  @Override
  public List<String> beforeRows(Model model, Rules rules) {
    List<String> statements = new ArrayList<>();
    Set<String> schemas = new LinkedHashSet<>();
    for (Table table : model.tables()) schemas.add(table.name().schema());
    for (String schema : schemas)
      statements.add("CREATE SCHEMA IF NOT EXISTS " + Types.quoted(schema));
    for (ColumnType.Enumerated type : model.enums()) statements.add(type(type));
    for (Table table : model.tables())
      if (!table.isView()) statements.add(table(table, model, rules));
    return statements;
  }

  @Override
  public List<String> afterRows(Model model, Rules rules) {
    List<String> statements = new ArrayList<>();
    for (Table table : model.tables()) {
      // The keys of a view are only said, not kept.
      if (table.isView()) continue;
      for (Index index : table.indexes()) statements.add(index(table.name(), index, model, rules));
      foreignKeys(table)
          .forEach((name, key) -> statements.add(constraint(table.name(), name, key)));
      for (Column column : table.columns())
        if (column.fill() instanceof Fill.Identity)
          statements.add(nextNumber(table.name(), column.name()));
    }
    for (Table table : model.tables()) {
      // Once all other indexes have their names.
      for (Table.Search document : table.searches())
        statements.add(Documents.index(name(table.name()), document));
      if (table.origin() instanceof Table.Origin.View(SqlText query))
        statements.add(view(table.name(), query));
      comments(table, statements);
    }
    return statements;
  }

  static String type(ColumnType.Enumerated type) {
    return "CREATE TYPE "
        + Types.enumerated(type)
        + type.labels().stream()
            .map(Types::text)
            .collect(Collectors.joining(", ", " AS ENUM (", ")"));
  }

  String view(TableName view, SqlText query) {
    return "CREATE VIEW " + name(view) + " AS " + query.on(dialect.name());
  }

  String table(Table table, Model model, Rules rules) {
    List<String> parts = new ArrayList<>();
    for (Column column : table.columns()) parts.add(column(column));
    for (Table.Search document : table.searches()) parts.add(Documents.column(document));
    constraints(table, model, rules)
        .forEach((name, text) -> parts.add("CONSTRAINT " + Types.quoted(name) + " " + text));
    return "CREATE TABLE %s (\n  %s\n)".formatted(name(table.name()), String.join(",\n  ", parts));
  }

  /// Its constraints but for the foreign keys, by their names.
  Map<String, String> constraints(Table table, Model model, Rules rules) {
    SqlCompiler compiler = new SqlCompiler(model, dialect);
    Map<String, String> constraints = new LinkedHashMap<>();
    constraints.put(table.name().name() + "_pkey", "PRIMARY KEY " + quoted(table.primaryKey()));
    for (Table.Unique unique : table.uniques())
      constraints.put(unique.name(), "UNIQUE " + quoted(unique.columns()));
    for (Rules.Check check : rules.checksOf(table.name()))
      constraints.put(
          check.name(),
          "CHECK (" + compiler.condition(table.name(), check.condition()).text() + ")");
    return constraints;
  }

  /// Its foreign keys by their names.
  Map<String, String> foreignKeys(Table table) {
    Map<String, String> keys = new LinkedHashMap<>();
    for (ForeignKey key : table.foreignKeys()) keys.put(key.name(), foreignKey(key));
    return keys;
  }

  /// Adds a constraint to a table that is there.
  String constraint(TableName table, String name, String text) {
    return "ALTER TABLE %s ADD CONSTRAINT %s %s".formatted(name(table), Types.quoted(name), text);
  }

  String column(Column column) {
    StringBuilder text = new StringBuilder(Types.quoted(column.name()));
    text.append(' ').append(Types.stored(column.type()));
    if (!column.nullable()) text.append(" NOT NULL");
    switch (column.fill()) {
      case Fill.Generated(SqlText expression) ->
          text.append(" GENERATED ALWAYS AS (")
              .append(expression.on(dialect.name()))
              .append(") STORED");
      case Fill.Identity(boolean always) ->
          text.append(" GENERATED ")
              .append(always ? "ALWAYS" : "BY DEFAULT")
              .append(" AS IDENTITY");
      case Fill.Literal _,
          Fill.Now _,
          Fill.RandomUuid _,
          Fill.Nothing _,
          Fill.Existing _,
          Fill.Computed _,
          Fill.OrderedUuid _,
          Fill.AuthUid _ -> {
        String fill = Fills.expression(column);
        if (fill != null) text.append(" DEFAULT ").append(fill);
      }
    }
    return text.toString();
  }

  private String foreignKey(ForeignKey key) {
    return "FOREIGN KEY %s REFERENCES %s %s ON DELETE %s ON UPDATE %s DEFERRABLE"
        .formatted(
            quoted(key.columns()),
            name(key.target()),
            quoted(key.targetColumns()),
            key.onDelete().name().replace('_', ' '),
            key.onUpdate().name().replace('_', ' '));
  }

  String index(TableName table, Index index, Model model, Rules rules) {
    SqlCompiler compiler = new SqlCompiler(model, dialect);
    Filter condition = rules.indexConditions().getOrDefault(table, Map.of()).get(index.name());
    String columns =
        index.parts().stream()
            .map(part -> Types.quoted(part.column()) + (part.descending() ? " DESC" : ""))
            .collect(Collectors.joining(", "));
    return (index.unique() ? "CREATE UNIQUE INDEX " : "CREATE INDEX ")
        + Types.quoted(index.name())
        + (" ON " + name(table) + " (" + columns + ")")
        + (condition == null ? "" : " WHERE " + compiler.condition(table, condition).text());
  }

  /// Seeds may have numbers of their own: the identity goes on after them.
  static String nextNumber(TableName table, String column) {
    String name = new PostgresDialect().table(table).text();
    return "SELECT setval(%s, max(%s)) FROM %s HAVING max(%s) > 0"
        .formatted(sequence(table, column), Types.quoted(column), name, Types.quoted(column));
  }

  /// What gives an identity its numbers, as an expression.
  static String sequence(TableName table, String column) {
    String name = new PostgresDialect().table(table).text();
    return "pg_get_serial_sequence(%s, %s)".formatted(Types.text(name), Types.text(column));
  }

  /// The same beside others who take numbers: never back.
  static String numbersAfter(TableName table, String column) {
    String name = new PostgresDialect().table(table).text();
    String sequence = sequence(table, column);
    return "SELECT setval(%s, max(%s)) FROM %s HAVING max(%s) > coalesce(pg_sequence_last_value(%s), 0)"
        .formatted(sequence, Types.quoted(column), name, Types.quoted(column), sequence);
  }

  private void comments(Table table, List<String> statements) {
    if (table.comment() != null) statements.add(comment(table, null, table.comment()));
    for (Column column : table.columns())
      if (column.comment() != null) statements.add(comment(table, column, column.comment()));
  }

  /// @param column null when the comment is the table's own
  /// @param text null when there is to be none
  String comment(Table table, @Nullable Column column, @Nullable String text) {
    String of =
        column == null
            ? (table.isView() ? "VIEW " : "TABLE ") + name(table.name())
            : "COLUMN " + name(table.name()) + "." + Types.quoted(column.name());
    return "COMMENT ON " + of + " IS " + (text == null ? "NULL" : Types.text(text));
  }

  private String name(TableName table) {
    return dialect.table(table).text();
  }

  private static String quoted(List<String> identifiers) {
    return identifiers.stream().map(Types::quoted).collect(Collectors.joining(", ", "(", ")"));
  }
}
