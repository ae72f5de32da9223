package dev.mainstay.app;

import java.util.concurrent.locks.LockSupport;

/// Waits for a condition, for a minute at most.
final class Await {
  private Await() {}

  interface Condition {
    boolean holds() throws Exception;
  }

  static void until(Condition condition) throws Exception {
    long end = System.nanoTime() + 60_000_000_000L;
    while (!condition.holds()) {
      if (System.nanoTime() > end) throw new AssertionError("waited a minute in vain");
      LockSupport.parkNanos(20_000_000);
    }
  }
}
