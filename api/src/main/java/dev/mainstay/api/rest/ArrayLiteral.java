package dev.mainstay.api.rest;

import dev.mainstay.core.problem.Problem;
import dev.mainstay.core.problem.ProblemException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads PostgreSQL's text for a list, `{a,"b, c",d}`: the operand of `like(any)` and its kin.
final class ArrayLiteral {
  private final String text;
  private final Cursor cursor;
  private int at;

  private ArrayLiteral(String text, Cursor cursor) {
    this.text = text;
    this.cursor = cursor;
  }

  /// The elements, null for NULL.
  ///
  /// @param cursor whose quota the elements are taken from
  static List<@Nullable String> elements(String text, Cursor cursor) {
    return new ArrayLiteral(text, cursor).elements();
  }

  private List<@Nullable String> elements() {
    List<@Nullable String> elements = new ArrayList<>();
    blanks();
    need('{');
    blanks();
    if (peek() == '{')
      throw new ProblemException(new Problem.Unsupported("a list of lists after any or all"));
    if (peek() == '}') at++;
    else
      while (true) {
        cursor.quota().value(cursor);
        elements.add(element());
        if (peek() == ',') at++;
        else {
          need('}');
          break;
        }
      }
    blanks();
    if (at < text.length()) throw malformed();
    return elements;
  }

  private @Nullable String element() {
    blanks();
    StringBuilder element = new StringBuilder();
    if (peek() == '"') {
      at++;
      while (peek() != '"') element.append(character());
      at++;
      blanks();
      return element.toString();
    }
    int end = 0;
    boolean escaped = false;
    while (peek() != ',' && peek() != '}') {
      char c = peek();
      if (c == '{' || c == '"') throw malformed();
      element.append(character());
      escaped |= c == '\\';
      if (c == '\\' || !Character.isWhitespace(c)) end = element.length();
    }
    element.setLength(end);
    if (end == 0) throw malformed();
    boolean isNull = !escaped && element.toString().equalsIgnoreCase("null");
    return isNull ? null : element.toString();
  }

  private char character() {
    if (peek() == '\\') at++;
    char c = peek();
    at++;
    return c;
  }

  private char peek() {
    if (at >= text.length()) throw malformed();
    return text.charAt(at);
  }

  private void need(char c) {
    if (peek() != c) throw malformed();
    at++;
  }

  private void blanks() {
    while (at < text.length() && Character.isWhitespace(text.charAt(at))) at++;
  }

  private ProblemException malformed() {
    return new ProblemException(
        new Problem.Database("22P02", "malformed array literal: \"" + text + "\"", null, null));
  }
}
