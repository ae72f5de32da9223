package dev.mainstay.sql.postgres;

import dev.mainstay.core.engine.Allowance;
import dev.mainstay.core.engine.Capability;
import dev.mainstay.core.engine.Engine;
import dev.mainstay.core.engine.Explaining;
import dev.mainstay.core.engine.Rows;
import dev.mainstay.core.engine.Written;
import dev.mainstay.core.model.Function;
import dev.mainstay.core.model.Model;
import dev.mainstay.core.model.SqlText;
import dev.mainstay.core.model.Table;
import dev.mainstay.core.model.UserSql;
import dev.mainstay.core.plan.Caller;
import dev.mainstay.core.plan.Plan;
import dev.mainstay.core.problem.ProblemException;
import dev.mainstay.sql.Calls;
import dev.mainstay.sql.Sql;
import dev.mainstay.sql.SqlCompiler;
import dev.mainstay.sql.StatementCache;
import dev.mainstay.sql.postgres.Errors.Sent;
import java.io.ByteArrayOutputStream;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// PostgreSQL as an engine. A read is one statement in one round trip.
public final class PostgresEngine implements Engine {
  /// Shapes of plans whose statements are kept.
  private static final int STATEMENTS = 2_000;

  /// How often a transaction is run that others keep from committing.
  private static final int ATTEMPTS = 5;

  private final PostgresDatabase database;
  private final Model model;
  private final SqlCompiler compiler;
  private final Calls calls;
  private final Telling telling;

  /// Whether the model keeps more back than the database does by itself.
  private final boolean keepsBack;

  private final StatementCache<Plan.Shape, Statements> statements =
      new StatementCache<>(STATEMENTS);

  public PostgresEngine(PostgresDatabase database, Model model) {
    this.database = database;
    this.model = model;
    this.compiler = new SqlCompiler(model, new PostgresDialect());
    this.calls = new Calls(model, new PostgresDialect());
    this.telling = telling(model);
    this.keepsBack = model.tables().stream().anyMatch(PostgresEngine::keepsBack);
  }

  @Override
  public Set<Capability> capabilities() {
    return EnumSet.allOf(Capability.class);
  }

  @Override
  public Rows read(Plan.Read plan, Allowance allowance) {
    return reading(
        plan.caller(),
        allowance,
        session -> {
          // A function that the select calls, or a view, may be the database's own.
          if (telling.isGuarding(plan.caller())) session.keepFromWriting();
          return rows(session, plan).with(session.reply());
        },
        sent(plan));
  }

  @Override
  public Written write(Plan.Write plan, Allowance allowance) {
    if (isNothing(plan)) return nothing(plan, allowance);
    Statements compiled = compiled(plan.shape());
    boolean isOneStatement = isOneStatement(plan, compiled);
    return attempt(
        allowance,
        session -> {
          if (!isOneStatement) session.begin();
          Written written = written(session, plan, compiled);
          if (!isOneStatement) session.commit();
          wrote(plan.caller(), session);
          return written;
        },
        sent(plan));
  }

  @Override
  public byte[] explain(Plan plan, Explaining how, Allowance allowance) {
    Explanation explanation = Explanation.of(plan, compiled(plan.shape()), how, compiler);
    return attempt(
        allowance,
        session -> {
          // With options=analyze a function is called.
          if (plan instanceof Plan.Call) session.keepFromWriting();
          ByteArrayOutputStream lines = new ByteArrayOutputStream();
          for (byte[] line : session.texts(explanation.sql(), explanation.arguments())) {
            lines.writeBytes(line);
            lines.write('\n');
          }
          return lines.toByteArray();
        },
        sent(plan));
  }

  @Override
  public Rows call(Plan.Call plan, Allowance allowance) {
    Statements.Call call = (Statements.Call) compiled(plan.shape());
    boolean isOne = !call.writes() && call.before().isEmpty() && call.rows() != null;
    Body<Rows> body =
        session -> {
          if (!isOne) session.begin();
          if (!call.writes()) session.keepFromWriting();
          Rows rows = new Calling(session).call(plan, call).with(session.reply());
          if (!isOne) session.commit();
          if (call.writes()) wrote(plan.caller(), session);
          return rows;
        };
    return call.writes()
        ? attempt(allowance, body, sent(plan))
        : reading(plan.caller(), allowance, body, sent(plan));
  }

