package dev.mainstay.testkit.leaks;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/// What a signed-in caller may do with each table.
record Policies(Map<String, OfTable> tables) {
  /// @param update of the row before, and of the row after as well when there is no `updated`
  /// @param updated of the row after, or null
  record OfTable(Rule read, Rule insert, Rule update, @Nullable Rule updated, Rule delete) {
    OfTable settled(Contents contents, Desk desk) {
      return new OfTable(
          read.settled(contents, desk),
          insert.settled(contents, desk),
          update.settled(contents, desk),
          updated == null ? null : updated.settled(contents, desk),
          delete.settled(contents, desk));
    }
  }

  OfTable of(String table) {
    return Objects.requireNonNull(tables.get(table));
  }

  /// @param written whether the tables are written, too: then what policies look up stays as it is
  static Policies random(Random random, Contents contents, boolean written) {
    Map<String, OfTable> tables = new LinkedHashMap<>();
    for (Desk desk : Desk.ALL) {
      RandomRules rules = new RandomRules(random, desk, written);
      tables.put(
          desk.name(),
          new OfTable(
              some(rules, "row", contents, 2),
              rules.rule("new", 1),
              some(rules, "row", contents, 1),
              random.nextBoolean() ? null : rules.rule("new", 1),
              some(rules, "row", contents, 1)));
    }
    return new Policies(tables);
  }

  /// A rule that lets through some of the rows and not others, if chance makes one soon enough.
  private static Rule some(RandomRules rules, String variable, Contents contents, int depth) {
    Rule rule = rules.rule(variable, depth);
    for (int i = 0; i < 20; i++) {
      List<Row> rows = contents.of(rules.desk().name());
      Rule tried = rule;
      long through = rows.stream().filter(row -> tried.holds(contents, variable, row)).count();
      if (through * 4 >= rows.size() && through * 4 <= 3L * rows.size()) break;
      rule = rules.rule(variable, depth);
    }
    return rule;
  }

  /// The same for a database in which rows are missing.
  Policies settled(Contents contents) {
    Map<String, OfTable> settled = new LinkedHashMap<>();
    tables.forEach(
        (table, policies) -> settled.put(table, policies.settled(contents, Desk.of(table))));
    return new Policies(settled);
  }
}
