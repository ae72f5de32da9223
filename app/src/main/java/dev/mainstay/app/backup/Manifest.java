package dev.mainstay.app.backup;

import java.time.Instant;
import java.util.List;

/// What a backup says of itself, at its end.
///
/// @param format of the archive
/// @param engine whose copy it holds
/// @param from the database, for people, and to tell one's own backups from others'
/// @param made when its copy was begun
/// @param program the version of the program that made it
/// @param model the version of the model, counted from 1
/// @param storage the format of the storage
/// @param orphans rows that refer to rows that are not there; the database had them so
/// @param parts what else is in the archive
public record Manifest(
    int format,
    String engine,
    String from,
    Instant made,
    String program,
    long model,
    int storage,
    long orphans,
    List<Part> parts) {
  /// The format this program writes. It reads every one up to that.
  static final int FORMAT = 1;

  public Manifest {
    parts = List.copyOf(parts);
  }

  /// A file of the archive.
  ///
  /// @param sha256 in hexadecimal
  public record Part(String name, long bytes, String sha256) {}
}
