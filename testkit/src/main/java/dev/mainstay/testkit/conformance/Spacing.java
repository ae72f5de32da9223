package dev.mainstay.testkit.conformance;

/// JSON text without the white space between its tokens.
final class Spacing {
  private Spacing() {}

  static String none(String json) {
    StringBuilder compact = new StringBuilder(json.length());
    boolean quoted = false;
    for (int i = 0; i < json.length(); i++) {
      char c = json.charAt(i);
      if (quoted && c == '\\') compact.append(c).append(json.charAt(++i));
      else if (quoted || !Character.isWhitespace(c)) compact.append(c);
      if (c == '"') quoted = !quoted;
    }
    return compact.toString();
  }
}
