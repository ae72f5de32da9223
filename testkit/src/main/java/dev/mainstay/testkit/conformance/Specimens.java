package dev.mainstay.testkit.conformance;

import dev.mainstay.core.model.Column;
import dev.mainstay.core.model.ColumnType;
import dev.mainstay.core.model.Model;
import dev.mainstay.core.model.Table;
import dev.mainstay.core.model.TableName;
import dev.mainstay.core.query.Asked.Cell;
import dev.mainstay.core.query.Value;
import dev.mainstay.core.query.ValueReader;
import dev.mainstay.core.query.ValueText;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;

/// A table with two nullable columns of every portable type, and rows of edge values.
///
/// @param texts the values of each type, as text, by the name of its first column
/// @param rows by column; a null is null
record Specimens(Table table, Map<String, List<String>> texts, List<Map<String, Value>> rows) {
  static final TableName NAME = TableName.inDefaultSchema("specimens");
  private static final int ROWS = 60;

  private static final List<String> JSON =
      List.of(
          "null",
          "1",
          "1.0",
          "true",
          "\"a\"",
          "[]",
          "[1, [2, 3], \"a\"]",
          "{}",
          "{\"a\": 1}",
          "{\"a\": \"x\", \"b\": [1, {\"c\": null}]}",
          "{\"b\": [{\"c\": null}], \"a\": \"50%\"}");

  static Map<String, List<String>> pools() {
    Map<String, List<String>> pools = new LinkedHashMap<>();
    for (Ladder ladder : Ladder.ALL) pools.put(ladder.name(), new ArrayList<>(ladder.values()));
    Objects.requireNonNull(pools.get("integers")).addAll(List.of("{NULL}", "{1,NULL}", "{NULL,2}"));
    Objects.requireNonNull(pools.get("texts")).addAll(List.of("{NULL}", "{a,NULL}"));
    Objects.requireNonNull(pools.get("text")).addAll(List.of("50%", "a_b", "\\", "Straße", "ΣΑΣ"));
    pools.put("json", JSON);
    return pools;
  }

  /// @param roles declared besides the built-in ones
  static String yaml(List<String> roles) {
    StringBuilder yaml = new StringBuilder("roles: [" + String.join(", ", roles) + "]\n");
    yaml.append("enums: {mood: [sad, ok, happy]}\ntables:\n  specimens:\n    columns:\n");
    yaml.append("      id: {type: bigint, primary_key: true}\n");
    Map<String, String> types = new LinkedHashMap<>();
    for (Ladder ladder : Ladder.ALL) types.put(ladder.name(), ladder.type());
    types.put("json", "json");
    types.forEach(
        (name, type) -> {
          for (String suffix : List.of("", "_2"))
            yaml.append("      %s%s: {type: '%s', nullable: true}\n".formatted(name, suffix, type));
        });
    return yaml.toString();
  }

  static Specimens of(Model model, Random random) {
    Table table = Objects.requireNonNull(model.table(NAME));
    Map<String, List<String>> pools = pools();
    List<Map<String, Value>> rows = new ArrayList<>();
    for (int i = 0; i < ROWS; i++) {
      Map<String, Value> row = new LinkedHashMap<>();
      row.put("id", new Value.Whole(i));
      for (Column column : table.columns()) {
        if (column.name().equals("id")) continue;
        List<String> pool = pools.get(column.name().replace("_2", ""));
        boolean isNull = random.nextInt(6) == 0;
        String text = Objects.requireNonNull(pool).get(random.nextInt(pool.size()));
        row.put(column.name(), isNull ? Value.NULL : ValueReader.read(column.type(), text));
      }
      rows.add(row);
    }
    return new Specimens(table, pools, rows);
  }

  List<String> columns() {
    return table.columns().stream().map(Column::name).toList();
  }

  ColumnType type(String column) {
    return Objects.requireNonNull(table.column(column)).type();
  }

  /// The row as cells of an insert.
  List<Cell> cells(Map<String, Value> row) {
    List<Cell> cells = new ArrayList<>();
    for (Column column : table.columns()) {
      Value value = Objects.requireNonNull(row.get(column.name()));
      cells.add(
          value instanceof Value.Null
              ? new Cell.Null()
              : new Cell.Text(ValueText.text(column.type(), value)));
    }
    return cells;
  }
}
