package dev.mainstay.api.rest;

import dev.mainstay.core.query.Asked;
import dev.mainstay.core.query.Operator;
import dev.mainstay.core.query.Quantifier;
import dev.mainstay.core.query.Truth;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Reads `[not.]operator.value` (`WIRE.md` §1.4): the value of a filter parameter, and what follows
/// the field within a logic tree.
final class FilterReader {
  private static final String OPERATOR = "operator (eq, gt, ...)";

  /// What `is` takes.
  private static final List<String> IS = List.of("null", "not_null", "true", "false", "unknown");

  private FilterReader() {}

  /// The value of a parameter: everything after the operator is the operand, as it stands.
  static Asked.Condition filter(Asked.Field field, String text, Quota quota) {
    Cursor c = new Cursor("filter", text, quota);
    return c.read(
        () -> {
          Asked.Condition condition = condition(c, field, Cursor::rest);
          c.needEnd();
          return condition;
        });
  }

  /// @param operand reads the operand of the operators that take one text
  static Asked.Condition condition(Cursor c, Asked.Field field, Function<Cursor, String> operand) {
    c.quota().condition(c);
    boolean negated = negated(c);
    Asked.Condition condition = positive(c, field, operand, negated);
    return negated ? new Asked.Condition.Not(condition) : condition;
  }

  private static boolean negated(Cursor c) {
    int mark = c.mark();
    if (!c.take("not")) return false;
    if (c.delimiter()) return true;
    c.reset(mark);
    return false;
  }

  private static Asked.Condition positive(
      Cursor c, Asked.Field field, Function<Cursor, String> operand, boolean negated) {
    int mark = c.mark();
    String word = c.run(codePoint -> codePoint >= 'a' && codePoint <= 'z');
    return switch (OperatorWord.ALL.get(word)) {
      case null -> {
        c.reset(mark);
        throw unknown(c, word, negated);
      }
      case OperatorWord.In _ -> {
        needDelimiter(c);
        yield new Asked.Condition.Compare(field, Operator.EQ, Quantifier.ANY, list(c));
      }
      case OperatorWord.Is _ -> {
        needDelimiter(c);
        yield is(c, field);
      }
      case OperatorWord.Search search -> {
        String language = c.peek() == '(' ? language(c) : null;
        needDelimiter(c);
        yield new Asked.Condition.Search(field, search.grammar(), language, operand.apply(c));
      }
      case OperatorWord.Comparison comparison -> {
        Quantifier quantifier = comparison.lists() ? quantifier(c) : Quantifier.ONE;
        needDelimiter(c);
        String text = pattern(comparison.operator(), operand.apply(c));
        List<@Nullable String> operands =
            quantifier == Quantifier.ONE
                ? Collections.singletonList(text)
                : ArrayLiteral.elements(text, c);
        yield new Asked.Condition.Compare(field, comparison.operator(), quantifier, operands);
      }
    };
  }

  /// What was read past here is no operator: speaks of the place where it ceased to be one.
  private static Cursor.Mismatch unknown(Cursor c, String word, boolean negated) {
    String begun = OperatorWord.longestIn(word);
    if (begun != null) c.expected(begun.length(), OPERATOR);
    else if (!negated && c.take("not")) c.delimiter();
    else c.expected(OPERATOR);
    return c.mismatch();
  }

  private static void needDelimiter(Cursor c) {
    if (c.peek() == '.') {
      c.take('.');
      return;
    }
    c.expected(OPERATOR);
    throw c.mismatch();
  }

  private static String language(Cursor c) {
    c.take('(');
    String name = c.run(FieldReader::isWord);
    if (name.isEmpty() || c.peek() != ')') {
      c.expected(OPERATOR);
      throw c.mismatch();
    }
    c.take(')');
    return name.strip();
  }

  private static Quantifier quantifier(Cursor c) {
    if (c.peek() != '(') return Quantifier.ONE;
    if (c.ahead("(any)") && c.take("(any)")) return Quantifier.ANY;
    if (c.ahead("(all)") && c.take("(all)")) return Quantifier.ALL;
    c.expected(c.ahead("(any") || c.ahead("(all") ? "(any".length() : 1, OPERATOR);
    throw c.mismatch();
  }

  private static String pattern(Operator operator, String text) {
    return operator == Operator.LIKE || operator == Operator.ILIKE ? text.replace('*', '%') : text;
  }

  private static Asked.Condition is(Cursor c, Asked.Field field) {
    int mark = c.mark();
    String letters =
        c.run(codePoint -> Character.isLetter(codePoint) || codePoint == '_')
            .toLowerCase(Locale.ROOT);
    String word = IS.stream().filter(letters::startsWith).findFirst().orElse("");
    c.reset(mark + word.length());
    return switch (word) {
      case "null" -> new Asked.Condition.IsNull(field);
      case "not_null" -> new Asked.Condition.Not(new Asked.Condition.IsNull(field));
      case "true" -> new Asked.Condition.Is(field, Truth.TRUE);
      case "false" -> new Asked.Condition.Is(field, Truth.FALSE);
      case "unknown" -> new Asked.Condition.Is(field, Truth.UNKNOWN);
      default -> {
        c.expected("isVal: (" + String.join(", ", IS) + ")");
        throw c.mismatch();
      }
    };
  }

  /// `(a,"b, c")`; nothing between the parentheses is an empty list.
  private static List<@Nullable String> list(Cursor c) {
    c.blanks();
    c.need('(');
    c.blanks();
    List<@Nullable String> values = new ArrayList<>();
    do {
      c.quota().value(c);
      values.add(element(c));
    } while (c.take(','));
    c.blanks();
    c.need(')');
    c.blanks();
    return values.size() == 1 && values.getFirst().isEmpty() ? List.of() : values;
  }

  /// A quoted value, or what stands before the next `,` or `)`.
  static String element(Cursor c) {
    if (c.peek() == '"') {
      int mark = c.mark();
      try {
        String quoted = FieldReader.quoted(c);
        if (c.peek() == -1 || c.peek() == ',' || c.peek() == ')') return quoted;
      } catch (Cursor.Mismatch _) {
        // A quote that is not closed is an ordinary character.
      }
      c.reset(mark);
    }
    return c.run(codePoint -> codePoint != ',' && codePoint != ')');
  }
}
