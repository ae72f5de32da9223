package dev.mainstay.services.rows;

/// What became of the rows of a file.
///
/// @param read how many have been dealt with
/// @param left whose key was taken, and which were therefore left out
/// @param rejected that cannot be stored
/// @param waiting that refer to a row which is not there yet
public record Imported(long read, long stored, long left, long rejected, long waiting) {
  static final Imported NOTHING = new Imported(0, 0, 0, 0, 0);
}
