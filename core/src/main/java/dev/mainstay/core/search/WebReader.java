package dev.mainstay.core.search;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads what people type into a search box: words that must all be there, `"a phrase"`, `or`, and
/// `-` before what must not be there. Nothing is malformed.
final class WebReader {
  private final String text;
  private final SearchReader words;
  private int at;

  WebReader(String text, SearchReader words) {
    this.text = text;
    this.words = words;
  }

  @Nullable SearchQuery read() {
    List<Draft> any = new ArrayList<>();
    List<Draft> all = new ArrayList<>();
    for (Draft operand = operand(); operand != null; operand = operand()) {
      all.add(operand);
      blanks();
      if (takeOr()) {
        any.add(Draft.and(all));
        all.clear();
      }
    }
    if (!all.isEmpty()) any.add(Draft.and(all));
    return Draft.or(any).query();
  }

  /// The next operand, or null at the end.
  private @Nullable Draft operand() {
    boolean negated = false;
    for (; at < text.length(); at++) {
      char c = text.charAt(at);
      if (c == '-') negated = !negated;
      else if (!isBlank(c) && !isOperator(c)) break;
    }
    if (at == text.length()) return null;
    Draft operand = Draft.of(words.word(text.charAt(at) == '"' ? quoted() : plain(), false));
    return negated ? Draft.not(operand) : operand;
  }

  private String quoted() {
    int end = text.indexOf('"', ++at);
    String phrase = text.substring(at, end < 0 ? text.length() : end);
    at = end < 0 ? text.length() : end + 1;
    return phrase;
  }

  private String plain() {
    int start = at++;
    while (at < text.length()
        && !isBlank(text.charAt(at))
        && !isOperator(text.charAt(at))
        && text.charAt(at) != '"') at++;
    return text.substring(start, at);
  }

  /// `or` between two operands; with none after it, it is a word.
  private boolean takeOr() {
    if (!text.regionMatches(true, at, "or", 0, 2)) return false;
    int after = at + 2;
    if (after == text.length()) return false;
    int next = text.codePointAt(after);
    if (next == '-' || next == '_' || Character.isLetterOrDigit(next)) return false;
    for (after += Character.charCount(next); after < text.length(); after++)
      if (!isBlank(text.charAt(after))) {
        at += 2;
        return true;
      }
    return false;
  }

  private void blanks() {
    while (at < text.length() && isBlank(text.charAt(at))) at++;
  }

  private static boolean isBlank(char c) {
    return c == ' ' || (c >= '\t' && c <= '\r');
  }

  private static boolean isOperator(char c) {
    return "!&|():".indexOf(c) >= 0;
  }
}
