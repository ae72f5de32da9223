package dev.mainstay.testkit.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mainstay.core.engine.Rows;
import dev.mainstay.core.plan.Caller;
import dev.mainstay.core.plan.Plan;
import dev.mainstay.core.problem.ProblemException;
import dev.mainstay.core.query.Asked;
import dev.mainstay.testkit.Ask;
import dev.mainstay.testkit.Backend;
import dev.mainstay.testkit.Callers;
import dev.mainstay.testkit.NewRows;
import dev.mainstay.testkit.Wrote;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Searches for a request that tells of rows its caller may not read: everything asked at random
/// gets the same answer as from a database in which those rows never were.
///
/// `-Dmainstay.leak.rounds=100000` searches longer, `-Dmainstay.leak.seed=…` repeats what a failure
/// names.
abstract class LeakSuite extends Suite {
  private static final int ROUNDS = Integer.getInteger("mainstay.leak.rounds", 1000);
  private static final long SEED = Long.getLong("mainstay.leak.seed", 20_261_121L);
  private static final Caller A = Callers.user("a");

  private Backend whole;
  private Backend visible;

  /// Ends a unit without leaving anything of it.
  private static final class Undo extends RuntimeException {
    private final String answer;

    Undo(String answer) {
      super(null, null, false, false);
      this.answer = answer;
    }
  }

  @BeforeAll
  void open() {
    whole = Office.open(engine(), SEED, true);
    visible = Office.open(engine(), SEED, false);
  }

  @AfterAll
  void close() {
    whole.close();
    visible.close();
  }

  @Test
  void readsTellNothingOfHiddenRows() {
    for (int round = 0; round < ROUNDS; round++) {
      RandomAsks asks = new RandomAsks(new Random(SEED + round));
      String table = asks.table();
      Asked.Read read = asks.rows(table, 3).countedFrom(table);
      assertThat(read(whole, read))
          .as("-Dmainstay.leak.seed=%d: %s", SEED + round, read)
          .isEqualTo(read(visible, read));
    }
  }

  @Test
  void writesTouchAndTellNothingOfHiddenRows() {
    for (int round = 0; round < ROUNDS / 5; round++) {
      RandomAsks asks = new RandomAsks(new Random(SEED - round));
      String table = asks.table();
      Asked.Condition[] where = asks.conditions(table);
      Ask returning = asks.rows(table, 2);
      boolean isUpdate = round % 2 == 0;
      String context = "-Dmainstay.leak.seed=%d: %s".formatted(SEED - round, List.of(where));
      assertThat(write(whole, isUpdate, table, where, returning))
          .as(context)
          .isEqualTo(write(visible, isUpdate, table, where, returning));
    }
  }

  private static String read(Backend backend, Asked.Read read) {
    try {
      Rows rows = backend.rows(A, read);
      return rows.total() + " " + texts(rows);
    } catch (ProblemException refused) {
      return refused.problem().toString();
    }
  }

  /// What the write answers, and what its caller then sees of every table.
  private static String write(
      Backend backend, boolean isUpdate, String table, Asked.Condition[] where, Ask returning) {
    Plan.Write plan =
        isUpdate
            ? backend
                .planner()
                .update(
                    NewRows.update(table, "{\"n\":7}", List.of(where), returning),
                    Plan.Expectation.ANY,
                    A)
            : backend
                .planner()
                .delete(
                    new Asked.Delete(Ask.table(table), List.of(where), returning.rows()),
                    Plan.Expectation.ANY,
                    A);
    try {
      backend.unit(
          unit -> {
            Wrote wrote = Wrote.of(unit.write(plan));
            StringBuilder answer =
                new StringBuilder(wrote.keys().stream().sorted().toList().toString())
                    .append(wrote.rows());
            for (String name : Office.TABLES.keySet().stream().sorted().toList()) {
              Ask all =
                  Ask.of().with(Ask.countRows()).with(Ask.aggregate("n", Asked.Aggregate.SUM, "n"));
              answer.append(texts(unit.read(backend.planner().read(all.from(name), A))));
            }
            throw new Undo(answer.toString());
          });
      throw new AssertionError("the unit was to be undone");
    } catch (Undo undone) {
      return undone.answer;
    } catch (ProblemException refused) {
      return refused.problem().toString();
    }
  }

  private static String texts(Rows rows) {
    return rows.rows().stream()
        .map(row -> new String(row, StandardCharsets.UTF_8))
        .toList()
        .toString();
  }
}
