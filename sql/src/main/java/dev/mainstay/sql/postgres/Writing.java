package dev.mainstay.sql.postgres;

import dev.mainstay.core.engine.Written;
import dev.mainstay.core.model.ColumnType;
import dev.mainstay.core.model.Model;
import dev.mainstay.core.model.TableName;
import dev.mainstay.core.plan.Plan;
import dev.mainstay.core.problem.Problem;
import dev.mainstay.core.problem.ProblemException;
import dev.mainstay.core.query.Expr;
import dev.mainstay.core.query.Filter;
import dev.mainstay.core.query.Value;
import dev.mainstay.sql.Sql;
import dev.mainstay.sql.SqlCompiler;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Carries out one write: the statement, then the checks on the rows as they are stored now, then
/// the rows to answer.
final class Writing {
  private final SqlCompiler compiler;
  private final Session session;

  Writing(SqlCompiler compiler, Session session) {
    this.compiler = compiler;
    this.session = session;
  }

  /// Whether the write is done in one statement, which is then a transaction by itself.
  static boolean isOneStatement(Plan.Write plan, Statements statements) {
    return switch (plan) {
      case Plan.Insert insert -> {
        Statements.Insert of = (Statements.Insert) statements;
        yield of.violation() == null
            && of.returning() == null
            && insert.shape().conflict() == null
            && insert.shape().numbered().isEmpty()
            && insert.expected().equals(Plan.Expectation.ANY)
            && runs(insert).size() <= 1;
      }
      case Plan.Update update -> {
        Statements.Update of = (Statements.Update) statements;
        yield of.violation() == null
            && of.returning() == null
            && update.expected().equals(Plan.Expectation.ANY);
      }
      case Plan.Delete delete ->
          ((Statements.Delete) statements).find() == null
              && delete.expected().equals(Plan.Expectation.ANY);
    };
  }

  /// What the caller knows of the write.
  static Errors.Sent sent(Plan.Write plan, Model model) {
    Set<String> sent = new HashSet<>();
    switch (plan) {
      case Plan.Insert insert -> insert.shape().columns().forEach(c -> sent.add(c.name()));
      case Plan.Update update -> {
        for (Plan.Assignment assignment : update.shape().assignments())
          if (assignment.value() != null) sent.add(assignment.column().name());
      }
      case Plan.Delete _ -> {}
    }
    TableName table = plan.shape().table();
    return new Errors.Sent(Cascades.comeBackTo(table, model) ? null : table.name(), sent);
  }

  Written write(Plan.Write plan, Statements statements) throws SQLException {
    return switch (plan) {
      case Plan.Insert insert -> insert(insert, (Statements.Insert) statements);
      case Plan.Update update -> update(update, (Statements.Update) statements);
      case Plan.Delete delete -> delete(delete, (Statements.Delete) statements);
    };
  }

  private Written insert(Plan.Insert plan, Statements.Insert statements) throws SQLException {
    Plan.InsertShape shape = plan.shape();
    if (shape.check().equals(Filter.FALSE)) throw violated(shape);
    Arguments arguments = Arguments.of(plan);
    Keys keys = new Keys();
    List<Run> runs = runs(plan);
    // The rows of one request may refer to each other in any order, as those of one statement may.
    if (runs.size() > 1) session.ahead("SET CONSTRAINTS ALL DEFERRED");
    for (Run run : runs) {
      Sql sql =
          statements
              .inserts()
              .of(run.named, n -> Statements.insert(statements.shape(), n, compiler));
      Arguments given = arguments.withRows(run.rows);
      List<List<Value>> written = session.values(sql, given, types(statements.shape()));
      keys.add(written, shape.conflict() != null);
      if (shape.conflict() != null && written.size() < run.rows.size())
        leftOut(plan, run, statements, given);
    }
    if (runs.size() > 1) session.run("SET CONSTRAINTS ALL IMMEDIATE");
    for (Expr.Column column : shape.numbered())
      session.run(PostgresDdl.numbersAfter(shape.table(), column.name()));
    require(plan.expected(), keys.all.size());
    refuse(shape, statements.violation(), arguments.withKeys(keys.inserted));
    refuse(shape, statements.merged(), arguments.withKeys(keys.merged));
    return new Written(
        keys.all,
        returned(statements.returning(), arguments.withKeys(keys.all)),
        keys.inserted.size());
  }

