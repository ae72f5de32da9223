package dev.mainstay.core.read;

import dev.mainstay.core.model.Fault;
import dev.mainstay.core.model.Position;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The text of a file, by lines and by code points.
public final class Source {
  private final String file;
  private final String text;
  private final List<String> lines;
  private final int[] points;

  public Source(String file, String text) {
    this.file = file;
    this.text = !text.isEmpty() && text.charAt(0) == 0xFEFF ? text.substring(1) : text;
    this.lines = this.text.lines().toList();
    this.points = this.text.codePoints().toArray();
  }

  public String file() {
    return file;
  }

  public String text() {
    return text;
  }

  public Position position(int line, int column) {
    return new Position(file, line, column);
  }

  /// The line a position stands on, or null when the file has none such.
  public @Nullable String line(Position position) {
    boolean here = position.file().equals(file) && position.line() >= 1;
    return here && position.line() <= lines.size() ? lines.get(position.line() - 1) : null;
  }

  /// The fault with its line quoted.
  public Fault quoted(Fault fault) {
    return fault.quote() == null
        ? new Fault(fault.position(), fault.message(), fault.hint(), line(fault.position()))
        : fault;
  }

  /// How many code points there are, a byte-order mark not counted.
  int length() {
    return points.length;
  }

  /// The code point at an index; -1 behind the last.
  int point(int index) {
    return index < points.length ? points[index] : -1;
  }

  /// Whether a line ends with the code point at an index: LF, CRLF and CR end lines.
  boolean endsLine(int index) {
    return points[index] == '\n' || (points[index] == '\r' && point(index + 1) != '\n');
  }
}
