package dev.mainstay.api.http;

import dev.mainstay.core.plan.Caller;
import dev.mainstay.core.problem.Problem;
import org.jspecify.annotations.Nullable;

/// Answers the requests below one prefix, in one protocol.
public interface Endpoint {
  /// Blocking; runs on a virtual thread of its own.
  ///
  /// @throws dev.mainstay.core.problem.ProblemException which [#refuse] then renders
  Response answer(Request request, Turn turn);

  /// A problem in the protocol's words, also one that arose before the request reached [#answer].
  ///
  /// @param caller null while it is not known who asks
  Response refuse(Problem problem, Request request, Caller.@Nullable Outside caller);

  /// The path as a template with names for what varies (`/{table}`), for logs and metrics. Clients
  /// choose paths, so it is one of a few texts whatever they send.
  default String route(String path) {
    return "/*";
  }

  /// The answer for a bug, of which the client learns no more than its incident number.
  Response broken(String incident);
}
