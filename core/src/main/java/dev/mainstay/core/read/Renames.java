package dev.mainstay.core.read;

import dev.mainstay.core.model.Rename;
import dev.mainstay.core.model.TableName;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Reads what tables and columns were called before.
final class Renames {
  private final Scope scope;
  private final List<Draft> drafts;
  private final List<Rename> renames = new ArrayList<>();

  Renames(Scope scope, List<Draft> drafts) {
    this.scope = scope;
    this.drafts = drafts;
  }

  List<Rename> renames() {
    var taken = new HashMap<TableName, Name>();
    for (Draft draft : drafts) {
      if (draft.renamedFrom != null) table(draft, draft.renamedFrom, taken);
      var takenColumns = new HashMap<String, Name>();
      for (Draft.Column column : draft.columns.values())
        if (column.renamedFrom != null) column(draft, column, column.renamedFrom, takenColumns);
    }
    return renames;
  }

  private void table(Draft draft, Name written, Map<TableName, Name> taken) {
    TableName from = new TableReader(scope).name("table", written);
    if (from == null) return;
    boolean isThere = drafts.stream().anyMatch(other -> other.name.equals(from));
    if (isSound("table", from.title(), draft.title(), written, isThere, taken.put(from, written)))
      renames.add(new Rename.OfTable(from, draft.name));
  }

  private void column(Draft draft, Draft.Column column, Name written, Map<String, Name> taken) {
    String from = written.text();
    boolean isThere = draft.columns.containsKey(from);
    Name other = taken.put(from, written);
    if (scope.mayBeCalled("column", from, written.position())
        && isSound("column", from, column.name.text(), written, isThere, other))
      renames.add(new Rename.OfColumn(draft.name, from, column.name.text()));
  }

  /// Whether one thing alone had the name, and none has it now.
  private boolean isSound(
      String what, String from, String to, Name written, boolean isThere, @Nullable Name other) {
    if (from.equals(to))
      scope.faults.add(
          written.position(), what + " '" + to + "' was not renamed", "remove renamed_from");
    else if (isThere)
      scope.faults.add(
          written.position(),
          "the " + what + " '" + from + "' is still there",
          "what was renamed no longer has its old name");
    else if (other != null)
      scope.faults.add(
          written.position(),
          "the " + what + " '" + from + "' was renamed twice",
          "the other is on line " + other.position().line());
    else return true;
    return false;
  }
}
