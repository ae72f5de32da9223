package dev.mainstay.testkit.leaks;

import dev.mainstay.core.query.Asked.Condition;
import dev.mainstay.core.query.Grammar;
import dev.mainstay.testkit.Where;
import java.util.List;
import java.util.Random;

/// Makes full-text searches at random: of what a table declares, and of a column, where the engine
/// can.
record RandomSearches(Random random) {
  /// The documents of each table: two that the caller sees, and one with a hidden column.
  static final String DECLARED = "words: [t, owner]";

  static final String STEMMED = "prose: {columns: [t, owner], language: english}";
  static final String HIDDEN = "secrets: [t, secret]";

  private static final List<String> WORDS = List.of("x1", "x2", "y0", "z3", "a", "b", "c", "s7");
  private static final List<String> BEGINNINGS = List.of("x:*", "y:*", "g:*", "s:*");

  Condition of(Desk desk) {
    String field =
        switch (random.nextInt(16)) {
          case 0 -> "secrets";
          case 1 -> desk.texts().getFirst();
          case 2, 3, 4 -> "prose";
          default -> "words";
        };
    return switch (random.nextInt(6)) {
      case 0 -> Where.search(field, Grammar.PLAIN, pair(" "));
      case 1 -> Where.search(field, Grammar.PHRASE, pair(" "));
      case 2 -> Where.search(field, Grammar.WEB, pair(one(List.of(" ", " or ", " -", "\" \""))));
      case 3 -> Where.search(field, Grammar.OPERATORS, one(BEGINNINGS));
      case 4 -> Where.search(field, Grammar.OPERATORS, "!" + one(WORDS));
      default ->
          Where.search(
              field, Grammar.OPERATORS, pair(one(List.of(" & ", " | ", " <-> ", " & !", " <2> "))));
    };
  }

  private String pair(String between) {
    return one(WORDS) + between + one(WORDS);
  }

  private String one(List<String> list) {
    return list.get(random.nextInt(list.size()));
  }
}
