package dev.mainstay.core.query;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import dev.mainstay.core.problem.Problem;
import org.jspecify.annotations.Nullable;

/// Regular expressions of the portable profile: what RE2 and PostgreSQL read alike.
///
/// Characters, `.` (line ends too), `[…]`, `* + ? {n,m}`, `|`, `(…)`, `(?:…)`, `^` and `$` for the
/// whole text's ends, `\d \w \s` and their opposites (ASCII), `\n \t \r \f`, and `\` before
/// punctuation. RE2 matches in linear time.
public final class Regex {
  /// PostgreSQL's.
  private static final int MOST_REPEATS = 255;

  private Regex() {}

  /// What keeps a regular expression from meaning the same everywhere, or null when nothing does.
  public static @Nullable String complaint(String regex) {
    try {
      Pattern.compile(regex);
    } catch (PatternSyntaxException e) {
      return e.getDescription();
    }
    boolean bracket = false;
    for (int i = 0; i < regex.length(); i++) {
      char c = regex.charAt(i);
      char next = i + 1 < regex.length() ? regex.charAt(i + 1) : ' ';
      if (c == '\\') {
        if (Character.isLetterOrDigit(next)
            && (bracket ? "dwsntrf" : "dwsDWSntrf").indexOf(next) < 0)
          return "\\" + next + " does not mean the same on every engine";
        i++;
      } else if (bracket) {
        if (c == '[' && (next == '.' || next == '='))
          return "[" + next + " does not mean the same on every engine";
        if (c == '[' && next == ':') i = regex.indexOf(":]", i) + 1;
        else if (c == ']') bracket = false;
      } else if (c == '[') {
        bracket = true;
        if (next == '^') i++;
        if (i + 1 < regex.length() && regex.charAt(i + 1) == ']') i++;
      } else if (c == '(' && next == '?' && !regex.startsWith("(?:", i)) {
        return "(? is understood before : only";
      } else if (c == '{' && repeats(regex, i) > MOST_REPEATS) {
        return "more than " + MOST_REPEATS + " repeats";
      }
    }
    return null;
  }

  /// Why an engine that has no regular expressions of its own does not take this one, or null when
  /// it does: it is none at all (`2201B`, in PostgreSQL's words), or it is none of the portable
  /// profile.
  public static @Nullable Problem refusal(String regex) {
    String complaint = complaint(regex);
    if (complaint == null) return null;
    String fault = fault(complaint);
    return fault != null && !regex.startsWith("***")
        ? new Problem.Database("2201B", "invalid regular expression: " + fault, null, null)
        : new Problem.Unsupported(
            "the regular expression " + Values.cut(regex) + " (" + complaint + ")");
  }

  /// What PostgreSQL says where RE2 complains of the same, or null where PostgreSQL may well
  /// understand.
  private static @Nullable String fault(String complaint) {
    return switch (complaint) {
      // The last is what RE2/J says of a `)` that closes nothing, and of nothing else.
      case "missing closing )",
          "unexpected )",
          "missing parenthesis",
          "regexp/syntax: internal error" ->
          "parentheses () not balanced";
      case "missing closing ]" -> "brackets [] not balanced";
      case "missing argument to repetition operator", "invalid nested repetition operator" ->
          "quantifier operand invalid";
      case "invalid character class range" -> "invalid character range";
      case "trailing backslash at end of expression" -> "invalid escape \\ sequence";
      case "invalid repeat count" -> "invalid repetition count(s)";
      default -> null;
    };
  }

  /// The expression, compiled; null when it does not parse.
  public static @Nullable Pattern compile(String regex, boolean ignoreCase) {
    try {
      return Pattern.compile(regex, Pattern.DOTALL | (ignoreCase ? Pattern.CASE_INSENSITIVE : 0));
    } catch (PatternSyntaxException e) {
      return null;
    }
  }

  private static int repeats(String regex, int brace) {
    int most = 0;
    int number = 0;
    for (int i = brace + 1; i < regex.length() && regex.charAt(i) != '}'; i++) {
      char c = regex.charAt(i);
      if (c != ',' && !Values.isDigit(c)) return 0;
      number = c == ',' ? 0 : Math.min(100_000, number * 10 + (c - '0'));
      most = Math.max(most, number);
    }
    return most;
  }
}
