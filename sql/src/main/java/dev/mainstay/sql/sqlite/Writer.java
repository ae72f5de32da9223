package dev.mainstay.sql.sqlite;

import dev.mainstay.core.engine.Allowance;
import dev.mainstay.core.problem.Problem;
import dev.mainstay.core.problem.ProblemException;
import dev.mainstay.sql.StoreException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/// The one thread that writes. Writes that wait together are committed together: each in a
/// savepoint of its own, so that one that fails undoes only itself, and nobody is answered before
/// the commit is on disk.
///
/// Some failures take the whole transaction with them: a time-out in the middle of a write, a full
/// disk, a constraint that is checked at the commit. Then the others are run once more, each in a
/// transaction of its own, and only the culprit fails.
///
/// It may be paused, so that others change the tables on a connection of their own. Writes then
/// wait, and are done afterwards.
final class Writer implements AutoCloseable {
  private static final int LARGEST_GROUP = 128;

  /// A group that has taken this long takes nobody else in, so that short writes wait for at most
  /// one long one.
  private static final long LONG_NANOS = 5_000_000;

  private final Session session;
  private final BlockingQueue<Ticket<?>> queue;
  private final Thread thread;

  /// Of whoever changes the database; in the order in which they came, so that a busy writer keeps
  /// nobody from pausing it.
  private final Semaphore turn = new Semaphore(1, true);

  private volatile boolean closing;

  /// Written and read in one's turn.
  private boolean isClosed;

  /// @param session closed with it
  /// @param most that wait at once
  Writer(Session session, int most) {
    this.session = session;
    this.queue = new ArrayBlockingQueue<>(most);
    this.thread = Thread.ofPlatform().name("sqlite-writer").daemon(true).start(this::work);
  }

  /// Runs the job in a transaction, alone or with others, and returns when it is durable.
  ///
  /// @throws ProblemException [Problem.Overloaded] when too many wait already
  <T> T write(Allowance allowance, Ticket.Job<T> job) {
    Ticket<T> ticket = new Ticket<>(job, allowance);
    if (closing || !queue.offer(ticket)) throw new ProblemException(new Problem.Overloaded(1));
    if (closing && queue.remove(ticket)) throw new ProblemException(new Problem.Overloaded(1));
    return ticket.await();
  }

  /// Lets nobody write, until it is resumed. Waits for those who write.
  ///
  /// @throws StoreException when it is closed
  void pause() {
    turn.acquireUninterruptibly();
    if (!isClosed) return;
    turn.release();
    throw new StoreException("The database is closed");
  }

  /// Goes on, on tables that may be others now.
  void resume() {
    try {
      session.forget();
    } catch (SQLException e) {
      throw SqliteInstallation.failed(e);
    } finally {
      turn.release();
    }
  }

  /// How many wait at this moment.
  int waiting() {
    return queue.size();
  }

  /// Finishes what has been asked and, if it is paused, waits until it is resumed. Then ends.
  ///
  /// @throws StoreException when the connection does not close
  @Override
  public void close() {
    closing = true;
    thread.interrupt();
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) Thread.currentThread().interrupt();
    turn.acquireUninterruptibly();
    isClosed = true;
    try {
      session.close();
    } catch (SQLException e) {
      throw SqliteInstallation.failed(e);
    } finally {
      turn.release();
    }
  }

  private void work() {
    while (true) {
      Ticket<?> first = next();
      if (first == null) return;
      List<Ticket<?>> group = new ArrayList<>();
      turn.acquireUninterruptibly();
      try {
        group(first, group);
      } catch (RuntimeException | Error bug) {
        // Whatever it broke, the next group must find no transaction open.
        rollback();
        for (Ticket<?> ticket : group) {
          ticket.fail(bug);
          ticket.deliver();
        }
      } finally {
        turn.release();
      }
    }
  }

  /// The next ticket, or null when there will be none.
  private @Nullable Ticket<?> next() {
    while (true) {
      Ticket<?> waiting = queue.poll();
      if (waiting != null) return waiting;
      if (closing) return null;
      try {
        return queue.take();
      } catch (InterruptedException e) {
        // Closing: what is in the queue is still done.
      }
    }
  }

  private void group(Ticket<?> first, List<Ticket<?>> group) {
    group.add(first);
    if (!begin(first)) {
      first.deliver();
      return;
    }
    long start = System.nanoTime();
    Ticket<?> ticket = first;
    while (ticket != null) {
      if (!attempt(ticket)) {
        rollback();
        ticket.deliver();
        group.subList(0, group.size() - 1).forEach(this::alone);
        return;
      }
      boolean isOpen = group.size() < LARGEST_GROUP && System.nanoTime() - start < LONG_NANOS;
      ticket = isOpen ? queue.poll() : null;
      if (ticket != null) group.add(ticket);
    }
    Throwable refused = commit();
    if (refused == null) group.forEach(Ticket::deliver);
    else if (group.size() > 1) group.forEach(this::alone);
    else {
      if (!first.isFailed()) first.fail(refused);
      first.deliver();
    }
  }

  /// Runs the ticket in a transaction of its own.
  private void alone(Ticket<?> ticket) {
    if (begin(ticket)) {
      if (attempt(ticket)) {
        Throwable refused = commit();
        if (refused != null && !ticket.isFailed()) ticket.fail(refused);
      } else rollback();
    }
    ticket.deliver();
  }

  private boolean begin(Ticket<?> ticket) {
    try {
      session.run("BEGIN IMMEDIATE");
      return true;
    } catch (SQLException e) {
      ticket.fail(Errors.translate(e));
      return false;
    }
  }

  /// Runs the ticket in a savepoint.
  ///
  /// @return whether the transaction is still there
  private boolean attempt(Ticket<?> ticket) {
    try {
      session.run("SAVEPOINT request");
      ticket.run(session);
      if (ticket.isFailed()) session.run("ROLLBACK TO request");
      session.run("RELEASE request");
      return true;
    } catch (SQLException e) {
      if (!ticket.isFailed()) ticket.fail(Errors.translate(e));
      return false;
    }
  }

  /// @return why the transaction was not committed, or null when it was
  private @Nullable Throwable commit() {
    try {
      session.run("COMMIT");
      return null;
    } catch (SQLException e) {
      rollback();
      return Errors.translate(e);
    }
  }

  private void rollback() {
    try {
      session.run("ROLLBACK");
    } catch (SQLException e) {
      // There is none: SQLite rolled it back itself.
    }
  }
}
