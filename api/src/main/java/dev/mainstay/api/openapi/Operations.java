package dev.mainstay.api.openapi;

import dev.mainstay.core.model.Policy.Action;
import dev.mainstay.core.plan.Visible;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// The operations of [OpenApi] on one table.
final class Operations {
  private final boolean profiles;
  private final Visible.Table table;
  private final String key;

  /// @param profiles whether a request names its schema
  Operations(boolean profiles, Visible.Table table) {
    this.profiles = profiles;
    this.table = table;
    this.key = Names.component(table.name());
  }

  void write(ObjectNode path) {
    if (table.may(Action.READ)) read(path.putObject("get"));
    if (table.may(Action.INSERT)) insert(path.putObject("post"));
    if (table.may(Action.UPDATE)) update(path.putObject("patch"));
    if (table.may(Action.DELETE)) delete(path.putObject("delete"));
  }

  private void read(ObjectNode operation) {
    begin(operation, "read", "Read rows of " + table.name(), embeds());
    ArrayNode parameters = operation.putArray("parameters");
    Parameters.filters(parameters, table);
    for (String shared : Parameters.READ) Parameters.use(parameters, shared);
    profile(parameters, "accept-profile");
    ObjectNode responses = operation.putObject("responses");
    Responses.use(responses, "200", Responses.rows(table));
    Responses.use(responses, "206", Responses.rows(table));
    Responses.refusals(responses);
    Responses.use(responses, "416", "no_such_range");
  }

  private void insert(ObjectNode operation) {
    begin(operation, "insert", "Add rows to " + table.name(), null);
    ArrayNode parameters = operation.putArray("parameters");
    shared(parameters, List.of("columns", "prefer.insert"));
    ObjectNode body = operation.putObject("requestBody").put("required", true);
    ObjectNode json = body.putObject("content").putObject("application/json");
    ArrayNode either = json.putObject("schema").putArray("oneOf");
    either.addObject().put("$ref", Schemas.added(table));
    ObjectNode several = either.addObject().put("type", "array");
    several.putObject("items").put("$ref", Schemas.added(table));
    ObjectNode examples = json.putObject("examples");
    examples.putObject("one").set("value", example(true));
    examples.putObject("several").putArray("value").add(example(true));
    ObjectNode responses = operation.putObject("responses");
    ObjectNode created = responses.putObject("201");
    created.put("description", written("Added."));
    Responses.header(created, "Location", "Where the row is, for `return=headers-only`.");
    if (table.may(Action.READ)) Responses.content(created, table);
    writeRefusals(responses);
  }

  private void update(ObjectNode operation) {
    begin(operation, "update", "Change rows of " + table.name(), UNFILTERED);
    ArrayNode parameters = operation.putArray("parameters");
    Parameters.filters(parameters, table);
    shared(parameters, List.of("or", "and", "columns", "prefer.write"));
    ObjectNode body = operation.putObject("requestBody").put("required", true);
    ObjectNode json = body.putObject("content").putObject("application/json");
    json.putObject("schema").put("$ref", Schemas.changed(table));
    json.putObject("examples").putObject("one").set("value", example(false));
    ObjectNode responses = operation.putObject("responses");
    changed(responses, "Changed.");
    writeRefusals(responses);
  }

  private void delete(ObjectNode operation) {
    begin(operation, "delete", "Delete rows of " + table.name(), UNFILTERED);
    ArrayNode parameters = operation.putArray("parameters");
    Parameters.filters(parameters, table);
    shared(parameters, List.of("or", "and", "prefer.write"));
    ObjectNode responses = operation.putObject("responses");
    changed(responses, "Deleted.");
    writeRefusals(responses);
  }

  private static final String UNFILTERED = "Those rows that all filters match; give at least one.";

  private void begin(
      ObjectNode operation, String verb, String summary, @Nullable String description) {
    operation.putArray("tags").add(table.name());
    operation.put("operationId", verb + "_" + key);
    operation.put("summary", summary);
    if (description != null) operation.put("description", description);
  }

  private void shared(ArrayNode parameters, List<String> more) {
    if (table.may(Action.READ)) Parameters.use(parameters, "select");
    for (String key : more) Parameters.use(parameters, key);
    profile(parameters, "content-profile");
  }

  private void profile(ArrayNode parameters, String key) {
    if (profiles) Parameters.use(parameters, key);
  }

  private void changed(ObjectNode responses, String verb) {
    ObjectNode rows = responses.putObject("200").put("description", verb + " The rows.");
    Responses.content(rows, table);
    responses.putObject("204").put("description", verb);
  }

  private String written(String verb) {
    return table.may(Action.READ)
        ? verb + " The rows for `return=representation`, else nothing."
        : verb;
  }

  private static void writeRefusals(ObjectNode responses) {
    Responses.refusals(responses);
    Responses.use(responses, "403", "forbidden");
    Responses.use(responses, "409", "conflict");
  }

  /// What must be given of a new row, else all that may be; all that may be changed but the key.
  private ObjectNode example(boolean isNew) {
    ObjectNode example = JsonNodeFactory.instance.objectNode();
    for (Visible.Column column : table.columns())
      if (isNew ? column.writable() && Schemas.mustBeGiven(column) : isChanged(column))
        Samples.put(example, column.name(), column.type());
    if (example.isEmpty())
      for (Visible.Column column : table.columns())
        if (column.writable()) Samples.put(example, column.name(), column.type());
    return example;
  }

  private static boolean isChanged(Visible.Column column) {
    return column.writable() && !column.inKey();
  }

  /// What can come along, as `select` names it.
  private @Nullable String embeds() {
    if (table.embeds().isEmpty()) return null;
    StringBuilder text = new StringBuilder("Rows of other tables can come along in `select`:\n");
    for (Visible.Embed embed : table.embeds())
      text.append("\n- `")
          .append(embed(embed))
          .append("(*)`: ")
          .append(embed.cardinality().words())
          .append(embed.name().equals(embed.table()) ? "" : ", of " + embed.table());
    return text.toString();
  }

  private static String embed(Visible.Embed embed) {
    String hint = embed.hint();
    return Names.field(embed.name()) + (hint == null ? "" : "!" + Names.field(hint));
  }
}
