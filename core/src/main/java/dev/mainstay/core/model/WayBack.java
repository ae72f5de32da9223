package dev.mainstay.core.model;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The way back to an earlier model: what was renamed since then gets its old name again, where
/// that model itself knows nothing of the new one.
public final class WayBack {
  private final Map<TableName, TableName> tables = new LinkedHashMap<>();
  private final Map<TableName, Map<String, String>> columns = new LinkedHashMap<>();

  private WayBack() {}

  /// The first of the models, with the renames that lead back to it from the last.
  ///
  /// @param models one after the other, at least one
  public static Model to(List<Model> models) {
    Model then = models.getFirst();
    var way = new WayBack();
    for (Table table : then.tables()) {
      way.tables.put(table.name(), table.name());
      var names = new LinkedHashMap<String, String>();
      for (Column column : table.columns()) names.put(column.name(), column.name());
      way.columns.put(table.name(), names);
    }
    for (int i = 1; i < models.size(); i++)
      for (Change change : ModelDiff.between(models.get(i - 1), models.get(i))) way.follow(change);
    return new Model(then.tables(), then.enums(), then.roles(), then.functions(), way.renames());
  }

  private void follow(Change change) {
    switch (change) {
      case Change.TableRenamed(TableName before, TableName after) ->
          tables.replaceAll((then, now) -> now.equals(before) ? after : now);
      case Change.ColumnRenamed(TableName table, String before, String after) ->
          tables.forEach(
              (then, now) -> {
                if (!now.equals(table)) return;
                Map<String, String> names = columns.getOrDefault(then, Map.of());
                names.replaceAll((_, name) -> name.equals(before) ? after : name);
              });
      default -> {}
    }
  }

  private List<Rename> renames() {
    var renames = new ArrayList<Rename>();
    tables.forEach(
        (then, now) -> {
          if (!then.equals(now)) renames.add(new Rename.OfTable(now, then));
        });
    columns.forEach(
        (table, names) ->
            names.forEach(
                (then, now) -> {
                  if (!then.equals(now)) renames.add(new Rename.OfColumn(table, now, then));
                }));
    return renames;
  }
}
