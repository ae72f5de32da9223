package dev.mainstay.testkit.leaks;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A row of a table: whole numbers, texts and nulls by column.
record Row(Map<String, @Nullable Object> cells) {
  @Nullable Object at(String column) {
    return cells.get(column);
  }

  List<@Nullable Object> key(Desk desk) {
    return desk.key().stream().<@Nullable Object>map(cells::get).toList();
  }

  Row with(String column, @Nullable Object value) {
    Map<String, @Nullable Object> others = new LinkedHashMap<>(cells);
    others.put(column, value);
    return new Row(others);
  }

  String json() {
    StringBuilder json = new StringBuilder("{");
    cells.forEach(
        (column, value) -> {
          if (json.length() > 1) json.append(',');
          json.append('"').append(column).append("\":");
          json.append(value instanceof String text ? '"' + text + '"' : value);
        });
    return json.append('}').toString();
  }

  static String json(List<Row> rows) {
    return "[" + String.join(",", rows.stream().map(Row::json).toList()) + "]";
  }
}
