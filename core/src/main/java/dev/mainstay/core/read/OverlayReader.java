package dev.mainstay.core.read;

import dev.mainstay.core.model.Column;
import dev.mainstay.core.model.Function;
import dev.mainstay.core.model.Model;
import dev.mainstay.core.model.Table;
import dev.mainstay.core.model.TableName;
import dev.mainstay.core.problem.Nearest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Lays what a file says of the tables and functions of a database over them: who may see which
/// rows and columns, and call what. It can name nothing that the database does not have.
final class OverlayReader {
  private final Scope scope;
  private final Model database;
  private final TableReader names;

  OverlayReader(Scope scope, Model database) {
    this.scope = scope;
    this.database = database;
    this.names = new TableReader(scope);
  }

  List<Table> tables(List<Yaml.Entry> entries) {
    Map<TableName, Table> tables = new LinkedHashMap<>();
    for (Table table : database.tables()) tables.put(table.name(), table);
    for (Yaml.Entry entry : entries) {
      TableName name = names.name("table", Name.of(entry.key()));
      Table table = name == null ? null : tables.get(name);
      if (table != null) tables.put(name, table(table, entry));
      else if (name != null) unknown("table", entry, tables.keySet().stream().toList());
    }
    return List.copyOf(tables.values());
  }

  private void unknown(String what, Yaml.Entry entry, List<TableName> known) {
    scope.broken.add(entry.key().text());
    String nearest = Nearest.to(entry.key().text(), known.stream().map(TableName::title).toList());
    scope.faults.add(
        entry.key().position(),
        "the database has no " + what + " '" + entry.key().text() + "'",
        nearest == null
            ? "rest.schemas says of which schemas it is asked"
            : "did you mean '" + nearest + "'?");
  }

  private Table table(Table table, Yaml.Entry entry) {
    String title = "table '" + table.name().title() + "'";
    Section section = Section.of(scope, entry.value(), title, Keys.EXISTING_TABLE);
    Draft draft = new Draft(table.name(), entry.key().position());
    new PolicyReader(scope, draft).read(section.entries("policies"));
    String comment = section.text("comment");
    return new Table(
        table.name(),
        table.origin(),
        columns(table, section.entries("columns")),
        table.primaryKey(),
        table.uniques(),
        table.foreignKeys(),
        table.checks(),
        table.indexes(),
        table.searches(),
        draft.policies.stream().filter(policy -> !scope.isBroken(policy.condition())).toList(),
        table.seeds(),
        comment == null ? table.comment() : comment,
        entry.key().position());
  }

  private List<Column> columns(Table table, List<Yaml.Entry> entries) {
    Map<String, Column> columns = new LinkedHashMap<>();
    for (Column column : table.columns()) columns.put(column.name(), column);
    for (Yaml.Entry entry : entries) {
      Column column = columns.get(entry.key().text());
      if (column != null) columns.put(column.name(), column(column, entry));
      else
        scope.faults.addNear(
            entry.key().position(),
            "'" + table.name().title() + "' has no column '" + entry.key().text() + "'",
            entry.key().text(),
            columns.keySet());
    }
    return List.copyOf(columns.values());
  }

  private Column column(Column column, Yaml.Entry entry) {
    String title = "column '" + column.name() + "'";
    Section section = Section.of(scope, entry.value(), title, Keys.EXISTING_COLUMN);
    String comment = section.text("comment");
    return new Column(
        column.name(),
        column.type(),
        column.nullable(),
        column.fill(),
        ColumnReader.roles(scope, section, "hidden_from"),
        ColumnReader.roles(scope, section, "read_only_for"),
        comment == null ? column.comment() : comment);
  }

  /// What is said of a name holds for every function of that name.
  List<Function> functions(List<Yaml.Entry> entries) {
    Map<TableName, Overlay> overlays = new LinkedHashMap<>();
    List<TableName> known = database.functions().stream().map(Function::name).distinct().toList();
    for (Yaml.Entry entry : entries) {
      TableName name = names.name("function", Name.of(entry.key()));
      if (name == null) continue;
      if (!known.contains(name)) unknown("function", entry, known);
      else {
        String title = "function '" + name.title() + "'";
        Section section = Section.of(scope, entry.value(), title, Keys.EXISTING_FUNCTION);
        List<String> callers = section.has("allow") ? FunctionReader.callers(scope, section) : null;
        overlays.put(name, new Overlay(callers, section.text("comment")));
      }
    }
    List<Function> functions = new ArrayList<>();
    for (Function function : database.functions())
      functions.add(under(function, overlays.getOrDefault(function.name(), Overlay.NONE)));
    return functions;
  }

  /// @param callers null when nothing is said of them
  private record Overlay(@Nullable List<String> callers, @Nullable String comment) {
    static final Overlay NONE = new Overlay(null, null);
  }

  /// Of a function of which nothing is said, whoever keeps back the rows says who may call it.
  private Function under(Function function, Overlay overlay) {
    Function.Body body = function.body();
    boolean isOpen =
        overlay.callers == null
            && switch (database.guarding()) {
              case DATABASE -> true;
              case DECLARED -> false;
            };
    if (body instanceof Function.Body.Existing(boolean _, Function.Way way))
      body = new Function.Body.Existing(isOpen, way);
    return new Function(
        function.name(),
        function.arguments(),
        function.result(),
        body,
        function.writes(),
        overlay.callers == null ? List.of() : overlay.callers,
        overlay.comment == null ? function.comment() : overlay.comment,
        function.position());
  }
}
