package dev.mainstay.sql;

/// A model as a database has it.
///
/// @param version counts from 1
/// @param format of the storage; a program knows every format up to its own
/// @param program the version of the program that applied it
/// @param checksum of the source, SHA-256 in hexadecimal
/// @param source the model file's text
public record Applied(long version, int format, String program, String checksum, String source) {
  /// The storage format this program writes.
  public static final int FORMAT = 1;
}
