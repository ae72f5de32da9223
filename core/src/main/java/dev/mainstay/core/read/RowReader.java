package dev.mainstay.core.read;

import dev.mainstay.core.model.Fault;
import dev.mainstay.core.model.Position;
import dev.mainstay.core.model.Table;
import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads a file of rows one by one, holding one row at a time. CSV is RFC 4180 with a header that
/// names the columns: a field that is empty and not in quotes is null, `""` is empty text. JSON
/// lines have one object each; a key that is absent leaves the column to its fill. Both are UTF-8.
///
/// Every value has been read as its column's type. What is said under the name [#WHY] is passed
/// over, so that rows that were set aside with a reason can be read again.
public final class RowReader implements Closeable {
  /// The name under which a row that was set aside says why. No column is called so.
  public static final String WHY = "#why";

  private final Table table;
  private final Format format;
  private final Identities identities;
  private final BufferedReader reader;
  private final RowText text;
  private final RowFaults faults;
  private final Rows rows;
  private State state;

  public enum Format {
    CSV,
    JSON_LINES
  }

  /// Who gives the numbers of columns that are `identity: always`.
  public enum Identities {
    /// The database, as for every new row.
    MADE,
    /// The file, whose rows are as they once were.
    GIVEN
  }

  /// What stands next in the file.
  public sealed interface Read {
    /// It as it stands there, with empty lines before it and the end of its line.
    String text();

    /// The names of a CSV file's columns.
    record Header(String text) implements Read {}

    record Sound(FileRow row, String text) implements Read {}

    /// @param isLast whether nothing after it can be read
    record Faulty(List<Fault> faults, String text, boolean isLast) implements Read {
      public Faulty {
        faults = List.copyOf(faults);
      }
    }
  }

  /// The rows of one kind of file.
  interface Rows {
    /// Reads what stands ahead of the rows; false when the file is empty.
    boolean header() throws IOException;

    /// The next row, or null after the last one; throws [RowFaults.Skipped] for a faulty one.
    @Nullable FileRow next() throws IOException;
  }

  private enum State {
    AT_HEADER,
    AT_ROWS,
    ENDED
  }

  private RowReader(
      Table table,
      String file,
      Format format,
      Identities identities,
      InputStream bytes,
      int line,
      @Nullable RowReader other) {
    this.table = table;
    this.format = format;
    this.identities = identities;
    this.reader =
        new BufferedReader(new InputStreamReader(bytes, StandardCharsets.UTF_8.newDecoder()));
    this.text = new RowText(file, reader, line);
    this.faults = new RowFaults(table, file, format, identities);
    this.rows =
        switch (format) {
          case JSON_LINES -> new JsonRows(faults, text);
          case CSV ->
              other != null && other.rows instanceof CsvRows known
                  ? new CsvRows(faults, text, known)
                  : new CsvRows(faults, text);
        };
    boolean hasHeader = format == Format.CSV && other == null;
    this.state = hasHeader ? State.AT_HEADER : State.AT_ROWS;
  }

  /// @param file its name, for the faults
  public static RowReader open(
      Table table, String file, Format format, Identities identities, InputStream bytes) {
    return new RowReader(table, file, format, identities, bytes, 1, null);
  }

  /// Reads rows that stand elsewhere, or further on, under the header that this one has read.
  ///
  /// @param line the number of their first line
  public RowReader over(InputStream bytes, int line) {
    return new RowReader(table, faults.file(), format, identities, bytes, line, this);
  }

  /// What comes next, or null at the end.
  public @Nullable Read next() throws IOException {
    if (state == State.ENDED) return null;
    try {
      if (state == State.AT_HEADER) {
        boolean isThere = rows.header();
        state = isThere ? State.AT_ROWS : State.ENDED;
        return isThere ? new Read.Header(text.taken()) : null;
      }
      FileRow row = rows.next();
      if (row != null) return new Read.Sound(row, text.taken());
      state = State.ENDED;
      return null;
    } catch (RowFaults.Skipped skipped) {
      if (skipped.last()) state = State.ENDED;
      return new Read.Faulty(faults.drained(), text.taken(), skipped.last());
    } catch (CharacterCodingException _) {
      state = State.ENDED;
      // which line is not known: the decoder is a buffer ahead
      faults.add(new Position(faults.file(), 0, 0), "this file is not UTF-8", null);
      return new Read.Faulty(faults.drained(), text.taken(), true);
    }
  }

  /// What stands behind the last row, which is empty lines.
  public String rest() {
    return text.taken();
  }

  /// The number of the line that is read next.
  public int line() {
    return text.line();
  }

  @Override
  public void close() throws IOException {
    reader.close();
  }
}
