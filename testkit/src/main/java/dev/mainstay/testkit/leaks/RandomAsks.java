package dev.mainstay.testkit.leaks;

import dev.mainstay.core.query.Asked;
import dev.mainstay.core.query.Asked.Condition;
import dev.mainstay.core.query.Asked.Item;
import dev.mainstay.core.query.Operator;
import dev.mainstay.testkit.Ask;
import dev.mainstay.testkit.NewRows;
import dev.mainstay.testkit.Where;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/// Makes requests of the [Office] at random: columns, embeds, spreads, filters, orders, pages and
/// aggregates, and now and then a name that is not there.
///
/// @param written whether the tables are written, too: then the view, which another database holds
///   as a table, is left alone
record RandomAsks(Random random, boolean written) {
  private static final Operator[] NUMERIC = {
    Operator.EQ, Operator.NE, Operator.LT, Operator.LE, Operator.GT, Operator.GE, Operator.DISTINCT
  };
  private static final List<String> WRONG_COLUMNS =
      List.of("secret", "secrets", "ids", "ownr", "word");
  private static final List<String> WRONG_FUNCTIONS = List.of("vault_docz", "one_docz", "vaults");
  private static final List<String> WRONG_TARGETS = List.of("vaultz", "docz", "pagez", "secret");

  Desk desk() {
    Desk desk = one(Desk.ALL);
    return written && desk.isView() ? desk() : desk;
  }

  /// The name of the desk's table, or nearly.
  String name(Desk desk) {
    return random.nextInt(150) == 0 ? one(WRONG_TARGETS) : desk.name();
  }

  /// A call with the arguments of a JSON object, or of a function that is nearly there.
  Asked.Call call(Routine routine, String arguments, Ask ask) {
    boolean wrong = random.nextInt(60) == 0;
    Asked.Call call =
        NewRows.call(
            wrong ? one(WRONG_FUNCTIONS) : routine.name(), arguments, ask, Asked.Count.EXACT);
    return new Asked.Call(
        call.function(),
        call.given(),
        call.rows(),
        call.counted(),
        random.nextBoolean() ? Asked.Access.READ : Asked.Access.WRITE);
  }

  /// Rows in an order that leaves nothing to chance.
  Ask rows(Desk desk, int depth) {
    if (random.nextInt(10) == 0) return aggregates(desk);
    Ask ask = Ask.of();
    for (String column : desk.columns())
      if (random.nextBoolean()) ask = ask.with(Ask.column(column, column, null));
    if (random.nextInt(8) == 0) ask = Ask.everything();
    if (random.nextInt(80) == 0) ask = ask.with(Ask.column("x", one(WRONG_COLUMNS), null));
    List<String> keys = new ArrayList<>();
    List<String> toOne = new ArrayList<>();
    List<Desk.Way> ways = desk.ways();
    for (Desk.Way way : ways) {
      if (depth == 0 || random.nextInt(ways.size() + 1) > 1) continue;
      if (written && Desk.of(way.to()).isView()) continue;
      String key = "e" + keys.size();
      Item.Embed embed = embed(key, way, depth - 1);
      ask = ask.with(embed);
      keys.add(embed.key());
      if (way.toOne()) toOne.add(embed.key());
    }
    while (random.nextInt(3) == 0) ask = ask.where(condition(desk, keys, 2));
    if (!toOne.isEmpty() && random.nextBoolean())
      ask = ask.order(Ask.through(one(toOne), random.nextBoolean() ? Ask.asc("n") : Ask.desc("n")));
    if (random.nextBoolean()) ask = ask.order(random.nextBoolean() ? Ask.asc("n") : Ask.desc("t"));
    if (random.nextInt(120) == 0) ask = ask.order(Ask.asc(one(WRONG_COLUMNS)));
    for (String key : desk.key()) ask = ask.order(Ask.asc(key));
    if (random.nextInt(4) == 0) ask = ask.limit(random.nextInt(4));
    if (random.nextInt(6) == 0) ask = ask.offset(random.nextInt(3));
    return ask;
  }

  Condition[] conditions(Desk desk) {
    Condition[] conditions = new Condition[1 + random.nextInt(2)];
    for (int i = 0; i < conditions.length; i++) conditions[i] = condition(desk, List.of(), 2);
    return conditions;
  }

  private Item.Embed embed(String key, Desk.Way way, int depth) {
    String target = random.nextInt(60) == 0 ? one(WRONG_TARGETS) : way.target();
    if (way.toOne() && random.nextInt(4) == 0) return Ask.spread(spread(target, key, way));
    Item.Embed embed = Ask.as(key, Ask.embedded(target, rows(Desk.of(way.to()), depth)));
    boolean plain = embed.rows().items().stream().noneMatch(RandomAsks::aggregates);
    return plain && random.nextInt(3) == 0 ? Ask.inner(embed) : embed;
  }

  private Item.Embed spread(String target, String key, Desk.Way way) {
    Desk there = Desk.of(way.to());
    Ask ask = Ask.of();
    for (String column : there.columns())
      if (random.nextInt(3) == 0) ask = ask.with(Ask.column(key + column, column, null));
    if (random.nextInt(3) == 0) ask = ask.where(condition(there, List.of(), 1));
    return Ask.embedded(target, ask.with(Ask.column(key + "first", "k", null)));
  }

  private static boolean aggregates(Item item) {
    return item instanceof Item.CountRows
        || (item instanceof Item.Column column && column.aggregate() != null);
  }

  private Ask aggregates(Desk desk) {
    Ask ask =
        Ask.of()
            .with(Ask.countRows())
            .with(Ask.aggregate("most", Asked.Aggregate.MAX, one(desk.columns())))
            .with(Ask.aggregate("all", Asked.Aggregate.SUM, one(desk.numbers())));
    return random.nextBoolean() ? ask : ask.where(condition(desk, List.of(), 1));
  }

  /// Aggregates by the values of a column; one row each, in any order.
  Ask groups(Desk desk) {
    String column = one(desk.columns());
    return aggregates(desk).with(Ask.column("of", column, null));
  }

  private Condition condition(Desk desk, List<String> embeds, int depth) {
    if (random.nextInt(6) == 0) return new RandomSearches(random).of(desk);
    return switch (random.nextInt(depth == 0 ? 5 : 8)) {
      case 0, 1 -> {
        Operator operator = NUMERIC[random.nextInt(NUMERIC.length)];
        String column = random.nextInt(60) == 0 ? one(WRONG_COLUMNS) : one(desk.numbers());
        yield Where.test(column, operator, "" + random.nextInt(10));
      }
      case 2 ->
          Where.test(
              one(desk.texts()), Operator.LIKE, one(List.of("x%", "%2", "a", "b", "_1", "s%")));
      case 3 ->
          embeds.isEmpty()
              ? Where.isNull("n")
              : random.nextBoolean()
                  ? Where.isNull(one(embeds))
                  : Where.not(Where.isNull(one(embeds)));
      case 4 ->
          Where.in(one(desk.numbers()), "" + random.nextInt(10), "" + random.nextInt(10), "17");
      case 5 -> Where.not(condition(desk, embeds, depth - 1));
      case 6 -> Where.or(condition(desk, embeds, depth - 1), condition(desk, embeds, depth - 1));
      default -> Where.and(condition(desk, embeds, depth - 1), condition(desk, embeds, depth - 1));
    };
  }

  <T> T one(List<T> list) {
    return list.get(random.nextInt(list.size()));
  }
}
