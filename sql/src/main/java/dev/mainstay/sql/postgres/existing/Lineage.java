package dev.mainstay.sql.postgres.existing;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Reads where the columns of a view come from, out of the rule that makes the view.
///
/// The server keeps it (`pg_rewrite.ev_action`) as the text of its own tree of nodes: in braces a
/// node's kind, then its fields, each a word after a colon and a value, in parentheses a list. Of
/// all that, only the target list of the outermost query is of interest: the server has noted there
/// which column of which table each target is, where it is one (`resorigtbl`, `resorigcol`).
final class Lineage {
  /// How deep the nodes of that list stand.
  private static final int TARGETS = 2;

  private final String text;
  private int at;

  /// A column of a table or view, by their numbers in the catalog.
  record Origin(long table, int column) {}

  private Lineage(String text) {
    this.text = text;
  }

  /// The origins of a view's columns, by the numbers of the columns; what is computed has none.
  static Map<Integer, Origin> of(String rule) {
    return new Lineage(rule).read();
  }

  private Map<Integer, Origin> read() {
    Map<Integer, Origin> origins = new HashMap<>();
    Map<String, String> target = new HashMap<>();
    int depth = 0;
    String list = "";
    for (String token = next(); token != null; token = next()) {
      switch (token) {
        case "{" -> {
          depth++;
          if (depth == TARGETS) target.clear();
        }
        case "}" -> {
          if (depth == TARGETS && list.equals(":targetList")) add(target, origins);
          depth--;
        }
        case "(", ")" -> {}
        default -> {
          if (token.charAt(0) != ':') continue;
          if (depth == TARGETS - 1) list = token;
          // A value may itself begin with a colon; a node or a list is no value.
          if (depth >= 1 && !opens()) {
            String value = next();
            if (depth == TARGETS && value != null) target.put(token, value);
          }
        }
      }
    }
    return origins;
  }

  private static void add(Map<String, String> target, Map<Integer, Origin> origins) {
    long table = number(target, ":resorigtbl");
    if (table != 0 && "false".equals(target.get(":resjunk")))
      origins.put(
          (int) number(target, ":resno"), new Origin(table, (int) number(target, ":resorigcol")));
  }

  private static long number(Map<String, String> target, String field) {
    return Long.parseLong(target.getOrDefault(field, "0"));
  }

  private boolean opens() {
    skipBlanks();
    return at < text.length() && isBracket(text.charAt(at));
  }

  /// The next bracket or word, or null at the end. A backslash takes what is after it for a letter.
  private @Nullable String next() {
    skipBlanks();
    if (at == text.length()) return null;
    int from = at;
    if (isBracket(text.charAt(at))) {
      at++;
    } else {
      while (at < text.length() && !isBlank(text.charAt(at)) && !isBracket(text.charAt(at)))
        at += text.charAt(at) == '\\' ? 2 : 1;
      at = Math.min(at, text.length());
    }
    return text.substring(from, at);
  }

  private void skipBlanks() {
    while (at < text.length() && isBlank(text.charAt(at))) at++;
  }

  private static boolean isBlank(char c) {
    return c == ' ' || c == '\n' || c == '\t';
  }

  private static boolean isBracket(char c) {
    return c == '{' || c == '}' || c == '(' || c == ')';
  }
}
