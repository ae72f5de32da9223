package dev.mainstay.sql.postgres;

import dev.mainstay.core.model.Change;
import dev.mainstay.core.model.TableName;
import dev.mainstay.sql.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/// The tables and columns of a transition that get other names.
///
/// @param tables before the columns
record Renames(List<Change.TableRenamed> tables, List<Change.ColumnRenamed> columns) {
  Renames {
    tables = List.copyOf(tables);
    columns = List.copyOf(columns);
  }

  static Renames of(List<Change> changes) {
    List<Change.TableRenamed> tables = new ArrayList<>();
    List<Change.ColumnRenamed> columns = new ArrayList<>();
    for (Change change : changes) {
      if (change instanceof Change.TableRenamed table) tables.add(table);
      if (change instanceof Change.ColumnRenamed column) columns.add(column);
    }
    return new Renames(tables, columns);
  }

  /// Those that the database does not have yet.
  Renames in(Schema found) {
    List<Change.TableRenamed> open =
        tables.stream().filter(t -> found.thing("table", t.before().toString()) != null).toList();
    return new Renames(
        open,
        columns.stream()
            .filter(c -> found.thing("column", before(c.table(), open), c.before()) != null)
            .toList());
  }

  boolean isEmpty() {
    return tables.isEmpty() && columns.isEmpty();
  }

  /// The schemas that tables come to.
  List<String> schemas() {
    return tables.stream().map(table -> table.after().schema()).toList();
  }

  /// What a table, by its name as a thing, is called afterwards.
  String table(String name) {
    for (Change.TableRenamed table : tables)
      if (table.before().toString().equals(name)) return table.after().toString();
    return name;
  }

  /// What a column is called afterwards.
  ///
  /// @param table its present name
  String column(String table, String name) {
    for (Change.ColumnRenamed column : columns)
      if (column.table().toString().equals(table) && column.before().equals(name))
        return column.after();
    return name;
  }

  /// The thing under its name afterwards.
  Schema.Thing applied(Schema.Thing thing) {
    String of = table(thing.of());
    String name =
        switch (thing.kind()) {
          case "table" -> of;
          case "column" -> column(of, thing.name());
          default -> thing.name();
        };
    return new Schema.Thing(thing.kind(), of, name, thing.definition());
  }

  /// @param schemas what a schema is called
  List<String> statements(UnaryOperator<String> schemas) {
    List<String> statements = new ArrayList<>();
    for (Change.TableRenamed renamed : tables) {
      TableName after = renamed.after();
      TableName was = renamed.before();
      if (!was.schema().equals(after.schema())) {
        statements.add(
            "ALTER TABLE %s SET SCHEMA %s"
                .formatted(name(was, schemas), Types.quoted(schemas.apply(after.schema()))));
        was = new TableName(after.schema(), was.name());
      }
      if (!was.equals(after))
        statements.add(
            "ALTER TABLE %s RENAME TO %s"
                .formatted(name(was, schemas), Types.quoted(after.name())));
    }
    for (Change.ColumnRenamed column : columns)
      statements.add(
          "ALTER TABLE %s RENAME COLUMN %s TO %s"
              .formatted(
                  name(column.table(), schemas),
                  Types.quoted(column.before()),
                  Types.quoted(column.after())));
    return statements;
  }

  private static String before(TableName table, List<Change.TableRenamed> tables) {
    for (Change.TableRenamed renamed : tables)
      if (renamed.after().equals(table)) return renamed.before().toString();
    return table.toString();
  }

  private static String name(TableName table, UnaryOperator<String> schemas) {
    return Types.quoted(schemas.apply(table.schema())) + "." + Types.quoted(table.name());
  }
}
