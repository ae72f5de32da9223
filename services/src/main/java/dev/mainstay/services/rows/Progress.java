package dev.mainstay.services.rows;

/// Who is told how far an export or an import has come.
@FunctionalInterface
public interface Progress {
  Progress NOBODY = (rows, bytes) -> {};

  /// @param rows that have been dealt with
  /// @param bytes of the file that have been
  void at(long rows, long bytes);
}
