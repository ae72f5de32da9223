package dev.mainstay.services.rows;

import dev.mainstay.core.read.FileRow;
import org.jspecify.annotations.Nullable;

/// A row of a file on its way.
///
/// @param place which row of the file it is, from 1
/// @param line where it begins
/// @param text as it stands in the file
/// @param row its values, or null when they are none
record Line(long place, int line, String text, @Nullable FileRow row) {
  /// One that is in no table.
  ///
  /// @param waits whether it is tried again when other rows are there
  record Aside(Line line, boolean waits, String reason) {}
}
