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
  /// How each document begins, up to the server's address.
  static final String BEFORE_SERVER = "{\"openapi\":\"3.1.0\",\"servers\":[{\"url\":\"";

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
    root.putArray("servers").addObject().put("url", surface.server());
    root.putObject("info")
        .put("title", surface.title())
        .put("version", surface.version())
        .put("description", GUIDE);
    Security.write(root.putArray("security"), surface.requireKey(), "bearer");
    tags(root.putArray("tags"));
    ObjectNode paths = root.putObject("paths");
    for (Visible.Table table : visible.tables())
      new Operations(surface, table).write(paths.putObject("/" + Names.segment(table.name())));
    new Calls(surface, visible).write(paths);
    ObjectNode components = root.putObject("components");
    Schemas.write(components.putObject("schemas"), visible);
    Parameters.write(components.putObject("parameters"), surface, schema, visible);
    Responses.write(components.putObject("responses"), visible, surface);
    Security.openApi(components.putObject("securitySchemes"));
    return root;
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
