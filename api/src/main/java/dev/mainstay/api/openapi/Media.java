package dev.mainstay.api.openapi;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// The forms that an answer may have, as `Accept` asks for them (`WIRE.md` §1.13).
final class Media {
  private static final String STRIPPED = ";nulls=stripped";
  private static final String ARRAY = "application/vnd.pgrst.array+json";
  private static final String OBJECT = "application/vnd.pgrst.object+json";
  static final String CSV = "text/csv";

  private Media() {}

  /// A list of rows, or one of which exactly one must be there.
  ///
  /// @param example a row, or null
  static void rows(
      ObjectNode response, ObjectNode row, @Nullable ObjectNode example, Surface surface) {
    ObjectNode content = content(response);
    ObjectNode json = content.putObject("application/json");
    json.putObject("schema").put("type", "array").set("items", row);
    if (example != null) json.putArray("example").add(example);
    ObjectNode list = content.putObject(ARRAY + STRIPPED).putObject("schema").put("type", "array");
    list.putObject("items").put("type", "object");
    ObjectNode one = content.putObject(OBJECT);
    one.set("schema", row);
    if (example != null) one.set("example", example);
    content.putObject(OBJECT + STRIPPED).putObject("schema").put("type", "object");
    text(content, surface);
  }

  /// One row, in a list or not as the function has it.
  static void row(ObjectNode response, ObjectNode row, Surface surface) {
    ObjectNode content = content(response);
    for (String form : new String[] {"application/json", OBJECT})
      content.putObject(form).set("schema", row);
    content.putObject(OBJECT + STRIPPED).putObject("schema").put("type", "object");
    text(content, surface);
  }

  /// One value, as JSON or as its text is.
  static void value(ObjectNode response, ObjectNode schema, Surface surface) {
    ObjectNode content = content(response);
    content.putObject("application/json").set("schema", schema);
    string(content, "text/plain");
    text(content, surface);
  }

  /// A list of values.
  static void values(ObjectNode response, ObjectNode schema, Surface surface) {
    ObjectNode content = content(response);
    ObjectNode list = JsonNodeFactory.instance.objectNode().put("type", "array");
    list.set("items", schema);
    content.putObject("application/json").set("schema", list);
    text(content, surface);
  }

  private static ObjectNode content(ObjectNode response) {
    return response.putObject("content");
  }

  private static void text(ObjectNode content, Surface surface) {
    string(content, CSV);
    if (!surface.has(Surface.Extra.PLANS)) return;
    string(content, "application/vnd.pgrst.plan+text");
    content.putObject("application/vnd.pgrst.plan+json").putObject("schema");
  }

  private static void string(ObjectNode content, String form) {
    content.putObject(form).putObject("schema").put("type", "string");
  }
}
