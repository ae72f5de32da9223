package dev.mainstay.sql.postgres;

import dev.mainstay.core.plan.Plan;
import dev.mainstay.core.query.Expr;
import dev.mainstay.core.query.JsonText;
import dev.mainstay.core.query.Value;
import dev.mainstay.sql.Sql;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/// Numbers of rows that PostgreSQL's planner expects.
final class Totals {
  private Totals() {}

  /// What `explain` says, but no fewer than have been seen.
  ///
  /// @param read rows of the page
  static long estimated(Session session, Sql explain, Arguments arguments, Plan.Read plan, int read)
      throws SQLException {
    String json = session.query(explain, arguments, result -> result.getString(1)).getFirst();
    long expected = JsonText.parse(json).get(0).get("Plan").get("Plan Rows").asLong();
    long seen = read == 0 ? 0 : number(plan, plan.shape().select().offset()) + read;
    return Math.max(expected, seen);
  }

  /// Whether counting stopped because there are enough.
  static boolean isCutShort(Plan.Read plan, long counted) {
    return counted > number(plan, plan.shape().enough());
  }

  private static long number(Plan plan, Expr.@Nullable Bind bind) {
    return bind != null && plan.values().get(bind.slot()) instanceof Value.Whole(long number)
        ? number
        : 0;
  }
}
