package dev.mainstay.api.openapi;

import java.net.URI;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What a description tells besides the model: what the API is called and where it is.
///
/// @param path the prefix of the REST API, `/` for none
/// @param schemas those it shows, the default one first
/// @param publicUrl the server's address as its clients know it, without a path of the API, or null
/// @param host the address the server listens at, `host:port`
/// @param requireKey whether a request must bring a key
/// @param switchedOn what a request may ask for
public record Surface(
    String title,
    String version,
    String path,
    List<String> schemas,
    @Nullable URI publicUrl,
    String host,
    boolean requireKey,
    Set<Extra> switchedOn) {
  private static final Pattern HOST =
      Pattern.compile("([A-Za-z0-9._-]{1,253}|\\[[0-9A-Fa-f:.]{2,45}])(:[0-9]{1,5})?");

  public Surface {
    schemas = List.copyOf(schemas);
    switchedOn = Set.copyOf(switchedOn);
  }

  /// What a server lets requests ask for only if it is told to.
  public enum Extra {
    AGGREGATES,
    PLANS,
    /// A write may be undone.
    TX_ROLLBACK,
    /// Writes are undone, unless a request asks for its own to be kept.
    TX_COMMIT,
    IDEMPOTENCY
  }

  boolean has(Extra extra) {
    return switchedOn.contains(extra);
  }

  /// The server that a client has reached under this name, or null where the public address is
  /// known. What is no name is passed over.
  ///
  /// @param named the header `Host`, or null
  @Nullable String origin(@Nullable String named) {
    if (publicUrl != null) return null;
    return "http://" + (named != null && HOST.matcher(named).matches() ? named : host);
  }

  /// Where the API is: absolute when the public address is known, else its path.
  String server() {
    return publicUrl == null ? path : base(publicUrl) + (path.equals("/") ? "" : path);
  }

  private static String base(URI url) {
    String text = url.toString();
    return text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
  }
}
