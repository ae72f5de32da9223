package dev.mainstay.testkit.leaks;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/// A function of the model, which returns rows of a table.
///
/// Its SQL is asked no policy, so whether it answers a row must depend on nothing but that row and
/// the arguments. What it writes is one row, whose key is an argument.
///
/// @param arguments names, each of a whole number
record Routine(
    String name,
    Desk desk,
    List<String> arguments,
    boolean isSet,
    boolean writes,
    List<String> statements) {
  static List<Routine> random(Random random, boolean written) {
    List<Routine> all = new ArrayList<>();
    for (Desk desk : Desk.ALL) {
      if (written && desk.isView()) continue;
      all.add(some(random, desk));
      if (desk.key().size() > 1) continue;
      all.add(one(desk));
      if (written && Desk.WRITTEN.contains(desk)) all.add(touch(desk));
    }
    return all;
  }

  private static Routine some(Random random, Desk desk) {
    String table = desk.name();
    String sql =
        switch (random.nextInt(4)) {
          case 0 -> "select * from %s where k between :least and :most";
          case 1 -> "select * from %s where n is null or n >= :least + :most order by n desc, t";
          case 2 ->
              "with w as (select * from %s) select w.* from w where w.k <> :least + 0 * :most";
          // A row may be there twice.
          default ->
              "select * from %1$s where k >= :least union all select * from %1$s where n <= :most";
        };
    return new Routine(
        "some_" + table,
        desk,
        List.of("least", "most"),
        true,
        false,
        List.of(sql.formatted(table)));
  }

  private static Routine one(Desk desk) {
    String sql = "select * from %s where %s = :key".formatted(desk.name(), desk.key().getFirst());
    return new Routine("one_" + desk.name(), desk, List.of("key"), false, false, List.of(sql));
  }

  /// Sets what no policy looks up from another table.
  private static Routine touch(Desk desk) {
    String table = desk.name();
    return new Routine(
        "touch_" + table,
        desk,
        List.of("key", "set", "least"),
        true,
        true,
        List.of(
            "update %s set n = :set where %s = :key".formatted(table, desk.key().getFirst()),
            "select * from %s where k >= :least".formatted(table)));
  }

  String yaml(String allow) {
    StringBuilder yaml = new StringBuilder("  ").append(name).append(":\n    arguments: {");
    yaml.append(String.join(": integer, ", arguments)).append(": integer}\n    returns: {");
    yaml.append(isSet ? "set_of: " : "row_of: ").append(desk.name()).append("}\n");
    if (writes) yaml.append("    writes: true\n");
    yaml.append("    sql:\n");
    for (String statement : statements) yaml.append("      - ").append(statement).append('\n');
    return yaml.append(allow).toString();
  }
}
