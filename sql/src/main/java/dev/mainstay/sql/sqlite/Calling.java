package dev.mainstay.sql.sqlite;

import dev.mainstay.core.engine.Allowance;
import dev.mainstay.core.engine.Rows;
import dev.mainstay.core.plan.Plan;
import dev.mainstay.core.problem.Problem;
import dev.mainstay.core.problem.ProblemException;
import dev.mainstay.sql.Sql;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;

/// Carries out one call of a function: the statements that are there for their effect, then the one
/// that gives the result.
final class Calling {
  private final Session session;
  private final Allowance allowance;
  private final UserErrors errors;

  Calling(Session session, Allowance allowance, UserErrors errors) {
    this.session = session;
    this.allowance = allowance;
    this.errors = errors;
  }

  Rows call(Plan.Call plan, Statements.Call call, Instant now) {
    Arguments arguments = Arguments.of(plan, now);
    Sql running = null;
    try {
      for (Sql statement : call.before()) {
        running = statement;
        session.effect(statement, arguments);
      }
      if (call.rows() == null) return new Rows(List.of(), null);
      if (call.answer() != null) {
        running = call.answer();
        String answered =
            session.answered(call.answer(), arguments, call.columns(), allowance.lease());
        arguments = arguments.withResult(answered);
      }
      running = call.rows();
      List<byte[]> rows = session.texts(call.rows(), arguments, allowance.lease());
      require(plan.expected(), rows.size());
      return new Rows(
          rows, call.count() == null ? null : (Long) session.number(call.count(), arguments));
    } catch (SQLException e) {
      throw errors.translate(e, running);
    }
  }

  private static void require(Plan.Expectation expected, long rows) {
    if (expected.exactlyOne() && rows != 1) throw new ProblemException(new Problem.NotOneRow(rows));
    Long most = expected.atMost();
    if (most != null && rows > most) throw new ProblemException(new Problem.TooManyRows(rows));
  }
}
