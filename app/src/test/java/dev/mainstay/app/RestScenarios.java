package dev.mainstay.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mainstay.api.rest.Ending;
import dev.mainstay.api.rest.RestSettings;
import dev.mainstay.core.model.TableName;
import dev.mainstay.core.plan.Caller;
import dev.mainstay.core.plan.Limits;
import dev.mainstay.testkit.Backend;
import dev.mainstay.testkit.Callers;
import dev.mainstay.testkit.EngineUnderTest;
import dev.mainstay.testkit.Scenario;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;

/// The REST dialect, request by request, the same on every engine: what is answered, what is
/// stored, and what it costs.
///
/// Each request is made once more by a role for which no policy speaks, which must see nothing and
/// change nothing.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class RestScenarios {
  static final Map<String, Caller.Outside> CALLERS =
      Map.of(
          "anon",
          Callers.ANON,
          "alice",
          Callers.user("aaaaaaaa-0000-4000-8000-000000000001"),
          "bob",
          Callers.user("bbbbbbbb-0000-4000-8000-000000000002"),
          "service",
          Callers.SERVICE);
  static final Caller.Outside STRANGER =
      Callers.outside(
          "stranger", Map.of("role", "stranger", "sub", "aaaaaaaa-0000-4000-8000-000000000001"));

  /// What aggregates over no rows come to.
  private static final Pattern OF_NOTHING = Pattern.compile("\\[\\{(\"\\w+\":(0|null),?)+}]");

  /// A backend for each world, for scenarios that write nothing.
  private final Map<World, Backend> shared = new HashMap<>();

  protected abstract EngineUnderTest engine();

  @AfterAll
  void close() {
    shared.values().forEach(Backend::close);
  }

  @TestFactory
  Stream<DynamicTest> routes() {
    return each("routes.txt");
  }

  @TestFactory
  Stream<DynamicTest> queryStrings() {
    return each("query-strings.txt");
  }

  @TestFactory
  Stream<DynamicTest> names() {
    return each("names.txt");
  }

  @TestFactory
  Stream<DynamicTest> errors() {
    return each("errors.txt");
  }

  @TestFactory
  Stream<DynamicTest> reads() {
    return each("reads.txt");
  }

  @TestFactory
  Stream<DynamicTest> embeds() {
    return each("embeds.txt");
  }

  @TestFactory
  Stream<DynamicTest> operators() {
    return each("operators/operators.txt", World.OPERATORS);
  }

  @TestFactory
  Stream<DynamicTest> searches() {
    return each("operators/search.txt", World.OPERATORS);
  }

  @TestFactory
  Stream<DynamicTest> functions() {
    return each("rpc.txt");
  }

  @TestFactory
  Stream<DynamicTest> results() {
    return each("results.txt");
  }

  @TestFactory
  Stream<DynamicTest> writes() {
    return each("writes.txt");
  }

  @TestFactory
  Stream<DynamicTest> upserts() {
    return each("upserts.txt");
  }

  @TestFactory
  Stream<DynamicTest> puts() {
    return each("puts.txt");
  }

  @TestFactory
  Stream<DynamicTest> bodies() {
    return each("bodies.txt");
  }

  @TestFactory
  Stream<DynamicTest> preferences() {
    return each("preferences.txt");
  }

  @TestFactory
  Stream<DynamicTest> rehearsals() {
    return each(
        "rehearsals.txt",
        World.MUSIC.with(RestSettings.DEFAULT.ending(Ending.COMMIT_ALLOW_OVERRIDE)));
  }

  @TestFactory
  Stream<DynamicTest> media() {
    return each("media.txt");
  }

  @TestFactory
  Stream<DynamicTest> etags() {
    return each("etags.txt");
  }

  @TestFactory
  Stream<DynamicTest> schemas() {
    return each("schemas.txt", World.SCHEMAS);
  }

  @TestFactory
  Stream<DynamicTest> types() {
    return each("types.txt", World.TYPES);
  }

  @TestFactory
  Stream<DynamicTest> refusals() {
    return each("refusals.txt");
  }

  @TestFactory
  Stream<DynamicTest> relations() {
    return each("relations.txt");
  }

  @TestFactory
  Stream<DynamicTest> spreads() {
    return each("spreads.txt");
  }

  @TestFactory
  Stream<DynamicTest> aggregates() {
    return each("aggregates.txt", World.MUSIC.with(new Limits(1000L, true)));
  }

  @TestFactory
  Stream<DynamicTest> pages() {
    return each("pages.txt", World.MUSIC.with(new Limits(2L, false)));
  }

  /// Whoever it refuses gets no further, and changes nothing.
  @Test
  void aFunctionGoesAheadOfEveryRequest() {
    TableName gate = TableName.inDefaultSchema("gate");
    Backend backend = shared.computeIfAbsent(World.MUSIC, w -> w.open(engine()));
    RestCall call = new RestCall(backend, RestSettings.DEFAULT.withPreRequest(gate));
    Map<String, String> before = Stored.rows(backend);
    String refused = "{\"code\":\"PT403\",\"message\":\"not you\",\"details\":null,\"hint\":null}";
    Caller.Outside bob = Objects.requireNonNull(CALLERS.get("bob"));
    Map<String, String> requests = new LinkedHashMap<>();
    requests.put("GET /genres?select=id&id=eq.1", "");
    requests.put("POST /rpc/add", "{\"a\":1}");
    requests.put("POST /rpc/play_all", "{}");
    requests.put("POST /playlists", "{\"name\":\"x\"}");
    requests.put("PATCH /playlists?id=gt.0", "{\"name\":\"x\"}");
    requests.put("DELETE /playlists?id=gt.0", "");
    requests.put("POST /playlists?select=id", "[]");
    requests.put("PATCH /playlists?id=gt.1", "{}");
    requests.forEach(
        (request, body) -> {
          String[] words = request.split(" ", 2);
          RestCall.Answer answer =
              call.make(words[0], words[1], Map.of(), body.getBytes(UTF_8), bob);
          assertThat(answer.text()).as(request).isEqualTo("403\n" + refused);
        });
    assertThat(Stored.changes(before, Stored.rows(backend))).isEmpty();
    Caller.Outside alice = Objects.requireNonNull(CALLERS.get("alice"));
    assertThat(call.make("GET", "/genres?select=id&id=eq.1", Map.of(), new byte[0], alice).text())
        .isEqualTo("200\n[{\"id\":1}]");
    assertThat(call.make("POST", "/rpc/add", Map.of(), "{\"a\":1}".getBytes(UTF_8), alice).text())
        .isEqualTo("200\n2");
    assertThat(call.make("POST", "/playlists", Map.of(), "[]".getBytes(UTF_8), alice).text())
        .isEqualTo("201\n");
  }

  private Stream<DynamicTest> each(String file) {
    return each(file, World.MUSIC);
  }

  private Stream<DynamicTest> each(String file, World world) {
    return Scenario.read(RestScenarios.class, "scenarios/" + file).stream()
        .map(scenario -> DynamicTest.dynamicTest(scenario.title(), () -> run(scenario, world)));
  }

  private void run(Scenario scenario, World world) {
    if (scenario.effects().isEmpty())
      run(scenario, world, shared.computeIfAbsent(world, w -> w.open(engine())));
    else
      try (Backend fresh = world.open(engine())) {
        run(scenario, world, fresh);
      }
  }

  private static void run(Scenario scenario, World world, Backend backend) {
    RestCall call = new RestCall(backend, world.settings());
    Map<String, String> before = Stored.rows(backend);

    RestCall.Answer unseen = call.make(scenario, STRANGER);
    assertSeesNothing(unseen, scenario);
    assertThat(Stored.changes(before, Stored.rows(backend)))
        .as("what a stranger changed")
        .isEmpty();

    Caller.Outside caller = Objects.requireNonNull(CALLERS.get(scenario.caller()));
    RestCall.Answer answer = call.make(scenario, caller);
    assertThat(answer.text()).isEqualTo(scenario.status() + "\n" + scenario.answer());
    scenario
        .answerHeaders()
        .forEach(
            (name, value) ->
                assertThat(answer.header(name)).as(name).isEqualTo(value.isEmpty() ? null : value));
    assertThat(Stored.changes(before, Stored.rows(backend)))
        .as("what was written")
        .isEqualTo(scenario.effects());
    if (scenario.reads())
      assertThat(answer.statements())
          .as("statements")
          .hasSizeLessThanOrEqualTo(counts(scenario) ? 2 : 1);
  }

  private static boolean counts(Scenario scenario) {
    return scenario.headers().getOrDefault("Prefer", "").contains("count=");
  }

  /// No row, no count of rows, no name of a table that has none for it.
  private static void assertSeesNothing(RestCall.Answer answer, Scenario scenario) {
    if (answer.status() < 300) {
      boolean isOfNothing = OF_NOTHING.matcher(answer.body()).matches();
      assertThat(isOfNothing ? "[]" : answer.body())
          .as("what a stranger sees")
          .isIn("", "[]", "\n");
      assertThat(answer.header("Content-Range"))
          .as("what a stranger counts")
          .isIn(null, "*/*", "*/0", isOfNothing ? "0-0/*" : "*/0");
      assertThat(answer.header("Location")).as("where a stranger is sent").isNull();
    } else {
      assertThat(answer.body()).doesNotContain("Perhaps you meant the table");
      boolean asOthers = answer.body().equals(scenario.answer());
      assertThat(asOthers || answer.status() != 409)
          .as("a stranger clashes with nothing: %s", answer.body())
          .isTrue();
    }
  }
}
