package dev.mainstay.app;

import java.util.List;

/// Prints rows of words in columns.
final class Columns {
  private Columns() {}

  static void print(List<List<String>> rows, Terminal terminal) {
    int columns = rows.getFirst().size();
    var widths = new int[columns];
    for (List<String> row : rows)
      for (int i = 0; i < columns; i++) widths[i] = Math.max(widths[i], row.get(i).length());
    for (List<String> row : rows) {
      var line = new StringBuilder();
      for (int i = 0; i < columns; i++)
        line.append(row.get(i)).append(" ".repeat(widths[i] - row.get(i).length() + 2));
      terminal.say(line.toString().stripTrailing());
    }
  }
}
