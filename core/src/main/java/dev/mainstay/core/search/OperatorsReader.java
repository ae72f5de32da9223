package dev.mainstay.core.search;

import dev.mainstay.core.problem.Problem;
import dev.mainstay.core.problem.ProblemException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads `fat & (cat | 'big rat':*) <-> !dog`: words and quoted words, `:*` for a prefix, and from
/// the loosest to the tightest `|`, `&`, `<->` or `<2>`, `!`.
final class OperatorsReader {
  private static final int DEEPEST = 100;
  private static final int FARTHEST = 16_384;

  private final String text;
  private final SearchReader words;
  private int at;

  OperatorsReader(String text, SearchReader words) {
    this.text = text;
    this.words = words;
  }

  @Nullable SearchQuery read() {
    blanks();
    if (at == text.length()) return null;
    Draft query = or(0);
    if (at < text.length()) throw malformed();
    return query.query();
  }

  private Draft or(int depth) {
    List<Draft> any = new ArrayList<>();
    do any.add(and(depth));
    while (take('|'));
    return any.size() == 1 ? any.getFirst() : Draft.or(any);
  }

  private Draft and(int depth) {
    List<Draft> all = new ArrayList<>();
    do all.add(phrase(depth));
    while (take('&'));
    return all.size() == 1 ? all.getFirst() : Draft.and(all);
  }

  private Draft phrase(int depth) {
    Draft phrase = operand(depth);
    while (peek() == '<') {
      int distance = distance();
      phrase = Draft.phrase(phrase, operand(depth), distance);
    }
    return phrase;
  }

  private Draft operand(int depth) {
    if (depth > DEEPEST)
      throw new ProblemException(new Problem.TooLarge(Problem.TooLarge.What.QUERY, DEEPEST));
    blanks();
    if (at == text.length()) throw refused("no operand in tsquery: ");
    if (take('!')) return Draft.not(operand(depth + 1));
    if (take('(')) {
      Draft inner = or(depth + 1);
      if (!take(')')) throw malformed();
      blanks();
      return inner;
    }
    return word();
  }

  private Draft word() {
    String word = peek() == '\'' ? quoted() : plain();
    boolean prefix = false;
    if (at < text.length() && text.charAt(at) == ':') {
      at++;
      for (; at < text.length() && "*ABCDabcd".indexOf(text.charAt(at)) >= 0; at++) {
        if (text.charAt(at) != '*')
          throw new ProblemException(
              new Problem.Unsupported("weights in the search of a declared document"));
        prefix = true;
      }
    }
    blanks();
    return Draft.of(words.word(word, prefix));
  }

  private String quoted() {
    StringBuilder word = new StringBuilder();
    for (at++; ; at++) {
      if (at == text.length()) throw malformed();
      char c = text.charAt(at);
      if (c == '\'') {
        at++;
        if (at == text.length() || text.charAt(at) != '\'') break;
      } else if (c == '\\') escape();
      word.append(text.charAt(at));
    }
    if (word.isEmpty()) throw malformed();
    return word.toString();
  }

  private String plain() {
    StringBuilder word = new StringBuilder();
    for (; at < text.length() && !endsWord(text.charAt(at)); at++) {
      if (text.charAt(at) == '\\') escape();
      word.append(text.charAt(at));
    }
    if (word.isEmpty()) throw malformed();
    return word.toString();
  }

  private void escape() {
    if (++at == text.length()) throw refused("there is no escaped character: ");
  }

  private int distance() {
    int end = text.indexOf('>', at);
    String distance = end < 0 ? "" : text.substring(at + 1, end);
    if (distance.equals("-")) {
      at = end + 1;
      return 1;
    }
    if (distance.isEmpty() || !distance.chars().allMatch(c -> c >= '0' && c <= '9'))
      throw malformed();
    at = end + 1;
    if (distance.length() > 9 || Integer.parseInt(distance) > FARTHEST)
      throw new ProblemException(
          new Problem.Database(
              "22023",
              "distance in phrase operator must be an integer value between zero and "
                  + FARTHEST
                  + " inclusive",
              null,
              null));
    return Integer.parseInt(distance);
  }

  private static boolean endsWord(char c) {
    return isBlank(c) || "!&|()<:".indexOf(c) >= 0;
  }

  private static boolean isBlank(char c) {
    return c == ' ' || (c >= '\t' && c <= '\r');
  }

  private void blanks() {
    while (at < text.length() && isBlank(text.charAt(at))) at++;
  }

  private char peek() {
    return at < text.length() ? text.charAt(at) : '\0';
  }

  private boolean take(char operator) {
    if (peek() != operator) return false;
    at++;
    return true;
  }

  private ProblemException malformed() {
    return refused("syntax error in tsquery: ");
  }

  private ProblemException refused(String what) {
    return new ProblemException(new Problem.Database("42601", what + '"' + text + '"', null, null));
  }
}
