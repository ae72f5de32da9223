package dev.mainstay.core.model;

import java.util.List;

/// A CEL expression as written, and where its text begins.
///
/// @param pieces where the text goes on in the file after an escape or a line's end, in order
public record Cel(String text, Position position, List<Piece> pieces) {
  public Cel {
    pieces = List.copyOf(pieces);
  }

  /// An expression that stands in one piece.
  public Cel(String text, Position position) {
    this(text, position, List.of());
  }

  /// From the code point `from` of the text on, it stands at `position` in the file.
  public record Piece(int from, Position position) {}

  /// Where a code point of the text stands in the file.
  public Position at(int offset) {
    int from = 0;
    Position start = position;
    for (Piece piece : pieces) {
      if (piece.from() > offset) break;
      from = piece.from();
      start = piece.position();
    }
    return new Position(start.file(), start.line(), start.column() + offset - from);
  }
}
