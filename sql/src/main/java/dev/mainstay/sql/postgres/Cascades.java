package dev.mainstay.sql.postgres;

import dev.mainstay.core.model.ForeignKey;
import dev.mainstay.core.model.ForeignKey.OnChange;
import dev.mainstay.core.model.Model;
import dev.mainstay.core.model.Table;
import dev.mainstay.core.model.TableName;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.Queue;
import java.util.Set;

/// Where the end of a row, or a change of its key, goes on to other rows.
final class Cascades {
  private Cascades() {}

  /// Whether a write of some rows of the table may go on to others of the same table.
  static boolean comeBackTo(TableName table, Model model) {
    Set<TableName> reached = new HashSet<>();
    Queue<TableName> ahead = new ArrayDeque<>(Set.of(table));
    while (!ahead.isEmpty()) {
      TableName from = ahead.remove();
      for (Table to : model.tables())
        if (goesOn(from, to) && reached.add(to.name())) ahead.add(to.name());
    }
    return reached.contains(table);
  }

  private static boolean goesOn(TableName from, Table to) {
    for (ForeignKey key : to.foreignKeys())
      if (key.target().equals(from)
          && (key.onDelete() == OnChange.CASCADE || key.onUpdate() == OnChange.CASCADE))
        return true;
    return false;
  }
}
