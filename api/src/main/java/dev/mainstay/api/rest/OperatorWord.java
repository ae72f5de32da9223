package dev.mainstay.api.rest;

import dev.mainstay.core.query.Grammar;
import dev.mainstay.core.query.Operator;
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

  Map<String, OperatorWord> ALL =
      Map.ofEntries(
          Map.entry("eq", new Comparison(Operator.EQ, true)),
          Map.entry("neq", new Comparison(Operator.NE, false)),
          Map.entry("gt", new Comparison(Operator.GT, true)),
          Map.entry("gte", new Comparison(Operator.GE, true)),
          Map.entry("lt", new Comparison(Operator.LT, true)),
          Map.entry("lte", new Comparison(Operator.LE, true)),
          Map.entry("like", new Comparison(Operator.LIKE, true)),
          Map.entry("ilike", new Comparison(Operator.ILIKE, true)),
          Map.entry("match", new Comparison(Operator.MATCH, true)),
          Map.entry("imatch", new Comparison(Operator.IMATCH, true)),
          Map.entry("in", new In()),
          Map.entry("is", new Is()),
          Map.entry("isdistinct", new Comparison(Operator.DISTINCT, false)),
          Map.entry("fts", new Search(Grammar.OPERATORS)),
          Map.entry("plfts", new Search(Grammar.PLAIN)),
          Map.entry("phfts", new Search(Grammar.PHRASE)),
          Map.entry("wfts", new Search(Grammar.WEB)),
          Map.entry("cs", new Comparison(Operator.CONTAINS, false)),
          Map.entry("cd", new Comparison(Operator.CONTAINED, false)),
          Map.entry("ov", new Comparison(Operator.OVERLAPS, false)),
          Map.entry("sl", new Comparison(Operator.RANGE_LEFT_OF, false)),
          Map.entry("sr", new Comparison(Operator.RANGE_RIGHT_OF, false)),
          Map.entry("nxr", new Comparison(Operator.RANGE_NOT_RIGHT_OF, false)),
          Map.entry("nxl", new Comparison(Operator.RANGE_NOT_LEFT_OF, false)),
          Map.entry("adj", new Comparison(Operator.RANGE_ADJACENT, false)));

  /// The longest word that `text` begins with, or null.
  static @Nullable String longestIn(String text) {
    String longest = null;
    for (String word : ALL.keySet())
      if (text.startsWith(word) && (longest == null || word.length() > longest.length()))
        longest = word;
    return longest;
  }
}
