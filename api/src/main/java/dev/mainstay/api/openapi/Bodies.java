package dev.mainstay.api.openapi;

import dev.mainstay.core.plan.Visible;
import java.util.List;
import java.util.function.Predicate;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// The bodies of writes: as JSON, as CSV and as a form, with an example of each.
final class Bodies {
  private final Visible.Table table;

  Bodies(Visible.Table table) {
    this.table = table;
  }

  /// One new row or several: what must be given, else all that may be.
  void inserted(ObjectNode operation) {
    ObjectNode content = content(operation);
    List<Visible.Column> columns = orAll(Schemas::mustBeGiven);
    ObjectNode json = content.putObject("application/json");
    ArrayNode either = json.putObject("schema").putArray("oneOf");
    either.addObject().put("$ref", Schemas.added(table));
    ObjectNode several = either.addObject().put("type", "array");
    several.putObject("items").put("$ref", Schemas.added(table));
    ObjectNode examples = json.putObject("examples");
    put(examples.putObject("one").putObject("value"), columns);
    put(examples.putObject("several").putArray("value").addObject(), columns);
    text(content, columns);
  }

  /// A whole row: its key and what must be given.
  void put(ObjectNode operation) {
    one(
        operation,
        Schemas.added(table),
        table.columns().stream()
            .filter(Visible.Column::writable)
            .filter(column -> column.inKey() || Schemas.mustBeGiven(column))
            .toList());
  }

  /// What may be changed but the key.
  void changed(ObjectNode operation) {
    one(operation, Schemas.changed(table), orAll(column -> !column.inKey()));
  }

  private void one(ObjectNode operation, String schema, List<Visible.Column> columns) {
    ObjectNode content = content(operation);
    ObjectNode json = content.putObject("application/json");
    json.putObject("schema").put("$ref", schema);
    put(json.putObject("examples").putObject("one").putObject("value"), columns);
    text(content, columns);
  }

  private List<Visible.Column> orAll(Predicate<Visible.Column> some) {
    List<Visible.Column> writable =
        table.columns().stream().filter(Visible.Column::writable).toList();
    List<Visible.Column> columns = writable.stream().filter(some).toList();
    return columns.isEmpty() ? writable : columns;
  }

  private static ObjectNode content(ObjectNode operation) {
    ObjectNode body = operation.putObject("requestBody").put("required", true);
    return body.putObject("content");
  }

  private static void put(ObjectNode row, List<Visible.Column> columns) {
    for (Visible.Column column : columns) Samples.put(row, column.name(), column.type());
  }

  /// Each value as an operator would take it.
  private static void text(ObjectNode content, List<Visible.Column> columns) {
    if (columns.isEmpty()) return;
    ObjectNode csv = content.putObject(Media.CSV);
    csv.putObject("schema").put("type", "string");
    String names = line(columns.stream().map(Visible.Column::name).toList());
    String values = line(columns.stream().map(column -> Samples.operand(column.type())).toList());
    csv.put("example", names + "\n" + values);
    ObjectNode form = content.putObject("application/x-www-form-urlencoded");
    ObjectNode schema = form.putObject("schema").put("type", "object");
    schema.putObject("additionalProperties").put("type", "string");
    ObjectNode example = form.putObject("example");
    for (Visible.Column column : columns)
      example.put(column.name(), Samples.operand(column.type()));
  }

  private static String line(List<String> cells) {
    return String.join(
        ",",
        cells.stream()
            .map(
                cell -> cell.matches("[^\",\r\n]+") ? cell : '"' + cell.replace("\"", "\"\"") + '"')
            .toList());
  }
}
