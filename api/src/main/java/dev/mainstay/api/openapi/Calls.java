package dev.mainstay.api.openapi;

import dev.mainstay.core.model.ColumnType;
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
  private final Surface surface;
  private final Visible visible;

  Calls(Surface surface, Visible visible) {
    this.surface = surface;
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
    common(parameters, "accept-profile", functions);
    responses(operation, functions);
  }

  private void post(ObjectNode operation, String name, List<Visible.Function> functions) {
    begin(operation, "run", name, functions);
    ArrayNode parameters = operation.putArray("parameters");
    common(parameters, "content-profile", functions);
    if (functions.stream().anyMatch(Visible.Function::writes)) Parameters.once(parameters, surface);
    ObjectNode body = operation.putObject("requestBody");
    body.put("required", functions.stream().allMatch(Calls::wantsBody));
    ObjectNode content = body.putObject("content");
    List<ObjectNode> schemas = new ArrayList<>();
    for (Visible.Function function : functions)
      if (isNamed(function)) schemas.add(arguments(function));
      else whole(content, function.arguments().getFirst().type());
    if (!schemas.isEmpty()) {
      ObjectNode schema = schemas.getFirst();
      if (schemas.size() > 1) {
        schema = JsonNodeFactory.instance.objectNode();
        schema.putArray("anyOf").addAll(schemas);
      }
      ObjectNode json = content.putObject("application/json");
      json.set("schema", schema);
      ObjectNode examples = json.putObject("examples");
      Visible.Function first = functions.stream().filter(Calls::isNamed).findFirst().orElseThrow();
      ObjectNode least = examples.putObject("least").putObject("value");
      ObjectNode all = examples.putObject("all").putObject("value");
      for (Argument argument : first.arguments()) {
        if (argument.isRequired()) Samples.put(least, argument.name(), argument.type());
        Samples.put(all, argument.name(), argument.type());
      }
      ObjectNode form = content.putObject("application/x-www-form-urlencoded");
      form.putObject("schema").put("type", "object");
    }
    responses(operation, functions);
  }

  private void common(ArrayNode parameters, String profile, List<Visible.Function> functions) {
    boolean allSets = functions.stream().allMatch(Calls::answersSet);
    Parameters.use(parameters, (allSets ? Prefer.CALL_OF_SET : Prefer.CALL).key());
    if (surface.schemas().size() > 1) Parameters.use(parameters, profile);
  }

  private static boolean answersRows(Visible.Function function) {
    return switch (function.answer()) {
      case Visible.Answer.RowsOf _, Visible.Answer.Rows _ -> true;
      case Visible.Answer.Value _, Visible.Answer.Nothing _ -> false;
    };
  }

  private static boolean answersSet(Visible.Function function) {
    return switch (function.answer()) {
      case Visible.Answer.RowsOf(Visible.Table _, boolean several) -> several;
      case Visible.Answer.Rows(List<Visible.Column> _, boolean several) -> several;
      case Visible.Answer.Value(ColumnType _, boolean several) -> several;
      case Visible.Answer.Nothing() -> false;
    };
  }

  /// The body as it is, for the function that takes it as its only argument.
  private static void whole(ObjectNode content, ColumnType type) {
    String form =
        switch (type) {
          case ColumnType.Json() -> "application/json";
          case ColumnType.Bytea() -> "application/octet-stream";
          case ColumnType.Bool _,
              ColumnType.Whole _,
              ColumnType.Decimal _,
              ColumnType.Floating _,
              ColumnType.Text _,
              ColumnType.Varchar _,
              ColumnType.Uuid _,
              ColumnType.Date _,
              ColumnType.Time _,
              ColumnType.Timestamp _,
              ColumnType.TimestampTz _,
              ColumnType.Interval _,
              ColumnType.Enumerated _,
              ColumnType.ArrayOf _,
              ColumnType.Native _ ->
              "text/plain";
        };
    ObjectNode schema = content.putObject(form).putObject("schema");
    if (form.equals("text/plain")) schema.put("type", "string");
    if (form.equals("application/json")) schema.put("type", "object");
  }

  private static boolean wantsBody(Visible.Function function) {
    return function.arguments().stream().anyMatch(Argument::isRequired);
  }

  private static ObjectNode arguments(Visible.Function function) {
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
      case Default.Existing() -> comment + "(" + type + ", optional)";
      case Default.Literal(String text) -> comment + "(" + type + ", by default " + text + ")";
    };
  }

  // ── answers ──

  private void responses(ObjectNode operation, List<Visible.Function> functions) {
    ObjectNode responses = operation.putObject("responses");
    List<ObjectNode> each = new ArrayList<>();
    for (Visible.Function function : functions)
      if (function.answer() instanceof Visible.Answer.Nothing)
        responses.putObject("204").put("description", "Done; it answers nothing.");
      else each.add(answered(function.answer()));
    if (!each.isEmpty()) responses.set("200", either(each));
    if (functions.stream().anyMatch(Calls::answersSet)) {
      ObjectNode part = responses.putObject("206");
      part.put("description", "A part of those counted.");
      part.set("content", responses.at("/200/content"));
      Responses.use(responses, "416", "no_such_range");
    }
    Responses.use(responses, "300", "ambiguous");
    Responses.use(responses, "403", "forbidden");
    Responses.use(responses, "404", "no_function");
    Responses.refusals(responses);
  }

  private ObjectNode answered(Visible.Answer answer) {
    ObjectNode response = JsonNodeFactory.instance.objectNode();
    response.put("description", "What it answers.");
    switch (answer) {
      case Visible.Answer.Nothing() -> {}
      case Visible.Answer.Value(ColumnType type, boolean several) -> {
        if (several) Media.values(response, Types.schema(type, true), surface);
        else Media.value(response, Types.schema(type, true), surface);
      }
      case Visible.Answer.RowsOf(Visible.Table table, boolean several) ->
          rows(
              response,
              JsonNodeFactory.instance.objectNode().put("$ref", Schemas.row(table)),
              several);
      case Visible.Answer.Rows rows -> rows(response, row(rows), rows.several());
    }
    return response;
  }

  private void rows(ObjectNode response, ObjectNode row, boolean several) {
    if (several) Media.rows(response, row, null, surface);
    else Media.row(response, row, surface);
  }

  /// What one of several functions of a name answers: in each form, what any of them does.
  private static ObjectNode either(List<ObjectNode> responses) {
    if (responses.size() == 1) return responses.getFirst();
    ObjectNode either = JsonNodeFactory.instance.objectNode();
    either.put("description", responses.getFirst().get("description").asString());
    ObjectNode content = either.putObject("content");
    for (ObjectNode response : responses)
      response
          .get("content")
          .properties()
          .forEach(
              form ->
                  content
                      .withObjectProperty(form.getKey())
                      .withObjectProperty("schema")
                      .withArrayProperty("anyOf")
                      .add(form.getValue().get("schema")));
    return either;
  }

  private static ObjectNode row(Visible.Answer.Rows rows) {
    ObjectNode row = JsonNodeFactory.instance.objectNode().put("type", "object");
    ObjectNode properties = row.putObject("properties");
    for (Visible.Column column : rows.columns())
      properties.set(column.name(), Types.schema(column.type(), column.nullable()));
    return row;
  }
}
