package dev.mainstay.api.openapi;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.mainstay.core.plan.Caller;
import dev.mainstay.core.plan.Catalog;
import dev.mainstay.core.plan.Limits;
import dev.mainstay.core.plan.Planner;
import dev.mainstay.testkit.Callers;
import dev.mainstay.testkit.Catalogs;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/// Both descriptions of a small model, whole, for each kind of caller.
class DescriptionsTest {
  private static final Path GOLDEN = Path.of("src/test/resources/dev/mainstay/api/openapi/golden");
  private static final JsonMapper PRETTY =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();
  private static final Surface SURFACE =
      new Surface(
          "Music", "1.2.3", "/rest/v1", List.of("public"), null, "127.0.0.1:8787", true, Set.of());
  private static final Map<String, Caller.Outside> CALLERS =
      Map.of(
          "anon",
          Callers.ANON,
          "user",
          Callers.user("aaaaaaaa-0000-4000-8000-000000000001"),
          "service",
          Callers.SERVICE,
          "stranger",
          Callers.outside("stranger", Map.of("role", "stranger")));

  private final Planner planner = planner();
  private final Descriptions descriptions = new Descriptions(() -> SURFACE);

  private static Planner planner() {
    Catalog catalog = Catalogs.of(resource("backend.yaml"));
    return new Planner(catalog, new Limits(null, false), InstantSource.system(), new Random(1));
  }

  private JsonNode swagger(String caller) {
    return json(descriptions.swagger(planner, caller(caller), "public"));
  }

  private JsonNode openApi(String caller) {
    return json(descriptions.openApi(planner, caller(caller), "public"));
  }

  private static Caller.Outside caller(String name) {
    return Objects.requireNonNull(CALLERS.get(name));
  }

  private static JsonNode json(Description description) {
    return PRETTY.readTree(description.json());
  }

  /// Of a caller with much and one with little. `-Dmainstay.write` writes the files anew.
  @ParameterizedTest
  @ValueSource(strings = {"user", "stranger"})
  void tellEachCallerWhatItMaySeeAndDo(String caller) throws IOException {
    check(caller + ".swagger.json", swagger(caller));
    check(caller + ".openapi.json", openApi(caller));
  }

