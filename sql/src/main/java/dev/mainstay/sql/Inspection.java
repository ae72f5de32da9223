package dev.mainstay.sql;

import dev.mainstay.core.advice.IndexUse;
import dev.mainstay.core.advice.Uses;
import dev.mainstay.core.model.Function;
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
/// @param uses what its views read and the model's functions use, as far as the engine says
public record Inspection(List<Drift> drift, List<IndexUse> indexUses, Uses uses) {
  public Inspection {
    drift = List.copyOf(drift);
    indexUses = List.copyOf(indexUses);
  }

  /// @param views by their names, those of the tables and views that they read
  /// @param functions those that they use
  static Uses uses(
      Model model, Map<String, Set<String>> views, Map<Function.Signature, Set<String>> functions) {
    Map<TableName, Set<TableName>> known = new HashMap<>();
    for (Table view : model.tables()) {
      Set<String> names = view.isView() ? views.get(view.name().toString()) : null;
      if (names != null) known.put(view.name(), tables(model, names));
    }
    Map<TableName, Uses.Use> byView = new HashMap<>();
    known.forEach((view, read) -> byView.put(view, Uses.Use.exactly(Uses.beneath(read, known))));
    Map<Function.Signature, Uses.Use> byFunction = new HashMap<>();
    functions.forEach(
        (function, names) ->
            byFunction.put(function, Uses.Use.exactly(Uses.beneath(tables(model, names), known))));
    return new Uses(byView, byFunction);
  }

  private static Set<TableName> tables(Model model, Set<String> names) {
    Set<TableName> tables = new HashSet<>();
    for (Table table : model.tables())
      if (names.contains(table.name().toString())) tables.add(table.name());
    return tables;
  }
}
