package dev.mainstay.core.testing;

import dev.mainstay.core.query.JsonText;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// The values that a test's texts can name, as `$list`: those of answers it kept, and the uids of
/// its callers. `$$` is a dollar sign.
public final class Kept {
  /// What a name may be.
  static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

  private static final Pattern NAMED = Pattern.compile("\\$(\\$|[A-Za-z_][A-Za-z0-9_]*)");
  private static final String SPARED = "-._~";

  /// What stands in a URL only percent-encoded, though nobody likes to write it so.
  private static final String ENCODED = "\"#<>\\^`{|}";

  private final Map<String, JsonNode> values = new HashMap<>();

  public void put(String name, JsonNode value) {
    values.put(name, value);
  }

  /// The names in a text.
  static List<String> names(String text) {
    return NAMED.matcher(text).results().map(named -> named.group(1)).toList();
  }

  /// The text with values for names.
  public String text(String text) {
    return replaced(text, value -> plain(value));
  }

  /// Path and query with values for names, encoded where it must be.
  public String target(String target) {
    var out = new StringBuilder();
    String whole = replaced(target, value -> encoded(plain(value)));
    for (byte b : whole.getBytes(StandardCharsets.UTF_8)) {
      boolean stands = b > 0x20 && b < 0x7f && ENCODED.indexOf(b) < 0;
      out.append(stands ? String.valueOf((char) b) : percent(b));
    }
    return out.toString();
  }

  /// JSON with values for names. A text that is nothing but a name becomes the value itself.
  public JsonNode json(JsonNode json) {
    return switch (json) {
      case ObjectNode object -> {
        ObjectNode out = JsonNodeFactory.instance.objectNode();
        for (Map.Entry<String, JsonNode> member : object.properties())
          out.set(member.getKey(), json(member.getValue()));
        yield out;
      }
      case ArrayNode array -> {
        ArrayNode out = JsonNodeFactory.instance.arrayNode();
        for (JsonNode element : array) out.add(json(element));
        yield out;
      }
      case JsonNode text when text.isString() -> ofText(text.stringValue());
      default -> json;
    };
  }

  private JsonNode ofText(String text) {
    if (text.startsWith("$") && NAME.matcher(text.substring(1)).matches()) {
      JsonNode value = values.get(text.substring(1));
      if (value != null) return value;
    }
    return JsonNodeFactory.instance.stringNode(text(text));
  }

  private String replaced(String text, Function<JsonNode, String> written) {
    return NAMED.matcher(text).replaceAll(named -> Matcher.quoteReplacement(value(named, written)));
  }

  private String value(MatchResult named, Function<JsonNode, String> written) {
    if (named.group(1).equals("$")) return "$";
    JsonNode value = values.get(named.group(1));
    return value == null ? named.group() : written.apply(value);
  }

  private static String plain(JsonNode value) {
    return value.isString() ? value.stringValue() : JsonText.canonical(value);
  }

  private static String encoded(String text) {
    var out = new StringBuilder();
    for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
      boolean isWord = b >= '0' && b <= '9' || b >= 'A' && b <= 'Z' || b >= 'a' && b <= 'z';
      out.append(isWord || SPARED.indexOf(b) >= 0 ? String.valueOf((char) b) : percent(b));
    }
    return out.toString();
  }

  private static String percent(byte b) {
    return "%" + Character.forDigit(b >> 4 & 0xF, 16) + Character.forDigit(b & 0xF, 16);
  }
}
