package dev.mainstay.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The descriptions of the API and the page `/docs`, over the wire.
final class DescribedServerTest {
  private static final String ROOT = "/rest/v1/";
  private static final String OPENAPI = "/openapi.json";
  private static final Pattern ASSET = Pattern.compile("(?:src|href)=\"(docs/[^\"]+)\"");

  @TempDir Path folder;

  @BeforeEach
  void inAProject() throws Exception {
    Files.writeString(
        folder.resolve("backend.yaml"),
        """
        tables:
          notes:
            columns:
              id: {type: integer, identity: true, primary_key: true}
              title: text
            policies:
              read: true
          drafts:
            columns:
              id: {type: integer, primary_key: true}
          shop.things:
            columns:
              id: {type: integer, primary_key: true}
            policies:
              read: true
        """);
  }

  private Running serve(Map<String, String> settings) {
    return Running.serve(folder, folder.resolve("data"), settings);
  }

  private static String header(HttpResponse<?> response, String name) {
    return response.headers().firstValue(name).orElse("");
  }

  private static List<String> paths(HttpResponse<String> response) {
    JsonNode paths = JsonMapper.shared().readTree(response.body()).get("paths");
    return List.copyOf(paths.propertyNames());
  }

  @Test
  void describesToAKeyWhatItMaySee() throws Exception {
    try (Running running = serve(Map.of())) {
      HttpResponse<String> anon = running.get(ROOT, running.anon());
      assertThat(header(anon, "content-type")).isEqualTo("application/openapi+json; charset=utf-8");
      assertThat(paths(anon)).containsExactlyInAnyOrder("/", "/notes");
      assertThat(JsonMapper.shared().readTree(anon.body()).get("host").asString())
          .isEqualTo(running.server.url().substring("http://".length()));
      assertThat(paths(running.get(ROOT, running.service())))
          .containsExactlyInAnyOrder("/", "/notes", "/drafts");
      HttpResponse<String> openApi = running.get(OPENAPI, running.anon());
      assertThat(header(openApi, "content-type")).isEqualTo("application/json; charset=utf-8");
      assertThat(header(openApi, "vary")).contains("apikey", "Authorization");
      assertThat(paths(openApi)).containsExactly("/notes");
      assertThat(paths(running.get(OPENAPI, running.service())))
          .containsExactlyInAnyOrder("/notes", "/drafts");
      JsonNode document = JsonMapper.shared().readTree(openApi.body());
      assertThat(document.at("/servers/0/url").asString())
          .isEqualTo(running.server.url() + "/rest/v1");
      HttpResponse<String> again =
          running.send(
              running.to(OPENAPI, running.anon()).header("If-None-Match", header(openApi, "etag")));
      assertThat(again.statusCode()).isEqualTo(304);
      assertThat(again.body()).isEmpty();
      for (String path : List.of(ROOT, OPENAPI)) {
        var head = running.to(path, running.anon()).method("HEAD", BodyPublishers.noBody());
        assertThat(running.send(head).statusCode()).isEqualTo(200);
        assertThat(running.get(path, null).statusCode()).isEqualTo(401);
        assertThat(running.send(running.to(path, running.anon()).DELETE()).statusCode())
            .isEqualTo(405);
      }
      assertThat(running.get(OPENAPI + "/x", running.anon()).statusCode()).isEqualTo(404);
      HttpResponse<String> csv =
          running.send(running.to(ROOT, running.anon()).header("Accept", "text/csv"));
      assertThat(csv.statusCode()).isEqualTo(406);
      assertThat(csv.body()).contains("PGRST107");
    }
  }

  @Test
  void describesToNobodyWhatAnonMaySeeWhereNoKeyIsRequired() throws Exception {
    try (Running running = serve(Map.of("http.require_apikey", "false"))) {
      assertThat(paths(running.get(OPENAPI, null))).containsExactly("/notes");
      assertThat(running.get("/docs", null).statusCode()).isEqualTo(200);
    }
  }

