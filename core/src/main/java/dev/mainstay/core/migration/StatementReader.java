package dev.mainstay.core.migration;

import dev.mainstay.core.migration.SqlMigration.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// Finds where the statements of a text begin and end.
///
/// What it knows of SQL is what hides a semicolon: quotes, comments, brackets, the body of a
/// trigger on SQLite (by the rule of `sqlite3_complete`: it ends with `END` between two semicolons)
/// and of a function in plain SQL on PostgreSQL (`BEGIN ATOMIC … END`). Should it be mistaken
/// nothing is left out: whatever stands between two cuts is given to the engine, which reads all of
/// it.
final class StatementReader {
  /// A statement as it was found.
  ///
  /// @param words its first few, in capitals
  record Found(Statement statement, List<String> words) {}

  /// Text that the engine could not make statements of.
  static final class Unreadable extends Exception {
    private final int at;

    Unreadable(int at, String message) {
      super(message, null, false, false);
      this.at = at;
    }

    /// Where, as a code unit of the text.
    int at() {
      return at;
    }
  }

  /// Enough to know `CREATE OR REPLACE TEMP FUNCTION` by.
  private static final int WORDS = 5;

  private static final Set<String> ROUTINES = Set.of("FUNCTION", "PROCEDURE");

  private final String text;
  private final boolean isPostgres;
  private final List<Found> found = new ArrayList<>();

  /// Where comments to the end of a line begin.
  private final List<Integer> comments = new ArrayList<>();

  /// Where a parameter stands, which nobody gives a value for.
  private final List<Integer> parameters = new ArrayList<>();

  private int at;

  // ── of the statement that is being read ──

  private int start = -1;

  /// Where its last token ends.
  private int end;

  private final List<String> words = new ArrayList<>();
  private final List<Integer> open = new ArrayList<>();

  /// How many `BEGIN` and `CASE` of a function's body are yet to be ended.
  private int depth;

  /// Whether the token before was a semicolon of a trigger's body.
  private boolean isAfterInnerEnd;

  /// Whether the token before was the `END` that closes a trigger's body.
  private boolean isTriggerClosed;

  private StatementReader(String text, Grammar grammar) {
    this.text = text;
    this.isPostgres = grammar == Grammar.POSTGRES;
  }

  static StatementReader read(String text, Grammar grammar) throws Unreadable {
    StatementReader reader = new StatementReader(text, grammar);
    while (reader.at < text.length()) reader.step();
    reader.finish();
    return reader;
  }

  List<Found> statements() {
    return found;
  }

  List<Integer> comments() {
    return comments;
  }

  List<Integer> parameters() {
    return parameters;
  }

  // ── token by token ──

  private void step() throws Unreadable {
    char c = text.charAt(at);
    if (Character.isWhitespace(c)) at++;
    else if (isAhead("--")) lineComment();
    else if (isAhead("/*")) comment();
    else if (c == ';') semicolon();
    else {
      int from = at;
      begin();
      token(c);
      end = at;
      boolean isWord = isName(c) && !Character.isDigit(c);
      word(isWord ? text.substring(from, at).toUpperCase(Locale.ROOT) : "");
    }
  }

  private void begin() {
    if (start < 0) start = at;
  }

  private void token(char c) throws Unreadable {
    switch (c) {
      case '\'' -> quoted('\'', /* escapes= */ false);
      case '"' -> quoted('"', /* escapes= */ false);
      case '(' -> open.add(at++);
      case ')' -> {
        if (!open.isEmpty()) open.removeLast();
        at++;
      }
      case '`' -> {
        if (isPostgres) at++;
        else quoted('`', /* escapes= */ false);
      }
      case '[' -> {
        if (isPostgres) at++;
        else closed(']');
      }
      case '$' -> {
        if (isPostgres) dollar();
        else parameter();
      }
      case '?', ':', '@' -> {
        if (isPostgres) at++;
        else parameter();
      }
      default -> {
        if (!isName(c)) at++;
        else if (isPostgres && (isAhead("E'") || isAhead("e'"))) {
          at++;
          quoted('\'', /* escapes= */ true);
        } else name();
      }
    }
  }

