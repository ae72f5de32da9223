package dev.mainstay.core.read;

import dev.mainstay.core.model.Fault;
import dev.mainstay.core.model.Table;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads a seed file row by row: `.csv`, else JSON lines, as [RowReader] does.
///
/// A faulty row is left out and noted: after the last row [#faults] tells whether the file may be
/// used.
public final class SeedReader implements Closeable {
  /// So many faults end the reading: the rest is likely more of the same.
  static final int MOST_FAULTS = 20;

  private final RowReader rows;
  private final List<Fault> faults = new ArrayList<>();

  private SeedReader(RowReader rows) {
    this.rows = rows;
  }

  /// @param file its name, for the faults and for what kind of file it is
  public static SeedReader open(Table table, String file, InputStream bytes) {
    RowReader.Format format =
        file.endsWith(".csv") ? RowReader.Format.CSV : RowReader.Format.JSON_LINES;
    return new SeedReader(RowReader.open(table, file, format, RowReader.Identities.MADE, bytes));
  }

  /// The next sound row, or null when there are no more.
  public @Nullable FileRow next() throws IOException {
    while (faults.size() < MOST_FAULTS) {
      switch (rows.next()) {
        case null -> {
          return null;
        }
        case RowReader.Read.Header _ -> {}
        case RowReader.Read.Sound(FileRow row, String _) -> {
          return row;
        }
        case RowReader.Read.Faulty faulty -> faults.addAll(faulty.faults());
      }
    }
    return null;
  }

  public List<Fault> faults() {
    return List.copyOf(faults);
  }

  @Override
  public void close() throws IOException {
    rows.close();
  }
}
