package dev.mainstay.core.policy;

import dev.mainstay.core.query.Filter;

/// What one role may do with the rows of one table: a row is within reach only where the filter is
/// true.
///
/// @param updateOld which rows may be updated, on the row before
/// @param updateNew what an updated row must satisfy, on the row after
public record Guard(Filter read, Filter insert, Filter updateOld, Filter updateNew, Filter delete) {
  /// Everything, for roles that bypass policies.
  public static final Guard OPEN =
      new Guard(Filter.TRUE, Filter.TRUE, Filter.TRUE, Filter.TRUE, Filter.TRUE);

  /// Nothing: what a table without a policy answers.
  public static final Guard CLOSED =
      new Guard(Filter.FALSE, Filter.FALSE, Filter.FALSE, Filter.FALSE, Filter.FALSE);
}