  @Override
  public <T> T snapshot(Allowance allowance, Work<T> work) {
    return together(allowance, Session::keepToOneSnapshot, work);
  }

  @Override
  public <T> T unit(Allowance allowance, Work<T> work) {
    return together(allowance, session -> {}, work);
  }

  /// @param prepared what is done first in the transaction
  private <T> T together(Allowance allowance, Consumer<Session> prepared, Work<T> work) {
    return attempt(
        allowance,
        session -> {
          session.begin();
          prepared.accept(session);
          OpenUnit unit = new OpenUnit(session);
          T result;
          try {
            result = work.in(unit);
          } catch (RuntimeException e) {
            if (unit.lost != null) throw unit.lost;
            throw e;
          }
          if (unit.lost != null) throw unit.lost;
          session.commit();
          for (Caller writer : unit.writers) wrote(writer, session);
          return result;
        },
        Sent.NOTHING);
  }

  @Override
  public boolean reachable() {
    try (Connection connection = database.connection()) {
      return connection.isValid(1);
    } catch (SQLException | ProblemException e) {
      return false;
    }
  }

  @Override
  public void close() {
    database.close();
  }

  /// On a standby, if there is one that shows the caller's writes. What goes wrong there is asked
  /// of the database itself, whose word counts.
  private <T> T reading(Caller caller, Allowance allowance, Body<T> body, Sent sent) {
    Standby standby = database.standby();
    if (standby == null) return attempt(allowance, body, sent);
    Session there = standby.session(caller, telling, allowance);
    if (there == null) return attempt(allowance, body, sent);
    try (Session session = there) {
      return body.in(session);
    } catch (SQLException e) {
      String state = String.valueOf(e.getSQLState());
      if (state.equals("57014")) throw Errors.translate(e, sent);
      if (Errors.isAway(state)) standby.rest();
    }
    return attempt(allowance, body, sent);
  }

  private void wrote(Caller caller, Session session) {
    Standby standby = database.standby();
    if (standby != null && caller instanceof Caller.Outside outside)
      standby.wrote(outside, session);
  }

  private <T> T attempt(Allowance allowance, Body<T> body, Sent sent) {
    for (int attempt = 1; ; attempt++) {
      try (Session session = new Session(database, telling, allowance)) {
        return body.in(session);
      } catch (SQLException e) {
        if (attempt == ATTEMPTS || !Errors.isWorthAnotherTry(e)) throw Errors.translate(e, sent);
      }
      stepAside(attempt);
    }
  }

