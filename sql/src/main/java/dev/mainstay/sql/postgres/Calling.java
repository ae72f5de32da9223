package dev.mainstay.sql.postgres;

import dev.mainstay.core.engine.Rows;
import dev.mainstay.core.plan.Plan;
import dev.mainstay.core.problem.Problem;
import dev.mainstay.core.problem.ProblemException;
import dev.mainstay.sql.Sql;
import java.sql.SQLException;
import java.util.List;

/// Carries out one call of a function: the statements that are there for their effect, then the one
/// that gives the result.
final class Calling {
  private final Session session;

  Calling(Session session) {
    this.session = session;
  }

  Rows call(Plan.Call plan, Statements.Call call) throws SQLException {
    Arguments arguments = Arguments.of(plan);
    for (Sql statement : call.before()) session.isAny(statement, arguments);
    if (call.rows() == null) return new Rows(List.of(), null);
    if (call.answer() != null)
      arguments = arguments.withResult(session.answered(call.answer(), arguments, call.columns()));
    Rows rows = session.rows(call.rows(), call.counted(), arguments);
    require(plan.expected(), rows.rows().size());
    return rows;
  }

  private static void require(Plan.Expectation expected, long rows) {
    if (expected.exactlyOne() && rows != 1) throw new ProblemException(new Problem.NotOneRow(rows));
    Long most = expected.atMost();
    if (most != null && rows > most) throw new ProblemException(new Problem.TooManyRows(rows));
  }
}
