package dev.mainstay.sql.sqlite;

import com.google.re2j.Pattern;
import dev.mainstay.core.model.ColumnType;
import dev.mainstay.core.problem.Problem;
import dev.mainstay.core.problem.ProblemException;
import dev.mainstay.core.query.FloatText;
import dev.mainstay.core.query.JsonComparison;
import dev.mainstay.core.query.JsonText;
import dev.mainstay.core.query.LikePattern;
import dev.mainstay.core.query.Regex;
import dev.mainstay.core.query.Value;
import dev.mainstay.core.query.ValueReader;
import dev.mainstay.core.query.ValueText;
import dev.mainstay.sql.SortKeys;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.MatchResult;
import org.jspecify.annotations.Nullable;

/// What SQLite cannot compute as PostgreSQL does, as functions of its connections. Each is
/// deterministic and answers null when an argument is null.
final class HostFunctions {
  /// A function without effects may stand in a schema that is not trusted: in a CHECK.
  private static final int INNOCUOUS = 0x200000;

  private static final int FLAGS = org.sqlite.Function.FLAG_DETERMINISTIC | INNOCUOUS;

  /// How an error of ours travels through SQLite's message.
  private static final java.util.regex.Pattern RAISED =
      java.util.regex.Pattern.compile("mainstay ([0-9A-Z]{5}) ([^)]*(?:\\)(?!$)[^)]*)*)");

  private static final String INVALID = "invalid input syntax for type %s: \"%s\"";

  private static final java.util.regex.Pattern INVALID_TEXT =
      java.util.regex.Pattern.compile(
          INVALID.formatted("(.*?)", "(.*)"), java.util.regex.Pattern.DOTALL);

  /// Between message, details and hint on that way.
  private static final String SEPARATOR = "\u001f";

  static void addTo(Connection connection) throws SQLException {
    add(connection, "ms_json_float", 2, a -> jsonFloat(a.real(0), a.whole(1)));
    add(connection, "ms_ilike", 2, new Patterns(HostFunctions::ilike));
    add(connection, "ms_match", 2, new Patterns(regex -> match(regex, false)));
    add(connection, "ms_imatch", 2, new Patterns(regex -> match(regex, true)));
    add(connection, "ms_lower", 1, a -> a.text(0).toLowerCase(Locale.ROOT));
    add(connection, "ms_upper", 1, a -> a.text(0).toUpperCase(Locale.ROOT));
    add(connection, "ms_interval_key", 1, a -> intervalKey(a.text(0)));
    add(connection, "ms_json_key", 1, a -> SortKeys.json(a.text(0)));
    add(connection, "ms_list_key", 1, a -> SortKeys.list(a.text(0)));
    add(
        connection,
        "ms_json_contains",
        2,
        a -> JsonComparison.contains(a.text(0), a.text(1)) ? 1L : 0L);
    add(connection, "ms_text", 1, a -> plainText(a.text(0)));
    add(connection, "ms_json", 1, a -> declaredJson(a.text(0)));
    add(connection, "ms_interval", 1, a -> declaredInterval(a.text(0)));
    // Where it stands alone it must not be computed ahead of the statement.
    for (int arity = 2; arity <= 4; arity++)
      org.sqlite.Function.create(connection, "raise_error", new Raise(), arity, 0);
    Arithmetic.addTo(connection);
    Numeric.addTo(connection);
    HostAggregates.addTo(connection);
    Casts.addTo(connection);
    JsonPaths.addTo(connection);
    Documents.addTo(connection);
  }

  /// The problem that one of these functions raised, or null when it was none of them.
  static @Nullable ProblemException raised(SQLException e) {
    var matcher = RAISED.matcher(String.valueOf(e.getMessage()));
    if (!matcher.find()) return null;
    MatchResult found = matcher.toMatchResult();
    String[] said = found.group(2).split(SEPARATOR, -1);
    var invalid = INVALID_TEXT.matcher(said[0]);
    if (said.length == 1 && found.group(1).equals("22P02") && invalid.matches())
      return new ProblemException(new Problem.InvalidValue(invalid.group(1), invalid.group(2)));
    return new ProblemException(
        new Problem.Database(
            found.group(1),
            said[0],
            said.length > 1 && !said[1].isEmpty() ? said[1] : null,
            said.length > 2 && !said[2].isEmpty() ? said[2] : null));
  }

  /// The message that [#raised] knows again.
  static String raising(ProblemException e) {
    return switch (e.problem()) {
      case Problem.Database(String state, String message, var _, var _) ->
          "mainstay " + state + " " + message;
      case Problem.ValueOutOfRange(String state, String message) ->
          "mainstay " + state + " " + message;
      case Problem.InvalidValue(String type, String text) ->
          "mainstay 22P02 " + INVALID.formatted(type, text);
      case Problem other -> other.toString();
    };
  }

