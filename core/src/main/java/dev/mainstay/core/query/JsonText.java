package dev.mainstay.core.query;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.json.JsonMapper;

/// JSON as text, in the one form each value has: that of PostgreSQL's `jsonb`, without spaces.
///
/// Keys are ordered by the length of their UTF-8, then by its bytes, the last of equal keys wins,
/// numbers keep every digit (`1.50` stays, `1e2` is `100`), and only what must be escaped is.
public final class JsonText {
  /// Deeper values are refused.
  public static final int DEEPEST = 512;

  /// Numbers of more digits, or with an exponent beyond it, are refused.
  public static final int LONGEST_NUMBER = 1000;

  private static final JsonMapper MAPPER =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNestingDepth(DEEPEST)
                          .maxNumberLength(LONGEST_NUMBER)
                          .maxNameLength(Integer.MAX_VALUE)
                          .maxStringLength(Integer.MAX_VALUE)
                          .build())
                  .disable(TokenStreamFactory.Feature.CANONICALIZE_PROPERTY_NAMES)
                  .build())
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .build();

  private JsonText() {}

  /// Reads JSON with exact numbers; `22P02` when it is none.
  public static JsonNode parse(String text) {
    JsonNode node;
    try {
      node = MAPPER.readTree(text);
    } catch (JacksonException e) {
      throw Values.invalid("json", text);
    }
    if (node.isMissingNode()) throw Values.invalid("json", text);
    return node;
  }

  /// The canonical form of JSON text.
  public static String canonical(String text) {
    return canonical(parse(text));
  }

  /// The canonical form of a value.
  public static String canonical(JsonNode node) {
    StringBuilder out = new StringBuilder();
    write(out, node, "", 0);
    return out.toString();
  }

  /// The same with a space after each `:` and `,`: PostgreSQL's text of a `jsonb`.
  public static String spaced(JsonNode node) {
    StringBuilder out = new StringBuilder();
    write(out, node, " ", 0);
    return out.toString();
  }

  /// The canonical form of strings, numbers, booleans, lists and maps.
  static String canonicalOf(Object value) {
    return canonical(MAPPER.<JsonNode>valueToTree(value));
  }

  /// Appends text as a JSON string.
  public static void quote(StringBuilder out, String text) {
    out.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '"' -> out.append("\\\"");
        case '\\' -> out.append("\\\\");
        case '\b' -> out.append("\\b");
        case '\f' -> out.append("\\f");
        case '\n' -> out.append("\\n");
        case '\r' -> out.append("\\r");
        case '\t' -> out.append("\\t");
        default -> {
          if (c < 0x20) out.append("\\u00").append(c < 0x10 ? '0' : '1').append(hex(c & 0xF));
          else out.append(c);
        }
      }
    }
    out.append('"');
  }

  /// Text as a JSON string.
  public static String quote(String text) {
    StringBuilder out = new StringBuilder(text.length() + 2);
    quote(out, text);
    return out.toString();
  }

  private static void write(StringBuilder out, JsonNode node, String space, int depth) {
    if (depth > DEEPEST) throw Values.invalid("json", "…");
    switch (node.getNodeType()) {
      case OBJECT -> {
        List<Map.Entry<String, JsonNode>> members = new ArrayList<>(node.properties());
        members.sort((one, other) -> compareKeys(one.getKey(), other.getKey()));
        out.append('{');
        for (int i = 0; i < members.size(); i++) {
          if (i > 0) out.append(',').append(space);
          quote(out, storable(members.get(i).getKey()));
          out.append(':').append(space);
          write(out, members.get(i).getValue(), space, depth + 1);
        }
        out.append('}');
      }
      case ARRAY -> {
        out.append('[');
        for (int i = 0; i < node.size(); i++) {
          if (i > 0) out.append(',').append(space);
          write(out, node.get(i), space, depth + 1);
        }
        out.append(']');
      }
      case STRING -> quote(out, storable(node.stringValue()));
      case NUMBER -> out.append(number(node));
      case BOOLEAN -> out.append(node.booleanValue());
      case NULL -> out.append("null");
      case BINARY, POJO, MISSING -> throw new IllegalArgumentException("no JSON: " + node);
    }
  }

  private static String number(JsonNode node) {
    if (node.isFloat() || node.isDouble()) {
      double value = node.doubleValue();
      if (!Double.isFinite(value)) throw Values.invalid("json", node.toString());
    }
    BigDecimal value = node.decimalValue();
    if (Math.abs((long) value.scale()) > LONGEST_NUMBER)
      throw Values.outOfRange("22003", "value overflows numeric format");
    return value.toPlainString();
  }

  private static String storable(String text) {
    if (text.indexOf('\0') >= 0)
      throw Values.outOfRange("22P05", "unsupported Unicode escape sequence");
    if (!Values.isWellFormed(text)) throw Values.invalid("json", "…");
    return text;
  }

  /// By the length of the UTF-8, then by its bytes, which is the order of code points.
  static int compareKeys(String one, String other) {
    int byLength = Integer.compare(bytes(one), bytes(other));
    return byLength != 0 ? byLength : Values.compareText(one, other);
  }

  private static int bytes(String text) {
    int bytes = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < 0x80) bytes += 1;
      else if (c < 0x800) bytes += 2;
      else if (Character.isSurrogate(c)) bytes += 2; // four for the pair
      else bytes += 3;
    }
    return bytes;
  }

  private static char hex(int digit) {
    return Character.forDigit(digit, 16);
  }
}
