package dev.mainstay.core.read;

import dev.mainstay.core.model.Position;
import java.io.BufferedReader;
import java.io.IOException;

/// The text of a file of rows, character by character: where it stands, and what has been taken of
/// it lately.
final class RowText {
  static final int END = -1;
  static final char BYTE_ORDER_MARK = '\uFEFF';
  private static final int NOT_READ = -2;

  private final String file;
  private final BufferedReader text;
  private final StringBuilder taken = new StringBuilder();
  private int line;
  private int column = 1;
  private int ahead = NOT_READ;
  private boolean begun;

  /// @param file the name that positions carry
  /// @param line the number of its first line
  RowText(String file, BufferedReader text, int line) {
    this.file = file;
    this.text = text;
    this.line = line;
  }

  /// The next character, or [#END].
  int peek() throws IOException {
    if (ahead == NOT_READ) {
      ahead = text.read();
      if (!begun && line == 1 && ahead == BYTE_ORDER_MARK) {
        taken.append(BYTE_ORDER_MARK);
        ahead = text.read();
      }
      begun = true;
    }
    return ahead;
  }

  /// Takes the next character, which must be there.
  void step() throws IOException {
    int c = peek();
    ahead = NOT_READ;
    taken.append((char) c);
    if (c == '\n') {
      line++;
      column = 1;
    } else if (!Character.isLowSurrogate((char) c)) {
      column++;
    }
  }

  /// Takes the rest of the line and its end.
  void stepOverLine() throws IOException {
    while (peek() != END) {
      boolean isEnd = peek() == '\n';
      step();
      if (isEnd) return;
    }
  }

  Position here() {
    return new Position(file, line, column);
  }

  int line() {
    return line;
  }

  /// All that was taken since this was asked before.
  String taken() {
    String all = taken.toString();
    taken.setLength(0);
    return all;
  }
}
