package dev.mainstay.app.testing;

import dev.mainstay.core.testing.Step;
import dev.mainstay.core.testing.TestCase;
import dev.mainstay.core.testing.TestFile;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How a test went.
///
/// @param failure null when all was as expected
public record Outcome(TestCase test, @Nullable Failure failure, Duration took) {
  /// The first request that was not answered as expected.
  ///
  /// @param number of the step, from 1 on
  /// @param lines what was not as expected
  public record Failure(int number, Step step, List<String> lines) {
    public Failure {
      lines = List.copyOf(lines);
    }
  }

  /// How the tests of a file went, in its order.
  public record OfFile(TestFile file, List<Outcome> outcomes) {
    public OfFile {
      outcomes = List.copyOf(outcomes);
    }

    public List<Outcome> failed() {
      return outcomes.stream().filter(outcome -> outcome.failure() != null).toList();
    }
  }
}
