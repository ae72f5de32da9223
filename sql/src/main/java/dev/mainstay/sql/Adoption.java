package dev.mainstay.sql;

import dev.mainstay.core.model.Change;
import dev.mainstay.core.model.Column;
import dev.mainstay.core.model.ColumnType;
import dev.mainstay.core.model.Fill;
import dev.mainstay.core.model.Model;
import dev.mainstay.core.model.Table;
import dev.mainstay.core.model.TableName;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The model before as if it had said what migrations have made in the meantime of the model after:
/// so their columns keep their values, and become what the model after says of them.
final class Adoption {
  private final Model before;
  private final List<Change> changes;
  private final Installation database;
  private final Set<RanMigration.Made> made = new HashSet<>();
  private final List<ColumnType.Enumerated> enums;

  private Adoption(Model before, List<Change> changes, Installation database) {
    this.before = before;
    this.changes = changes;
    this.database = database;
    this.enums = new ArrayList<>(before.enums());
    for (RanMigration ran : database.migrations()) made.addAll(ran.made());
  }

  /// @param changes from the model before to the one after
  static Model of(Model before, List<Change> changes, Installation database) {
    Adoption adoption = new Adoption(before, changes, database);
    return adoption.made.isEmpty() ? before : adoption.model();
  }

  private Model model() {
    List<Table> tables = new ArrayList<>(before.tables());
    for (Change change : changes)
      switch (change) {
        case Change.TableAdded(Table table) when isMade(table) -> tables.add(adopted(table));
        case Change.ColumnAdded(TableName name, Column column) -> {
          Table was = before.table(formerly(name));
          if (was != null && isMade(was.name(), column))
            tables.replaceAll(
                table -> table.name().equals(was.name()) ? with(table, column) : table);
        }
        default -> {}
      }
    return new Model(tables, enums, before.roles(), before.functions(), before.renames());
  }

  private boolean isMade(Table table) {
    return !table.isView()
        && made.contains(new RanMigration.Made(table.name(), null))
        && database.has(table.name());
  }

  /// What is computed is not adopted: nobody has written it.
  private boolean isMade(TableName table, Column column) {
    return !(column.fill() instanceof Fill.Generated)
        && made.contains(new RanMigration.Made(table, column.name()))
        && database.columns(table).contains(column.name());
  }

  private Table adopted(Table table) {
    Set<String> there = database.columns(table.name());
    List<Column> columns = new ArrayList<>();
    for (Column column : table.columns())
      if (there.contains(column.name()) && !(column.fill() instanceof Fill.Generated))
        columns.add(adopted(column));
    return Table.ofColumns(table.name(), columns, null, table.position());
  }

  private Table with(Table table, Column column) {
    List<Column> columns = new ArrayList<>(table.columns());
    columns.add(adopted(column));
    return table.withColumns(columns);
  }

  /// Without a promise that it has a value in every row.
  private Column adopted(Column column) {
    ColumnType type = column.type();
    ColumnType.Enumerated own = enumOf(type);
    if (own != null && enums.stream().noneMatch(e -> e.name().equals(own.name()))) enums.add(own);
    return new Column(column.name(), type, true, new Fill.Nothing(), List.of(), List.of(), null);
  }

  private static ColumnType.@Nullable Enumerated enumOf(ColumnType type) {
    return switch (type) {
      case ColumnType.Enumerated own -> own;
      case ColumnType.ArrayOf(ColumnType element) -> enumOf(element);
      default -> null;
    };
  }

  private TableName formerly(TableName name) {
    for (Change change : changes)
      if (change instanceof Change.TableRenamed(TableName was, TableName is) && is.equals(name))
        return was;
    return name;
  }
}
