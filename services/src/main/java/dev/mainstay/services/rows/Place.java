package dev.mainstay.services.rows;

import dev.mainstay.core.model.TableName;
import org.jspecify.annotations.Nullable;

/// How far an import has come, as it is kept in `mainstay.imports`.
///
/// @param id null until something is kept
/// @param file the name of the file
/// @param bytes how much of it has been dealt with
/// @param digest SHA-256 of that much
/// @param line the number of the line behind it
record Place(
    @Nullable String id,
    TableName table,
    String file,
    long bytes,
    String digest,
    int line,
    Imported done,
    boolean isFinished) {
  /// Before the first row.
  static Place begin(TableName table, String file) {
    return new Place(null, table, file, 0, "", 1, Imported.NOTHING, false);
  }

  Place withId(String kept) {
    return new Place(kept, table, file, bytes, digest, line, done, isFinished);
  }

  Place with(Imported now) {
    return new Place(id, table, file, bytes, digest, line, now, isFinished);
  }

  Place finished() {
    return new Place(id, table, file, bytes, digest, line, done, true);
  }
}
