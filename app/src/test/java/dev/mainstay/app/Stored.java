package dev.mainstay.app;

import dev.mainstay.core.model.Table;
import dev.mainstay.testkit.Backend;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What all tables hold, and how that changed.
final class Stored {
  private Stored() {}

  /// Every row as JSON, by its table and key: `entries 1,2`.
  static Map<String, String> rows(Backend backend) {
    Map<String, String> rows = new LinkedHashMap<>();
    for (Table table : backend.planner().catalog().model().tables()) {
      if (table.isView()) continue;
      String name = table.name().title();
      for (JsonNode row : JsonMapper.shared().readTree(backend.stored(name))) {
        List<String> key = new ArrayList<>();
        for (String column : table.primaryKey()) key.add(row.get(column).asString());
        rows.put(name + " " + String.join(",", key), row.toString());
      }
    }
    return rows;
  }

  /// `insert entries 1,2`, `update …`, `delete …`: by table and key.
  static List<String> changes(Map<String, String> before, Map<String, String> after) {
    TreeSet<String> all = new TreeSet<>(before.keySet());
    all.addAll(after.keySet());
    List<String> changes = new ArrayList<>();
    for (String row : all) {
      String old = before.get(row);
      String now = after.get(row);
      if (old == null) changes.add("insert " + row);
      else if (now == null) changes.add("delete " + row);
      else if (!old.equals(now)) changes.add("update " + row);
    }
    return changes;
  }
}
