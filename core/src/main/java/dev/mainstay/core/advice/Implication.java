package dev.mainstay.core.advice;

import dev.mainstay.core.query.Filter;
import java.util.List;

/// Whether one condition is at least as tight as another, as far as their form tells. It says no
/// rather than guess.
final class Implication {
  private Implication() {}

  /// Whether every row that passes `one` surely passes `other`.
  static boolean holds(Filter one, Filter other) {
    if (one.equals(other) || other.equals(Filter.TRUE)) return true;
    if (one instanceof Filter.Constant) return !one.equals(Filter.TRUE);
    if (one instanceof Filter.Or(List<Filter> any))
      return any.stream().allMatch(each -> holds(each, other));
    if (other instanceof Filter.And(List<Filter> all))
      return all.stream().allMatch(each -> holds(one, each));
    if (other instanceof Filter.Or(List<Filter> any)
        && any.stream().anyMatch(each -> holds(one, each))) return true;
    return one instanceof Filter.And(List<Filter> all)
        && all.stream().anyMatch(each -> holds(each, other));
  }

  /// What must all hold for it to hold.
  static List<Filter> parts(Filter filter) {
    return filter instanceof Filter.And(List<Filter> all)
        ? all.stream().flatMap(each -> parts(each).stream()).toList()
        : List.of(filter);
  }
}
