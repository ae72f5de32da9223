package dev.mainstay.testkit.leaks;

import dev.mainstay.testkit.leaks.Rule.Operand;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

/// Makes the policies of a table at random: of its columns, the caller's claims, and what is
/// related.
///
/// @param written whether the tables are written, too: then rules hold no `!`, and look up only
///   what no write changes
record RandomRules(Random random, Desk desk, boolean written) {
  /// The caller's claims, besides who it is.
  static final Map<String, Object> CLAIMS =
      Map.of("level", 2, "teams", List.of(1, 3), "letter", "x1");

  /// What is not written, so that a policy may ask whether some row is there.
  private static final List<String> STATIC = List.of("teams", "members");

  Rule rule(String variable, int depth) {
    int kind = random.nextInt(depth == 0 ? 7 : 11);
    return switch (kind) {
      case 0, 1 -> owned(variable, List.of());
      case 2 -> own(variable);
      case 3, 4 -> toOne(variable);
      case 5, 6 -> toMany(variable);
      case 7, 8 -> new Rule.And(rule(variable, depth - 1), rule(variable, depth - 1));
      case 9 -> new Rule.Or(rule(variable, depth - 1), rule(variable, depth - 1));
      default -> written ? own(variable) : new Rule.Not(rule(variable, depth - 1));
    };
  }

  private Rule owned(String variable, List<Desk.Way> over) {
    return new Rule.Test(
        new Operand.Cell(variable, over, "owner"),
        random.nextInt(4) == 0 ? "!=" : "==",
        new Operand.Fixed("auth.uid", "a"));
  }

  /// Of the row alone.
  private Rule own(String variable) {
    Operand.Cell k = new Operand.Cell(variable, List.of(), "k");
    Operand.Cell n = new Operand.Cell(variable, List.of(), "n");
    Operand.Cell t = new Operand.Cell(variable, List.of(), "t");
    return switch (random.nextInt(8)) {
      case 0 -> new Rule.Test(k, one(List.of("<", ">=", "!=")), fixed(random.nextInt(4)));
      case 1 -> new Rule.Test(k, "==", new Operand.Fixed("auth.claims.level", 2));
      case 2 -> new Rule.In(k, "auth.claims.teams", List.of(1, 3));
      case 3 -> new Rule.In(k, "[0, 3]", List.of(0, 3));
      case 4 -> new Rule.Test(n, one(List.of("<", ">=", "==")), fixed(random.nextInt(10)));
      case 5 -> new Rule.IsNull(n);
      case 6 -> new Rule.Test(t, "!=", new Operand.Fixed("auth.claims.letter", "x1"));
      default -> new Rule.Test(n, ">=", k);
    };
  }

  private static Operand fixed(int number) {
    return new Operand.Fixed(Integer.toString(number), number);
  }

  private Rule toOne(String variable) {
    List<Desk.Way> ways = desk.references();
    if (ways.isEmpty()) return owned(variable, List.of());
    List<Desk.Way> over = new ArrayList<>(List.of(one(ways)));
    List<Desk.Way> further = Desk.of(over.getFirst().to()).references();
    if (!written && !further.isEmpty() && random.nextInt(3) == 0) over.add(one(further));
    if (random.nextBoolean()) return owned(variable, over);
    Operand.Cell k = new Operand.Cell(variable, over, "k");
    return new Rule.Test(k, one(List.of("<", ">=", "==")), fixed(random.nextInt(4)));
  }

  private Rule toMany(String variable) {
    List<Desk.Way> ways =
        desk.ways().stream()
            .filter(way -> !way.keyHere() && way.policyName() != null && !isView(way))
            .filter(way -> !written || STATIC.contains(way.to()))
            .toList();
    if (ways.isEmpty()) return toOne(variable);
    Desk.Way way = one(ways);
    boolean nested = variable.startsWith("m");
    String as = nested ? variable + "m" : "m";
    RandomRules there = new RandomRules(random, Desk.of(way.to()), written);
    Rule inner =
        switch (random.nextInt(written ? 2 : 4)) {
          case 0 -> there.owned(as, List.of());
          case 1 ->
              new Rule.Test(
                  new Operand.Cell(as, List.of(), "k"),
                  one(List.of("<", ">=")),
                  fixed(random.nextInt(4)));
          case 2 ->
              new Rule.Test(
                  new Operand.Cell(as, List.of(), "owner"),
                  one(List.of("==", "!=")),
                  new Operand.Cell(variable, List.of(), "owner"));
          default -> nested ? there.own(as) : there.rule(as, 0);
        };
    return new Rule.Related(variable, way, as, random.nextInt(3) == 0, inner);
  }

  private static boolean isView(Desk.Way way) {
    return Desk.of(way.to()).isView();
  }

  private <T> T one(List<T> list) {
    return list.get(random.nextInt(list.size()));
  }
}