  /// What each row that is written answers: its key, and whether it is new.
  private static List<ColumnType> types(Plan.InsertShape shape) {
    List<ColumnType> types = new ArrayList<>(Statements.types(shape.key()));
    if (shape.conflict() != null) types.add(new ColumnType.Bool());
    return types;
  }

  /// A row is not overwritten when the caller may not do that, or may not have inserted the other;
  /// to be left as it is it needs the latter only.
  private void leftOut(Plan.Insert plan, Run run, Statements.Insert statements, Arguments given)
      throws SQLException {
    Plan.InsertShape shape = plan.shape();
    if (!Objects.requireNonNull(shape.conflict()).merge().isEmpty()) throw violated(shape);
    if (shape.check().equals(Filter.TRUE)) return;
    Sql refused = statements.refused().of(run.named, n -> Statements.refused(shape, n, compiler));
    if (session.isAny(refused, given)) throw violated(shape);
  }

  /// The keys of the rows that an insert wrote, in order, and by what happened to them.
  private static final class Keys {
    private final List<List<Value>> all = new ArrayList<>();
    private final List<List<Value>> inserted = new ArrayList<>();
    private final List<List<Value>> merged = new ArrayList<>();

    void add(List<List<Value>> written, boolean isMarked) {
      for (List<Value> row : written) {
        int end = row.size() - 1;
        List<Value> key = isMarked ? row.subList(0, end) : row;
        boolean isNew = !isMarked || row.get(end).equals(new Value.Bool(true));
        all.add(key);
        (isNew ? inserted : merged).add(key);
      }
    }
  }

  private Written update(Plan.Update plan, Statements.Update statements) throws SQLException {
    Arguments arguments = Arguments.of(plan);
    List<List<Value>> keys = session.values(statements.update(), arguments, statements.key());
    require(plan.expected(), keys.size());
    Arguments stored = arguments.withKeys(keys);
    refuse(plan.shape(), statements.violation(), stored);
    return new Written(keys, returned(statements.returning(), stored), 0);
  }

  private void refuse(Plan.Shape shape, @Nullable Sql violation, Arguments stored)
      throws SQLException {
    if (violation != null && !stored.keys().isEmpty() && session.isAny(violation, stored))
      throw violated(shape);
  }

  private List<byte[]> returned(@Nullable Sql returning, Arguments stored) throws SQLException {
    return returning == null || stored.keys().isEmpty()
        ? List.of()
        : session.texts(returning, stored);
  }

  private Written delete(Plan.Delete plan, Statements.Delete statements) throws SQLException {
    Arguments arguments = Arguments.of(plan);
    List<ColumnType> types = statements.key();
    if (statements.find() == null) {
      List<List<Value>> keys = session.values(statements.delete(), arguments, types);
      require(plan.expected(), keys.size());
      return new Written(keys, List.of(), 0);
    }
    List<List<Value>> keys = session.values(statements.find(), arguments, types);
    require(plan.expected(), keys.size());
    if (keys.isEmpty()) return Written.NOTHING;
    Arguments found = arguments.withKeys(keys);
    List<byte[]> rows = session.texts(Objects.requireNonNull(statements.returning()), found);
    session.isAny(statements.delete(), found);
    return new Written(keys, rows, 0);
  }

  static void require(Plan.Expectation expected, long rows) {
    if (expected.exactlyOne() && rows != 1) throw new ProblemException(new Problem.NotOneRow(rows));
    Long most = expected.atMost();
    if (most != null && rows > most) throw new ProblemException(new Problem.TooManyRows(rows));
  }

  static ProblemException violated(Plan.Shape shape) {
    return new ProblemException(new Problem.PolicyViolated(shape.table().name()));
  }

  /// Rows one after the other that name the same columns; mostly all of them.
  ///
  /// @param rows the values of the named columns only
  record Run(BitSet named, List<List<Value>> rows) {
    /// Of a write that gives no rows.
    static final Run NONE = new Run(new BitSet(), List.of());
  }

  static List<Run> runs(Plan.Insert plan) {
    List<Run> runs = new ArrayList<>();
    for (Plan.Row row : plan.rows()) {
      BitSet named = new BitSet(row.cells().size());
      List<Value> values = new ArrayList<>(row.cells().size());
      for (int i = 0; i < row.cells().size(); i++) {
        Value cell = row.cells().get(i);
        if (cell == null) continue;
        named.set(i);
        values.add(cell);
      }
      if (runs.isEmpty() || !runs.getLast().named.equals(named))
        runs.add(new Run(named, new ArrayList<>()));
      runs.getLast().rows.add(values);
    }
    return runs;
  }
}
