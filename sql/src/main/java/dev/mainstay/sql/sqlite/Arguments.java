package dev.mainstay.sql.sqlite;

import dev.mainstay.core.model.ColumnType;
import dev.mainstay.core.plan.Plan;
import dev.mainstay.core.query.Value;
import dev.mainstay.sql.ClaimValue;
import dev.mainstay.sql.Slot;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What goes into the placeholders of a plan's statements, in stored form.
///
/// @param cells the row being inserted
/// @param keys the keys of the rows found or written before
record Arguments(Plan plan, List<@Nullable Value> cells, List<List<Value>> keys) {
  static Arguments of(Plan plan) {
    return new Arguments(plan, List.of(), List.of());
  }

  Arguments withCells(List<@Nullable Value> row) {
    return new Arguments(plan, row, keys);
  }

  Arguments withKeys(List<List<Value>> found) {
    return new Arguments(plan, cells, found);
  }

  @Nullable Object at(Slot slot) {
    return switch (slot) {
      case Slot.Bound(int index, ColumnType type) -> Storage.stored(plan.values().get(index), type);
      case Slot.Claim(List<String> path, ColumnType type) ->
          Storage.stored(ClaimValue.of(plan.caller(), path, type), type);
      case Slot.Cell(int column, ColumnType type) -> {
        Value cell = cells.get(column);
        yield cell == null ? null : Storage.stored(cell, type);
      }
      case Slot.Keys(List<ColumnType> types) -> keys(types);
      case Slot.Rows _ -> throw new IllegalStateException("rows are inserted one by one");
    };
  }

  private String keys(List<ColumnType> types) {
    StringBuilder json = new StringBuilder("[");
    for (List<Value> key : keys) {
      json.append(json.length() > 1 ? ",[" : "[");
      for (int i = 0; i < types.size(); i++) {
        if (i > 0) json.append(',');
        Storage.append(json, Storage.stored(key.get(i), types.get(i)));
      }
      json.append(']');
    }
    return json.append(']').toString();
  }
}
