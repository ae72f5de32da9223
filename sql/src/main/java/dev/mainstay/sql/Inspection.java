package dev.mainstay.sql;

import dev.mainstay.core.advice.IndexUse;
import dev.mainstay.core.advice.Uses;
import dev.mainstay.core.model.Model;
import dev.mainstay.core.model.Table;
import dev.mainstay.core.model.TableName;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What a database tells of itself.
///
/// @param drift what others have changed in it
/// @param indexUses how its indexes have been used, as far as the engine counts it
/// @param uses what its views read, as far as the engine keeps it
public record Inspection(List<Drift> drift, List<IndexUse> indexUses, Uses uses) {
  public Inspection {
    drift = List.copyOf(drift);
    indexUses = List.copyOf(indexUses);
  }

  /// @param reads by the names of views, those of the tables and views that they read
  static Uses uses(Model model, Map<String, Set<String>> reads) {
    Map<TableName, Set<TableName>> known = new HashMap<>();
    for (Table view : model.tables()) {
      Set<String> names = view.isView() ? reads.get(view.name().toString()) : null;
      if (names == null) continue;
      Set<TableName> read = new HashSet<>();
      for (Table table : model.tables())
        if (names.contains(table.name().toString())) read.add(table.name());
      known.put(view.name(), read);
    }
    Map<TableName, Uses.Use> views = new HashMap<>();
    known.forEach((view, read) -> views.put(view, Uses.Use.exactly(Uses.beneath(read, known))));
    return new Uses(views, Map.of());
  }
}
