package dev.mainstay.testkit.leaks;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The rows of every table and view.
record Contents(Map<String, List<Row>> tables) {
  List<Row> of(String table) {
    return tables.getOrDefault(table, List.of());
  }

  /// The rows that the way leads to.
  List<Row> related(Row row, Desk.Way way) {
    Object key = row.at(way.keyHere() ? way.column() : "id");
    List<Row> there = new ArrayList<>();
    if (key == null) return there;
    for (Row other : of(way.to()))
      if (key.equals(other.at(way.keyHere() ? "id" : way.column()))) there.add(other);
    return there;
  }

  /// Rows of three owners, all tangled up.
  static Contents random(Random random) {
    Contents contents = new Contents(new LinkedHashMap<>());
    for (Desk desk : Desk.ALL) contents.tables.put(desk.name(), new ArrayList<>());
    contents.fill(random, "teams", 4);
    contents.fill(random, "members", 9);
    contents.fill(random, "folders", 7);
    contents.fill(random, "docs", 18);
    contents.fill(random, "tags", 6);
    contents.fill(random, "doc_tags", 24);
    contents.fill(random, "pages", 26);
    contents.fill(random, "covers", 12);
    for (Row doc : contents.of("docs"))
      if ((Integer) Objects.requireNonNull(doc.at("k")) >= 2) contents.add("big_docs", big(doc));
    return contents;
  }

  private static Row big(Row doc) {
    Map<String, @Nullable Object> cells = new LinkedHashMap<>();
    for (String column : Desk.of("big_docs").columns()) cells.put(column, doc.at(column));
    return new Row(cells);
  }

  private void add(String table, Row row) {
    Objects.requireNonNull(tables.get(table)).add(row);
  }

  private void fill(Random random, String table, int count) {
    Desk desk = Desk.of(table);
    Set<Object> keys = new HashSet<>();
    for (int id = 1; id <= count; id++) {
      Row row = row(random, desk, id);
      for (Desk.Way way : desk.references()) {
        List<Row> targets = of(way.to());
        boolean none = desk.isNullable(way.column()) && random.nextInt(4) == 0;
        row =
            row.with(
                way.column(),
                none || targets.isEmpty()
                    ? null
                    : targets.get(random.nextInt(targets.size())).at("id"));
      }
      if (keys.add(row.key(desk))) add(table, row);
    }
  }

  /// A row that refers to nothing.
  static Row row(Random random, Desk desk, int id) {
    Map<String, @Nullable Object> cells = new LinkedHashMap<>();
    if (desk.key().equals(List.of("id"))) cells.put("id", id);
    cells.put("k", random.nextInt(4));
    cells.put("n", random.nextInt(6) == 0 ? null : (Integer) random.nextInt(10));
    cells.put("t", "xyz".charAt(random.nextInt(3)) + "" + random.nextInt(4));
    cells.put("owner", "abc".charAt(random.nextInt(3)) + "");
    return new Row(cells);
  }

  /// Those rows alone that `policies` let the caller read.
  Contents readable(Policies policies) {
    Contents readable = new Contents(new LinkedHashMap<>());
    tables.forEach(
        (table, rows) -> {
          Rule read = policies.of(table).read();
          List<Row> some = rows.stream().filter(row -> read.holds(this, "row", row)).toList();
          readable.tables.put(table, new ArrayList<>(some));
        });
    return readable;
  }

  /// What rows here refer to and is not here: rows of a key and nothing else, so that a foreign key
  /// can be what it is.
  Map<String, List<Row>> ghosts() {
    Map<String, List<Row>> ghosts = new LinkedHashMap<>();
    for (Desk desk : Desk.ALL)
      for (Row row : of(desk.name()))
        for (Desk.Way way : desk.references()) {
          Object key = row.at(way.column());
          List<Row> some = ghosts.computeIfAbsent(way.to(), _ -> new ArrayList<>());
          if (key != null
              && related(row, way).isEmpty()
              && some.stream().noneMatch(ghost -> key.equals(ghost.at("id")))) some.add(ghost(key));
        }
    return ghosts;
  }

  private static Row ghost(Object id) {
    Map<String, @Nullable Object> cells = new LinkedHashMap<>();
    cells.put("id", id);
    cells.put("k", -1);
    cells.put("t", "ghost");
    cells.put("owner", "ghost");
    cells.put("alive", false);
    return new Row(cells);
  }
}
