package dev.mainstay.services.rows;

import dev.mainstay.core.read.RowReader.Format;
import java.io.IOException;
import java.io.InputStream;

/// A file of rows to import.
///
/// @param name for faults, and to be known by when the import goes on later
/// @param format how its rows are written
/// @param bytes its whole content
/// @param isRepeatable whether it can be opened more than once, as an input stream cannot
public record ImportFile(String name, Format format, Bytes bytes, boolean isRepeatable) {
  @FunctionalInterface
  public interface Bytes {
    InputStream open() throws IOException;
  }

  InputStream open() throws IOException {
    return bytes.open();
  }
}
