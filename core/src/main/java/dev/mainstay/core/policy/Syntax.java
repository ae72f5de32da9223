package dev.mainstay.core.policy;

import dev.cel.common.CelIssue;
import dev.cel.common.CelOptions;
import dev.cel.common.CelValidationException;
import dev.cel.common.CelValidationResult;
import dev.cel.common.ast.CelExpr;
import dev.cel.parser.CelParser;
import dev.cel.parser.CelParserFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The syntax tree of a CEL text, and where its parts stand in it.
///
/// @param positions by expression number: where its operator, name or literal begins, in code
///   points
record Syntax(CelExpr root, int[] text, Map<Long, Integer> positions) {
  private static final int LONGEST = 10_000;
  private static final int DEEPEST = 100;

  private static final Pattern UNEXPECTED =
      Pattern.compile(
          "(?:mismatched input|extraneous input|no viable alternative at input"
              + "|token recognition error at:?) '(.*?)'(?: expecting .*)?",
          Pattern.DOTALL);

  /// What people write who think of SQL or of a programming language.
  private static final Map<String, String> ELSEWHERE =
      Map.ofEntries(
          Map.entry("=", "write == to compare"),
          Map.entry("<>", "write != for unequal"),
          Map.entry(">", "write != for unequal"),
          Map.entry("and", "write && for and"),
          Map.entry("or", "write || for or"),
          Map.entry("not", "write ! for not"),
          Map.entry("is", "write == null or != null"),
          Map.entry("&", "write && for and"),
          Map.entry("|", "write || for or"),
          Map.entry("===", "write == to compare"),
          Map.entry("like", "write row.x.startsWith('…'), endsWith, contains or matches"));

  /// Made when the first expression is read: it takes a tenth of a second.
  private static final class Parser {
    /// Macros are off: what `exists` means is ours to say.
    static final CelParser INSTANCE =
        CelParserFactory.standardCelParserBuilder()
            .setOptions(
                CelOptions.current()
                    .maxExpressionCodePointSize(LONGEST)
                    .maxParseRecursionDepth(DEEPEST)
                    .build())
            .build();
  }

  static Syntax of(String text) {
    int[] points = text.codePoints().toArray();
    if (points.length > LONGEST)
      throw new Refused(0, "an expression has at most " + LONGEST + " characters", null);
    CelValidationResult result = Parser.INSTANCE.parse(text, "");
    if (result.hasError()) throw refusal(points, result.getErrors());
    try {
      var ast = result.getAst();
      var syntax = new Syntax(ast.getExpr(), points, ast.getSource().getPositionsMap());
      syntax.boundDepth();
      return syntax;
    } catch (CelValidationException e) {
      throw new IllegalStateException(e);
    }
  }

  /// What is compiled and checked by recursion must not be deep. Found without recursion.
  private void boundDepth() {
    List<CelExpr> layer = List.of(root);
    for (int depth = 0; !layer.isEmpty(); depth++) {
      if (depth > DEEPEST)
        throw new Refused(at(layer.getFirst()), "the expression is too deep", null);
      List<CelExpr> next = new ArrayList<>();
      for (CelExpr expr : layer) next.addAll(children(expr));
      layer = next;
    }
  }

  private static List<CelExpr> children(CelExpr expr) {
    return switch (expr.getKind()) {
      case SELECT -> List.of(expr.select().operand());
      case CALL -> {
        List<CelExpr> children = new ArrayList<>(expr.call().args());
        expr.call().target().ifPresent(children::add);
        yield children;
      }
      case LIST -> expr.list().elements();
      case CONSTANT, IDENT, MAP, STRUCT, COMPREHENSION, NOT_SET -> List.of();
    };
  }

  /// Where the expression's own token stands.
  int at(CelExpr expr) {
    return positions.getOrDefault(expr.id(), 0);
  }

  /// Where the name after the dot stands.
  int atField(CelExpr select) {
    int place = at(select);
    while (place + 1 < text.length && (text[place] == '.' || Character.isWhitespace(text[place])))
      place++;
    return place;
  }

  /// Where the expression begins.
  int start(CelExpr expr) {
    int start = at(expr);
    switch (expr.getKind()) {
      case SELECT -> start = Math.min(start, start(expr.select().operand()));
      case CALL -> {
        var target = expr.call().target();
        if (target.isPresent()) start = Math.min(start, start(target.get()));
        if (!expr.call().args().isEmpty())
          start = Math.min(start, start(expr.call().args().getFirst()));
      }
      default -> {}
    }
    return start;
  }

  /// A number as it was written: CEL keeps a double of it, which is not exact.
  String number(CelExpr constant) {
    int from = at(constant);
    if (from < text.length && (text[from] == '-' || text[from] == '+')) from++;
    int to = from;
    while (to < text.length
        && (Character.isLetterOrDigit(text[to])
            || text[to] == '.'
            || ((text[to] == '-' || text[to] == '+')
                && (text[to - 1] == 'e' || text[to - 1] == 'E')))) to++;
    return new String(text, from, to - from);
  }

  private static Refused refusal(int[] text, List<CelIssue> issues) {
    CelIssue first = issues.getFirst();
    int offset =
        offset(text, first.getSourceLocation().getLine(), first.getSourceLocation().getColumn());
    Matcher unexpected = UNEXPECTED.matcher(first.getMessage());
    if (!unexpected.matches()) return new Refused(offset, lowerFirst(first.getMessage()), null);
    String token = unexpected.group(1).strip();
    if (token.equals("<EOF>")) return new Refused(offset, "the expression ends too early", null);
    return new Refused(offset, "cannot read '" + token + "' here", hint(token));
  }

  private static @Nullable String hint(String token) {
    String word = token.toLowerCase(Locale.ROOT);
    if (word.startsWith("\"") || word.startsWith("'")) return "the text has no closing quote";
    return ELSEWHERE.get(word);
  }

  /// The parser counts lines from 1 and columns, in code points, from 0.
  private static int offset(int[] text, int line, int column) {
    int place = 0;
    for (int at = 1; at < line && place < text.length; place++) if (text[place] == '\n') at++;
    return Math.min(place + Math.max(column, 0), text.length);
  }

  private static String lowerFirst(String message) {
    return message.isEmpty()
        ? message
        : message.substring(0, 1).toLowerCase(Locale.ROOT) + message.substring(1);
  }
}
