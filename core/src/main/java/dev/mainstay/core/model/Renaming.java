package dev.mainstay.core.model;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/// Gives what is in one model the names that the next one has for it. What was written by hand
/// (conditions, SQL) stays as it is: the next model has it in its own words.
final class Renaming {
  private final List<Change> changes = new ArrayList<>();
  private Model model;

  private Renaming(Model model) {
    this.model = model;
  }

  /// @param model the one before, under the new names
  /// @param changes the renames that apply to it
  record Renamed(Model model, List<Change> changes) {
    Renamed {
      changes = List.copyOf(changes);
    }
  }

  static Renamed of(Model before, List<Rename> renames) {
    var renaming = new Renaming(before);
    for (Rename rename : renames)
      if (rename instanceof Rename.OfTable(TableName from, TableName to)) renaming.table(from, to);
    for (Rename rename : renames)
      if (rename instanceof Rename.OfColumn(TableName table, String from, String to))
        renaming.column(table, from, to);
    return new Renamed(renaming.model, renaming.changes);
  }

  private void table(TableName from, TableName to) {
    Table table = model.table(from);
    if (table == null || table.isView() || model.table(to) != null) return;
    changes.add(new Change.TableRenamed(from, to));
    UnaryOperator<TableName> names = name -> name.equals(from) ? to : name;
    model =
        model.withTables(
            model.tables().stream()
                .map(each -> with(each, names.apply(each.name()), keys(each, names)))
                .toList());
  }

  private static List<ForeignKey> keys(Table table, UnaryOperator<TableName> names) {
    return table.foreignKeys().stream()
        .map(key -> key(key, key.columns(), names.apply(key.target()), key.targetColumns()))
        .toList();
  }

  private void column(TableName of, String from, String to) {
    Table table = model.table(of);
    if (table == null || table.column(from) == null || table.column(to) != null) return;
    changes.add(new Change.ColumnRenamed(of, from, to));
    UnaryOperator<String> names = name -> name.equals(from) ? to : name;
    model =
        model.withTables(
            model.tables().stream()
                .map(each -> each.name().equals(of) ? columns(each, names) : each)
                .map(each -> with(each, each.name(), keysTo(of, each, names)))
                .toList());
  }

  private static List<ForeignKey> keysTo(
      TableName target, Table table, UnaryOperator<String> names) {
    return table.foreignKeys().stream()
        .map(
            key ->
                key.target().equals(target)
                    ? key(key, key.columns(), target, mapped(key.targetColumns(), names))
                    : key)
        .toList();
  }

  private static Table columns(Table table, UnaryOperator<String> names) {
    return new Table(
        table.name(),
        table.origin(),
        table.columns().stream().map(column -> column(column, names)).toList(),
        mapped(table.primaryKey(), names),
        table.uniques().stream()
            .map(unique -> new Table.Unique(unique.name(), mapped(unique.columns(), names)))
            .toList(),
        table.foreignKeys().stream()
            .map(key -> key(key, mapped(key.columns(), names), key.target(), key.targetColumns()))
            .toList(),
        table.checks(),
        table.indexes().stream().map(index -> index(index, names)).toList(),
        table.searches().stream()
            .map(s -> new Table.Search(s.name(), mapped(s.columns(), names), s.language()))
            .toList(),
        table.policies(),
        table.seeds(),
        table.comment(),
        table.position());
  }

  private static Column column(Column column, UnaryOperator<String> names) {
    return new Column(
        names.apply(column.name()),
        column.type(),
        column.nullable(),
        column.fill(),
        column.hiddenFrom(),
        column.readOnlyFor(),
        column.comment());
  }

  private static Index index(Index index, UnaryOperator<String> names) {
    return new Index(
        index.name(),
        index.parts().stream()
            .map(part -> new Index.Part(names.apply(part.column()), part.descending()))
            .toList(),
        index.unique(),
        index.where());
  }

  private static ForeignKey key(
      ForeignKey key, List<String> columns, TableName target, List<String> targetColumns) {
    return new ForeignKey(
        key.name(),
        columns,
        target,
        targetColumns,
        key.onDelete(),
        key.onUpdate(),
        key.forward(),
        key.backward());
  }

  private static Table with(Table table, TableName name, List<ForeignKey> keys) {
    return new Table(
        name,
        table.origin(),
        table.columns(),
        table.primaryKey(),
        table.uniques(),
        keys,
        table.checks(),
        table.indexes(),
        table.searches(),
        table.policies(),
        table.seeds(),
        table.comment(),
        table.position());
  }

  private static List<String> mapped(List<String> names, UnaryOperator<String> to) {
    return names.stream().map(to).toList();
  }
}
