package dev.mainstay.core.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// A statement of the user's SQL, cut where it names a parameter: `:word`, `:auth.uid`.
///
/// A colon within a text, a quoted name, a comment, a dollar-quoted text or a `::` is none. What
/// this knows of SQL is where those end, and that brackets close.
///
/// @param verb the first word, in capitals
/// @param command the same, or behind WITH and its queries the word that says what is done
public record UserSql(String verb, String command, List<Part> parts) {
  /// Under this name stands the caller: `:auth.uid`, `:auth.role`, `:auth.claims.…`.
  public static final String AUTH = "auth";

  private static final Set<String> COMMANDS =
      Set.of("SELECT", "VALUES", "INSERT", "UPDATE", "DELETE", "MERGE");

  public UserSql {
    parts = List.copyOf(parts);
  }

  public sealed interface Part {
    record Text(String text) implements Part {}

    /// @param at its colon, as a code unit of the statement
    record Parameter(String name, int at) implements Part {}

    /// A question mark: an operator to PostgreSQL, a placeholder to others.
    record QuestionMark(int at) implements Part {}
  }

  /// Text that is not one whole statement.
  public static final class Unreadable extends Exception {
    private final int at;

    Unreadable(int at, String message) {
      super(message, null, false, false);
      this.at = at;
    }

    /// Where, as a code unit of the text.
    public int at() {
      return at;
    }
  }

  /// @param text one statement; a semicolon may end it
  public static UserSql read(String text) throws Unreadable {
    return new Reader(text).read();
  }

  /// A statement that was read before.
  public static UserSql known(String text) {
    try {
      return read(text);
    } catch (Unreadable e) {
      throw new IllegalStateException(e.getMessage());
    }
  }

  private static final class Reader {
    private final String text;
    private final List<Part> parts = new ArrayList<>();
    private final List<Integer> open = new ArrayList<>();
    private String verb = "";
    private String command = "";
    private int at;

    /// Where the text that is not yet among the parts begins.
    private int from;

    Reader(String text) {
      this.text = text;
    }

    UserSql read() throws Unreadable {
      while (at < text.length()) step();
      if (!open.isEmpty()) throw new Unreadable(open.getLast(), "this bracket is never closed");
      cut();
      return new UserSql(verb, command.isEmpty() ? verb : command, parts);
    }

    private void step() throws Unreadable {
      char c = text.charAt(at);
      switch (c) {
        case '\'' -> quoted(c, isAfterEscapeMark());
        case '"', '`' -> quoted(c, false);
        case '-' -> {
          if (isAhead("--")) lineComment();
          else at++;
        }
        case '/' -> {
          if (isAhead("/*")) comment();
          else at++;
        }
        case '$' -> dollar();
        case ':' -> colon();
        case '?' -> {
          cut();
          parts.add(new Part.QuestionMark(at));
          from = ++at;
        }
        case '(' -> open.add(at++);
        case ')' -> {
          if (open.isEmpty()) throw new Unreadable(at, "this bracket was never opened");
          open.removeLast();
          at++;
        }
        case ';' -> end();
        default -> {
          if (isName(c)) word();
          else at++;
        }
      }
    }

    /// A backslash escapes within `E'…'`.
    private boolean isAfterEscapeMark() {
      return at > 0
          && (text.charAt(at - 1) == 'E' || text.charAt(at - 1) == 'e')
          && (at == 1 || !isName(text.charAt(at - 2)));
    }

    private void quoted(char quote, boolean escapes) throws Unreadable {
      int start = at++;
      while (at < text.length()) {
        char c = text.charAt(at++);
        if (c == '\\' && escapes) at++;
        else if (c == quote) {
          if (at == text.length() || text.charAt(at) != quote) return;
          at++;
        }
      }
      throw new Unreadable(start, "this quote is never closed");
    }

    private void lineComment() {
      int end = text.indexOf('\n', at);
      at = end < 0 ? text.length() : end;
    }

    /// SQLite's end at the first `*/`; PostgreSQL's may stand within each other. What differs there
    /// is refused.
    private void comment() throws Unreadable {
      int start = at;
      int end = text.indexOf("*/", at + 2);
      if (end < 0) throw new Unreadable(start, "this comment is never closed");
      int inner = text.indexOf("/*", at + 2);
      if (inner >= 0 && inner < end)
        throw new Unreadable(inner, "a comment within a comment means different things to engines");
      at = end + 2;
    }

    private void dollar() throws Unreadable {
      int end = at + 1;
      while (end < text.length() && isName(text.charAt(end))) end++;
      boolean opens = end < text.length() && text.charAt(end) == '$';
      if (!opens || (at > 0 && isName(text.charAt(at - 1)))) {
        at++;
        return;
      }
      String tag = text.substring(at, end + 1);
      int close = text.indexOf(tag, end + 1);
      if (close < 0) throw new Unreadable(at, "this quote is never closed");
      at = close + tag.length();
    }

    private void colon() {
      if (isAhead("::")) {
        at += 2;
        return;
      }
      int end = nameEnd(at + 1);
      if (end == at + 1) {
        at++;
        return;
      }
      boolean isAuth = text.substring(at + 1, end).equals(AUTH);
      while (isAuth && end < text.length() && text.charAt(end) == '.' && nameEnd(end + 1) > end + 1)
        end = nameEnd(end + 1);
      cut();
      parts.add(new Part.Parameter(text.substring(at + 1, end), at));
      at = end;
      from = end;
    }

    private int nameEnd(int start) {
      int end = start;
      if (end < text.length() && isName(text.charAt(end)) && !Character.isDigit(text.charAt(end)))
        while (end < text.length() && isName(text.charAt(end))) end++;
      return end;
    }

    private void word() {
      int start = at;
      while (at < text.length() && isName(text.charAt(at))) at++;
      String word = text.substring(start, at).toUpperCase(Locale.ROOT);
      if (verb.isEmpty()) verb = word;
      boolean isBehindWith = verb.equals("WITH") && open.isEmpty() && command.isEmpty();
      if (isBehindWith && COMMANDS.contains(word)) command = word;
    }

    private void end() throws Unreadable {
      int end = at;
      cut();
      from = ++at;
      while (at < text.length()) {
        if (isAhead("--")) lineComment();
        else if (isAhead("/*")) comment();
        else if (Character.isWhitespace(text.charAt(at))) at++;
        else throw new Unreadable(end, "a statement ends here, and another begins");
      }
      from = at;
    }

    private void cut() {
      if (at > from) parts.add(new Part.Text(text.substring(from, at)));
      from = at;
    }

    private boolean isAhead(String mark) {
      return text.startsWith(mark, at);
    }

    private static boolean isName(char c) {
      return Character.isLetterOrDigit(c) || c == '_';
    }
  }

  /// Whether a parameter can be called that.
  public static boolean isName(String name) {
    if (name.isEmpty() || Character.isDigit(name.charAt(0))) return false;
    return name.chars().allMatch(c -> Character.isLetterOrDigit(c) || c == '_');
  }
}
