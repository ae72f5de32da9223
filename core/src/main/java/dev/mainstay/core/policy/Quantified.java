package dev.mainstay.core.policy;

import dev.mainstay.core.query.Filter;
import dev.mainstay.core.query.Link;
import java.util.List;

/// Conditions about related rows.
final class Quantified {
  private Quantified() {}

  /// Some row at the end of the path makes `where` true.
  static Filter exists(List<Link> path, Filter where) {
    if (where.equals(Filter.FALSE)) return Filter.FALSE;
    Filter inner = where;
    for (Link link : path.reversed()) inner = new Filter.Exists(link, inner);
    return inner;
  }

  /// No row at the end of the path leaves `where` false or unknown.
  static Filter all(List<Link> path, Filter where) {
    return Fold.not(exists(path, Fold.not(Fold.certainly(where))));
  }
}
