package dev.mainstay.api.openapi;

import dev.mainstay.core.model.ColumnType;
import dev.mainstay.core.model.TableName;
import dev.mainstay.core.plan.Visible;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/// The definitions and parameters of [Swagger].
final class SwaggerTables {
  private SwaggerTables() {}

  static void definition(ObjectNode definition, Visible.Table table) {
    if (table.comment() != null) definition.put("description", table.comment());
    List<String> required = new ArrayList<>();
    for (Visible.Column column : table.columns())
      if (!column.nullable()) required.add(column.name());
    if (!required.isEmpty()) strings(definition.putArray("required"), required);
    ObjectNode properties = definition.putObject("properties");
    for (Visible.Column column : table.columns())
      property(properties.putObject(column.name()), column);
    definition.put("type", "object");
  }

  private static void property(ObjectNode property, Visible.Column column) {
    JsonNode value = fill(column);
    if (value != null) property.set("default", value);
    String description = description(column);
    if (description != null) property.put("description", description);
    if (column.type() instanceof ColumnType.Enumerated(String _, String _, List<String> labels))
      strings(property.putArray("enum"), labels);
    property.put("format", format(column.type()));
    if (column.type() instanceof ColumnType.ArrayOf(ColumnType element)) {
      ObjectNode items = property.putObject("items");
      String type = type(element);
      if (type != null) items.put("type", type);
    }
    if (column.type() instanceof ColumnType.Varchar(int length)) property.put("maxLength", length);
    String type = type(column.type());
    if (type != null) property.put("type", type);
  }

  /// PostgREST leaves out a default that it cannot read as JSON: of an array, of JSON itself.
  private static @Nullable JsonNode fill(Visible.Column column) {
    if (column.type() instanceof ColumnType.ArrayOf || column.type() instanceof ColumnType.Json)
      return null;
    String call = Fills.call(column.fill());
    return call == null ? Fills.literal(column.type(), column.fill()) : StringNode.valueOf(call);
  }

  private static @Nullable String description(Visible.Column column) {
    List<String> notes = new ArrayList<>();
    if (column.inKey()) notes.add("This is a Primary Key.<pk/>");
    Visible.Target target = column.refersTo();
    if (target != null)
      notes.add(
          "This is a Foreign Key to `%1$s.%2$s`.<fk table='%1$s' column='%2$s'/>"
              .formatted(target.table(), target.column()));
    if (notes.isEmpty()) return column.comment();
    String before = column.comment() == null ? "" : column.comment() + "\n\n";
    return before + "Note:\n" + String.join("\n", notes);
  }

  // ── parameters ──

  static void parameters(ObjectNode parameters, Visible visible) {
    prefer(parameters, "preferParams", List.of());
    prefer(
        parameters,
        "preferReturn",
        List.of("return=representation", "return=minimal", "return=none"));
    prefer(parameters, "preferCount", List.of("count=none"));
    prefer(
        parameters,
        "preferPost",
        List.of(
            "return=representation",
            "return=minimal",
            "return=none",
            "resolution=ignore-duplicates",
            "resolution=merge-duplicates"));
    parameter(parameters, "select", "select", "Filtering Columns", "query");
    parameter(parameters, "on_conflict", "on_conflict", "On Conflict", "query");
    parameter(parameters, "order", "order", "Ordering", "query");
    parameter(parameters, "range", "Range", "Limiting and Pagination", "header");
    parameter(parameters, "rangeUnit", "Range-Unit", "Limiting and Pagination", "header")
        .put("default", "items");
    parameter(parameters, "offset", "offset", "Limiting and Pagination", "query");
    parameter(parameters, "limit", "limit", "Limiting and Pagination", "query");
    for (Visible.Table table : visible.tables()) {
      ObjectNode body = parameters.putObject("body." + table.name());
      body.put("name", table.name()).put("description", table.name());
      body.put("required", false).put("in", "body");
      body.putObject("schema").put("$ref", Names.pointer("definitions", table.name()));
      for (Visible.Column column : table.columns())
        parameter(
            parameters,
            "rowFilter." + table.name() + "." + column.name(),
            column.name(),
            column.comment(),
            "query");
    }
  }

  private static void prefer(ObjectNode parameters, String key, List<String> values) {
    ObjectNode prefer = parameter(parameters, key, "Prefer", "Preference", "header");
    if (!values.isEmpty()) strings(prefer.putArray("enum"), values);
  }

  private static ObjectNode parameter(
      ObjectNode parameters, String key, String name, @Nullable String description, String in) {
    ObjectNode parameter = parameters.putObject(key).put("name", name);
    if (description != null) parameter.put("description", description);
    return parameter.put("required", false).put("in", in).put("type", "string");
  }

  // ── types ──

  /// The JSON type, or null where anything may stand.
  static @Nullable String type(ColumnType type) {
    return switch (type) {
      case ColumnType.Bool() -> "boolean";
      case ColumnType.Whole _ -> "integer";
      case ColumnType.Decimal _, ColumnType.Floating _ -> "number";
      case ColumnType.Json() -> null;
      case ColumnType.ArrayOf _ -> "array";
      case ColumnType.Text _,
          ColumnType.Varchar _,
          ColumnType.Uuid _,
          ColumnType.Date _,
          ColumnType.Time _,
          ColumnType.Timestamp _,
          ColumnType.TimestampTz _,
          ColumnType.Interval _,
          ColumnType.Bytea _,
          ColumnType.Enumerated _,
          ColumnType.Native _ ->
          "string";
    };
  }

  /// The type's SQL name without its sizes.
  static String format(ColumnType type) {
    return switch (type) {
      case ColumnType.Decimal _ -> "numeric";
      case ColumnType.Varchar _ -> "character varying";
      case ColumnType.Enumerated(String _, String name, List<String> _) ->
          TableName.DEFAULT_SCHEMA + "." + name;
      case ColumnType.ArrayOf(ColumnType element) -> format(element) + "[]";
      case ColumnType.Bool _,
          ColumnType.Whole _,
          ColumnType.Floating _,
          ColumnType.Text _,
          ColumnType.Uuid _,
          ColumnType.Date _,
          ColumnType.Time _,
          ColumnType.Timestamp _,
          ColumnType.TimestampTz _,
          ColumnType.Interval _,
          ColumnType.Json _,
          ColumnType.Bytea _,
          ColumnType.Native _ ->
          type.toString();
    };
  }

  private static void strings(ArrayNode array, List<String> texts) {
    for (String text : texts) array.add(text);
  }
}
