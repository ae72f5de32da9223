package dev.mainstay.core.model;

import java.util.List;

/// Prints faults for people: place and message, the line quoted with a caret under the place, and
/// what to do about it.
///
/// ```
/// backend.yaml:12:9: unknown key 'colums'
///     colums:
///     ^
/// hint: did you mean 'columns'?
/// ```
public final class FaultPrinter {
  /// Longer lines are shown around the caret only.
  private static final int WIDEST = 120;

  private FaultPrinter() {}

  public static String print(List<Fault> faults) {
    var out = new StringBuilder();
    for (Fault fault : faults) {
      if (!out.isEmpty()) out.append('\n');
      print(fault, out);
    }
    return out.toString();
  }

  private static void print(Fault fault, StringBuilder out) {
    Position position = fault.position();
    if (!position.file().isEmpty()) {
      out.append(position.file()).append(':');
      if (position.line() > 0)
        out.append(position.line()).append(':').append(position.column()).append(':');
      out.append(' ');
    }
    out.append(shown(fault.message())).append('\n');
    if (fault.quote() != null && position.column() > 0)
      quote(fault.quote(), position.column() - 1, out);
    if (fault.hint() != null) out.append("hint: ").append(shown(fault.hint())).append('\n');
  }

  /// Tabs and control characters are shown as spaces: they would move the caret, or the terminal.
  private static String shown(String text) {
    if (text.codePoints().noneMatch(Character::isISOControl)) return text;
    int[] points = text.codePoints().map(p -> Character.isISOControl(p) ? ' ' : p).toArray();
    return new String(points, 0, points.length);
  }

  private static void quote(String line, int caret, StringBuilder out) {
    int[] points = shown(line).codePoints().toArray();
    int from = 0;
    while (from < points.length && from < caret && Character.isWhitespace(points[from])) from++;
    if (caret - from > WIDEST) from = caret - WIDEST / 2;
    int to = Math.min(points.length, from + WIDEST);
    String shown = to > from ? new String(points, from, to - from).stripTrailing() : "";
    if (shown.isEmpty()) return;
    out.append("    ").append(shown).append('\n');
    out.append("    ").append(" ".repeat(Math.max(0, caret - from))).append("^\n");
  }
}
