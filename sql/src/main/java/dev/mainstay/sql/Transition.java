package dev.mainstay.sql;

import dev.mainstay.core.model.Change;
import dev.mainstay.core.model.Column;
import dev.mainstay.core.model.Model;
import dev.mainstay.core.model.Table;
import dev.mainstay.core.model.TableName;
import dev.mainstay.core.policy.Rules;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// From the model that a database has to the one it is to have.
///
/// @param rules of the model after
/// @param changes in the model's order, renames first
/// @param found what the database holds
/// @param left what the program left there; null when that was not kept
public record Transition(
    Model before,
    Model after,
    Rules rules,
    List<Change> changes,
    Schema found,
    @Nullable Schema left) {
  public Transition {
    changes = List.copyOf(changes);
  }

  /// What a table of the model after was called before, which may be the same.
  public TableName formerly(TableName table) {
    for (Change change : changes)
      if (change instanceof Change.TableRenamed(TableName was, TableName is) && is.equals(table))
        return was;
    return table;
  }

  /// The table of the model before that became this one, or null when it is new.
  public @Nullable Table formerly(Table table) {
    Table was = before.table(formerly(table.name()));
    return was == null || was.isView() != table.isView() ? null : was;
  }

  /// What a column of the model after was called before.
  public String formerly(TableName table, String column) {
    for (Change change : changes)
      if (change instanceof Change.ColumnRenamed(TableName of, String was, String is)
          && of.equals(table)
          && is.equals(column)) return was;
    return column;
  }

  /// The column of the model before that became this one, or null when it is new.
  public @Nullable Column formerly(Table table, Column column) {
    Table was = formerly(table);
    return was == null ? null : was.column(formerly(table.name(), column.name()));
  }
}
