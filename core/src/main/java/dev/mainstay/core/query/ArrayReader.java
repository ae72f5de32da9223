package dev.mainstay.core.query;

import dev.mainstay.core.model.ColumnType;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.BiFunction;

/// PostgreSQL's array literals, `{1,"two, three",NULL}`, of one dimension.
final class ArrayReader {
  private final String text;
  private int place;

  private ArrayReader(String text) {
    this.text = text;
  }

  static Value read(
      ColumnType element, String text, BiFunction<ColumnType, String, Value> elementReader) {
    return new Value.ListOf(new ArrayReader(text).elements(element, elementReader));
  }

  private List<Value> elements(
      ColumnType type, BiFunction<ColumnType, String, Value> elementReader) {
    List<Value> elements = new ArrayList<>();
    skipSpace();
    expect('{');
    skipSpace();
    if (peek() == '}') {
      place++;
    } else {
      do {
        skipSpace();
        elements.add(element(type, elementReader));
        skipSpace();
      } while (next() == ',');
      if (text.charAt(place - 1) != '}') throw malformed();
    }
    skipSpace();
    if (place != text.length()) throw malformed();
    return elements;
  }

  private Value element(ColumnType type, BiFunction<ColumnType, String, Value> elementReader) {
    if (peek() == '"') return elementReader.apply(type, quoted());
    StringBuilder plain = new StringBuilder();
    int end = 0; // up to here white space belongs to the element
    boolean escaped = false;
    while (",}{\"".indexOf(peek()) < 0) {
      char c = next();
      if (c == '\\') {
        plain.append(next());
        escaped = true;
        end = plain.length();
      } else {
        plain.append(c);
        if (!Values.isSpace(c)) end = plain.length();
      }
    }
    plain.setLength(end);
    if (end == 0 || peek() == '"' || peek() == '{') throw malformed();
    String element = plain.toString();
    if (!escaped && element.toLowerCase(Locale.ROOT).equals("null")) return Value.NULL;
    return elementReader.apply(type, element);
  }

  private String quoted() {
    StringBuilder quoted = new StringBuilder();
    expect('"');
    for (char c = next(); c != '"'; c = next()) quoted.append(c == '\\' ? next() : c);
    return quoted.toString();
  }

  private char peek() {
    if (place == text.length()) throw malformed();
    return text.charAt(place);
  }

  private char next() {
    char c = peek();
    place++;
    return c;
  }

  private void expect(char c) {
    if (next() != c) throw malformed();
  }

  private void skipSpace() {
    while (place < text.length() && Values.isSpace(text.charAt(place))) place++;
  }

  private RuntimeException malformed() {
    return Values.outOfRange("22P02", "malformed array literal: \"" + Values.cut(text) + "\"");
  }
}
