package dev.mainstay.api.openapi;

import dev.mainstay.core.model.Policy.Action;
import dev.mainstay.core.plan.Visible;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// The description in OpenAPI 2.0, key for key as PostgREST writes it (`WIRE.md` §1.17), but with
/// those methods only that the caller may use.
final class Swagger {
  private static final List<String> MEDIA =
      List.of(
          "application/json",
          "application/vnd.pgrst.object+json;nulls=stripped",
          "application/vnd.pgrst.object+json",
          "text/csv");

  private final Surface surface;
  private final Visible visible;

  Swagger(Surface surface, Visible visible) {
    this.surface = surface;
    this.visible = visible;
  }

  ObjectNode root() {
    ObjectNode root = JsonNodeFactory.instance.objectNode();
    root.put("swagger", "2.0");
    root.putObject("info")
        .put("description", "")
        .put("title", surface.title())
        .put("version", surface.version());
    place(root);
    strings(root.putArray("consumes"), MEDIA);
    strings(root.putArray("produces"), MEDIA);
    paths(root.putObject("paths"));
    ObjectNode definitions = root.putObject("definitions");
    for (Visible.Table table : visible.tables())
      SwaggerTables.definition(definitions.putObject(table.name()), table);
    SwaggerTables.parameters(root.putObject("parameters"), visible);
    Security.write(root.putArray("security"), surface.requireKey(), "JWT");
    Security.swagger(root.putObject("securityDefinitions"));
    root.putObject("externalDocs")
        .put("description", "PostgREST Documentation")
        .put("url", "https://docs.postgrest.org/en/stable/references/api.html");
    return root;
  }

  /// The configured public address, else the one the server listens at.
  private void place(ObjectNode root) {
    var url = surface.publicUrl();
    String host = url == null ? surface.host() : url.getRawAuthority();
    String prefix = url == null || url.getRawPath() == null ? "" : url.getRawPath();
    if (prefix.endsWith("/")) prefix = prefix.substring(0, prefix.length() - 1);
    String path = surface.path().equals("/") && !prefix.isEmpty() ? "" : surface.path();
    root.put("host", host);
    root.put("basePath", prefix + path);
    root.putArray("schemes").add(url == null ? "http" : url.getScheme().toLowerCase(Locale.ROOT));
  }

  private void paths(ObjectNode paths) {
    ObjectNode root = paths.putObject("/").putObject("get");
    root.putArray("tags").add("Introspection");
    root.put("summary", "OpenAPI description (this document)");
    strings(root.putArray("produces"), List.of("application/openapi+json", "application/json"));
    response(root, "200", "OK");
    for (Visible.Table table : visible.tables())
      path(paths.putObject("/" + Names.segment(table.name())), table);
    SwaggerFunctions.write(paths, visible);
  }

  private static void path(ObjectNode path, Visible.Table table) {
    List<String> filters = new ArrayList<>();
    for (Visible.Column column : table.columns())
      filters.add("rowFilter." + table.name() + "." + column.name());
    List<String> body = List.of("body." + table.name());
    if (table.may(Action.READ)) {
      ObjectNode get = operation(path, "get", table);
      parameters(
          get,
          filters,
          List.of("select", "order", "range", "rangeUnit", "offset", "limit", "preferCount"));
      ObjectNode schema = response(get, "200", "OK").putObject("schema");
      schema.putObject("items").put("$ref", Names.pointer("definitions", table.name()));
      schema.put("type", "array");
      response(get, "206", "Partial Content");
    }
    if (table.may(Action.INSERT)) {
      ObjectNode post = operation(path, "post", table);
      parameters(post, body, List.of("select", "preferPost"));
      response(post, "201", "Created");
    }
    if (table.may(Action.DELETE)) {
      ObjectNode delete = operation(path, "delete", table);
      parameters(delete, filters, List.of("preferReturn"));
      response(delete, "204", "No Content");
    }
    if (table.may(Action.UPDATE)) {
      ObjectNode patch = operation(path, "patch", table);
      parameters(patch, filters, body, List.of("preferReturn"));
      response(patch, "204", "No Content");
    }
  }

  private static ObjectNode operation(ObjectNode path, String method, Visible.Table table) {
    ObjectNode operation = path.putObject(method);
    operation.putArray("tags").add(table.name());
    summary(operation, table.comment());
    return operation;
  }

  /// The first line of a comment as the summary, the rest as the description.
  static void summary(ObjectNode operation, @Nullable String comment) {
    if (comment == null) return;
    int end = comment.indexOf('\n');
    operation.put("summary", end < 0 ? comment : comment.substring(0, end));
    String rest = end < 0 ? "" : comment.substring(end).replaceFirst("^\n+", "");
    if (!rest.isEmpty()) operation.put("description", rest);
  }

  @SafeVarargs
  private static void parameters(ObjectNode operation, List<String>... names) {
    ArrayNode parameters = operation.putArray("parameters");
    for (List<String> some : names)
      for (String name : some)
        parameters.addObject().put("$ref", Names.pointer("parameters", name));
  }

  private static ObjectNode response(ObjectNode operation, String status, String description) {
    ObjectNode responses = operation.withObjectProperty("responses");
    return responses.putObject(status).put("description", description);
  }

  private static void strings(ArrayNode array, List<String> texts) {
    for (String text : texts) array.add(text);
  }
}
