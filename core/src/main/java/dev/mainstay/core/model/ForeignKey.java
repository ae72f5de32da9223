package dev.mainstay.core.model;

import java.util.List;

/// A reference from `columns` of this table to `targetColumns` of another.
///
/// @param name the constraint's name, `{table}_{columns}_fkey` when none is given
/// @param forward the relation's name on this side (`row.artist`)
/// @param backward the relation's name on the target's side (`row.albums`)
public record ForeignKey(
    String name,
    List<String> columns,
    TableName target,
    List<String> targetColumns,
    OnChange onDelete,
    OnChange onUpdate,
    String forward,
    String backward) {
  public ForeignKey {
    columns = List.copyOf(columns);
    targetColumns = List.copyOf(targetColumns);
    if (columns.isEmpty() || columns.size() != targetColumns.size())
      throw new IllegalArgumentException(
          "foreign key " + name + ": " + columns + " → " + targetColumns);
  }

  /// What happens to the referring row when the row it refers to goes away or changes its key.
  public enum OnChange {
    NO_ACTION,
    RESTRICT,
    CASCADE,
    SET_NULL,
    SET_DEFAULT
  }
}
