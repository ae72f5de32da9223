package dev.mainstay.api.rest;

import dev.mainstay.core.engine.ByteBudget;

/// Counts roughly what the rows of a body take, besides the body, until they are written. The
/// budget is asked in large steps.
final class RowMemory {
  private static final int ROW_BYTES = 100;
  private static final int CELL_BYTES = 150;
  private static final int PLACE_BYTES = 8;
  private static final int STEP = 65_536;

  private final ByteBudget.Lease lease;
  private long untaken;

  RowMemory(ByteBudget.Lease lease) {
    this.lease = lease;
  }

  /// @param columns also those that the row leaves out
  void row(int columns) {
    take(ROW_BYTES + (long) PLACE_BYTES * columns);
  }

  /// @param length of its text
  void cell(int length) {
    take(CELL_BYTES + 2L * length);
  }

  private void take(long bytes) {
    untaken += bytes;
    if (untaken < STEP) return;
    lease.take(untaken);
    untaken = 0;
  }
}
