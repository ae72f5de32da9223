package dev.mainstay.api.rest;

import dev.mainstay.core.problem.Problem;
import dev.mainstay.core.problem.ProblemException;
import org.jspecify.annotations.Nullable;

/// Which of the rows are asked for.
///
/// @param limit how many at most, [Long#MAX_VALUE] for all
record Page(long offset, long limit) {
  static final Page ALL = new Page(0, Long.MAX_VALUE);

  /// The page that `limit` and `offset` describe, which need not exist.
  static Page of(@Nullable Long limit, @Nullable Long offset) {
    return new Page(offset == null ? 0 : offset, limit == null ? Long.MAX_VALUE : limit);
  }

  /// The rows of this page that are on the page of a query, too. To ask for none at all is fine
  /// before the first row only, as in PostgREST.
  Page and(Page query) {
    if (query.limit != Long.MAX_VALUE && query.offset + query.limit == 0) return new Page(0, 0);
    long from = Math.max(offset, query.offset);
    long end = Math.min(end(), query.end());
    if (end <= from) throw unsatisfiable("Limit should be greater than or equal to zero.");
    return new Page(from, end == Long.MAX_VALUE ? Long.MAX_VALUE : end - from);
  }

  /// This page of the rows of an embed.
  Page ofEmbed() {
    if (limit < 0)
      throw new ProblemException(
          new Problem.Database("2201W", "LIMIT must not be negative", null, null));
    if (offset < 0)
      throw new ProblemException(
          new Problem.Database("2201X", "OFFSET must not be negative", null, null));
    return this;
  }

  private long end() {
    boolean endless = limit > Long.MAX_VALUE - Math.max(offset, 1);
    return endless ? Long.MAX_VALUE : offset + limit;
  }

  static ProblemException unsatisfiable(String details) {
    return new ProblemException(new Problem.UnsatisfiableRange(details));
  }
}
