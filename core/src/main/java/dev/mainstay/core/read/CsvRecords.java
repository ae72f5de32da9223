package dev.mainstay.core.read;

import dev.mainstay.core.model.Position;
import java.io.BufferedReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Cuts CSV (RFC 4180) into records and fields. Lines may end in LF or CRLF; empty lines are passed
/// over; fields in quotes may hold commas, line ends and doubled quotes.
public final class CsvRecords {
  private static final int LONGEST_FIELD = 10_000_000;
  private static final int MOST_FIELDS = TableReader.MOST_COLUMNS;

  private static final int NOT_READ = -2;
  private static final int END = -1;

  private final String file;
  private final BufferedReader text;
  private final Refusal refusal;
  private int line = 1;
  private int column = 1;
  private int ahead = NOT_READ;

  public record Field(String text, boolean quoted, Position position) {}

  /// Makes the exception that ends the reading.
  @FunctionalInterface
  public interface Refusal {
    RuntimeException at(Position position, String message, @Nullable String hint);
  }

  /// @param file the name that positions carry
  public CsvRecords(String file, BufferedReader text, Refusal refusal) {
    this.file = file;
    this.text = text;
    this.refusal = refusal;
  }

  /// The next record, or null after the last.
  public @Nullable List<Field> next() throws IOException {
    while (peek() == '\n' || peek() == '\r') step();
    if (peek() == END) return null;
    var fields = new ArrayList<Field>();
    while (true) {
      fields.add(field());
      if (fields.size() > MOST_FIELDS)
        throw refusal.at(here(), "more than " + MOST_FIELDS + " fields", null);
      int point = peek();
      if (point == END) return fields;
      step();
      if (point == '\n') return fields;
      if (point == '\r') {
        if (peek() == '\n') step();
        return fields;
      }
    }
  }

  private Field field() throws IOException {
    Position start = here();
    boolean quoted = peek() == '"';
    String content = quoted ? quoted(start) : bare();
    return new Field(content, quoted, start);
  }

  private String bare() throws IOException {
    var content = new StringBuilder();
    while (!endsField(peek())) {
      if (peek() == '"')
        throw refusal.at(
            here(), "a quote within a field", "put the whole field in quotes and double this one");
      append(content);
    }
    return content.toString();
  }

  private String quoted(Position start) throws IOException {
    step();
    var content = new StringBuilder();
    while (true) {
      if (peek() == END) throw refusal.at(start, "a quote that is never closed", null);
      if (peek() != '"') {
        append(content);
        continue;
      }
      step();
      if (peek() != '"') break;
      append(content);
    }
    if (!endsField(peek()))
      throw refusal.at(
          here(), "text after a closing quote", "write a quote within a field as \"\"");
    return content.toString();
  }

  private void append(StringBuilder content) throws IOException {
    if (content.length() == LONGEST_FIELD)
      throw refusal.at(here(), "a field of more than " + LONGEST_FIELD + " characters", null);
    content.append((char) peek());
    step();
  }

  private static boolean endsField(int c) {
    return c == ',' || c == '\n' || c == '\r' || c == END;
  }

  private Position here() {
    return new Position(file, line, column);
  }

  private int peek() throws IOException {
    if (ahead == NOT_READ) {
      ahead = text.read();
      if (ahead == 0xFEFF && line == 1 && column == 1) ahead = text.read();
    }
    return ahead;
  }

  private void step() throws IOException {
    int c = peek();
    ahead = NOT_READ;
    if (c == '\n') {
      line++;
      column = 1;
    } else if (!Character.isLowSurrogate((char) c)) {
      column++;
    }
  }
}
