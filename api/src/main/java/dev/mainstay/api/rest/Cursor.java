package dev.mainstay.api.rest;

import dev.mainstay.core.problem.Problem;
import dev.mainstay.core.problem.ProblemException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// A place in the text of one parameter, and what would have been understood there.
///
/// Each thing that was looked for in vain is noted; when nothing fits, the notes at the furthest
/// place make the message (`unexpected "x" expecting "," or end of input`), as PostgREST's parser
/// words it. To consume forgets them.
final class Cursor {
  /// Longer texts are quoted in messages by their beginning.
  private static final int QUOTED = 500;

  private final String kind;
  private final String given;
  private final String text;
  private final Quota quota;
  private int at;

  private int furthest = -1;
  private int mismatch;
  private @Nullable String surprise;
  private final List<String> expected = new ArrayList<>(8);

  Cursor(String kind, String text, Quota quota) {
    this(kind, text, text, quota);
  }

  /// @param kind what the text is, as in `failed to parse filter (…)`
  /// @param given the text to quote in messages
  Cursor(String kind, String given, String text, Quota quota) {
    this.kind = kind;
    this.given = given;
    this.text = text;
    this.quota = quota;
  }

  /// Nothing fits here; caught where there is another way to read the text.
  static final class Mismatch extends RuntimeException {
    private Mismatch() {
      super("mismatch", null, false, false);
    }
  }

  /// What `reader` makes of this text.
  ///
  /// @throws ProblemException with the message for the furthest place that was reached
  <T> T read(Supplier<T> reader) {
    try {
      return reader.get();
    } catch (Mismatch _) {
      throw new ProblemException(new Problem.UnreadableQuery(message(furthest), details()));
    }
  }

  /// Refuses the text at this place, in words of our own.
  ProblemException refusal(String details) {
    return new ProblemException(new Problem.UnreadableQuery(message(at), details));
  }

  Mismatch mismatch() {
    return new Mismatch();
  }

  /// `literal` has begun here and does not go on, which leaves no other way to read this.
  Mismatch mismatch(String literal) {
    expected.clear();
    furthest = -1;
    take(literal);
    return new Mismatch();
  }

  Quota quota() {
    return quota;
  }

  // ── where we are ──

  int mark() {
    return at;
  }

  void reset(int mark) {
    at = mark;
  }

  /// The code point here, or -1 at the end.
  int peek() {
    return at < text.length() ? text.codePointAt(at) : -1;
  }

  boolean ahead(String literal) {
    return text.startsWith(literal, at);
  }

  String from(int mark) {
    return text.substring(mark, at);
  }

  // ── going on ──

  /// Consumes `c`, or notes that it was expected.
  boolean take(char c) {
    if (at < text.length() && text.charAt(at) == c) {
      consume(1);
      return true;
    }
    expected(shown(c));
    return false;
  }

  /// Consumes all of `literal`, or nothing and notes that it was expected.
  boolean take(String literal) {
    int same = 0;
    while (same < literal.length()
        && at + same < text.length()
        && text.charAt(at + same) == literal.charAt(same)) same++;
    if (same == literal.length()) {
      consume(same);
      return true;
    }
    note(at, at + same, null, "\"" + literal + "\"");
    return false;
  }

  /// `take`, or there is no other way to read this.
  void need(char c) {
    if (!take(c)) throw mismatch();
  }

  /// The `.` between the parts of a filter or an order.
  boolean delimiter() {
    if (peek() == '.') return take('.');
    expected("delimiter (.)");
    return false;
  }

  /// Consumes the code points that are `of` a kind, and returns them.
  String run(IntPredicate of) {
    int start = at;
    int end = at;
    while (end < text.length()) {
      int codePoint = text.codePointAt(end);
      if (!of.test(codePoint)) break;
      end += Character.charCount(codePoint);
    }
    if (end > start) consume(end - start);
    return text.substring(start, end);
  }

  /// Consumes everything that is left.
  String rest() {
    String rest = text.substring(at);
    consume(rest.length());
    return rest;
  }

  /// Consumes one code point, whatever it is.
  int any() {
    int codePoint = peek();
    if (codePoint < 0) {
      expected("");
      throw mismatch();
    }
    consume(Character.charCount(codePoint));
    return codePoint;
  }

  void blanks() {
    while (at < text.length() && (text.charAt(at) == ' ' || text.charAt(at) == '\t')) consume(1);
  }

  boolean end() {
    if (at == text.length()) return true;
    note(at, at, "'" + text.substring(at, text.offsetByCodePoints(at, 1)) + "'", "end of input");
    return false;
  }

  void needEnd() {
    if (!end()) throw mismatch();
  }

  private void consume(int chars) {
    at += chars;
    furthest = -1;
    expected.clear();
  }

  // ── what would have fitted ──

  void expected(String what) {
    note(at, at, null, what);
  }

  /// `what` would have fitted here, as became clear `offset` chars further on.
  void expected(int offset, String what) {
    note(at + offset, at + offset, null, what);
  }

  /// `found` does not fit `offset` chars from here.
  void surprise(int offset, String found) {
    note(at + offset, at + offset, found, "");
  }

  private void note(int place, int mismatchPlace, @Nullable String found, String what) {
    if (place < furthest) return;
    if (place > furthest) {
      furthest = place;
      mismatch = mismatchPlace;
      surprise = null;
      expected.clear();
    }
    if (found != null && surprise == null) surprise = found;
    if (!what.isEmpty() && !expected.contains(what)) expected.add(what);
  }

  private String message(int place) {
    int line = 1;
    int column = 1;
    for (int i = 0; i < place && i < text.length(); i += Character.charCount(text.codePointAt(i))) {
      switch (text.charAt(i)) {
        case '\n' -> {
          line++;
          column = 1;
        }
        case '\t' -> column += 8 - (column - 1) % 8;
        default -> column++;
      }
    }
    return "\"failed to parse %s (%s)\" (line %d, column %d)"
        .formatted(kind, abbreviated(given), line, column);
  }

  private String details() {
    StringBuilder details = new StringBuilder("unexpected ");
    if (surprise != null) details.append(surprise);
    else if (mismatch >= text.length()) details.append("end of input");
    else details.append(shown(text.codePointAt(mismatch)));
    for (int i = 0; i < expected.size(); i++)
      details
          .append(i == 0 ? " expecting " : i == expected.size() - 1 ? " or " : ", ")
          .append(expected.get(i));
    return details.toString();
  }

  private static String abbreviated(String text) {
    if (text.length() <= QUOTED) return text;
    int end = Character.isHighSurrogate(text.charAt(QUOTED - 1)) ? QUOTED - 1 : QUOTED;
    return text.substring(0, end) + "…";
  }

  private static String shown(int codePoint) {
    return switch (codePoint) {
      case '"' -> "\"\\\"\"";
      case '\\' -> "\"\\\\\"";
      case '\n' -> "\"\\n\"";
      case '\t' -> "\"\\t\"";
      default -> "\"" + Character.toString(codePoint) + "\"";
    };
  }
}
