package dev.mainstay.testkit.conformance;

import static dev.mainstay.testkit.Ask.asc;
import static dev.mainstay.testkit.Ask.of;
import static dev.mainstay.testkit.Backend.refusal;
import static dev.mainstay.testkit.Callers.INSIDE;
import static dev.mainstay.testkit.Where.eq;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mainstay.core.engine.Engine.Unit;
import dev.mainstay.core.engine.Written;
import dev.mainstay.core.plan.Plan;
import dev.mainstay.core.problem.Problem;
import dev.mainstay.testkit.Ask;
import dev.mainstay.testkit.Backend;
import dev.mainstay.testkit.NewRows;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// A unit of work is one transaction: it sees its own writes, nobody else sees half of it, and what
/// it throws undoes it.
abstract class UnitSuite extends Suite {
  private static final String MODEL =
      """
      tables:
        accounts:
          columns:
            id: {type: bigint, primary_key: true}
            owner: {type: text, unique: true}
            balance: integer
      """;

  private Backend backend;

  @BeforeEach
  void open() {
    backend =
        Backend.open(engine(), MODEL)
            .seed(
                "accounts",
                """
                [{"id":1,"owner":"ann","balance":10},{"id":2,"owner":"ben","balance":20}]""");
  }

  @AfterEach
  void close() {
    backend.close();
  }

  @Test
  void readsInAUnitSeeItsWrites() {
    List<String> seen =
        backend.unit(
            unit -> {
              List<String> rows = new ArrayList<>();
              rows.add(balances(unit));
              unit.write(balance(1, 5));
              rows.add(balances(unit));
              unit.write(insert("{\"id\":3,\"owner\":\"cat\",\"balance\":1}"));
              unit.write(delete(2));
              rows.add(balances(unit));
              return rows;
            });
    assertThat(seen)
        .containsExactly(
            "{\"id\":1,\"balance\":10}{\"id\":2,\"balance\":20}",
            "{\"id\":1,\"balance\":5}{\"id\":2,\"balance\":20}",
            "{\"id\":1,\"balance\":5}{\"id\":3,\"balance\":1}");
    assertThat(backend.stored("accounts", "id", "balance"))
        .isEqualTo("[{\"id\":1,\"balance\":5},{\"id\":3,\"balance\":1}]");
  }

  @Test
  void aSnapshotReadsTheRowsOfOneMoment() {
    List<String> seen =
        backend.snapshot(
            unit -> {
              String before = balances(unit);
              backend.write(balance(1, 5));
              return List.of(before, balances(unit));
            });
    assertThat(seen.getFirst()).isEqualTo("{\"id\":1,\"balance\":10}{\"id\":2,\"balance\":20}");
    assertThat(seen.getLast()).isEqualTo(seen.getFirst());
    assertThat(backend.stored("accounts", "balance")).contains("{\"balance\":5}");
  }

  @Test
  void whatAUnitThrowsUndoesAllOfItAndReachesItsCaller() {
    String before = backend.stored("accounts");
    assertThatThrownBy(
            () ->
                backend.unit(
                    unit -> {
                      unit.write(balance(1, 5));
                      throw new IllegalArgumentException("no");
                    }))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("no");
    assertThat(
            refusal(
                () ->
                    backend.unit(
                        unit -> {
                          unit.write(balance(1, 5));
                          return unit.write(insert("{\"id\":9,\"owner\":\"ann\",\"balance\":1}"));
                        })))
        .isInstanceOf(Problem.ConstraintViolated.class);
    assertThat(backend.stored("accounts")).isEqualTo(before);
  }

  @Test
  void aWriteThatFailsInsideAUnitMayBeCaughtAndLeavesTheRest() {
    Written written =
        backend.unit(
            unit -> {
              unit.write(balance(1, 5));
              assertThat(
                      refusal(
                          () ->
                              unit.write(
                                  insert(
                                      "[{\"id\":8,\"owner\":\"new\",\"balance\":1},{\"id\":9,\"owner\":\"ann\",\"balance\":1}]"))))
                  .isInstanceOf(Problem.ConstraintViolated.class);
              return unit.write(balance(2, 6));
            });
    assertThat(written.count()).isEqualTo(1);
    assertThat(backend.stored("accounts", "id", "balance"))
        .isEqualTo("[{\"id\":1,\"balance\":5},{\"id\":2,\"balance\":6}]");
  }

