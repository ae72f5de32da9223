package dev.mainstay.core.engine;

import dev.mainstay.core.problem.Problem;
import dev.mainstay.core.problem.ProblemException;
import java.util.concurrent.atomic.AtomicLong;

/// The bytes that bodies and answers in flight may hold together, in the whole process.
public final class ByteBudget {
  private final long capacity;
  private final AtomicLong held = new AtomicLong();

  public ByteBudget(long capacity) {
    this.capacity = capacity;
  }

  public long held() {
    return held.get();
  }

  public Lease lease() {
    return new Lease();
  }

  /// The share of one request. Closing it gives everything back; it may be closed twice.
  public final class Lease implements AutoCloseable {
    private final AtomicLong taken = new AtomicLong();

    private Lease() {}

    /// @throws ProblemException [Problem.Overloaded] when the process holds too much already
    public void take(long bytes) {
      if (held.addAndGet(bytes) > capacity) {
        held.addAndGet(-bytes);
        throw new ProblemException(new Problem.Overloaded(1));
      }
      taken.addAndGet(bytes);
    }

    @Override
    public void close() {
      held.addAndGet(-taken.getAndSet(0));
    }
  }
}
