package dev.mainstay.core.read;

import dev.mainstay.core.model.Position;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Sees to it that `row.x` means one thing: a table's columns, the relations of its own foreign
/// keys and those of foreign keys that refer to it all have different names.
final class RelationNames {
  private static final String COLUMN = "column";

  private final Scope scope;
  private final Map<Draft, Map<String, String>> taken = new HashMap<>();

  RelationNames(Scope scope, List<Draft> drafts) {
    this.scope = scope;
    for (Draft draft : drafts) {
      var names = new HashMap<String, String>();
      for (String column : draft.columns.keySet()) names.put(column, COLUMN);
      taken.put(draft, names);
    }
  }

  void take(Link link) {
    Name as = link.written().forward();
    Name inverse = link.written().backward();
    Position reference = link.written().target().position();
    String columns = String.join(", ", link.columns());
    take(
        link.from(),
        link.forward(),
        as == null ? reference : as.position(),
        "by '" + columns + "'",
        "as");
    take(
        link.target(),
        link.backward(),
        inverse == null ? reference : inverse.position(),
        "from '" + link.from().title() + "' by '" + columns + "'",
        "inverse");
  }

  private void take(Draft table, String name, Position position, String what, String key) {
    Map<String, String> names = taken.computeIfAbsent(table, _ -> new HashMap<>());
    String earlier = names.putIfAbsent(name, what);
    if (earlier == null) return;
    scope.broken.add(name);
    scope.faults.add(
        position,
        earlier.equals(COLUMN)
            ? "the relation of '"
                + table.title()
                + "' "
                + what
                + " would have the name of its column '"
                + name
                + "'"
            : "two relations of '"
                + table.title()
                + "' would be called '"
                + name
                + "': "
                + earlier
                + ", and "
                + what,
        "name it with " + key + ":");
  }
}
