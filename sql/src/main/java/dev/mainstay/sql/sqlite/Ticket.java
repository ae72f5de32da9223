package dev.mainstay.sql.sqlite;

import dev.mainstay.core.engine.Allowance;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/// A write waiting for its turn, and for the commit that makes it durable. It may be run more than
/// once; what its last run came to is what its owner gets.
final class Ticket<T> {
  /// What is to be done, inside a transaction.
  @FunctionalInterface
  interface Job<T> {
    T run(Session session);
  }

  private final Job<T> job;
  private final Allowance allowance;
  private final CountDownLatch delivered = new CountDownLatch(1);
  private @Nullable T result;
  private @Nullable Throwable failure;

  Ticket(Job<T> job, Allowance allowance) {
    this.job = job;
    this.allowance = allowance;
  }

  /// Runs the job once, on the writer's thread.
  void run(Session session) {
    result = null;
    failure = null;
    session.begin(allowance.observer(), allowance.statementTimeout());
    try {
      result = job.run(session);
    } catch (RuntimeException | Error thrown) {
      failure = thrown;
    } finally {
      session.end();
    }
  }

  boolean isFailed() {
    return failure != null;
  }

  void fail(Throwable thrown) {
    if (delivered.getCount() > 0) failure = thrown;
  }

  /// Lets the owner go on. Only after the commit.
  void deliver() {
    delivered.countDown();
  }

  /// Waits for the delivery, whatever happens to the waiting thread meanwhile: the write may be
  /// done already, and its owner must learn so.
  @SuppressWarnings("NullAway") // a result may be null when T is
  T await() {
    boolean interrupted = false;
    while (true) {
      try {
        delivered.await();
        break;
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) Thread.currentThread().interrupt();
    if (failure instanceof RuntimeException thrown) throw thrown;
    if (failure instanceof Error thrown) throw thrown;
    return result;
  }
}
