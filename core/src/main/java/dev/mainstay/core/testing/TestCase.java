package dev.mainstay.core.testing;

import dev.mainstay.core.model.Position;
import java.util.List;
import java.util.Map;

/// One test: requests one after another against one database, each with what is expected of its
/// answer. The first that is not answered so ends it.
///
/// @param uids of the file's callers, by their names
public record TestCase(String name, Position position, Map<String, String> uids, List<Step> steps) {
  public TestCase {
    uids = Map.copyOf(uids);
    steps = List.copyOf(steps);
  }

  /// Whether it may leave the database other than it was.
  public boolean writes() {
    return steps.stream().anyMatch(step -> !step.call().reads());
  }
}
