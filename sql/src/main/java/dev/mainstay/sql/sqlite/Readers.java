package dev.mainstay.sql.sqlite;

import dev.mainstay.core.engine.Allowance;
import dev.mainstay.core.problem.Problem;
import dev.mainstay.core.problem.ProblemException;
import dev.mainstay.sql.StoreException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// The connections that read. At most so many threads are inside SQLite at once: a call pins its
/// thread to a processor, so more would only wait there instead of here.
final class Readers implements AutoCloseable {
  /// How a connection is opened.
  @FunctionalInterface
  interface Opening {
    Session open() throws SQLException;
  }

  @FunctionalInterface
  interface Reading<T> {
    T in(Session session) throws SQLException;
  }

  private final Semaphore permits;
  private final int most;
  private final Duration patience;
  private final Opening opening;
  private final Deque<Session> idle = new ArrayDeque<>();
  private final AtomicInteger inUse = new AtomicInteger();

  /// @param patience how long a reader waits for its turn before it is told to come back
  Readers(int most, Duration patience, Opening opening) {
    this.permits = new Semaphore(most, true);
    this.most = most;
    this.patience = patience;
    this.opening = opening;
  }

  <T> T read(Allowance allowance, Reading<T> reading) {
    acquire();
    @Nullable Session session = null;
    try {
      session = take();
      session.begin(allowance.observer(), allowance.statementTimeout());
      return reading.in(session);
    } catch (SQLException e) {
      throw Errors.translate(e);
    } finally {
      if (session != null) {
        session.end();
        give(session);
      }
      permits.release();
    }
  }

  int inUse() {
    return inUse.get();
  }

  /// Waits for those who read, then closes every connection.
  @Override
  public void close() {
    permits.acquireUninterruptibly(most);
    try {
      Session session;
      while ((session = idle.poll()) != null) session.close();
    } catch (SQLException e) {
      throw new StoreException("The database did not close: " + e.getMessage());
    }
  }

  private void acquire() {
    try {
      if (permits.tryAcquire(patience.toMillis(), TimeUnit.MILLISECONDS)) return;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    throw new ProblemException(new Problem.Overloaded(1));
  }

  private Session take() throws SQLException {
    inUse.incrementAndGet();
    synchronized (idle) {
      Session session = idle.poll();
      if (session != null) return session;
    }
    return opening.open();
  }

  private void give(Session session) {
    synchronized (idle) {
      idle.push(session);
    }
    inUse.decrementAndGet();
  }
}
