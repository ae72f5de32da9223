package dev.mainstay.sql.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mainstay.core.problem.Problem;
import dev.mainstay.core.problem.ProblemException;
import dev.mainstay.testkit.Ask;
import dev.mainstay.testkit.Backend;
import dev.mainstay.testkit.Callers;
import dev.mainstay.testkit.EngineUnderTest;
import dev.mainstay.testkit.conformance.EngineConformance;
import org.junit.jupiter.api.Test;

class SqliteConformanceTest extends EngineConformance {
  @Override
  protected EngineUnderTest engine() {
    return new SqliteUnderTest();
  }

  @Test
  void notANumberIsNotStored() {
    String yaml =
        """
        tables:
          measures:
            columns:
              id: {type: integer, primary_key: true}
              value: double
        """;
    try (Backend backend = Backend.open(engine(), yaml)) {
      assertThatThrownBy(
              () ->
                  backend.insert(
                      Callers.SERVICE, "measures", "{\"id\":1,\"value\":\"NaN\"}", Ask.of("id")))
          .isInstanceOfSatisfying(
              ProblemException.class,
              e ->
                  assertThat(e.problem())
                      .isEqualTo(new Problem.Unsupported("storing NaN in SQLite")));
    }
  }
}
