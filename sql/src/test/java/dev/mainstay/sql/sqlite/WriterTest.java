package dev.mainstay.sql.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mainstay.core.engine.Allowance;
import dev.mainstay.core.engine.ByteBudget;
import dev.mainstay.core.observe.Observer;
import dev.mainstay.core.problem.ProblemException;
import dev.mainstay.sql.Sql;
import dev.mainstay.sql.StoreException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Writes that are committed together: each fails alone, whatever takes the transaction away.
final class WriterTest {
  private static final String ENDLESS =
      "WITH RECURSIVE n(i) AS (SELECT 1000 UNION ALL SELECT i + 1 FROM n) ";

  private interface Job extends Ticket.Job<String> {}

  @TempDir Path folder;
  private SqliteDatabase database;
  private Session session;
  private Writer writer;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  @BeforeEach
  void open() throws SQLException {
    database = SqliteDatabase.open(folder, SqliteSettings.defaults());
    session =
        new Session(
            SqliteDatabase.connect(
                folder.resolve(SqliteDatabase.FILE),
                Duration.ofSeconds(1),
                SqliteDatabase.Use.WRITING));
    for (String statement :
        List.of(
            "CREATE TABLE t (id INTEGER PRIMARY KEY, text TEXT)",
            "CREATE TABLE late (id INTEGER PRIMARY KEY REFERENCES t (id) DEFERRABLE INITIALLY"
                + " DEFERRED)",
            "CREATE TRIGGER t_raise BEFORE INSERT ON t WHEN new.text = 'raise' BEGIN SELECT"
                + " RAISE(ROLLBACK, 'no'); END")) session.runOnce(statement);
    writer = new Writer(session, 8);
  }

  @AfterEach
  void close() {
    threads.close();
    writer.close();
    database.close();
  }

  @Test
  void aWriteThatFailsUndoesOnlyItself() throws Exception {
    assertThat(together(insert(1, "a"), both(insert(2, "b"), insert(1, "again")), insert(3, "c")))
        .containsExactly("done", "IllegalStateException", "done");
    assertThat(stored()).containsExactly(1L, 3L);
  }

  @Test
  void aTimeOutInTheMiddleOfAWriteFailsNobodyElse() throws Exception {
    assertThat(
            together(
                insert(1, "a"),
                raw("INSERT INTO t " + ENDLESS + "SELECT i, 'x' FROM n"),
                insert(2, "b")))
        .containsExactly("done", "TimedOut[]", "done");
    assertThat(stored()).containsExactly(1L, 2L);
  }

  @Test
  void aTimeOutOfAQueryFailsNobodyElse() throws Exception {
    assertThat(
            together(
                insert(1, "a"),
                both(insert(5, "x"), raw(ENDLESS + "SELECT count(*) FROM n")),
                insert(2, "b")))
        .containsExactly("done", "TimedOut[]", "done");
    assertThat(stored()).containsExactly(1L, 2L);
  }

  @Test
  void aConstraintThatIsCheckedAtTheCommitFailsOnlyWhoBrokeIt() throws Exception {
    assertThat(together(insert(1, "a"), raw("INSERT INTO late VALUES (9)"), insert(2, "b")))
        .containsExactly("done", "IllegalStateException", "done");
    assertThat(stored()).containsExactly(1L, 2L);
  }

  @Test
  void aTriggerThatRollsBackFailsOnlyWhoSetItOff() throws Exception {
    assertThat(together(insert(1, "a"), insert(2, "raise"), insert(3, "c")))
        .containsExactly("done", "IllegalStateException", "done");
    assertThat(stored()).containsExactly(1L, 3L);
  }

  @Test
  void aFullDiskFailsOnlyWhoDoesNotFit() throws Exception {
    session.runOnce("PRAGMA max_page_count = 40");
    String large = "x".repeat(200_000);
    assertThat(together(insert(1, "a"), insert(2, large), insert(3, "c")))
        .containsExactly(
            "done", "Unavailable[message=the disk is full, retryAfterSeconds=1]", "done");
    assertThat(stored()).containsExactly(1L, 3L);
  }

  @Test
  void aBugInOneWriteFailsNobodyElse() throws Exception {
    Job bug =
        session -> {
          insert(7, "x").run(session);
          throw new StackOverflowError();
        };
    assertThat(together(insert(1, "a"), bug, insert(2, "b")))
        .containsExactly("done", "StackOverflowError", "done");
    assertThat(stored()).containsExactly(1L, 2L);
  }

