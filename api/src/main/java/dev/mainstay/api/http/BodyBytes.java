package dev.mainstay.api.http;

import dev.mainstay.core.engine.ByteBudget;
import java.util.Arrays;

/// A request's body while it arrives. What it holds is taken from the budget before it is held.
final class BodyBytes implements AutoCloseable {
  private static final int FIRST = 16 * 1024;

  private final ByteBudget budget;

  /// The most it may hold: the announced length, or the limit when none was announced.
  private final int most;

  private byte[] bytes = new byte[0];
  private ByteBudget.Lease lease;
  private int length;

  BodyBytes(ByteBudget budget, int most) {
    this.budget = budget;
    this.most = most;
    this.lease = budget.lease();
  }

  int length() {
    return length;
  }

  /// @throws dev.mainstay.core.problem.ProblemException when the process holds too much already
  void add(byte[] more) {
    int needed = Math.addExact(length, more.length);
    if (needed > bytes.length) {
      resize(Math.max(needed, Math.min(most, Math.max(FIRST, 2 * bytes.length))));
    }
    System.arraycopy(more, 0, bytes, length, more.length);
    length = needed;
  }

  /// The whole body. It counts until this is closed.
  byte[] whole() {
    if (bytes.length != length) resize(length);
    return bytes;
  }

  /// For the time of the copy both arrays count.
  private void resize(int capacity) {
    ByteBudget.Lease larger = budget.lease();
    try {
      larger.take(capacity);
      bytes = Arrays.copyOf(bytes, capacity);
    } catch (RuntimeException | Error e) {
      larger.close();
      throw e;
    }
    lease.close();
    lease = larger;
  }

  @Override
  public void close() {
    bytes = new byte[0];
    lease.close();
  }
}
