package dev.mainstay.api.http;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// One request, now that it is over: what its line in the log and its metrics are made of. Holds no
/// query string, no secret and no row.
///
/// @param route the path as a template, such as `/rest/v1/{table}`
/// @param role whom the caller acted as, or null when that was not settled
/// @param received bytes of the request's body
/// @param sent bytes of the answer's body
/// @param stages in the order they happened
/// @param nanos from the last byte of the request to the last byte of the answer
/// @param gone whether the client left before it had the whole answer
/// @param incident the number of the bug that was hit, or null
public record Access(
    String method,
    String route,
    int status,
    @Nullable String role,
    int rows,
    long received,
    long sent,
    List<Stage> stages,
    long nanos,
    boolean gone,
    @Nullable String incident) {
  public Access {
    stages = List.copyOf(stages);
  }

  public record Stage(String name, long nanos) {}

  /// Is told of each request when it is over.
  @FunctionalInterface
  public interface Log {
    void over(Access access);
  }
}
