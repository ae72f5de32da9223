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
  Lines open(String line) {
    line(line);
    depth++;
    return this;
  }

  /// Back by one level.
  Lines close() {
    depth--;
    return this;
  }

  /// A line back by one level.
  Lines close(String line) {
    return close().line(line);
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