  private static void check(String file, JsonNode description) throws IOException {
    String text = PRETTY.writeValueAsString(description).replace("\r", "") + "\n";
    if (System.getProperty("mainstay.write") != null) {
      Files.createDirectories(GOLDEN);
      Files.writeString(GOLDEN.resolve(file), text);
    }
    assertThat(text).isEqualTo(Files.readString(GOLDEN.resolve(file)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"anon", "user", "service", "stranger"})
  void areSoundByTheSchemasOfTheirFormats(String caller) {
    assertThat(faults("openapi-2.0.schema.json", SpecificationVersion.DRAFT_4, swagger(caller)))
        .isEmpty();
    JsonNode openApi = openApi(caller);
    assertThat(faults("openapi-3.1.schema.json", SpecificationVersion.DRAFT_2020_12, openApi))
        .isEmpty();
    assertReferencesLead(openApi, openApi);
    assertReferencesLead(swagger(caller), swagger(caller));
    for (JsonNode schema : openApi.at("/components/schemas"))
      assertThat(META.validate(schema.toString(), InputFormat.JSON).stream().map(Error::toString))
          .isEmpty();
  }

  private static final Schema META =
      SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
          .getSchema(
              "{\"$ref\":\"https://json-schema.org/draft/2020-12/schema\"}", InputFormat.JSON);

  private static List<String> faults(
      String schema, SpecificationVersion version, JsonNode document) {
    return SchemaRegistry.withDefaultDialect(version)
        .getSchema(resource(schema), InputFormat.JSON)
        .validate(document.toString(), InputFormat.JSON)
        .stream()
        .map(Error::toString)
        .toList();
  }

  private static void assertReferencesLead(JsonNode root, JsonNode node) {
    JsonNode reference = node.get("$ref");
    if (reference != null && reference.isString()) {
      String pointer =
          URLDecoder.decode(reference.asString().substring(1).replace("+", "%2B"), UTF_8);
      assertThat(root.at(pointer).isMissingNode()).as(reference.asString()).isFalse();
    }
    for (JsonNode child : node) assertReferencesLead(root, child);
  }

  @Test
  void nameNothingThatTheCallerMayNotSee() {
    for (JsonNode description : List.of(swagger("user"), openApi("user")))
      assertThat(description.toString()).doesNotContain("iban", "secrets", "stranger", "reveal");
    for (JsonNode description : List.of(swagger("anon"), openApi("anon")))
      assertThat(description.toString())
          .doesNotContain("iban", "secrets", "producer", "mood", "loud", "/albums", "measure");
    for (JsonNode description : List.of(swagger("stranger"), openApi("stranger")))
      assertThat(description.toString())
          .doesNotContain("go by", "/artists", "letters", "mood", "/albums", "texts", "reveal");
  }

  @Test
  void areMadeOnceForARole() {
    Description first = descriptions.openApi(planner, Callers.ANON, "public");
    assertThat(descriptions.openApi(planner, Callers.ANON, "public")).isSameAs(first);
    assertThat(descriptions.openApi(planner, Callers.SERVICE, "public")).isNotSameAs(first);
    assertThat(descriptions.kept()).isEqualTo(2);
    descriptions.openApi(planner(), Callers.ANON, "public");
    assertThat(descriptions.kept()).as("of the model in force alone").isEqualTo(1);
  }

  @Test
  void tellWhereTheServerIsAsItIsConfigured() {
    Surface proxied =
        new Surface(
            "Music",
            "1",
            "/rest/v1",
            List.of("public", "shop"),
            URI.create("https://api.example.com/music/"),
            "0.0.0.0:80",
            false,
            Set.of());
    Descriptions there = new Descriptions(() -> proxied);
    JsonNode swagger = json(there.swagger(planner, Callers.ANON, "public"));
    assertThat(swagger.get("host").asString()).isEqualTo("api.example.com");
    assertThat(swagger.get("basePath").asString()).isEqualTo("/music/rest/v1");
    assertThat(swagger.get("schemes").toString()).isEqualTo("[\"https\"]");
    JsonNode openApi = json(there.openApi(planner, Callers.ANON, "public"));
    assertThat(openApi.at("/servers/0/url").asString())
        .isEqualTo("https://api.example.com/music/rest/v1");
    assertThat(openApi.get("security").toString())
        .isEqualTo("[{\"apikey\":[]},{\"apikey\":[],\"bearer\":[]},{\"bearer\":[]},{}]");
    assertThat(openApi.at("/components/parameters/accept-profile").toString())
        .isEqualTo(
            "{\"name\":\"Accept-Profile\",\"in\":\"header\",\"description\":\"The schema.\","
                + "\"schema\":{\"type\":\"string\",\"enum\":[\"public\"]},\"required\":false}");
    assertThat(
            json(there.openApi(planner, Callers.ANON, "shop"))
                .at("/components/parameters/accept-profile/required")
                .asBoolean())
        .isTrue();
  }

  @Test
  void tellWhichServerTheClientReached() {
    Map<String, String> origins =
        Map.of(
            "example.com", "http://example.com",
            "[::1]:80", "http://[::1]:80",
            "evil.com/\",\"x\":\"", "http://127.0.0.1:8787",
            "a@b", "http://127.0.0.1:8787");
    origins.forEach(
        (host, origin) -> {
          Description there = descriptions.openApi(planner, Callers.ANON, "public", host);
          assertThat(json(there).at("/servers/0/url").asString()).isEqualTo(origin + "/rest/v1");
          assertThat(there.etag())
              .isNotEqualTo(descriptions.openApi(planner, Callers.ANON, "public").etag());
        });
    assertThat(descriptions.kept()).isEqualTo(1);
  }

  private static String resource(String name) {
    try (InputStream in = DescriptionsTest.class.getResourceAsStream(name)) {
      return new String(Objects.requireNonNull(in, name).readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
