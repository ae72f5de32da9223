package dev.mainstay.api.openapi;

import dev.mainstay.core.model.Function.Argument;
import dev.mainstay.core.model.Function.Default;
import dev.mainstay.core.model.Function.Taking;
import dev.mainstay.core.plan.Visible;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// The operations of [OpenApi] on functions. Functions of one name share a path: a call is of the
/// one whose arguments it names.
final class Calls {
  private final boolean profiles;
  private final Visible visible;

  /// @param profiles whether a request names its schema
  Calls(boolean profiles, Visible visible) {
    this.profiles = profiles;
    this.visible = visible;
  }

  void write(ObjectNode paths) {
    Map<String, List<Visible.Function>> byName = new LinkedHashMap<>();
    for (Visible.Function function : visible.functions())
      byName.computeIfAbsent(function.name(), _ -> new ArrayList<>()).add(function);
    byName.forEach(
        (name, functions) -> {
          ObjectNode path = paths.putObject("/rpc/" + Names.segment(name));
          List<Visible.Function> reading =
              functions.stream().filter(f -> !f.writes() && isNamed(f)).toList();
          if (!reading.isEmpty()) get(path.putObject("get"), name, reading);
          post(path.putObject("post"), name, functions);
        });
  }

  private static boolean isNamed(Visible.Function function) {
    return function.arguments().stream().noneMatch(argument -> argument.name().isEmpty());
  }

  private void get(ObjectNode operation, String name, List<Visible.Function> functions) {
    begin(operation, "call", name, functions);
    ArrayNode parameters = operation.putArray("parameters");
    Map<String, Argument> arguments = new LinkedHashMap<>();
    for (Visible.Function function : functions)
      for (Argument argument : function.arguments())
        arguments.putIfAbsent(argument.name(), argument);
    for (Argument argument : arguments.values()) {
      boolean required =
          functions.stream()
              .allMatch(
                  f ->
                      f.arguments().stream()
                          .anyMatch(a -> a.name().equals(argument.name()) && a.isRequired()));
      ObjectNode parameter = parameters.addObject().put("name", argument.name());
      parameter.put("in", "query").put("required", required);
      parameter.put("description", words(argument));
      parameter.putObject("schema").put("type", "string");
    }
    if (functions.stream().anyMatch(Calls::answersRows))
      for (String shared : Parameters.READ)
        if (!arguments.containsKey(shared)) Parameters.use(parameters, shared);
    if (profiles) Parameters.use(parameters, "accept-profile");
    responses(operation, functions);
  }

  private void post(ObjectNode operation, String name, List<Visible.Function> functions) {
    begin(operation, "run", name, functions);
    ArrayNode parameters = operation.putArray("parameters");
    if (profiles) Parameters.use(parameters, "content-profile");
    ObjectNode body = operation.putObject("requestBody");
    body.put("required", functions.stream().allMatch(Calls::wantsBody));
    ObjectNode json = body.putObject("content").putObject("application/json");
    List<ObjectNode> schemas = functions.stream().map(Calls::arguments).toList();
    if (schemas.size() == 1) json.set("schema", schemas.getFirst());
    else {
      ArrayNode either = json.putObject("schema").putArray("anyOf");
      for (ObjectNode schema : schemas) either.add(schema);
    }
    responses(operation, functions);
  }

  private static boolean answersRows(Visible.Function function) {
    return switch (function.answer()) {
      case Visible.Answer.RowsOf _, Visible.Answer.Rows _ -> true;
      case Visible.Answer.Value _, Visible.Answer.Nothing _ -> false;
    };
  }

  private static boolean wantsBody(Visible.Function function) {
    return function.arguments().stream().anyMatch(Argument::isRequired);
  }

  private static ObjectNode arguments(Visible.Function function) {
    if (!isNamed(function)) return Types.schema(function.arguments().getFirst().type(), false);
    ObjectNode schema = JsonNodeFactory.instance.objectNode().put("type", "object");
    ArrayNode required = JsonNodeFactory.instance.arrayNode();
    ObjectNode properties = schema.putObject("properties");
    for (Argument argument : function.arguments()) {
      if (argument.isRequired()) required.add(argument.name());
      ObjectNode property =
          Types.schema(argument.type(), argument.otherwise() instanceof Default.Null);
      if (argument.comment() != null) property.put("description", argument.comment());
      properties.set(argument.name(), property);
    }
    if (!required.isEmpty()) schema.set("required", required);
    schema.put("additionalProperties", false);
    return schema;
  }

  private static void begin(
      ObjectNode operation, String verb, String name, List<Visible.Function> functions) {
    operation.putArray("tags").add("functions");
    operation.put("operationId", verb + "_" + Names.component(name));
    operation.put("summary", "Call " + name);
    List<String> comments =
        functions.stream().map(Visible.Function::comment).filter(c -> c != null).toList();
    if (!comments.isEmpty()) operation.put("description", String.join("\n\n", comments));
  }

  /// `integer`, and what it is when it is left out.
  private static String words(Argument argument) {
    String type = argument.type() + (argument.taking() == Taking.REST ? ", one or several" : "");
    String comment = argument.comment() == null ? "" : argument.comment() + " ";
    return switch (argument.otherwise()) {
      case Default.Nothing() -> comment + "(" + type + ")";
      case Default.Null() -> comment + "(" + type + ", by default null)";
      case Default.Literal(String text) -> comment + "(" + type + ", by default " + text + ")";
    };
  }

  // ── answers ──

  private static void responses(ObjectNode operation, List<Visible.Function> functions) {
    ObjectNode responses = operation.putObject("responses");
    List<ObjectNode> schemas = new ArrayList<>();
    for (Visible.Function function : functions)
      switch (function.answer()) {
        case Visible.Answer.Nothing _ ->
            responses.putObject("204").put("description", "Done; it answers nothing.");
        case Visible.Answer.Value value ->
            schemas.add(listed(Types.schema(value.type(), true), value.several()));
        case Visible.Answer.RowsOf(Visible.Table table, boolean several) -> {
          ObjectNode row = JsonNodeFactory.instance.objectNode();
          schemas.add(listed(row.put("$ref", Schemas.row(table)), several));
        }
        case Visible.Answer.Rows rows -> schemas.add(listed(row(rows), rows.several()));
      }
    if (!schemas.isEmpty()) {
      ObjectNode ok = responses.putObject("200").put("description", "What it answers.");
      ObjectNode json = ok.putObject("content").putObject("application/json");
      if (schemas.size() == 1) json.set("schema", schemas.getFirst());
      else {
        ArrayNode either = json.putObject("schema").putArray("anyOf");
        for (ObjectNode schema : schemas) either.add(schema);
      }
    }
    Responses.refusals(responses);
  }

  private static ObjectNode row(Visible.Answer.Rows rows) {
    ObjectNode row = JsonNodeFactory.instance.objectNode().put("type", "object");
    ObjectNode properties = row.putObject("properties");
    for (Visible.Column column : rows.columns())
      properties.set(column.name(), Types.schema(column.type(), column.nullable()));
    return row;
  }

  private static ObjectNode listed(ObjectNode schema, boolean several) {
    if (!several) return schema;
    ObjectNode list = JsonNodeFactory.instance.objectNode().put("type", "array");
    list.set("items", schema);
    return list;
  }
}
