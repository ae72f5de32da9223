package dev.mainstay.api.openapi;

import dev.mainstay.core.plan.Visible;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// The description in OpenAPI 3.1.
final class OpenApi {
  private static final String GUIDE = guide();

  private final Surface surface;
  private final String schema;
  private final Visible visible;

  OpenApi(Surface surface, String schema, Visible visible) {
    this.surface = surface;
    this.schema = schema;
    this.visible = visible;
  }

  ObjectNode root() {
    ObjectNode root = JsonNodeFactory.instance.objectNode();
    root.put("openapi", "3.1.0");
    root.putObject("info")
        .put("title", surface.title())
        .put("version", surface.version())
        .put("description", GUIDE);
    root.putArray("servers").addObject().put("url", surface.server());
    security(root.putArray("security"));
    tags(root.putArray("tags"));
    ObjectNode paths = root.putObject("paths");
    boolean profiles = surface.schemas().size() > 1;
    for (Visible.Table table : visible.tables())
      new Operations(profiles, table).write(paths.putObject("/" + Names.segment(table.name())));
    new Calls(profiles, visible).write(paths);
    ObjectNode components = root.putObject("components");
    Schemas.write(components.putObject("schemas"), visible);
    Parameters.write(components.putObject("parameters"), surface, schema, visible);
    Responses.write(components.putObject("responses"), visible);
    schemes(components.putObject("securitySchemes"));
    return root;
  }

  /// A key alone, or a key and a user's token; where none is required a token alone, or nothing.
  private void security(ArrayNode security) {
    security.addObject().putArray("apikey");
    ObjectNode both = security.addObject();
    both.putArray("apikey");
    both.putArray("bearer");
    if (surface.requireKey()) return;
    security.addObject().putArray("bearer");
    security.addObject();
  }

  private static void schemes(ObjectNode schemes) {
    schemes
        .putObject("apikey")
        .put("type", "apiKey")
        .put("in", "header")
        .put("name", "apikey")
        .put("description", "Says which application calls, and gives a role.");
    schemes
        .putObject("bearer")
        .put("type", "http")
        .put("scheme", "bearer")
        .put("bearerFormat", "JWT")
        .put("description", "A user's token: says as whom. Its role replaces the key's.");
  }

  private void tags(ArrayNode tags) {
    for (Visible.Table table : visible.tables()) {
      ObjectNode tag = tags.addObject().put("name", table.name());
      if (table.comment() != null) tag.put("description", table.comment());
    }
  }

  private static String guide() {
    try (InputStream in = OpenApi.class.getResourceAsStream("guide.md")) {
      byte[] text = Objects.requireNonNull(in, "guide.md").readAllBytes();
      return new String(text, StandardCharsets.UTF_8).strip();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
