package dev.mainstay.testkit.conformance;

import static dev.mainstay.testkit.Backend.refusal;
import static dev.mainstay.testkit.Callers.SERVICE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mainstay.core.plan.Caller;
import dev.mainstay.core.problem.Problem;
import dev.mainstay.core.query.Asked;
import dev.mainstay.testkit.Backend;
import dev.mainstay.testkit.NewRows;
import dev.mainstay.testkit.Wrote;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Rows that are put back as they once were.
abstract class RestoreSuite extends Suite {
  private static final String MODEL =
      """
      tables:
        strict:
          columns:
            id: {type: bigint, identity: always, primary_key: true}
            width: integer
            area: {type: integer, generated: width * width}
        things:
          columns:
            id: {type: bigint, identity: true, primary_key: true}
            width: {type: integer, default: 7}
      """;

  private Backend backend;

  @BeforeEach
  void open() {
    backend = Backend.open(engine(), MODEL);
  }

  @AfterEach
  void close() {
    backend.close();
  }

  private Wrote restore(String table, String json, Asked.@Nullable Conflict conflict) {
    Asked.Insert rows = NewRows.insert(table, json, null);
    return backend.write(
        backend
            .planner()
            .restore(
                new Asked.Insert(rows.into(), rows.columns(), rows.rows(), conflict, null),
                new Caller.Inside()));
  }

  @Test
  void theyKeepTheirNumbersAndNumberingGoesOnAfterThem() {
    for (String table : new String[] {"strict", "things"}) {
      restore(table, "[{\"id\":5,\"width\":2},{\"id\":9,\"width\":3}]", null);
      assertThat(backend.insert(SERVICE, table, "{\"width\":4}").keys()).containsExactly("10");
      restore(table, "{\"id\":3,\"width\":5}", null);
      assertThat(backend.insert(SERVICE, table, "{\"width\":6}").keys()).containsExactly("11");
      assertThat(backend.stored(table, "id", "width"))
          .isEqualTo(
              "[{\"id\":3,\"width\":5},{\"id\":5,\"width\":2},{\"id\":9,\"width\":3},"
                  + "{\"id\":10,\"width\":4},{\"id\":11,\"width\":6}]");
    }
  }

  @Test
  void whatTheyLeaveOutIsFilled() {
    restore("things", "[{\"id\":2},{\"width\":1}]", null);
    assertThat(backend.stored("things")).startsWith("[{\"id\":").contains("{\"id\":2,\"width\":7}");
  }

  @Test
  void theyOverwriteTheRowsOfTheirKeys() {
    restore("strict", "[{\"id\":5,\"width\":2},{\"id\":9,\"width\":3}]", null);
    Asked.Conflict byKey = new Asked.Conflict(List.of(), true);
    restore("strict", "[{\"id\":5,\"width\":4},{\"id\":6,\"width\":5}]", byKey);
    assertThat(backend.stored("strict", "id", "width"))
        .isEqualTo("[{\"id\":5,\"width\":4},{\"id\":6,\"width\":5},{\"id\":9,\"width\":3}]");
  }

  @Test
  void whatFollowsFromOtherColumnsIsNotWritten() {
    assertThat(refusal(() -> restore("strict", "{\"id\":1,\"width\":2,\"area\":4}", null)))
        .isEqualTo(
            new Problem.Database(
                "428C9",
                "cannot insert a non-DEFAULT value into column \"area\"",
                "Column \"area\" is a generated column.",
                null));
  }
}
