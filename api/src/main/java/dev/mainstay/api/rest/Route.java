package dev.mainstay.api.rest;

import dev.mainstay.core.problem.Problem;
import dev.mainstay.core.problem.ProblemException;
import java.util.List;

/// What a path leads to (`WIRE.md` §1.1).
sealed interface Route {
  /// `/`, the description of everything else.
  record Root() implements Route {}

  /// `/{relation}`, a table or view.
  record Relation(String name) implements Route {}

  /// `/rpc/{function}`.
  record Function(String name) implements Route {}

  /// @param path still percent-encoded, beginning with `/`
  static Route of(String path) {
    List<String> segments = List.of(path.substring(1).split("/", -1));
    if (segments.size() == 1 && segments.getFirst().isEmpty()) return new Root();
    if (segments.size() == 1) return new Relation(QueryString.segment(segments.getFirst()));
    if (segments.size() == 2 && segments.getFirst().equals("rpc") && !segments.getLast().isEmpty())
      return new Function(QueryString.segment(segments.getLast()));
    throw new ProblemException(new Problem.NoSuchPath());
  }
}
