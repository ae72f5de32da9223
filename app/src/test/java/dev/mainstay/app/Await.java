package dev.mainstay.app;

import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/// Waits for a condition, for a minute at most.
final class Await {
  private Await() {}

  static void until(BooleanSupplier condition) {
    long end = System.nanoTime() + 60_000_000_000L;
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > end) throw new AssertionError("waited a minute in vain");
      LockSupport.parkNanos(20_000_000);
    }
  }
}
