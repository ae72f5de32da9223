package dev.mainstay.sql.sqlite;

import dev.mainstay.core.engine.Allowance;
import dev.mainstay.core.engine.Written;
import dev.mainstay.core.model.ColumnType;
import dev.mainstay.core.model.Model;
import dev.mainstay.core.plan.Plan;
import dev.mainstay.core.problem.Problem;
import dev.mainstay.core.problem.ProblemException;
import dev.mainstay.core.query.Filter;
import dev.mainstay.core.query.Value;
import dev.mainstay.sql.Sql;
import dev.mainstay.sql.SqlCompiler;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Carries out one write inside a transaction: the statement, then the checks on the rows as they
/// are stored now, then the rows to answer.
final class Writing {
  private final Model model;
  private final SqlCompiler compiler;
  private final Constraints constraints;
  private final Session session;
  private final Allowance allowance;
  private final Instant now;

  Writing(Model model, SqlCompiler compiler, Session session, Allowance allowance, Instant now) {
    this.model = model;
    this.compiler = compiler;
    this.constraints = new Constraints(model, new ForeignKeys(model, compiler, session, now));
    this.session = session;
    this.allowance = allowance;
    this.now = now;
  }

  Written write(Plan.Write plan, Statements statements) {
    try {
      return switch (plan) {
        case Plan.Insert insert -> insert(insert, (Statements.Insert) statements);
        case Plan.Update update -> update(update, (Statements.Update) statements);
        case Plan.Delete delete -> delete(delete, (Statements.Delete) statements);
      };
    } catch (SQLException e) {
      throw Errors.translate(e);
    }
  }

  private Written insert(Plan.Insert plan, Statements.Insert statements) throws SQLException {
    Plan.InsertShape shape = plan.shape();
    if (shape.check().equals(Filter.FALSE) && !plan.rows().isEmpty()) throw violated(shape);
    Arguments arguments = Arguments.of(plan, now);
    Inserting inserting =
        new Inserting(model, compiler, constraints, session, plan, statements, arguments);
    if (statements.upsert() == null) {
      List<List<Value>> keys = inserting.keys();
      require(plan.expected(), keys.size());
      refuse(shape, statements.violation(), arguments.withKeys(keys));
      List<byte[]> rows = returned(statements.returning(), arguments.withKeys(keys));
      return new Written(keys, rows, keys.size());
    }
    Upserting upserting =
        new Upserting(
            model,
            compiler,
            constraints,
            session,
            plan,
            statements,
            statements.upsert(),
            arguments);
    Upserting.Done done = upserting.done();
    require(plan.expected(), done.keys().size());
    refuse(shape, statements.violation(), arguments.withKeys(done.inserted()));
    refuse(shape, statements.upsert().violation(), arguments.withKeys(done.merged()));
    List<byte[]> rows = returned(statements.returning(), arguments.withKeys(done.keys()));
    return new Written(done.keys(), rows, done.inserted().size());
  }

  private void refuse(Plan.Shape shape, @Nullable Sql violation, Arguments stored)
      throws SQLException {
    if (violation != null && !stored.keys().isEmpty() && session.isAny(violation, stored))
      throw violated(shape);
  }

  private Written update(Plan.Update plan, Statements.Update statements) throws SQLException {
    Plan.UpdateShape shape = plan.shape();
    Arguments arguments = Arguments.of(plan, now);
    List<List<Value>> keys;
    try {
      keys = session.values(statements.update(), arguments, Statements.types(shape.key()));
    } catch (SQLException e) {
      throw constraints.refusedUpdate(e, plan);
    }
    require(plan.expected(), keys.size());
    Arguments stored = arguments.withKeys(keys);
    refuse(shape, statements.violation(), stored);
    return new Written(keys, returned(statements.returning(), stored), 0);
  }

  private Written delete(Plan.Delete plan, Statements.Delete statements) throws SQLException {
    Arguments arguments = Arguments.of(plan, now);
    List<ColumnType> types = Statements.types(plan.shape().key());
    List<byte[]> rows = List.of();
    if (statements.find() != null) {
      List<List<Value>> found = session.values(statements.find(), arguments, types);
      require(plan.expected(), found.size());
      arguments = arguments.withKeys(found);
      rows = returned(statements.returning(), arguments);
    }
    List<List<Value>> keys;
    try {
      keys =
          statements.find() == null
              ? session.values(statements.delete(), arguments, types)
              : deleted(statements.delete(), arguments);
    } catch (SQLException e) {
      throw constraints.refusedDelete(e, plan);
    }
    require(plan.expected(), keys.size());
    return new Written(keys, rows, 0);
  }

  private List<List<Value>> deleted(Sql delete, Arguments arguments) throws SQLException {
    session.execute(delete, arguments);
    return arguments.keys();
  }

  private List<byte[]> returned(@Nullable Sql returning, Arguments arguments) throws SQLException {
    if (returning == null || arguments.keys().isEmpty()) return List.of();
    return session.texts(returning, arguments, allowance.lease());
  }

  private static void require(Plan.Expectation expected, long rows) {
    if (expected.exactlyOne() && rows != 1) throw new ProblemException(new Problem.NotOneRow(rows));
    Long most = expected.atMost();
    if (most != null && rows > most) throw new ProblemException(new Problem.TooManyRows(rows));
  }

  static ProblemException violated(Plan.Shape shape) {
    return new ProblemException(new Problem.PolicyViolated(shape.table().name()));
  }
}
