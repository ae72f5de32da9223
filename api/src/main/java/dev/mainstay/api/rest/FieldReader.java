package dev.mainstay.api.rest;

import dev.mainstay.core.problem.Problem;
import dev.mainstay.core.problem.ProblemException;
import dev.mainstay.core.query.Asked;
import dev.mainstay.core.query.JsonStep;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads names and what may follow them into JSON (`WIRE.md` §1.3): `title`, `"odd, name"`,
/// `data->tags->>0`.
final class FieldReader {
  static final String NAME = "field name (* or [a..z0..9_$])";

  private FieldReader() {}

  /// Whether a name begins here.
  static boolean begins(Cursor c) {
    return c.peek() == '"' || isWord(c.peek());
  }

  /// A field with blanks around it.
  static Asked.Field field(Cursor c) {
    c.blanks();
    String name = name(c);
    Asked.Field field = path(c, name);
    c.blanks();
    return field;
  }

  /// A name: words, with blanks within them and `-` between them, or anything in double quotes.
  static String name(Cursor c) {
    if (c.peek() == '"') return quoted(c);
    if (!isWord(c.peek())) {
      c.expected(NAME);
      throw c.mismatch();
    }
    String word = word(c);
    if (!dash(c)) return word;
    StringBuilder name = new StringBuilder(word);
    do {
      c.expected("\">\"");
      name.append('-').append(word(c));
    } while (dash(c));
    return name.toString();
  }

  /// Names with `,` between them.
  static List<String> list(Cursor c) {
    List<String> names = new ArrayList<>();
    do {
      c.blanks();
      names.add(name(c));
      c.blanks();
      c.quota().item(c);
    } while (c.take(','));
    return names;
  }

  /// Names with `.` between them: embeds, and what is meant within the last.
  static List<String> dotted(Cursor c) {
    List<String> names = new ArrayList<>();
    do names.add(name(c));
    while (c.delimiter());
    return names;
  }

  /// One word without the blanks around it: a part of a name, a cast, a language.
  static String word(Cursor c) {
    String word = c.run(FieldReader::isWord);
    c.expected("letter");
    c.expected("digit");
    if (word.isEmpty()) throw c.mismatch();
    return word.strip();
  }

  static boolean isWord(int codePoint) {
    return Character.isLetter(codePoint)
        || (codePoint >= '0' && codePoint <= '9')
        || codePoint == '_'
        || codePoint == ' '
        || codePoint == '$';
  }

  /// Text in double quotes, where `\` takes the next code point as it is.
  static String quoted(Cursor c) {
    c.need('"');
    StringBuilder text = new StringBuilder();
    while (true) {
      text.append(c.run(codePoint -> codePoint != '"' && codePoint != '\\'));
      if (c.peek() == '\\') {
        c.take('\\');
        text.appendCodePoint(c.any());
      } else {
        c.expected("\"\\\\\"");
        c.need('"');
        return text.toString();
      }
    }
  }

  /// The steps into the JSON of `name`, none or many.
  static Asked.Field path(Cursor c, String name) {
    List<JsonStep> steps = new ArrayList<>(0);
    boolean asText = false;
    while (true) {
      boolean text = c.take("->>");
      if (!text && !c.take("->")) return new Asked.Field(name, steps, asText);
      if (asText) throw stepIntoText(text ? "->>" : "->");
      asText = text;
      c.quota().item(c);
      steps.add(step(c));
    }
  }

  private static ProblemException stepIntoText(String arrow) {
    return new ProblemException(new Problem.NoSuchOperator(arrow, "text", "unknown"));
  }

  private static JsonStep step(Cursor c) {
    Integer index = index(c);
    if (index != null) return new JsonStep.At(index);
    if (c.peek() == '"') return new JsonStep.Key(quoted(c));
    if (!isKey(c.peek())) {
      c.expected("any non reserved character different from: .,>()");
      throw c.mismatch();
    }
    StringBuilder key = new StringBuilder(c.run(FieldReader::isKey).strip());
    while (dash(c)) {
      String more = c.run(FieldReader::isKey);
      if (more.isEmpty()) {
        c.expected("\">\"");
        throw c.mismatch();
      }
      key.append('-').append(more.strip());
    }
    return new JsonStep.Key(key.toString());
  }

  /// A whole number that ends the step, or null.
  private static @Nullable Integer index(Cursor c) {
    int start = c.mark();
    boolean negative = c.peek() == '-';
    if (negative) c.take('-');
    String digits = c.run(codePoint -> codePoint >= '0' && codePoint <= '9');
    if (digits.isEmpty()) {
      if (!negative) c.expected("\"-\"");
      c.expected("digit");
      c.reset(start);
      if (negative) throw c.mismatch();
      return null;
    }
    if (!endsStep(c)) {
      c.expected("digit");
      c.expected("\"->\"");
      c.expected("\"::\"");
      c.expected("\".\"");
      c.expected("\",\"");
      c.end();
      c.reset(start);
      if (negative) throw c.mismatch();
      return null;
    }
    try {
      return Integer.valueOf(c.from(start));
    } catch (NumberFormatException _) {
      throw outOfRange(c.from(start));
    }
  }

  private static ProblemException outOfRange(String index) {
    String signed = index.startsWith("-") ? index : "+" + index;
    return new ProblemException(
        new Problem.ValueOutOfRange(
            "22003", "value \"" + signed + "\" is out of range for type integer"));
  }

  private static boolean endsStep(Cursor c) {
    return switch (c.peek()) {
      case -1, '.', ',', ')' -> true;
      case '-' -> c.ahead("->");
      case ':' -> c.ahead("::");
      default -> false;
    };
  }

  private static boolean isKey(int codePoint) {
    return codePoint >= 0 && "(-:.,>)".indexOf(codePoint) < 0;
  }

  /// A `-` that joins two words, not one that begins an arrow.
  private static boolean dash(Cursor c) {
    if (c.ahead("->")) {
      c.surprise(2, "'>'");
      return false;
    }
    return c.take('-');
  }
}