  /// A word outside of quotes, or a token that is none.
  private void word(String word) {
    isTriggerClosed = isTrigger() && isAfterInnerEnd && word.equals("END");
    isAfterInnerEnd = false;
    if (word.isEmpty()) return;
    if (words.size() < WORDS) words.add(word);
    if (!isPostgres || !open.isEmpty() || !isRoutine()) return;
    if (word.equals("BEGIN") || (depth > 0 && word.equals("CASE"))) depth++;
    else if (depth > 0 && word.equals("END")) depth--;
  }

  private boolean isTrigger() {
    if (isPostgres || words.isEmpty()) return false;
    int create = words.getFirst().equals("EXPLAIN") ? words.indexOf("CREATE") : 0;
    if (create < 0 || !words.get(create).equals("CREATE")) return false;
    String next = words.size() > create + 1 ? words.get(create + 1) : "";
    if (next.equals("TEMP") || next.equals("TEMPORARY"))
      next = words.size() > create + 2 ? words.get(create + 2) : "";
    return next.equals("TRIGGER");
  }

  private boolean isRoutine() {
    return words.getFirst().equals("CREATE") && words.stream().anyMatch(ROUTINES::contains);
  }

  private void semicolon() {
    boolean ends = isPostgres ? open.isEmpty() && depth == 0 : !isTrigger() || isTriggerClosed;
    if (ends) {
      cut();
      at++;
    } else {
      at++;
      end = at;
      isAfterInnerEnd = true;
      isTriggerClosed = false;
    }
  }

  private void finish() throws Unreadable {
    if (start < 0) return;
    if (isPostgres && !open.isEmpty())
      throw new Unreadable(open.getLast(), "this bracket is never closed");
    if (depth > 0) throw new Unreadable(start, "the body of this function has no END");
    if (isTrigger() && !isTriggerClosed)
      throw new Unreadable(start, "this trigger has no 'END;' behind its last statement");
    cut();
  }

  private void cut() {
    if (start >= 0)
      found.add(new Found(new Statement(text.substring(start, end), start), List.copyOf(words)));
    start = -1;
    words.clear();
    open.clear();
    depth = 0;
    isAfterInnerEnd = false;
    isTriggerClosed = false;
  }

  // ── what hides a semicolon ──

  private void quoted(char quote, boolean escapes) throws Unreadable {
    int from = at++;
    while (at < text.length()) {
      char c = text.charAt(at++);
      if (c == '\\' && escapes) at++;
      else if (c == quote) {
        if (at >= text.length() || text.charAt(at) != quote) return;
        at++;
      }
    }
    throw new Unreadable(from, "this quote is never closed");
  }

  private void closed(char bracket) throws Unreadable {
    int close = text.indexOf(bracket, at);
    if (close < 0) throw new Unreadable(at, "this name is never closed");
    at = close + 1;
  }

  private void lineComment() {
    comments.add(at);
    int close = text.indexOf('\n', at);
    at = close < 0 ? text.length() : close;
  }

  /// PostgreSQL's comments may stand within each other.
  private void comment() throws Unreadable {
    int from = at;
    int inner = 0;
    do {
      if (at >= text.length()) throw new Unreadable(from, "this comment is never closed");
      if (isAhead("/*") && (isPostgres || at == from)) {
        inner++;
        at += 2;
      } else if (isAhead("*/")) {
        inner--;
        at += 2;
      } else at++;
    } while (inner > 0);
  }

  private void dollar() throws Unreadable {
    int close = at + 1;
    while (close < text.length() && isName(text.charAt(close))) close++;
    boolean opens =
        close < text.length()
            && text.charAt(close) == '$'
            && !(close > at + 1 && Character.isDigit(text.charAt(at + 1)));
    if (!opens) {
      at++;
      return;
    }
    String tag = text.substring(at, close + 1);
    int last = text.indexOf(tag, close + 1);
    if (last < 0) throw new Unreadable(at, "this quote is never closed");
    at = last + tag.length();
  }

  private void parameter() {
    parameters.add(at++);
    while (at < text.length() && isName(text.charAt(at))) at++;
  }

  private void name() {
    while (at < text.length() && (isName(text.charAt(at)) || text.charAt(at) == '$')) at++;
  }

  private boolean isAhead(String mark) {
    return text.startsWith(mark, at);
  }

  private static boolean isName(char c) {
    return Character.isLetterOrDigit(c) || c == '_' || Character.isSurrogate(c);
  }
}
