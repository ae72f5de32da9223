package dev.mainstay.api.rest;

import dev.mainstay.core.problem.Problem;
import dev.mainstay.core.problem.ProblemException;
import org.jspecify.annotations.Nullable;

/// Which of the rows are asked for.
///
/// @param limit how many at most, [Long#MAX_VALUE] for all
record Page(long offset, long limit) {
  static final Page ALL = new Page(0, Long.MAX_VALUE);

  /// The page that `limit` and `offset` describe.
  static Page of(@Nullable Long limit, @Nullable Long offset) {
    if (limit != null && limit < 0)
      throw unsatisfiable("Limit should be greater than or equal to zero.");
    if (offset != null && offset < 0)
      throw new ProblemException(
          new Problem.Database("2201X", "OFFSET must not be negative", null, null));
    return new Page(offset == null ? 0 : offset, limit == null ? Long.MAX_VALUE : limit);
  }

  /// The rows that are in both pages. No rows at all may be asked for by a limit of zero only.
  Page and(Page other) {
    if (limit == 0 || other.limit == 0) return new Page(0, 0);
    long from = Math.max(offset, other.offset);
    long end = Math.min(end(), other.end());
    if (end <= from) throw unsatisfiable("Limit should be greater than or equal to zero.");
    return new Page(from, end == Long.MAX_VALUE ? Long.MAX_VALUE : end - from);
  }

  private long end() {
    return limit > Long.MAX_VALUE - offset ? Long.MAX_VALUE : offset + limit;
  }

  static ProblemException unsatisfiable(String details) {
    return new ProblemException(new Problem.UnsatisfiableRange(details));
  }
}
