package dev.mainstay.sql.postgres;

import dev.mainstay.core.engine.Written;
import dev.mainstay.core.plan.Plan;
import dev.mainstay.core.plan.Select;
import dev.mainstay.core.problem.Problem;
import dev.mainstay.core.problem.ProblemException;
import dev.mainstay.core.query.Expr;
import dev.mainstay.core.query.Filter;
import dev.mainstay.core.query.Value;
import dev.mainstay.sql.Calls;
import dev.mainstay.sql.Sql;
import dev.mainstay.sql.SqlCompiler;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Carries out one write where the database has policies of its own: by one statement, which asks
/// for no right but those that the write and its answer need, and for no key.
///
/// What the model's policies have to say of the new rows is said of them as that statement leaves
/// them, as the database's own policies do.
final class AtOnce {
  private final SqlCompiler compiler;
  private final Calls calls;
  private final Session session;

  AtOnce(SqlCompiler compiler, Calls calls, Session session) {
    this.compiler = compiler;
    this.calls = calls;
    this.session = session;
  }

  /// Whether nothing needs to be looked at before what is written may stay.
  static boolean isOneStatement(Plan.Write plan, Statements.AtOnce statements) {
    return !statements.isJudging()
        && plan.expected().equals(Plan.Expectation.ANY)
        && !(plan instanceof Plan.Insert insert
            && (Writing.runs(insert).size() > 1 || !insert.shape().numbered().isEmpty()));
  }

  Written write(Plan.Write plan, Statements.AtOnce statements) throws SQLException {
    return switch (plan) {
      case Plan.Insert insert -> insert(insert, statements);
      case Plan.Update _, Plan.Delete _ -> {
        Told told = told(plan, statements, Writing.Run.NONE);
        Writing.require(plan.expected(), told.count);
        if (told.broken > 0) throw Writing.violated(plan.shape());
        yield told.written(0);
      }
    };
  }

  private Written insert(Plan.Insert plan, Statements.AtOnce statements) throws SQLException {
    Plan.InsertShape shape = plan.shape();
    if (shape.check().equals(Filter.FALSE)) throw Writing.violated(shape);
    List<Writing.Run> runs = Writing.runs(plan);
    if (runs.size() > 1 && isOfAll(shape.returning())) return byKey(plan);
    // The rows of one request may refer to each other in any order, as those of one statement may.
    if (runs.size() > 1) session.ahead("SET CONSTRAINTS ALL DEFERRED");
    Told all = new Told();
    for (Writing.Run run : runs) {
      Told told = told(plan, statements, run);
      if (told.broken > 0) throw Writing.violated(shape);
      if (shape.conflict() != null && told.count < run.rows().size()) leftOut(plan, run);
      all.add(told);
    }
    if (runs.size() > 1) session.run("SET CONSTRAINTS ALL IMMEDIATE");
    for (Expr.Column column : shape.numbered())
      session.run(PostgresDdl.numbersAfter(shape.table(), column.name()));
    Writing.require(plan.expected(), all.count);
    return all.written(all.inserted);
  }

  private void leftOut(Plan.Insert plan, Writing.Run run) throws SQLException {
    Plan.InsertShape shape = plan.shape();
    if (shape.check().equals(Filter.TRUE)) return;
    if (Statements.isMarked(shape)) throw Writing.violated(shape);
    Sql refused = Statements.refused(shape, run.named(), compiler);
    if (session.isAny(refused, Arguments.of(plan).withRows(run.rows())))
      throw Writing.violated(shape);
  }

  /// Whether the answer is of all rows together, not of each.
  private static boolean isOfAll(@Nullable Select returning) {
    return returning != null && (returning.grouped() || !returning.order().isEmpty());
  }

  /// What is answered of all rows together is read when they are all written.
  private Written byKey(Plan.Insert plan) throws SQLException {
    if (plan.shape().key().isEmpty())
      throw new ProblemException(
          new Problem.Unsupported(
              "order or aggregates over new rows that name different columns, of a table without a"
                  + " key"));
    return new Writing(compiler, session).write(plan, Statements.of(plan.shape(), compiler, calls));
  }

  private Told told(Plan.Write plan, Statements.AtOnce statements, Writing.Run run)
      throws SQLException {
    Arguments arguments = Arguments.of(plan).withRows(run.rows());
    Sql sql = statements.write().apply(run.named());
    Told told = new Told();
    if (!statements.isTelling()) {
      told.count = session.values(sql, arguments, List.of()).size();
      told.inserted = told.count;
      return told;
    }
    session.query(
        sql,
        arguments,
        result -> {
          told.count = result.getInt(1);
          told.broken = result.getInt(2);
          told.inserted = result.getInt(3);
          return statements.key().isEmpty()
              ? told.answered(session, result)
              : told.count > 0 && told.keys.add(Session.values(result, 4, statements.key()));
        });
    return told;
  }

  /// What was said of the rows of one statement, or of several.
  private static final class Told {
    private final List<byte[]> rows = new ArrayList<>();
    private final List<List<Value>> keys = new ArrayList<>();
    private int count;
    private int broken;
    private int inserted;

    boolean answered(Session session, ResultSet result) throws SQLException {
      byte[] row = result.getMetaData().getColumnCount() > 3 ? result.getBytes(4) : null;
      return row != null && rows.add(session.taken(row));
    }

    void add(Told other) {
      count += other.count;
      inserted += other.inserted;
      rows.addAll(other.rows);
      keys.addAll(other.keys);
    }

    Written written(int isNew) {
      List<List<Value>> known =
          keys.size() == count ? keys : Collections.nCopies(count, List.<Value>of());
      return new Written(known, rows, isNew);
    }
  }
}
