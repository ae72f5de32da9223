package dev.mainstay.app.testing;

import dev.mainstay.core.testing.Answered;
import dev.mainstay.core.testing.Kept;
import dev.mainstay.core.testing.Step;
import dev.mainstay.core.testing.TestCase;
import dev.mainstay.core.testing.TestFile;
import dev.mainstay.core.testing.Verdict;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.StringNode;

/// Runs tests, several at once: each that writes on a database of its own, all others on one.
///
/// What is told of them has the order of the files, whichever test is done first.
public final class TestRun {
  private final Benches benches;
  private final Requests requests;
  private final int jobs;

  /// @param jobs how many tests run at once
  public TestRun(Benches benches, Credentials credentials, int jobs) {
    this.benches = benches;
    this.requests = new Requests(credentials);
    this.jobs = jobs;
  }

  /// @param done is told of each file when all of its tests and of those before it are done
  public void run(List<TestFile> files, Consumer<Outcome.OfFile> done) {
    boolean anyReads =
        files.stream().flatMap(file -> file.tests().stream()).anyMatch(test -> !test.writes());
    if (!anyReads) {
      run(files, benches, done);
      return;
    }
    try (Benches.Bench shared = benches.fresh()) {
      run(files, () -> shared, done);
    }
  }

  private void run(List<TestFile> files, Benches shared, Consumer<Outcome.OfFile> done) {
    var turns = new Semaphore(jobs, /* fair= */ true);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var running = new ArrayList<List<Future<Outcome>>>();
      for (TestFile file : files) {
        var ofFile = new ArrayList<Future<Outcome>>();
        for (TestCase test : file.tests())
          ofFile.add(threads.submit(() -> inTurn(test, shared, turns)));
        running.add(ofFile);
      }
      try {
        for (int i = 0; i < files.size(); i++)
          done.accept(new Outcome.OfFile(files.get(i), outcomes(running.get(i))));
      } catch (RuntimeException e) {
        threads.shutdownNow();
        throw e;
      }
    }
  }

  private static List<Outcome> outcomes(List<Future<Outcome>> tests) {
    var outcomes = new ArrayList<Outcome>();
    for (Future<Outcome> test : tests) outcomes.add(outcome(test));
    return outcomes;
  }

  private static Outcome outcome(Future<Outcome> test) {
    try {
      return test.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException cause) throw cause;
      throw new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private Outcome inTurn(TestCase test, Benches shared, Semaphore turns)
      throws InterruptedException {
    turns.acquire();
    try {
      long begun = System.nanoTime();
      Outcome.@Nullable Failure failure;
      if (test.writes())
        try (Benches.Bench own = benches.fresh()) {
          failure = failure(test, own);
        }
      else failure = failure(test, shared.fresh());
      return new Outcome(test, failure, Duration.ofNanos(System.nanoTime() - begun));
    } finally {
      turns.release();
    }
  }

  private Outcome.@Nullable Failure failure(TestCase test, Benches.Bench bench) {
    var kept = new Kept();
    test.uids().forEach((name, uid) -> kept.put(name, new StringNode(uid)));
    int number = 0;
    for (Step step : test.steps()) {
      number++;
      Answered answer = Requests.read(bench.ask(requests.of(step, kept)));
      List<String> lines = Verdict.on(step, answer, kept);
      if (!lines.isEmpty()) return new Outcome.Failure(number, step, lines);
    }
    return null;
  }
}
