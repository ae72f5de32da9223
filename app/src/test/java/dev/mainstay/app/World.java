package dev.mainstay.app;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.mainstay.api.rest.RestSettings;
import dev.mainstay.core.plan.Limits;
import dev.mainstay.testkit.Backend;
import dev.mainstay.testkit.EngineUnderTest;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What scenarios are about: a model, its first rows, and how REST serves them.
///
/// @param model and
/// @param rows files among the resources
record World(String model, String rows, RestSettings settings, Limits limits) {
  private static final Limits USUAL = new Limits(1000L, false);

  static final World MUSIC = new World("backend.yaml", "rows.json", RestSettings.DEFAULT, USUAL);

  static final World TYPES = new World("types.yaml", "types.json", RestSettings.DEFAULT, USUAL);

  static final World SCHEMAS =
      new World(
          "schemas.yaml",
          "schemas.json",
          RestSettings.DEFAULT.withSchemas(List.of("public", "shop")),
          USUAL);

  static final World OPERATORS =
      new World("operators/backend.yaml", "operators/rows.json", RestSettings.DEFAULT, USUAL);

  World with(RestSettings other) {
    return new World(model, rows, other, limits);
  }

  World with(Limits other) {
    return new World(model, rows, settings, other);
  }

  /// A fresh database with the first rows.
  Backend open(EngineUnderTest engine) {
    Backend backend = empty(engine);
    JsonNode tables = JsonMapper.shared().readTree(resource("scenarios/" + rows));
    tables.properties().forEach(table -> backend.seed(table.getKey(), table.getValue().toString()));
    return backend;
  }

  /// A fresh database without rows.
  Backend empty(EngineUnderTest engine) {
    return Backend.open(engine, resource("scenarios/" + model), limits);
  }

  private static String resource(String name) {
    try (InputStream in = World.class.getResourceAsStream(name)) {
      return new String(Objects.requireNonNull(in, name).readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
