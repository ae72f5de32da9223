package dev.mainstay.core.testing;

import java.util.List;

/// A file of tests, in the order in which they stand there.
///
/// @param name as people call it, such as `tests/lists.yaml`
public record TestFile(String name, List<TestCase> tests) {
  public TestFile {
    tests = List.copyOf(tests);
  }
}
