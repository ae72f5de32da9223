package dev.mainstay.api.http;

import java.time.Duration;
import java.util.List;

/// How the edge listens, and what it lets in.
///
/// @param port 0 for any free one
/// @param bodyLimit in bytes
/// @param maxRunning requests worked on at once; one more is answered 503
/// @param anonTimeout how long a statement of the role `anon` may take
/// @param othersTimeout how long a statement of anybody else may take
/// @param corsOrigins who may call from a browser; `*` for everybody
public record EdgeSettings(
    String host,
    int port,
    int bodyLimit,
    int maxRunning,
    Duration anonTimeout,
    Duration othersTimeout,
    ServerTiming serverTiming,
    List<String> corsOrigins,
    Patience patience) {
  public EdgeSettings {
    corsOrigins = List.copyOf(corsOrigins);
  }

  /// When an answer carries the `Server-Timing` header.
  public enum ServerTiming {
    OFF,
    /// When the request carries a header `Server-Timing: on`.
    REQUEST,
    ON
  }

  /// How long the edge waits for a client.
  ///
  /// @param head for the whole first request head of a connection
  /// @param idle for the next request head on a connection that had an answer
  /// @param body for a body, before it must keep up `bytesPerSecond` on the whole
  /// @param write for the client to take some of an answer
  /// @param linger for a client to notice that it was refused while it still sends
  public record Patience(
      Duration head,
      Duration idle,
      Duration body,
      int bytesPerSecond,
      Duration write,
      Duration linger) {
    public static final Patience USUAL =
        new Patience(
            Duration.ofSeconds(15),
            Duration.ofSeconds(75),
            Duration.ofSeconds(15),
            16 * 1024,
            Duration.ofSeconds(30),
            Duration.ofSeconds(1));
  }
}
