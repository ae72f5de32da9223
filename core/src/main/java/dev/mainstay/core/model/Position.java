package dev.mainstay.core.model;

/// A place in a source file; lines and columns count from 1.
public record Position(String file, int line, int column) {
  /// The place of what was made by the program and not read from a file.
  public static final Position NONE = new Position("", 0, 0);
}
