package dev.mainstay.core.read;

import dev.mainstay.core.model.Cel;
import java.util.ArrayList;
import java.util.List;

/// Makes [Cel] of a scalar: finds out where each part of its text stands in the file, past quotes,
/// escapes, folded lines and indentation.
///
/// It walks text and file side by side: every character of the text that is not space stands in the
/// file as well, in the same order, with nothing but space, backslashes and doubled quotes between.
/// Only where one is written as a number (`\x41`) does it lose track, and then what follows counts
/// as standing right behind.
final class CelText {
  private final Source source;
  private final List<Cel.Piece> pieces = new ArrayList<>();
  private int at;
  private int line;
  private int column;

  private CelText(Source source, Yaml.Scalar scalar) {
    this.source = source;
    this.at = scalar.at();
    this.line = scalar.position().line();
    this.column = scalar.position().column();
  }

  static Cel of(Source source, Yaml.Scalar scalar) {
    return new CelText(source, scalar).walk(scalar);
  }

  private Cel walk(Yaml.Scalar scalar) {
    boolean block = !scalar.plain() && (here() == '|' || here() == '>');
    boolean quoted = !scalar.plain() && !block;
    int quote = quoted ? here() : -1;
    if (block) while (here() >= 0 && here() != '\n') step();
    if (quoted) step();
    int[] text = scalar.text().codePoints().toArray();
    int first = 0;
    while (first < text.length && Character.isWhitespace(text[first])) first++;
    if (first == text.length) return new Cel(scalar.text(), scalar.position());
    for (int i = first; i < text.length; i++) {
      if (Character.isWhitespace(text[i])) {
        if (here() == text[i]) step();
        continue;
      }
      while (here() != text[i] && mayLieBetween(here(), quote)) step();
      if (here() != text[i]) break;
      found(i);
      step();
    }
    if (pieces.isEmpty()) return new Cel(scalar.text(), scalar.position());
    Cel.Piece start = pieces.getFirst();
    var begin = source.position(start.position().line(), start.position().column() - start.from());
    return new Cel(scalar.text(), begin, pieces.subList(1, pieces.size()));
  }

  private static boolean mayLieBetween(int point, int quote) {
    return point >= 0 && (Character.isWhitespace(point) || point == '\\' || point == quote);
  }

  private void found(int i) {
    if (!pieces.isEmpty()) {
      Cel.Piece last = pieces.getLast();
      boolean together =
          last.position().line() == line && last.position().column() + i - last.from() == column;
      if (together) return;
    }
    pieces.add(new Cel.Piece(i, source.position(line, column)));
  }

  private int here() {
    return source.point(at);
  }

  private void step() {
    boolean ends = source.endsLine(at++);
    line = ends ? line + 1 : line;
    column = ends ? 1 : column + 1;
  }
}