  /// Lets whoever was in the way go first, for a few milliseconds; nothing is held meanwhile.
  private static void stepAside(int attempt) {
    try {
      Thread.sleep(ThreadLocalRandom.current().nextInt(1, 8 << attempt));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private Statements compiled(Plan.Shape shape) {
    return statements.of(
        shape,
        s ->
            telling == Telling.EVERYTHING
                ? Statements.underNativePolicies(s, compiler, calls)
                : Statements.of(s, compiler, calls));
  }

  private Rows rows(Session session, Plan.Read plan) throws SQLException {
    Statements.Read read = (Statements.Read) compiled(plan.shape());
    Arguments arguments = Arguments.of(plan);
    Rows found = session.rows(read.rows(), read.counted(), arguments);
    if (read.estimate() == null) return found;
    int count = found.rows().size();
    Long total = found.total();
    if (total == null)
      return new Rows(
          found.rows(), Totals.estimated(session, read.estimate(), arguments, plan, count));
    if (!Totals.isCutShort(plan, total)) return found;
    long estimated = Totals.estimated(session, read.estimate(), arguments, plan, count);
    return new Rows(found.rows(), Math.max(total, estimated));
  }

  private static boolean keepsBack(Table table) {
    return !table.policies().isEmpty()
        || table.columns().stream().anyMatch(column -> !column.hiddenFrom().isEmpty());
  }

  /// What the caller may be told of what goes wrong.
  private Sent sent(Plan plan) {
    if (telling.isGuarding(plan.caller()) && !keepsBack) return Sent.ALL;
    return plan instanceof Plan.Write write ? Writing.sent(write, model) : Sent.NOTHING;
  }

  private static boolean isOneStatement(Plan.Write plan, Statements statements) {
    return statements instanceof Statements.AtOnce once
        ? AtOnce.isOneStatement(plan, once)
        : Writing.isOneStatement(plan, statements);
  }

  private Written written(Session session, Plan.Write plan, Statements statements)
      throws SQLException {
    Written written =
        statements instanceof Statements.AtOnce once
            ? new AtOnce(compiler, calls, session).write(plan, once)
            : new Writing(compiler, session).write(plan, statements);
    return written.with(session.reply());
  }

  private static boolean isNothing(Plan.Write plan) {
    return switch (plan) {
      case Plan.Insert insert -> insert.rows().isEmpty();
      case Plan.Update update -> update.shape().assignments().isEmpty();
      case Plan.Delete _ -> false;
    };
  }

  private static Telling telling(Model model) {
    return switch (model.guarding()) {
      case DATABASE -> Telling.EVERYTHING;
      case DECLARED -> asksForClaims(model) ? Telling.CLAIMS : Telling.NOTHING;
    };
  }

  /// Who may not even ask is told so, although there is nothing to do.
  private Written nothing(Plan.Write plan, Allowance allowance) {
    return telling.isGuarding(plan.caller())
        ? attempt(allowance, session -> nothing(plan, session), sent(plan))
        : Written.NOTHING;
  }

  private Written nothing(Plan.Write plan, Session session) throws SQLException {
    if (!telling.isGuarding(plan.caller())) return Written.NOTHING;
    session.isAny(Sql.raw("SELECT 1"), Arguments.of(plan));
    return Written.NOTHING.with(session.reply());
  }

  /// Whether SQL of the user's own asks who the caller is, as `auth.uid()` does.
  private static boolean asksForClaims(Model model) {
    for (Table table : model.tables()) {
      if (!(table.origin() instanceof Table.Origin.View(SqlText query))) continue;
      String sql = query.on("postgres");
      if (sql != null && asksForClaims(sql)) return true;
    }
    for (Function function : model.functions()) {
      List<String> statements = function.sql("postgres");
      for (String statement : statements == null ? List.<String>of() : statements)
        for (UserSql.Part part : UserSql.known(statement).parts())
          if (part instanceof UserSql.Part.Text(String sql) && asksForClaims(sql)) return true;
    }
    return false;
  }

  private static boolean asksForClaims(String sql) {
    return sql.contains("request.jwt.claims") || sql.contains("auth.");
  }

  private interface Body<T> {
    T in(Session session) throws SQLException;
  }

  private final class OpenUnit implements Unit {
    private final Session session;

    /// Whose writes it holds.
    private final Set<Caller> writers = new HashSet<>();

    /// Why the transaction cannot go on, whatever the work makes of it.
    private @Nullable SQLException lost;

    OpenUnit(Session session) {
      this.session = session;
    }

    @Override
    public Rows read(Plan.Read plan) {
      return inSavepoint(() -> rows(session, plan).with(session.reply()), sent(plan));
    }

    @Override
    public Written write(Plan.Write plan) {
      if (isNothing(plan)) return Written.NOTHING;
      Statements compiled = compiled(plan.shape());
      writers.add(plan.caller());
      return inSavepoint(() -> written(session, plan, compiled), sent(plan));
    }

    @Override
    public Rows call(Plan.Call plan) {
      Statements.Call call = (Statements.Call) compiled(plan.shape());
      if (call.writes()) writers.add(plan.caller());
      return inSavepoint(
          () -> {
            // Until the savepoint is released.
            if (!call.writes()) session.ahead("SET TRANSACTION READ ONLY");
            return new Calling(session).call(plan, call).with(session.reply());
          },
          sent(plan));
    }

    /// A step that fails changes nothing, even when the work goes on.
    private <R> R inSavepoint(Step<R> step, Sent sent) {
      if (lost != null) throw Errors.translate(lost);
      session.ahead("SAVEPOINT step");
      try {
        R result = step.run();
        session.ahead("RELEASE SAVEPOINT step");
        return result;
      } catch (SQLException e) {
        if (Errors.isWorthAnotherTry(e)) lost = e;
        else undo(e);
        throw Errors.translate(e, sent);
      } catch (RuntimeException e) {
        undo(null);
        throw e;
      }
    }

    /// @param why the database refused, which it may have done before there was a savepoint
    private void undo(@Nullable SQLException why) {
      try {
        session.run("ROLLBACK TO SAVEPOINT step;RELEASE SAVEPOINT step");
      } catch (SQLException e) {
        lost = why == null ? e : why;
      }
    }
  }

  private interface Step<R> {
    R run() throws SQLException;
  }
}