  @Test
  void describesTheSchemaThatIsAskedFor() throws Exception {
    try (Running running = serve(Map.of("rest.schemas", "public,shop"))) {
      for (String path : List.of(ROOT, OPENAPI)) {
        var shop = running.to(path, running.anon()).header("Accept-Profile", "shop");
        assertThat(paths(running.send(shop))).contains("/things").doesNotContain("/notes");
        var none = running.to(path, running.anon()).header("Accept-Profile", "mainstay");
        assertThat(running.send(none).body()).contains("PGRST106");
      }
      assertThat(paths(running.get(OPENAPI + "?schema=shop", running.anon())))
          .containsExactly("/things");
      assertThat(running.get(OPENAPI + "?schema=auth", running.service()).statusCode())
          .isEqualTo(406);
    }
  }

  @Test
  void describesNothingWhereThatIsSwitchedOff() throws Exception {
    try (Running running = serve(Map.of("rest.openapi", "disabled"))) {
      HttpResponse<String> root = running.get(ROOT, running.service());
      assertThat(root.statusCode()).isEqualTo(404);
      assertThat(root.body())
          .isEqualTo(
              "{\"code\":\"PGRST126\",\"message\":\"Root endpoint metadata is disabled\","
                  + "\"details\":null,\"hint\":null}");
      assertThat(running.get(OPENAPI, running.service()).statusCode()).isEqualTo(404);
      assertThat(running.get("/docs", null).statusCode()).isEqualTo(404);
    }
  }

  @Test
  void servesThePageAndEachFileItNamesFromHere() throws Exception {
    try (Running running = serve(Map.of())) {
      HttpResponse<String> page = running.get("/docs", null);
      assertThat(page.statusCode()).isEqualTo(200);
      assertThat(header(page, "content-type")).isEqualTo("text/html; charset=utf-8");
      assertThat(header(page, "content-security-policy"))
          .contains("default-src 'none'", "script-src 'self'", "frame-ancestors 'none'")
          .doesNotContain("unsafe");
      assertThat(page.body()).doesNotContain("http:", "https:", "<script>");
      List<String> assets =
          ASSET.matcher(page.body()).results().map((MatchResult found) -> found.group(1)).toList();
      assertThat(assets).hasSize(5);
      for (String asset : assets) {
        HttpResponse<byte[]> plain =
            running.client.send(running.to("/" + asset, null).build(), BodyHandlers.ofByteArray());
        assertThat(plain.statusCode()).as(asset).isEqualTo(200);
        assertThat(header(plain, "content-type"))
            .isEqualTo(
                asset.endsWith(".js")
                    ? "text/javascript; charset=utf-8"
                    : asset.endsWith(".css") ? "text/css; charset=utf-8" : "image/png");
        assertThat(header(plain, "cache-control"))
            .isEqualTo(
                asset.contains("swagger-ui-") ? "public, max-age=31536000, immutable" : "no-cache");
        var known =
            running.to("/" + asset, null).header("If-None-Match", header(plain, "etag")).build();
        assertThat(running.client.send(known, BodyHandlers.ofByteArray()).statusCode())
            .isEqualTo(304);
        var packed = running.to("/" + asset, null).header("Accept-Encoding", "gzip").build();
        HttpResponse<byte[]> gzip = running.client.send(packed, BodyHandlers.ofByteArray());
        assertThat(header(gzip, "vary")).isEqualTo("Accept-Encoding");
        if (asset.endsWith(".js")) {
          assertThat(header(gzip, "content-encoding")).isEqualTo("gzip");
          assertThat(gzip.body()).hasSizeLessThan(plain.body().length);
        }
      }
    }
  }

  @Test
  void servesNoOtherFile() throws Exception {
    try (Running running = serve(Map.of())) {
      for (String path :
          List.of(
              "/docs/",
              "/docs/page.html",
              "/docs/Docs.class",
              "/docs/swagger-ui.txt",
              "/docs/../backend.yaml",
              "/docs/%2e%2e/docs.js",
              "/docs/..%2f..%2fetc%2fpasswd",
              "/docs//docs.js"))
        assertThat(running.get(path, running.service()).statusCode()).as(path).isEqualTo(404);
      var post = running.to("/docs", null).POST(BodyPublishers.ofString("x"));
      assertThat(running.send(post).statusCode()).isEqualTo(405);
    }
    try (Running running = serve(Map.of("http.docs", "off"))) {
      assertThat(running.get("/docs", null).statusCode()).isEqualTo(404);
      assertThat(running.get(OPENAPI, running.anon()).statusCode()).isEqualTo(200);
    }
  }
}