  static void add(Connection connection, String name, int arity, Body body) throws SQLException {
    org.sqlite.Function.create(connection, name, new Host(body), arity, FLAGS);
  }

  /// A function over arguments of which none is null.
  @FunctionalInterface
  interface Body {
    @Nullable Object of(Given given) throws SQLException;
  }

  /// The arguments of a call.
  interface Given {
    String text(int at) throws SQLException;

    double real(int at) throws SQLException;

    long whole(int at) throws SQLException;

    boolean isReal(int at) throws SQLException;
  }

  private static String jsonFloat(double value, long bits) {
    String text = bits == 32 ? FloatText.of32(value) : FloatText.of64(value);
    return Double.isFinite(value) ? text : '"' + text + '"';
  }

  /// Whole microseconds of fixed width: they outgrow 64 bits.
  private static byte[] intervalKey(String text) {
    Value.Interval interval = (Value.Interval) ValueReader.read(new ColumnType.Interval(), text);
    return SortKeys.interval(interval);
  }

  private static String declaredJson(String text) {
    try {
      return JsonText.canonical(text);
    } catch (ProblemException e) {
      throw refused("42804", "the function returned a value that is no jsonb");
    }
  }

  private static String declaredInterval(String text) {
    ColumnType interval = new ColumnType.Interval();
    try {
      return ValueText.text(interval, ValueReader.read(interval, text));
    } catch (ProblemException e) {
      throw refused("42804", "the function returned a value that is no interval");
    }
  }

  private static @Nullable String plainText(String json) {
    if (json.equals("null")) return null;
    return json.startsWith("\"") ? JsonText.parse(json).asString() : json;
  }

  private static Predicate<String> ilike(String text) {
    LikePattern pattern = LikePattern.of(text, true);
    if (pattern == null) throw refused("22025", "LIKE pattern must not end with escape character");
    return pattern::matches;
  }

  private static Predicate<String> match(String regex, boolean ignoreCase) {
    Pattern pattern = Regex.compile(regex, ignoreCase);
    if (pattern == null) throw refused("2201B", "invalid regular expression");
    return text -> pattern.matcher(text).find();
  }

  private static ProblemException refused(String sqlState, String message) {
    return new ProblemException(new Problem.Database(sqlState, message, null, null));
  }

  /// Matches texts against patterns, keeping the last one compiled: a statement asks for the same
  /// again and again.
  private static final class Patterns implements Body {
    private final Function<String, Predicate<String>> compile;
    private String source = "";
    private @Nullable Predicate<String> compiled;

    Patterns(Function<String, Predicate<String>> compile) {
      this.compile = compile;
    }

    @Override
    public Object of(Given given) throws SQLException {
      String pattern = given.text(1);
      Predicate<String> now = compiled;
      if (now == null || !pattern.equals(source)) {
        now = compile.apply(pattern);
        compiled = now;
        source = pattern;
      }
      return now.test(given.text(0)) ? 1L : 0L;
    }
  }

  /// `raise_error(code, message[, details[, hint]])`: how the user's SQL refuses.
  private static final class Raise extends org.sqlite.Function {
    /// None that says all went well.
    private static final Predicate<String> CODE =
        java.util.regex.Pattern.compile("(?!00000)[0-9A-Z]{5}").asMatchPredicate();

    @Override
    protected void xFunc() throws SQLException {
      String code = value_text(0);
      StringBuilder said = new StringBuilder("mainstay ");
      said.append(code != null && CODE.test(code) ? code : "P0001");
      for (int i = 1; i < args(); i++) {
        String text = value_text(i);
        said.append(i == 1 ? " " : SEPARATOR).append(text == null ? "" : text);
      }
      error(said.toString());
    }
  }

  private static final class Host extends org.sqlite.Function implements Given {
    private static final int REAL = 2;
    private static final int NULL = 5;
    private final Body body;

    Host(Body body) {
      this.body = body;
    }

    @Override
    protected void xFunc() throws SQLException {
      int arguments = args();
      for (int i = 0; i < arguments; i++)
        if (value_type(i) == NULL) {
          result();
          return;
        }
      try {
        answer(body.of(this));
      } catch (ProblemException e) {
        error(raising(e));
      }
    }

    private void answer(@Nullable Object value) throws SQLException {
      switch (value) {
        case null -> result();
        case Long number -> result(number.longValue());
        case Double number -> result(number.doubleValue());
        case byte[] bytes -> result(bytes);
        default -> result(value.toString());
      }
    }

    @Override
    public String text(int at) throws SQLException {
      return value_text(at);
    }

    @Override
    public double real(int at) throws SQLException {
      return value_double(at);
    }

    @Override
    public long whole(int at) throws SQLException {
      return value_long(at);
    }

    @Override
    public boolean isReal(int at) throws SQLException {
      return value_type(at) == REAL;
    }
  }

  private HostFunctions() {}
}
