package dev.mainstay.api.openapi;

import dev.mainstay.core.model.ColumnType;
import dev.mainstay.core.model.Fill;
import dev.mainstay.core.model.Function.Argument;
import dev.mainstay.core.model.Policy.Action;
import dev.mainstay.core.plan.Visible;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// The schemas of [OpenApi]: for each table its rows as they come, as they are added and as they
/// are changed; each enum; and the error.
final class Schemas {
  private static final String PLACE = "#/components/schemas/";

  private Schemas() {}

  static String row(Visible.Table table) {
    return PLACE + Names.component(table.name());
  }

  static String added(Visible.Table table) {
    return row(table) + ".insert";
  }

  static String changed(Visible.Table table) {
    return row(table) + ".update";
  }

  static void write(ObjectNode schemas, Visible visible) {
    for (Visible.Table table : visible.tables()) {
      String key = Names.component(table.name());
      if (table.may(Action.READ)) row(schemas.putObject(key), table);
      if (table.may(Action.INSERT)) body(schemas.putObject(key + ".insert"), table, true);
      if (table.may(Action.UPDATE)) body(schemas.putObject(key + ".update"), table, false);
    }
    enums(schemas, visible);
    error(schemas.putObject("error"));
  }

  private static void row(ObjectNode schema, Visible.Table table) {
    String comment = table.comment() == null ? "" : table.comment() + "\n\n";
    schema.put("type", "object");
    schema.put("description", comment + "A row as it comes when `select` is not given.");
    ArrayNode required = schema.putArray("required");
    ObjectNode properties = schema.putObject("properties");
    for (Visible.Column column : table.columns()) {
      required.add(column.name());
      ObjectNode property = described(column, note(column));
      if (!column.writable()) property.put("readOnly", true);
      properties.set(column.name(), property);
    }
  }

  private static void body(ObjectNode schema, Visible.Table table, boolean isNew) {
    schema.put("type", "object");
    List<String> required = new ArrayList<>();
    ObjectNode properties = schema.putObject("properties");
    for (Visible.Column column : table.columns()) {
      if (!column.writable()) continue;
      if (isNew && mustBeGiven(column)) required.add(column.name());
      ObjectNode property = described(column, isNew ? Fills.words(column.fill()) : null);
      JsonNode value = isNew ? Fills.literal(column.type(), column.fill()) : null;
      if (value != null) property.set("default", value);
      properties.set(column.name(), property);
    }
    if (!required.isEmpty()) {
      ArrayNode names = schema.putArray("required");
      for (String name : required) names.add(name);
    }
    schema.put("additionalProperties", false);
  }

  static boolean mustBeGiven(Visible.Column column) {
    return !column.nullable() && column.fill() instanceof Fill.Nothing;
  }

  private static ObjectNode described(Visible.Column column, @Nullable String note) {
    ObjectNode property = Types.schema(column.type(), column.nullable());
    String comment = column.comment();
    String text = comment == null ? note : note == null ? comment : comment + "\n\n" + note;
    if (text != null) property.put("description", text);
    return property;
  }

  private static @Nullable String note(Visible.Column column) {
    Visible.Target target = column.refersTo();
    String refers =
        target == null ? null : "Refers to `" + target.table() + "." + target.column() + "`.";
    if (!column.inKey()) return refers;
    return refers == null ? "Primary key." : "Primary key. " + refers;
  }

  private static void enums(ObjectNode schemas, Visible visible) {
    Map<String, List<String>> enums = new TreeMap<>();
    for (Visible.Table table : visible.tables())
      for (Visible.Column column : table.columns()) collect(enums, column.type());
    for (Visible.Function function : visible.functions()) {
      for (Argument argument : function.arguments()) collect(enums, argument.type());
      switch (function.answer()) {
        case Visible.Answer.Value value -> collect(enums, value.type());
        case Visible.Answer.Rows rows -> {
          for (Visible.Column column : rows.columns()) collect(enums, column.type());
        }
        case Visible.Answer.RowsOf _, Visible.Answer.Nothing _ -> {}
      }
    }
    enums.forEach(
        (name, labels) -> {
          ObjectNode schema = schemas.putObject(Types.enumKey(name));
          schema.put("type", "string");
          ArrayNode values = schema.putArray("enum");
          for (String label : labels) values.add(label);
        });
  }

  private static void collect(Map<String, List<String>> enums, ColumnType type) {
    if (type instanceof ColumnType.ArrayOf(ColumnType element)) collect(enums, element);
    if (type instanceof ColumnType.Enumerated(String _, String name, List<String> labels))
      enums.put(name, labels);
  }

  private static void error(ObjectNode schema) {
    schema.put("type", "object");
    schema.put(
        "description",
        "What went wrong. A request without a good key has a `message` only. `details` is a list"
            + " where an embed is ambiguous.");
    schema.putArray("required").add("message");
    ObjectNode properties = schema.putObject("properties");
    properties.putObject("code").put("type", "string");
    properties.putObject("message").put("type", "string");
    properties.putObject("details").putArray("type").add("string").add("array").add("null");
    properties.putObject("hint").putArray("type").add("string").add("null");
  }
}
