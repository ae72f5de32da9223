package dev.mainstay.testkit.conformance;

import dev.mainstay.core.query.Asked;
import dev.mainstay.core.query.Asked.Condition;
import dev.mainstay.core.query.Asked.Item;
import dev.mainstay.core.query.Operator;
import dev.mainstay.testkit.Ask;
import dev.mainstay.testkit.Where;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/// Makes requests of the [Office] at random: columns, embeds, filters, orders, pages and
/// aggregates.
final class RandomAsks {
  private static final Operator[] NUMERIC = {
    Operator.EQ, Operator.NE, Operator.LT, Operator.LE, Operator.GT, Operator.GE, Operator.DISTINCT
  };

  private final Random random;

  RandomAsks(Random random) {
    this.random = random;
  }

  String table() {
    List<String> names = Office.TABLES.keySet().stream().sorted().toList();
    return names.get(random.nextInt(names.size()));
  }

  /// Rows in an order that leaves nothing to chance.
  Ask rows(String table, int depth) {
    Office.Desk desk = Office.desk(table);
    if (random.nextInt(12) == 0) return aggregates(table);
    Ask ask = Ask.of();
    for (String column : columns(desk))
      if (random.nextBoolean()) ask = ask.with(Ask.column(column, column, null));
    List<String> keys = new ArrayList<>();
    List<String> toOne = new ArrayList<>();
    List<String> targets = desk.relations().keySet().stream().sorted().toList();
    for (String target : targets) {
      if (depth == 0 || random.nextInt(targets.size() + 1) > 1) continue;
      String key = "e" + keys.size();
      ask = ask.with(embed(key, target, desk.to(target), depth - 1));
      keys.add(key);
      if (isToOne(table, target)) toOne.add(key);
    }
    while (random.nextInt(3) == 0) ask = ask.where(condition(desk, keys, 2));
    if (!toOne.isEmpty() && random.nextBoolean())
      ask =
          ask.order(
              Ask.through(toOne.getFirst(), random.nextBoolean() ? Ask.asc("n") : Ask.desc("n")));
    if (random.nextBoolean()) ask = ask.order(random.nextBoolean() ? Ask.asc("n") : Ask.desc("n"));
    for (String key : key(table)) ask = ask.order(Ask.asc(key));
    if (random.nextInt(4) == 0) ask = ask.limit(random.nextInt(4));
    if (random.nextInt(6) == 0) ask = ask.offset(random.nextInt(3));
    return ask;
  }

  Condition[] conditions(String table) {
    Condition[] conditions = new Condition[1 + random.nextInt(2)];
    for (int i = 0; i < conditions.length; i++)
      conditions[i] = condition(Office.desk(table), List.of(), 2);
    return conditions;
  }

  private Item embed(String key, String target, String table, int depth) {
    Item.Embed embed = Ask.as(key, Ask.embedded(target, rows(table, depth)));
    boolean plain = embed.rows().items().stream().noneMatch(RandomAsks::aggregates);
    return plain && random.nextInt(3) == 0 ? Ask.inner(embed) : embed;
  }

  private static boolean aggregates(Item item) {
    return item instanceof Item.CountRows
        || (item instanceof Item.Column column && column.aggregate() != null);
  }

  private Ask aggregates(String table) {
    Office.Desk desk = Office.desk(table);
    Ask ask =
        Ask.of()
            .with(Ask.countRows())
            .with(Ask.aggregate("most", Asked.Aggregate.MAX, "n"))
            .with(Ask.aggregate("all", Asked.Aggregate.SUM, "n"));
    return random.nextBoolean() ? ask : ask.where(condition(desk, List.of(), 1));
  }

  private Condition condition(Office.Desk desk, List<String> embeds, int depth) {
    int kind = random.nextInt(depth == 0 ? 5 : 8);
    return switch (kind) {
      case 0, 1 -> {
        Operator operator = NUMERIC[random.nextInt(NUMERIC.length)];
        yield Where.test(one(desk.numbers()), operator, "" + random.nextInt(10));
      }
      case 2 ->
          desk.texts().isEmpty()
              ? Where.isNull("n")
              : Where.test(
                  one(desk.texts()), Operator.LIKE, one(List.of("x%", "%2", "a", "b", "_1")));
      case 3 ->
          embeds.isEmpty()
              ? Where.isNull("n")
              : (random.nextBoolean()
                  ? Where.isNull(one(embeds))
                  : Where.not(Where.isNull(one(embeds))));
      case 4 ->
          Where.in(one(desk.numbers()), "" + random.nextInt(10), "" + random.nextInt(10), "17");
      case 5 -> Where.not(condition(desk, embeds, depth - 1));
      case 6 -> Where.or(condition(desk, embeds, depth - 1), condition(desk, embeds, depth - 1));
      default -> Where.and(condition(desk, embeds, depth - 1), condition(desk, embeds, depth - 1));
    };
  }

  private static boolean isToOne(String table, String target) {
    return switch (target) {
      case "folders", "parent_id", "covers" -> true;
      case "docs" -> Arrays.asList("pages", "doc_tags", "covers").contains(table);
      case "tags" -> table.equals("doc_tags");
      default -> false;
    };
  }

  private static List<String> columns(Office.Desk desk) {
    List<String> columns = new ArrayList<>(desk.numbers());
    columns.addAll(desk.texts());
    return columns;
  }

  private static List<String> key(String table) {
    return switch (table) {
      case "doc_tags" -> List.of("doc_id", "tag_id");
      case "covers" -> List.of("doc_id");
      default -> List.of("id");
    };
  }

  private <T> T one(List<T> list) {
    return list.get(random.nextInt(list.size()));
  }
}
