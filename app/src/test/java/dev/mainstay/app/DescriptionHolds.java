package dev.mainstay.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mainstay.api.openapi.Descriptions;
import dev.mainstay.api.rest.Ending;
import dev.mainstay.api.rest.RestSettings;
import dev.mainstay.core.plan.Caller;
import dev.mainstay.core.plan.Limits;
import dev.mainstay.testkit.Backend;
import dev.mainstay.testkit.Callers;
import dev.mainstay.testkit.EngineUnderTest;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What `/openapi.json` says is so: each operation, parameter, operator, embed and example in it is
/// tried by the caller it was made for, and the answers are what it says they are.
abstract class DescriptionHolds {
  private static final Map<String, Caller.Outside> CALLERS =
      new LinkedHashMap<>(
          Map.of(
              "anon",
              Callers.ANON,
              "user",
              Callers.user("aaaaaaaa-0000-4000-8000-000000000001"),
              "service",
              Callers.SERVICE));

  /// As [Described#SURFACE] says.
  private static final RestSettings SETTINGS =
      RestSettings.DEFAULT.withPlans().ending(Ending.COMMIT_ALLOW_OVERRIDE);

  protected abstract EngineUnderTest engine();

  @TestFactory
  Stream<DynamicTest> holdsFor() {
    return CALLERS.entrySet().stream()
        .map(
            caller ->
                DynamicTest.dynamicTest(
                    caller.getKey(), () -> tryAll(caller.getKey(), caller.getValue())));
  }

  private void tryAll(String name, Caller.Outside caller) {
    try (Backend backend = seeded()) {
      var descriptions = new Descriptions(() -> Described.SURFACE);
      var text = descriptions.openApi(backend.planner(), caller, "public").json();
      JsonNode description = JsonMapper.shared().readTree(text);
      // Twice the same: a description is compared, cached and diffed.
      assertThat(
              new Descriptions(() -> Described.SURFACE)
                  .openApi(backend.planner(), caller, "public")
                  .json())
          .isEqualTo(text);
      JsonNode paths = description.get("paths");
      assertThat(paths.size()).as("paths for %s", name).isGreaterThan(3);
      assertThat(paths.has("/hidden")).isEqualTo(name.equals("service"));
      new DescribedCalls(description, new RestCall(backend, SETTINGS), caller).all();
    }
  }

  private Backend seeded() {
    Backend backend = Backend.open(engine(), resource("described.yaml"), new Limits(1000L, true));
    backend.seed(
        "people", "[{\"id\":1,\"full name\":\"A\"},{\"id\":2,\"full name\":\"B\",\"boss_id\":1}]");
    backend.seed("books", "[{\"isbn\":\"1\",\"author_id\":1,\"editor_id\":2}]");
    backend.seed("shelves", "[{\"id\":1}]");
    backend.seed("placed", "[{\"book\":\"1\",\"shelf\":1}]");
    backend.seed(
        "specimens",
        """
        [{"flag":true,"small":-1,"big":9007199254740993,"price":1.5,"share":0.5,"single":0.5,"wide":1e300,
          "words":"w","short":"s","day":"2026-01-31","clock":"13:45:00","local":"2026-01-31T13:45:00",
          "span":"1 day","facts":{"key":"value"},"blob":"\\\\x6869","feel":"rather wild","tags":["a",null],
          "counts":[1,2],"feels":["calm"],"secret":"x"},
         {"wide":"Infinity","single":"-Infinity"}]
        """);
    return backend;
  }

  private static String resource(String name) {
    try (InputStream in = DescriptionHolds.class.getResourceAsStream(name)) {
      return new String(Objects.requireNonNull(in, name).readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
