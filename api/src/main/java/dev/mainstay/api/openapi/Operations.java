package dev.mainstay.api.openapi;

import dev.mainstay.core.model.Policy.Action;
import dev.mainstay.core.plan.Visible;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// The operations of [OpenApi] on one table.
final class Operations {
  private final Surface surface;
  private final Visible.Table table;
  private final String key;

  Operations(Surface surface, Visible.Table table) {
    this.surface = surface;
    this.table = table;
    this.key = Names.component(table.name());
  }

  void write(ObjectNode path) {
    if (table.may(Action.READ)) read(path.putObject("get"));
    if (table.may(Action.INSERT)) insert(path.putObject("post"));
    if (hasKeyToPut()) put(path.putObject("put"));
    if (table.may(Action.UPDATE)) update(path.putObject("patch"));
    if (table.may(Action.DELETE)) delete(path.putObject("delete"));
  }

  private void read(ObjectNode operation) {
    begin(operation, "read", "Read rows of " + table.name(), embeds());
    ArrayNode parameters = operation.putArray("parameters");
    Parameters.filters(parameters, table);
    for (String shared : Parameters.READ) Parameters.use(parameters, shared);
    Parameters.use(parameters, Prefer.READ.key());
    Parameters.use(parameters, "if-none-match");
    profile(parameters, "accept-profile");
    ObjectNode responses = operation.putObject("responses");
    Responses.use(responses, "200", Responses.rows(table));
    Responses.use(responses, "206", Responses.rows(table));
    Responses.use(responses, "300", "ambiguous");
    Responses.use(responses, "304", "known");
    Responses.refusals(responses);
    Responses.use(responses, "416", "no_such_range");
  }

  private void insert(ObjectNode operation) {
    begin(operation, "insert", "Add rows to " + table.name(), null);
    ArrayNode parameters = operation.putArray("parameters");
    boolean reads = table.may(Action.READ);
    Prefer prefer = reads ? table.may(Action.UPDATE) ? Prefer.UPSERT : Prefer.INSERT : Prefer.ADD;
    shared(
        parameters,
        reads ? List.of("columns", "on_conflict", prefer.key()) : List.of("columns", prefer.key()));
    new Bodies(table).inserted(operation);
    ObjectNode responses = operation.putObject("responses");
    ObjectNode created = responses.putObject("201");
    created.put("description", written("Added."));
    Responses.header(created, "Location", "Where the row is, for `return=headers-only`.");
    if (reads) {
      Responses.content(created, table, surface);
      if (prefer == Prefer.UPSERT) {
        ObjectNode merged = responses.putObject("200");
        merged.put("description", written("All were there, and are changed."));
        Responses.content(merged, table, surface);
      }
    }
    writeRefusals(responses);
  }

  /// One row under its key, new or not.
  private void put(ObjectNode operation) {
    begin(operation, "put", "Put a row in " + table.name(), "Adds the row or changes all of it.");
    ArrayNode parameters = operation.putArray("parameters");
    for (Visible.Column column : table.columns())
      if (column.inKey()) Parameters.key(parameters, column);
    shared(parameters, List.of(Prefer.PUT.key()));
    new Bodies(table).put(operation);
    ObjectNode responses = operation.putObject("responses");
    ObjectNode created = responses.putObject("201").put("description", "Added. The row.");
    Responses.content(created, table, surface);
    changed(responses, "Put.");
    writeRefusals(responses);
    Responses.use(responses, "405", "not_by_key");
  }

  private boolean hasKeyToPut() {
    List<Visible.Column> key = table.columns().stream().filter(Visible.Column::inKey).toList();
    return table.may(Action.INSERT)
        && table.may(Action.UPDATE)
        && !key.isEmpty()
        && key.stream().allMatch(column -> column.writable() && Names.isFilter(column.name()));
  }

  private void update(ObjectNode operation) {
    begin(operation, "update", "Change rows of " + table.name(), UNFILTERED);
    ArrayNode parameters = operation.putArray("parameters");
    Parameters.filters(parameters, table);
    shared(parameters, List.of("or", "and", "columns", Prefer.UPDATE.key()));
    new Bodies(table).changed(operation);
    ObjectNode responses = operation.putObject("responses");
    changed(responses, "Changed.");
    writeRefusals(responses);
  }

  private void delete(ObjectNode operation) {
    begin(operation, "delete", "Delete rows of " + table.name(), UNFILTERED);
    ArrayNode parameters = operation.putArray("parameters");
    Parameters.filters(parameters, table);
    shared(parameters, List.of("or", "and", Prefer.DELETE.key()));
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
    Parameters.once(parameters, surface);
    profile(parameters, "content-profile");
  }

  private void profile(ArrayNode parameters, String key) {
    if (surface.schemas().size() > 1) Parameters.use(parameters, key);
  }

  private void changed(ObjectNode responses, String verb) {
    ObjectNode rows = responses.putObject("200").put("description", verb + " The rows.");
    Responses.content(rows, table, surface);
    responses.putObject("204").put("description", verb);
  }

  private String written(String verb) {
    return table.may(Action.READ)
        ? verb + " The rows for `return=representation`, else nothing."
        : verb;
  }

  private void writeRefusals(ObjectNode responses) {
    if (table.may(Action.READ)) Responses.use(responses, "300", "ambiguous");
    Responses.refusals(responses);
    Responses.use(responses, "403", "forbidden");
    Responses.use(responses, "409", "conflict");
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
