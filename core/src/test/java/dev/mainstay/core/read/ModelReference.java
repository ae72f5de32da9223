package dev.mainstay.core.read;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/// The reference of `backend.yaml` as Markdown, made from its JSON Schema: a table of keys for the
/// file and for each kind of mapping in it, in the order the schema leads to them, and at the end
/// the values that may be written in several ways.
final class ModelReference {
  private static final String INTRODUCTION =
      """
      # Model reference

      Every key of `backend.yaml`, made from the JSON Schema that editors use. [The model](model.md) explains them
      with examples, [Policies](policies.md) what conditions mean. Keys with a `*` are needed.
      """;

  private final JsonNode schema;
  private final Set<String> mappings = new LinkedHashSet<>();
  private final Set<String> values = new LinkedHashSet<>();
  private final StringBuilder text = new StringBuilder(INTRODUCTION);

  private ModelReference(JsonNode schema) {
    this.schema = schema;
  }

  static String of(JsonNode schema) {
    return new ModelReference(schema).text();
  }

  private String text() {
    section("The file", schema, schema.path("properties"));
    var done = new LinkedHashSet<String>();
    while (!done.containsAll(mappings) || !done.containsAll(values)) {
      for (String name : List.copyOf(mappings))
        if (done.add(name)) {
          JsonNode definition = definition(name);
          section(title(name), definition, mapping(definition).path("properties"));
        }
      // What a value is made of may lead to mappings.
      for (String name : List.copyOf(values)) if (done.add(name)) choices(definition(name));
    }
    text.append("\n## Values\n\n| value | may be | says |\n|---|---|---|\n");
    for (String name : values)
      row(name, choices(definition(name)), definition(name).path("description").asString());
    return text.toString();
  }

  private void section(String title, JsonNode definition, JsonNode properties) {
    text.append("\n## ").append(title).append("\n\n");
    String description = description(definition);
    if (!description.isEmpty()) text.append(description).append("\n\n");
    text.append("| key | value | says |\n|---|---|---|\n");
    Set<String> required =
        mapping(definition)
            .path("required")
            .valueStream()
            .map(JsonNode::asString)
            .collect(Collectors.toSet());
    for (Map.Entry<String, JsonNode> property : properties.properties()) {
      String key = property.getKey() + (required.contains(property.getKey()) ? "*" : "");
      row(key, value(property.getValue()), description(property.getValue()));
    }
  }

  private void row(String key, String value, String says) {
    text.append("| `").append(key).append("` | ").append(cell(value)).append(" | ");
    text.append(cell(says)).append(" |\n");
  }

  /// The words of a definition, or of the one it refers to where that is not explained elsewhere.
  private String description(JsonNode node) {
    if (node.has("description")) return node.path("description").asString();
    if (!node.has("$ref")) return "";
    return isValue(definition(name(node))) ? "" : description(definition(name(node)));
  }

  /// What may stand there, in words and links.
  private String value(JsonNode node) {
    var words = new LinkedHashMap<String, Boolean>();
    collect(node, words);
    return String.join(", ", words.keySet());
  }

  private void collect(JsonNode node, Map<String, Boolean> words) {
    if (node.has("$ref")) {
      String name = name(node);
      JsonNode definition = definition(name);
      if (isMapping(definition)) words.put(link(name), true);
      else if (isValue(definition)) {
        values.add(name);
        words.put("[" + title(name).toLowerCase(Locale.ROOT) + "](#values)", true);
      } else collect(definition, words);
    } else collectChoices(node, words);
  }

  private void collectChoices(JsonNode node, Map<String, Boolean> words) {
    for (String choice : List.of("anyOf", "oneOf"))
      for (JsonNode one : node.path(choice)) collect(one, words);
    if (node.has("enum"))
      for (JsonNode label : node.path("enum")) words.put("`" + label.asString() + "`", true);
    for (String type : types(node)) words.putIfAbsent(word(type, node), true);
  }

  private String word(String type, JsonNode node) {
    return switch (type) {
      case "object" -> {
        JsonNode values = node.path("additionalProperties");
        if (!values.isObject()) yield "a mapping";
        String of = value(values);
        yield of.isEmpty() ? "a mapping" : "by name: " + of;
      }
      case "array" -> {
        String of = value(node.path("items"));
        yield of.isEmpty() ? "a list" : "a list of: " + of;
      }
      case "boolean" -> "true or false";
      case "string" -> "text";
      case "integer", "number" -> "a number";
      default -> type;
    };
  }

  /// A word in the schema is text, whatever YAML takes it for.
  private static List<String> types(JsonNode node) {
    JsonNode type = node.path("type");
    if (type.isString()) return List.of(type.asString());
    var types = new ArrayList<String>();
    for (JsonNode one : type) types.add(one.asString());
    types.remove("null");
    if (types.contains("string") && types.contains("number")) return List.of("string");
    return types;
  }

  private String link(String name) {
    mappings.add(name);
    String title = title(name);
    return "[%s](#%s)"
        .formatted(
            title.toLowerCase(Locale.ROOT), title.toLowerCase(Locale.ROOT).replace(' ', '-'));
  }

  private String choices(JsonNode definition) {
    var words = new LinkedHashMap<String, Boolean>();
    collectChoices(definition, words);
    return String.join(", ", words.keySet());
  }

  /// Several ways to write it, explained once.
  private static boolean isValue(JsonNode definition) {
    return definition.has("description") && definition.has("anyOf") && !isMapping(definition);
  }

  private static boolean isMapping(JsonNode definition) {
    return mapping(definition).path("properties").isObject();
  }

  /// The definition itself, or the one of its alternatives, that is a mapping with known keys.
  private static JsonNode mapping(JsonNode definition) {
    if (definition.path("properties").isObject()) return definition;
    for (JsonNode one : definition.path("anyOf")) if (one.path("properties").isObject()) return one;
    return definition;
  }

  private JsonNode definition(String name) {
    return schema.at("/$defs/" + name);
  }

  private static String name(JsonNode node) {
    String reference = node.path("$ref").asString();
    return reference.substring(reference.lastIndexOf('/') + 1);
  }

  /// `viewColumn` is `View column`.
  private static String title(String name) {
    String words = name.replaceAll("([a-z])([A-Z])", "$1 $2").toLowerCase(Locale.ROOT);
    return words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1);
  }

  private static String cell(String text) {
    return text.replace("|", "\\|").replace("\n", " ");
  }
}
