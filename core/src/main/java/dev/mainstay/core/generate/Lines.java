package dev.mainstay.core.generate;

/// Text in the making, line by line, indented by two spaces a level.
final class Lines {
  private final StringBuilder text = new StringBuilder();
  private int depth;

  Lines line(String line) {
    if (!line.isEmpty()) text.repeat(' ', 2 * depth).append(line);
    text.append('\n');
    return this;
  }

  /// What follows is one level deeper.
  Lines open() {
    depth++;
    return this;
  }

  /// A line, of which what follows is one level deeper.
  Lines open(String line) {
    return line(line).open();
  }

  /// Back by one level.
  Lines close() {
    depth--;
    return this;
  }

  /// A line back by one level; no empty line stays before it.
  Lines close(String line) {
    if (text.length() > 1 && text.charAt(text.length() - 2) == '\n')
      text.setLength(text.length() - 1);
    return close().line(line);
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
