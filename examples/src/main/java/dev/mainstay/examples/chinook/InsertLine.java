package dev.mainstay.examples.chinook;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One line `INSERT INTO "chinook"."Genre" VALUES(1,'Rock')` of an HSQLDB script.
///
/// In a quoted value `''` is a quote and a backslash, `u` and four hexadecimal digits is one UTF-16
/// unit; any other backslash is itself.
record InsertLine(String table, List<@Nullable Literal> values) {
  static final String START = "INSERT INTO \"chinook\".\"";
  private static final String VALUES = "\" VALUES(";

  InsertLine {
    values = Collections.unmodifiableList(new ArrayList<>(values));
  }

  /// Throws [IllegalArgumentException], saying at which character, for anything else.
  static InsertLine parse(String line) {
    int values = line.indexOf(VALUES);
    if (!line.startsWith(START) || values < 0) {
      throw new IllegalArgumentException("not an INSERT of one row");
    }
    var reader = new Reader(line, values + VALUES.length());
    return new InsertLine(line.substring(START.length(), values), reader.list());
  }

  private static final class Reader {
    private final String line;
    private int at;

    Reader(String line, int at) {
      this.line = line;
      this.at = at;
    }

    List<@Nullable Literal> list() {
      var list = new ArrayList<@Nullable Literal>();
      do {
        list.add(literal());
      } while (took(','));
      if (!took(')') || at != line.length()) throw unexpected();
      return list;
    }

    private @Nullable Literal literal() {
      if (took('\'')) return new Literal(quoted(), true);
      int start = at;
      while (at < line.length() && line.charAt(at) != ',' && line.charAt(at) != ')') at++;
      String word = line.substring(start, at);
      if (word.equals("NULL")) return null;
      if (!word.matches("-?[0-9]+(\\.[0-9]+)?")) {
        at = start;
        throw unexpected();
      }
      return new Literal(word, false);
    }

    private String quoted() {
      var text = new StringBuilder();
      while (at < line.length()) {
        char c = line.charAt(at++);
        if (c == '\'' && !took('\'')) return text.toString();
        text.append(c == '\\' && took('u') ? unit() : c);
      }
      throw unexpected();
    }

    private char unit() {
      if (at + 4 > line.length()) throw unexpected();
      try {
        char c = (char) Integer.parseInt(line, at, at + 4, 16);
        at += 4;
        return c;
      } catch (NumberFormatException e) {
        throw unexpected();
      }
    }

    private boolean took(char c) {
      boolean there = at < line.length() && line.charAt(at) == c;
      if (there) at++;
      return there;
    }

    private IllegalArgumentException unexpected() {
      return new IllegalArgumentException("cannot read character " + (at + 1));
    }
  }
}
