package dev.mainstay.api.openapi;

import dev.mainstay.core.model.Policy.Action;
import dev.mainstay.core.plan.Visible;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// The responses of [OpenApi]: for each table its rows, and the refusals that all share.
final class Responses {
  private static final String PLACE = "#/components/responses/";

  private Responses() {}

  static ObjectNode use(ObjectNode responses, String status, String key) {
    return responses.putObject(status).put("$ref", PLACE + key);
  }

  static String rows(Visible.Table table) {
    return Names.component(table.name()) + ".rows";
  }

  /// What any request may meet.
  static void refusals(ObjectNode responses) {
    use(responses, "400", "unreadable");
    use(responses, "401", "unknown_caller");
    use(responses, "406", "unacceptable");
    use(responses, "default", "refused");
  }

  static void write(ObjectNode responses, Visible visible, Surface surface) {
    for (Visible.Table table : visible.tables())
      if (table.may(Action.READ)) {
        ObjectNode rows = responses.putObject(rows(table));
        rows.put("description", "The rows. A part of those counted is 206.");
        header(rows, "Content-Range", "The first row, the last, and how many match: `0-19/*`.");
        header(rows, "ETag", "The name of the answer, for `If-None-Match`.");
        content(rows, table, surface);
      }
    refusal(responses, "unreadable", "What was asked cannot be read, or not be done.");
    refusal(responses, "unknown_caller", "No key, a bad one, or one that may not do this.");
    responses.putObject("known").put("description", "As `If-None-Match` has it.");
    refusal(responses, "ambiguous", "More than one relation, or function, is meant; `hint` tells.");
    refusal(responses, "forbidden", "The row may not be written so.");
    refusal(responses, "unacceptable", "No such form of answer; or not one row.");
    refusal(responses, "conflict", "A key that is taken, or that refers to nothing.");
    refusal(responses, "no_such_range", "The range begins behind the last row.");
    refusal(responses, "not_by_key", "Not the whole key, or more than that, or not by `eq`.");
    refusal(responses, "no_function", "No function takes those arguments.");
    refusal(responses, "refused", "Something else; `message` tells.");
  }

  /// Rows of the table, in each form that `Accept` may ask for.
  static void content(ObjectNode response, Visible.Table table, Surface surface) {
    ObjectNode schema = JsonNodeFactory.instance.objectNode().put("$ref", Schemas.row(table));
    Media.rows(response, schema, row(table), surface);
  }

  private static ObjectNode row(Visible.Table table) {
    ObjectNode row = JsonNodeFactory.instance.objectNode();
    for (Visible.Column column : table.columns()) Samples.put(row, column.name(), column.type());
    return row;
  }

  static void header(ObjectNode response, String name, String description) {
    ObjectNode header = response.withObjectProperty("headers").putObject(name);
    header.put("description", description).putObject("schema").put("type", "string");
  }

  private static void refusal(ObjectNode responses, String key, String description) {
    ObjectNode refusal = responses.putObject(key).put("description", description);
    ObjectNode json = refusal.putObject("content").putObject("application/json");
    json.putObject("schema").put("$ref", "#/components/schemas/error");
    json.putObject("example")
        .put("code", "PGRST000")
        .put("message", "What went wrong")
        .putNull("details")
        .putNull("hint");
  }
}
