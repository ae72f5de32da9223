package dev.mainstay.app;

import dev.mainstay.core.engine.Allowance;
import dev.mainstay.core.engine.ByteBudget;
import dev.mainstay.core.engine.Served;
import dev.mainstay.core.observe.Observer;
import dev.mainstay.core.problem.ProblemException;
import dev.mainstay.core.problem.ProblemText;
import dev.mainstay.services.answers.Answers;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Takes answers out of the table whose time is over, some at a time, so that no write waits long
/// for it. Several servers may do so at once.
final class Sweep implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Sweep.class);
  private static final Duration EVERY = Duration.ofMinutes(5);
  private static final Duration TIMEOUT = Duration.ofSeconds(10);
  private static final int AT_ONCE = 500;

  private final Answers answers;
  private final Supplier<Served> served;
  private final ByteBudget budget;
  private final CountDownLatch stopping = new CountDownLatch(1);
  private final Thread thread;

  private Sweep(Answers answers, Supplier<Served> served, ByteBudget budget) {
    this.answers = answers;
    this.served = served;
    this.budget = budget;
    this.thread = Thread.ofVirtual().name("sweep").unstarted(this::run);
  }

  /// Begins at once, and goes on until it is closed.
  static Sweep start(Answers answers, Supplier<Served> served, ByteBudget budget) {
    Sweep sweep = new Sweep(answers, served, budget);
    sweep.thread.start();
    return sweep;
  }

  private void run() {
    try {
      do {
        try {
          while (stopping.getCount() > 0 && some() == AT_ONCE) {
            // There are more.
          }
        } catch (ProblemException e) {
          LOG.warn("old answers are not forgotten yet: {}", ProblemText.of(e.problem()));
        }
      } while (!stopping.await(EVERY.toMillis(), TimeUnit.MILLISECONDS));
    } catch (InterruptedException _) {
      // Told to stop.
    }
  }

  private int some() {
    Served now = served.get();
    try (ByteBudget.Lease lease = budget.lease()) {
      return now.engine()
          .unit(
              new Allowance(TIMEOUT, lease, Observer.NOBODY),
              unit -> answers.forgetOld(AT_ONCE, now.planner(), unit));
    }
  }

  @Override
  public void close() {
    stopping.countDown();
    try {
      thread.join(TIMEOUT);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
