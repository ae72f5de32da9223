package dev.mainstay.api.openapi;

import dev.mainstay.core.model.ColumnType;
import dev.mainstay.core.model.Function.Argument;
import dev.mainstay.core.plan.Visible;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/// The paths of functions in [Swagger]. Of functions with one name the document has room for one
/// operation each way, which is the first one's.
final class SwaggerFunctions {
  private SwaggerFunctions() {}

  static void write(ObjectNode paths, Visible visible) {
    for (Visible.Function function : visible.functions()) {
      String key = "/rpc/" + Names.segment(function.name());
      if (paths.has(key)) continue;
      ObjectNode path = paths.putObject(key);
      if (!function.writes() && isNamed(function)) get(path.putObject("get"), function);
      post(path.putObject("post"), function);
    }
  }

  private static boolean isNamed(Visible.Function function) {
    return function.arguments().stream().noneMatch(argument -> argument.name().isEmpty());
  }

  private static void get(ObjectNode operation, Visible.Function function) {
    begin(operation, function);
    var parameters = operation.putArray("parameters");
    for (Argument argument : function.arguments()) {
      ObjectNode parameter = parameters.addObject().put("name", argument.name());
      if (argument.comment() != null) parameter.put("description", argument.comment());
      parameter.put("required", argument.isRequired()).put("in", "query");
      // A list is written as PostgreSQL writes one.
      String type = SwaggerTables.type(argument.type());
      parameter.put("type", type == null || type.equals("array") ? "string" : type);
      parameter.put("format", SwaggerTables.format(argument.type()));
    }
    ok(operation);
  }

  private static void post(ObjectNode operation, Visible.Function function) {
    begin(operation, function);
    var parameters = operation.putArray("parameters");
    ObjectNode body = parameters.addObject();
    body.put("name", "args").put("required", true).put("in", "body");
    ObjectNode schema = body.putObject("schema");
    if (function.comment() != null) schema.put("description", function.comment());
    if (isNamed(function)) named(schema, function);
    parameters.addObject().put("$ref", Names.pointer("parameters", "preferParams"));
    ok(operation);
  }

  private static void named(ObjectNode schema, Visible.Function function) {
    schema.put("type", "object");
    List<String> required = new ArrayList<>();
    for (Argument argument : function.arguments())
      if (argument.isRequired()) required.add(argument.name());
    if (!required.isEmpty()) {
      var names = schema.putArray("required");
      for (String name : required) names.add(name);
    }
    ObjectNode properties = schema.putObject("properties");
    for (Argument argument : function.arguments()) {
      ObjectNode property = properties.putObject(argument.name());
      property.put("format", SwaggerTables.format(argument.type()));
      String type = SwaggerTables.type(argument.type());
      if (type != null) property.put("type", type);
      if (argument.type() instanceof ColumnType.ArrayOf(ColumnType element)) {
        ObjectNode items = property.putObject("items");
        String each = SwaggerTables.type(element);
        if (each != null) items.put("type", each);
      }
    }
  }

  private static void begin(ObjectNode operation, Visible.Function function) {
    operation.putArray("tags").add("(rpc) " + function.name());
    Swagger.summary(operation, function.comment());
    operation.putArray("produces").add("application/json").add("application/vnd.pgrst.object+json");
  }

  private static void ok(ObjectNode operation) {
    operation.putObject("responses").putObject("200").put("description", "OK");
  }
}
