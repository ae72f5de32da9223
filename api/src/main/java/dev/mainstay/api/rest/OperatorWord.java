package dev.mainstay.api.rest;

import dev.mainstay.core.query.Grammar;
import dev.mainstay.core.query.Operator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The words for operators (`WIRE.md` §1.4), and what each may be followed by.
sealed interface OperatorWord {
  /// A comparison; with `lists`, `(any)` and `(all)` may follow.
  record Comparison(Operator operator, boolean lists) implements OperatorWord {}

  record In() implements OperatorWord {}

  record Is() implements OperatorWord {}

  /// A full-text search; a language in parentheses may follow.
  record Search(Grammar grammar) implements OperatorWord {}

  Map<String, OperatorWord> ALL = all();

  /// The longest word that `text` begins with, or null.
  static @Nullable String longestIn(String text) {
    String longest = null;
    for (String word : ALL.keySet())
      if (text.startsWith(word) && (longest == null || word.length() > longest.length()))
        longest = word;
    return longest;
  }

  private static Map<String, OperatorWord> all() {
    Map<String, OperatorWord> all = new LinkedHashMap<>();
    all.put("eq", new Comparison(Operator.EQ, true));
    all.put("neq", new Comparison(Operator.NE, false));
    all.put("gt", new Comparison(Operator.GT, true));
    all.put("gte", new Comparison(Operator.GE, true));
    all.put("lt", new Comparison(Operator.LT, true));
    all.put("lte", new Comparison(Operator.LE, true));
    all.put("like", new Comparison(Operator.LIKE, true));
    all.put("ilike", new Comparison(Operator.ILIKE, true));
    all.put("match", new Comparison(Operator.MATCH, true));
    all.put("imatch", new Comparison(Operator.IMATCH, true));
    all.put("in", new In());
    all.put("is", new Is());
    all.put("isdistinct", new Comparison(Operator.DISTINCT, false));
    all.put("fts", new Search(Grammar.OPERATORS));
    all.put("plfts", new Search(Grammar.PLAIN));
    all.put("phfts", new Search(Grammar.PHRASE));
    all.put("wfts", new Search(Grammar.WEB));
    all.put("cs", new Comparison(Operator.CONTAINS, false));
    all.put("cd", new Comparison(Operator.CONTAINED, false));
    all.put("ov", new Comparison(Operator.OVERLAPS, false));
    all.put("sl", new Comparison(Operator.RANGE_LEFT_OF, false));
    all.put("sr", new Comparison(Operator.RANGE_RIGHT_OF, false));
    all.put("nxr", new Comparison(Operator.RANGE_NOT_RIGHT_OF, false));
    all.put("nxl", new Comparison(Operator.RANGE_NOT_LEFT_OF, false));
    all.put("adj", new Comparison(Operator.RANGE_ADJACENT, false));
    return Map.copyOf(all);
  }
}