  /// Two units that take two rows in opposite order. Where units run side by side they lock each
  /// other out, and one of them is run again; where they run one after the other, each waits for
  /// the other for a moment only.
  @Test
  void unitsThatLockEachOtherOutBothHappen() throws Exception {
    CountDownLatch first = new CountDownLatch(1);
    CountDownLatch second = new CountDownLatch(1);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<?> one = threads.submit(() -> takeBoth(1, 2, 100, first, second));
      Future<?> other = threads.submit(() -> takeBoth(2, 1, 200, second, first));
      one.get(30, SECONDS);
      other.get(30, SECONDS);
    }
    assertThat(backend.stored("accounts", "balance"))
        .isIn("[{\"balance\":100},{\"balance\":100}]", "[{\"balance\":200},{\"balance\":200}]");
  }

  private void takeBoth(int from, int to, int balance, CountDownLatch mine, CountDownLatch theirs) {
    backend.unit(
        unit -> {
          unit.write(balance(from, balance));
          mine.countDown();
          try {
            theirs.await(300, MILLISECONDS);
          } catch (InterruptedException e) {
            throw new IllegalStateException(e);
          }
          return unit.write(balance(to, balance));
        });
  }

  @Test
  void manyWritersAtOnceEachGetTheirOwnAnswer() throws Exception {
    AtomicInteger clashes = new AtomicInteger();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> writers = new ArrayList<>();
      for (int i = 0; i < 200; i++) {
        int id = 100 + i;
        // Every tenth wants a name that is taken.
        String owner = i % 10 == 0 ? "ann" : "owner " + i;
        writers.add(
            threads.submit(
                () -> {
                  String row =
                      "[{\"id\":%d,\"owner\":\"first %d\",\"balance\":1},{\"id\":%d,\"owner\":\"%s\",\"balance\":1}]"
                          .formatted(id, id, id + 1000, owner);
                  if (owner.equals("ann")) {
                    assertThat(refusal(() -> backend.insert(INSIDE, "accounts", row)))
                        .isInstanceOf(Problem.ConstraintViolated.class);
                    clashes.incrementAndGet();
                  } else {
                    assertThat(backend.insert(INSIDE, "accounts", row).keys())
                        .containsExactly("" + id, "" + (id + 1000));
                  }
                }));
      }
      for (Future<?> writer : writers) writer.get(30, SECONDS);
    }
    assertThat(clashes).hasValue(20);
    assertThat(backend.rows(INSIDE, of("id").limit(0).countedFrom("accounts")).total())
        .isEqualTo(2 + 180 * 2);
  }

  private String balances(Unit unit) {
    StringBuilder rows = new StringBuilder();
    Ask ask = of("id", "balance").order(asc("id"));
    for (byte[] row : unit.read(backend.planner().read(ask.from("accounts"), INSIDE)).rows())
      rows.append(new String(row, UTF_8));
    return rows.toString();
  }

  private Plan.Write balance(int id, int balance) {
    return backend
        .planner()
        .update(
            NewRows.update(
                "accounts", "{\"balance\":" + balance + "}", List.of(eq("id", "" + id)), null),
            Plan.Expectation.ANY,
            INSIDE);
  }

  private Plan.Write insert(String json) {
    return backend.planner().insert(NewRows.insert("accounts", json, null), INSIDE);
  }

  private Plan.Write delete(int id) {
    return backend
        .planner()
        .delete(
            new dev.mainstay.core.query.Asked.Delete(
                Ask.table("accounts"), List.of(eq("id", "" + id)), null),
            Plan.Expectation.ANY,
            INSIDE);
  }
}