  @Test
  void moreThanMayWaitAreTurnedAway() throws Exception {
    List<Job> jobs = new ArrayList<>();
    for (int i = 1; i <= 9; i++) jobs.add(insert(i, "a"));
    List<String> outcomes = together(jobs);
    assertThat(outcomes).filteredOn("done"::equals).hasSize(8);
    assertThat(outcomes).filteredOn("Overloaded[retryAfterSeconds=1]"::equals).hasSize(1);
  }

  @Test
  void whatWasAskedBeforeTheEndIsDone() throws Exception {
    Future<?> closing;
    List<Future<String>> outcomes = new ArrayList<>();
    CountDownLatch holding = new CountDownLatch(1);
    CountDownLatch release = new CountDownLatch(1);
    outcomes.add(threads.submit(() -> write(hold(holding, release))));
    holding.await();
    outcomes.add(queued(insert(1, "a"), 1));
    closing = threads.submit(writer::close);
    release.countDown();
    closing.get();
    for (Future<String> outcome : outcomes) assertThat(outcome.get()).isEqualTo("done");
    assertThat(stored()).containsExactly(1L);
  }

  @Test
  void whatIsAskedWhileItIsPausedIsDoneAfterwards() throws Exception {
    writer.pause();
    Future<String> outcome = threads.submit(() -> write(insert(1, "a")));
    Future<?> other =
        threads.submit(
            () -> {
              writer.pause();
              writer.resume();
            });
    assertThat(outcome.isDone()).isFalse();
    assertThat(other.isDone()).isFalse();
    assertThat(stored()).isEmpty();
    writer.resume();
    assertThat(outcome.get()).isEqualTo("done");
    other.get();
    assertThat(stored()).containsExactly(1L);
  }

  @Test
  void nobodyChangesTheTablesOfADatabaseThatIsClosed() {
    database.close();
    assertThatThrownBy(database::changer)
        .isInstanceOf(StoreException.class)
        .hasMessage("The database is closed");
  }

  private List<String> together(Job... jobs) throws Exception {
    return together(List.of(jobs));
  }

  /// Has the jobs wait behind another, in this order, so that they make one group.
  private List<String> together(List<Job> jobs) throws Exception {
    CountDownLatch holding = new CountDownLatch(1);
    CountDownLatch release = new CountDownLatch(1);
    Future<String> first = threads.submit(() -> write(hold(holding, release)));
    holding.await();
    List<Future<String>> waiting = new ArrayList<>();
    for (Job job : jobs) waiting.add(queued(job, Math.min(8, waiting.size() + 1)));
    release.countDown();
    List<String> outcomes = new ArrayList<>();
    for (Future<String> outcome : waiting) outcomes.add(outcome.get());
    assertThat(first.get()).isEqualTo("done");
    return outcomes;
  }

  private Future<String> queued(Job job, int expected) {
    Future<String> outcome = threads.submit(() -> write(job));
    while (writer.waiting() < expected && !outcome.isDone()) Thread.onSpinWait();
    return outcome;
  }

  private String write(Job job) {
    Allowance allowance =
        new Allowance(Duration.ofMillis(300), new ByteBudget(1000).lease(), Observer.NOBODY);
    try {
      return writer.write(allowance, job);
    } catch (ProblemException e) {
      return e.problem().toString();
    } catch (IllegalStateException | StackOverflowError e) {
      return e.getClass().getSimpleName();
    }
  }

  private static Job hold(CountDownLatch holding, CountDownLatch release) {
    return session -> {
      holding.countDown();
      try {
        release.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      return "done";
    };
  }

  private static Job insert(int id, String text) {
    return raw("INSERT INTO t VALUES (" + id + ", '" + text + "')");
  }

  private static Job raw(String sql) {
    return session -> {
      try {
        session.execute(Sql.raw(sql), Arguments.NONE);
        return "done";
      } catch (SQLException e) {
        throw Errors.translate(e);
      }
    };
  }

  private static Job both(Job first, Job second) {
    return session -> {
      first.run(session);
      return second.run(session);
    };
  }

  private List<Long> stored() throws SQLException {
    try (Session reader = database.reader()) {
      List<Long> ids = new ArrayList<>();
      for (long id = 1; id < 10; id++)
        if (reader.isAny(Sql.raw("SELECT 1 FROM t WHERE id = " + id), Arguments.NONE)) ids.add(id);
      return ids;
    }
  }
}
