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

  private final RowText text;
  private final Refusal refusal;

  public record Field(String text, boolean quoted, Position position) {}

  /// Makes the exception that ends the reading.
  @FunctionalInterface
  public interface Refusal {
    RuntimeException at(Position position, String message, @Nullable String hint);

    /// Makes the exception for a record after which the next line is a record again.
    default RuntimeException within(Position position, String message, @Nullable String hint) {
      return at(position, message, hint);
    }
  }

  /// @param file the name that positions carry
  public CsvRecords(String file, BufferedReader text, Refusal refusal) {
    this(new RowText(file, text, 1), refusal);
  }

  CsvRecords(RowText text, Refusal refusal) {
    this.text = text;
    this.refusal = refusal;
  }

  /// The next record, or null after the last.
  public @Nullable List<Field> next() throws IOException {
    text.taken();
    return record();
  }

  /// The same, for who asks `text` what was taken.
  @Nullable List<Field> record() throws IOException {
    while (peek() == '\n' || peek() == '\r') step();
    if (peek() == RowText.END) return null;
    var fields = new ArrayList<Field>();
    while (true) {
      fields.add(field());
      if (fields.size() > MOST_FIELDS)
        throw refusal.at(here(), "more than " + MOST_FIELDS + " fields", null);
      int point = peek();
      if (point == RowText.END) return fields;
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
      if (peek() == '"') {
        Position position = here();
        text.stepOverLine();
        throw refusal.within(
            position,
            "a quote within a field",
            "put the whole field in quotes and double this one");
      }
      append(content);
    }
    return content.toString();
  }

  private String quoted(Position start) throws IOException {
    step();
    var content = new StringBuilder();
    while (true) {
      if (peek() == RowText.END) throw refusal.at(start, "a quote that is never closed", null);
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
    return c == ',' || c == '\n' || c == '\r' || c == RowText.END;
  }

  private Position here() {
    return text.here();
  }

  private int peek() throws IOException {
    return text.peek();
  }

  private void step() throws IOException {
    text.step();
  }
}
