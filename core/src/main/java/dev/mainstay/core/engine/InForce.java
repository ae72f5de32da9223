package dev.mainstay.core.engine;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/// What is served at this moment: the one place that says so. A reload puts another [Served] there;
/// whoever has taken the one before goes on with that.
public final class InForce {
  /// How long a request waits for a change that is under way.
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final AtomicReference<Served> served;
  private final ReentrantLock changing = new ReentrantLock();
  private volatile Runnable look = () -> {};

  public InForce(Served first) {
    this.served = new AtomicReference<>(first);
  }

  public Served now() {
    return served.get();
  }

  /// Changes the tables, or nothing but the model, and serves what that comes to. A `change` that
  /// throws leaves what was served before.
  public void change(Supplier<Served> change) {
    changing.lock();
    try {
      served.set(change.get());
    } finally {
      changing.unlock();
    }
  }

  /// How to find out whether the tables are others by now, where nobody else does in time.
  public void lookBy(Runnable how) {
    look = how;
  }

  /// What is served once a change that is under way is over: for a request that found the tables to
  /// be others than those it was planned for.
  public Served settled() throws InterruptedException {
    look.run();
    if (changing.tryLock(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) changing.unlock();
    return now();
  }
}
