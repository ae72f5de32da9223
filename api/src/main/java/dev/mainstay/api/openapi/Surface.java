package dev.mainstay.api.openapi;

import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a description tells besides the model: what the API is called and where it is.
///
/// @param path the prefix of the REST API, `/` for none
/// @param schemas those it shows, the default one first
/// @param publicUrl the server's address as its clients know it, without a path of the API, or null
/// @param host the address the server listens at, `host:port`
/// @param requireKey whether a request must bring a key
public record Surface(
    String title,
    String version,
    String path,
    List<String> schemas,
    @Nullable URI publicUrl,
    String host,
    boolean requireKey) {
  public Surface {
    schemas = List.copyOf(schemas);
  }

  /// Where the API is: absolute when the public address is known, else relative to the server that
  /// gave the description. A `Host` header is never believed.
  String server() {
    return publicUrl == null ? path : base(publicUrl) + (path.equals("/") ? "" : path);
  }

  private static String base(URI url) {
    String text = url.toString();
    return text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
  }
}
