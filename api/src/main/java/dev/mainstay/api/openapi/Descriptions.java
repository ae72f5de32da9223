package dev.mainstay.api.openapi;

import dev.mainstay.core.plan.Caller;
import dev.mainstay.core.plan.Catalog;
import dev.mainstay.core.plan.Planner;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// The descriptions of the model in force, each made when it is first asked for. One depends on its
/// form, the caller's role and the schema alone, so those made are kept, up to [#MOST] bytes.
public final class Descriptions {
  /// How much is kept: a hundred tables take about 2 MB in OpenAPI 3.1.
  static final int MOST = 16 << 20;

  private final Supplier<Surface> surface;
  private final Map<Key, Description> kept = new LinkedHashMap<>(16, 0.75f, true);
  private @Nullable Catalog catalog;
  private int bytes;

  /// @param surface asked each time one is made, since a server learns its port late
  public Descriptions(Supplier<Surface> surface) {
    this.surface = surface;
  }

  private enum Form {
    SWAGGER,
    OPENAPI
  }

  private record Key(String role, String schema, Form form) {}

  /// OpenAPI 2.0.
  public Description swagger(Planner planner, Caller.Outside caller, String schema) {
    return of(planner, caller, schema, Form.SWAGGER);
  }

  /// OpenAPI 3.1, of the server as the client reached it.
  ///
  /// @param host the header `Host`, or null
  public Description openApi(
      Planner planner, Caller.Outside caller, String schema, @Nullable String host) {
    return openApi(planner, caller, schema).at(surface.get().origin(host));
  }

  /// OpenAPI 3.1. Unless the server's address is configured, it is left out: `/rest/v1`.
  public Description openApi(Planner planner, Caller.Outside caller, String schema) {
    return of(planner, caller, schema, Form.OPENAPI);
  }

  /// One is made at a time, so that many who ask at once cost one making.
  private synchronized Description of(
      Planner planner, Caller.Outside caller, String schema, Form form) {
    if (planner.catalog() != catalog) {
      kept.clear();
      bytes = 0;
      catalog = planner.catalog();
    }
    Key key = new Key(caller.role(), schema, form);
    Description found = kept.get(key);
    if (found == null) {
      found = make(planner, caller, schema, form);
      keep(key, found);
    }
    return found;
  }

  private Description make(Planner planner, Caller.Outside caller, String schema, Form form) {
    var visible = planner.visible(schema, caller);
    ObjectNode root =
        switch (form) {
          case SWAGGER -> new Swagger(surface.get(), visible).root();
          case OPENAPI -> new OpenApi(surface.get(), schema, visible).root();
        };
    return Description.of(root.toString().getBytes(StandardCharsets.UTF_8));
  }

  private void keep(Key key, Description made) {
    kept.put(key, made);
    bytes += made.json().length;
    var eldest = kept.values().iterator();
    while (bytes > MOST && eldest.hasNext()) {
      bytes -= eldest.next().json().length;
      eldest.remove();
    }
  }

  /// How many are kept.
  synchronized int kept() {
    return kept.size();
  }
}
