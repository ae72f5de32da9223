package dev.mainstay.core.read;

import dev.mainstay.core.model.ForeignKey.OnChange;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Reads foreign keys: `references:` at a column, and the list `foreign_keys:` of a table.
final class ReferenceReader {
  static final Map<String, OnChange> ACTIONS = actions();

  private final Scope scope;
  private final Draft table;

  ReferenceReader(Scope scope, Draft table) {
    this.scope = scope;
    this.table = table;
  }

  private static Map<String, OnChange> actions() {
    var actions = new LinkedHashMap<String, OnChange>();
    for (OnChange action : OnChange.values()) actions.put(word(action), action);
    return actions;
  }

  private static String word(OnChange action) {
    return switch (action) {
      case NO_ACTION -> "no action";
      case RESTRICT -> "restrict";
      case CASCADE -> "cascade";
      case SET_NULL -> "set null";
      case SET_DEFAULT -> "set default";
    };
  }

  void ofColumn(Name column, Section section) {
    if (section.has("references")) {
      read(null, List.of(column), List.of(), section);
      return;
    }
    for (String key : List.of("on_delete", "on_update", "as", "inverse"))
      if (section.has(key))
        scope.faults.add(
            section.position(key),
            "'" + key + "' says nothing without 'references'",
            "add references: and the table's name");
  }

  void ofTable(List<Yaml> items) {
    List<String> keys = table.isView() ? Keys.VIEW_FOREIGN_KEY : Keys.FOREIGN_KEY;
    for (Yaml item : items) {
      Section section = Section.of(scope, item, "a foreign key", keys);
      List<Name> columns = section.names("columns");
      for (String key : List.of("columns", "references"))
        if (section.lacks(key))
          scope.faults.add(item.position(), "a foreign key needs '" + key + "'");
      if (!columns.isEmpty() && section.has("references"))
        read(section.name("name"), columns, section.names("target_columns"), section);
    }
  }

  private void read(
      @Nullable Name name, List<Name> columns, List<Name> targetColumns, Section section) {
    Name target = section.name("references");
    if (target == null) return;
    table.references.add(
        new Draft.Reference(
            name,
            columns,
            target,
            targetColumns,
            action(section, "on_delete"),
            action(section, "on_update"),
            relation(section, "as"),
            relation(section, "inverse")));
  }

  private OnChange action(Section section, String key) {
    Name name = section.name(key);
    if (name == null) return OnChange.NO_ACTION;
    OnChange action = ACTIONS.get(name.text());
    if (action != null) return action;
    scope.faults.unknown(name.position(), "action", name.text(), ACTIONS.keySet());
    return OnChange.NO_ACTION;
  }

  private @Nullable Name relation(Section section, String key) {
    Name name = section.name(key);
    if (name != null && !scope.mayBeCalled("relation", name.text(), name.position())) return null;
    return name;
  }
}
