package dev.mainstay.api.docs;

import dev.mainstay.api.http.Page;
import dev.mainstay.api.http.Response.Header;
import dev.mainstay.api.http.StaticFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// The files of the page `/docs`, each at its own path; there is no other below it.
public final class Docs {
  /// The page runs its own scripts only, talks to its own server only, and is no part of another.
  private static final Header POLICY =
      new Header(
          "Content-Security-Policy",
          "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
              + " connect-src 'self'; form-action 'none'; base-uri 'none';"
              + " frame-ancestors 'none'");

  private static final String REVALIDATED = "no-cache";

  /// For paths that carry the version of what they name.
  private static final String FOREVER = "public, max-age=31536000, immutable";

  private static final String SWAGGER_UI = "/docs/swagger-ui-";

  private Docs() {}

  public static Map<String, Page> pages() {
    String version = version();
    Map<String, Page> pages = new LinkedHashMap<>();
    pages.put("/docs", page(version));
    pages.put("/docs/docs.js", file("docs.js", "text/javascript", REVALIDATED));
    pages.put("/docs/docs.css", file("docs.css", "text/css", REVALIDATED));
    Webjar webjar = new Webjar(version, pages);
    webjar.put("swagger-ui-bundle.js", "text/javascript");
    webjar.put("swagger-ui.css", "text/css");
    webjar.put("favicon-32x32.png", "image/png");
    return pages;
  }

  /// Those files of Swagger UI that the build unpacked.
  private record Webjar(String version, Map<String, Page> pages) {
    void put(String name, String mediaType) {
      String file = "/META-INF/resources/webjars/swagger-ui/" + version + "/" + name;
      pages.put(SWAGGER_UI + version + "/" + name, file(file, mediaType, FOREVER));
    }
  }

  private static Page page(String version) {
    return new StaticFile(
        "text/html; charset=utf-8",
        REVALIDATED,
        List.of(POLICY),
        () ->
            new String(bytes("page.html"), StandardCharsets.UTF_8)
                .replace("{swagger-ui}", "swagger-ui-" + version)
                .getBytes(StandardCharsets.UTF_8));
  }

  private static Page file(String name, String mediaType, String caching) {
    String type = mediaType.startsWith("text/") ? mediaType + "; charset=utf-8" : mediaType;
    return new StaticFile(type, caching, List.of(), () -> bytes(name));
  }

  private static String version() {
    return new String(bytes("swagger-ui.txt"), StandardCharsets.UTF_8).strip();
  }

  private static byte[] bytes(String name) {
    try (InputStream in = Docs.class.getResourceAsStream(name)) {
      return Objects.requireNonNull(in, name).readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
