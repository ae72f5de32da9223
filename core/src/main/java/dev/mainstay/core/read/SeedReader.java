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

/// Reads a seed file row by row, holding one row at a time. `.csv` is RFC 4180 with a header that
/// names the columns: a field that is empty and not in quotes is null, `""` is empty text. `.jsonl`
/// has one JSON object a line; a key that is absent leaves the column to its fill. Both are UTF-8.
///
/// Every value has been read as its column's type. A faulty row is left out and noted: after the
/// last row [#faults] tells whether the file may be used.
public final class SeedReader implements Closeable {
  /// So many faults end the reading: the rest is likely more of the same.
  static final int MOST_FAULTS = 20;

  private final BufferedReader text;
  private final SeedFaults faults;
  private final Rows rows;
  private boolean ended;

  /// The rows of one kind of file.
  interface Rows {
    /// The next row, or null after the last one; throws [SeedFaults.Skipped] for a faulty one.
    @Nullable SeedRow next() throws IOException;
  }

  private SeedReader(BufferedReader text, SeedFaults faults, Rows rows) {
    this.text = text;
    this.faults = faults;
    this.rows = rows;
  }

  /// @param file its name, for the faults and for what kind of file it is
  public static SeedReader open(Table table, String file, InputStream bytes) {
    var utf8 = StandardCharsets.UTF_8.newDecoder();
    var text = new BufferedReader(new InputStreamReader(bytes, utf8));
    var faults = new SeedFaults(table, file);
    Rows rows = file.endsWith(".csv") ? new CsvRows(faults, text) : new JsonRows(faults, text);
    return new SeedReader(text, faults, rows);
  }

  /// The next sound row, or null when there are no more.
  public @Nullable SeedRow next() throws IOException {
    while (!ended && faults.all().size() < MOST_FAULTS) {
      try {
        SeedRow row = rows.next();
        if (row != null) return row;
        ended = true;
      } catch (SeedFaults.Skipped skipped) {
        ended = skipped.last();
      } catch (CharacterCodingException _) {
        // which line is not known: the decoder is a buffer ahead
        faults.add(new Position(faults.file(), 0, 0), "this file is not UTF-8", null);
        ended = true;
      }
    }
    return null;
  }

  public List<Fault> faults() {
    return faults.all();
  }

  @Override
  public void close() throws IOException {
    text.close();
  }
}
