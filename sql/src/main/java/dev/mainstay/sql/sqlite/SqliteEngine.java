package dev.mainstay.sql.sqlite;

import dev.mainstay.core.engine.Allowance;
import dev.mainstay.core.engine.Capability;
import dev.mainstay.core.engine.Engine;
import dev.mainstay.core.engine.Explaining;
import dev.mainstay.core.engine.Rows;
import dev.mainstay.core.engine.Written;
import dev.mainstay.core.model.Model;
import dev.mainstay.core.plan.Plan;
import dev.mainstay.core.problem.Problem;
import dev.mainstay.core.problem.ProblemException;
import dev.mainstay.core.query.Expr;
import dev.mainstay.core.query.Value;
import dev.mainstay.sql.Calls;
import dev.mainstay.sql.Sql;
import dev.mainstay.sql.SqlCompiler;
import dev.mainstay.sql.StatementCache;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// SQLite as an engine: bounded readers, and one writer that commits waiting writes together.
/// Engines of several models share them.
///
/// How values are stored follows from the model, so a plan on tables that have been changed since
/// is not carried out, even where its statement would run: it is refused as outdated. A writer
/// learns that before it begins; a reader, who keeps no change waiting, when it has read.
public final class SqliteEngine implements Engine {
  private final Model model;
  private final SqlCompiler compiler;
  private final Calls calls;
  private final UserErrors errors;
  private final StatementCache<Plan.Shape, Statements> statements;
  private final SqliteDatabase database;

  /// How often the tables had been changed when they were this model's.
  private final long changes;

  private final InstantSource clock;

  SqliteEngine(SqliteDatabase database, Model model, SqliteSettings settings, InstantSource clock) {
    this.database = database;
    this.changes = database.changes();
    this.model = model;
    this.clock = clock;
    this.compiler = new SqlCompiler(model, new SqliteDialect());
    this.calls = new Calls(model, new SqliteDialect());
    this.errors = new UserErrors(model);
    this.statements = new StatementCache<>(settings.statements());
  }

  @Override
  public Set<Capability> capabilities() {
    return EnumSet.of(Capability.PARTIAL_INDEXES);
  }

  @Override
  public Rows read(Plan.Read plan, Allowance allowance) {
    Statements.Read read = (Statements.Read) compiled(plan.shape());
    Instant now = clock.instant();
    return reading(
        allowance,
        session -> {
          if (read.count() == null) return rows(session, plan, read, allowance, now);
          return inOne(session, () -> rows(session, plan, read, allowance, now));
        });
  }

  @Override
  public Written write(Plan.Write plan, Allowance allowance) {
    if (isNothing(plan)) return Written.NOTHING;
    Statements compiled = compiled(plan.shape());
    Instant now = clock.instant();
    return writing(
        allowance,
        session -> new Writing(model, compiler, session, allowance, now).write(plan, compiled));
  }

  @Override
  public byte[] explain(Plan plan, Explaining how, Allowance allowance) {
    Sql statement = Explanation.statement(plan, compiled(plan.shape()), how, compiler);
    Arguments arguments = Arguments.of(plan, clock.instant());
    return reading(
        allowance,
        session -> {
          byte[] told = Explanation.of(steps(session, statement, plan, arguments), how.syntax());
          allowance.lease().take(told.length);
          return told;
        });
  }

  private List<Explanation.Step> steps(
      Session session, Sql statement, Plan plan, Arguments arguments) throws SQLException {
    try {
      return session.steps(statement, arguments);
    } catch (SQLException e) {
      if (plan instanceof Plan.Call) throw errors.translate(e, statement);
      throw e;
    }
  }

  @Override
  public Rows call(Plan.Call plan, Allowance allowance) {
    Statements.Call call = (Statements.Call) compiled(plan.shape());
    Instant now = clock.instant();
    if (call.writes())
      return writing(
          allowance, session -> new Calling(session, allowance, errors).call(plan, call, now));
    boolean isOne = call.before().isEmpty() && call.count() == null;
    return reading(
        allowance,
        session ->
            isOne
                ? new Calling(session, allowance, errors).call(plan, call, now)
                : inOne(
                    session, () -> new Calling(session, allowance, errors).call(plan, call, now)));
  }

  @Override
  public <T> T snapshot(Allowance allowance, Work<T> work) {
    return reading(
        allowance,
        session -> inOne(session, () -> work.in(new OpenUnit(session, allowance, Side.READER))));
  }

  /// Runs reads as one transaction.
  private static <T> T inOne(Session session, Step<T> reads) throws SQLException {
    session.run("BEGIN");
    try {
      return reads.run();
    } finally {
      session.run("COMMIT");
    }
  }

  @FunctionalInterface
  private interface Step<T> {
    T run() throws SQLException;
  }

  @Override
  public <T> T unit(Allowance allowance, Work<T> work) {
    return writing(allowance, session -> work.in(new OpenUnit(session, allowance, Side.WRITER)));
  }

  @Override
  public boolean reachable() {
    return database.isAnswering();
  }

  /// Connections lent out at this moment.
  public int connectionsInUse() {
    return database.readers().inUse();
  }

  @Override
  public void close() {
    database.close();
  }

  private <T> T reading(Allowance allowance, Readers.Reading<T> reading) {
    requireSameTables();
    T read;
    try {
      read = database.readers().read(allowance, reading);
    } catch (RuntimeException e) {
      requireSameTables();
      throw e;
    }
    requireSameTables();
    return read;
  }

  private <T> T writing(Allowance allowance, Ticket.Job<T> job) {
    return database
        .writer()
        .write(
            allowance,
            session -> {
              requireSameTables();
              return job.run(session);
            });
  }

  private void requireSameTables() {
    if (database.changes() != changes) throw new ProblemException(new Problem.Outdated());
  }

  private Statements compiled(Plan.Shape shape) {
    return statements.of(shape, s -> Statements.of(s, compiler, calls));
  }

  private static Rows rows(
      Session session, Plan.Read plan, Statements.Read read, Allowance allowance, Instant now)
      throws SQLException {
    Arguments arguments = Arguments.of(plan, now);
    List<byte[]> rows = session.texts(read.rows(), arguments, allowance.lease());
    if (read.count() == null) return new Rows(rows, null);
    Long known = known(plan, rows.size());
    return new Rows(rows, known != null ? known : session.number(read.count(), arguments));
  }

  /// The number of all rows when the last of them is among those read, which saves counting.
  private static @Nullable Long known(Plan.Read plan, int read) {
    long limit = number(plan, plan.shape().select().limit(), Long.MAX_VALUE);
    long offset = number(plan, plan.shape().select().offset(), 0);
    return read < limit && (read > 0 || offset == 0) ? (Long) (offset + read) : null;
  }

  private static long number(Plan plan, Expr.@Nullable Bind bind, long otherwise) {
    return bind != null && plan.values().get(bind.slot()) instanceof Value.Whole(long number)
        ? number
        : otherwise;
  }

  private static boolean isNothing(Plan.Write plan) {
    return switch (plan) {
      case Plan.Insert insert -> insert.rows().isEmpty();
      case Plan.Update update -> update.shape().assignments().isEmpty();
      case Plan.Delete _ -> false;
    };
  }

  private final class OpenUnit implements Unit {
    private final Session session;
    private final Allowance allowance;
    private final Side side;
    private final Instant now = clock.instant();
    private boolean isLost;

    OpenUnit(Session session, Allowance allowance, Side side) {
      this.session = session;
      this.allowance = allowance;
      this.side = side;
    }

    @Override
    public Rows read(Plan.Read plan) {
      requireTime();
      try {
        return rows(session, plan, (Statements.Read) compiled(plan.shape()), allowance, now);
      } catch (SQLException e) {
        throw Errors.translate(e);
      }
    }

    @Override
    public Written write(Plan.Write plan) {
      if (isNothing(plan)) return Written.NOTHING;
      Statements compiled = compiled(plan.shape());
      return inSavepoint(
          () -> new Writing(model, compiler, session, allowance, now).write(plan, compiled));
    }

    @Override
    public Rows call(Plan.Call plan) {
      Statements.Call call = (Statements.Call) compiled(plan.shape());
      Calling calling = new Calling(session, allowance, errors);
      if (call.writes()) return inSavepoint(() -> calling.call(plan, call, now));
      requireTime();
      return side == Side.READER
          ? calling.call(plan, call, now)
          : kept(() -> calling.call(plan, call, now));
    }

    /// Keeps the writer from writing for as long as a function runs that is only to read.
    private Rows kept(Step<Rows> call) {
      try {
        session.run("PRAGMA query_only = ON");
        try {
          return call.run();
        } finally {
          session.run("PRAGMA query_only = OFF");
        }
      } catch (SQLException e) {
        throw Errors.translate(e);
      }
    }

    /// So that a write that fails changes nothing even when `work` goes on.
    private <R> R inSavepoint(Step<R> write) {
      requireTime();
      if (side == Side.READER) throw new IllegalStateException("a write among reads");
      try {
        session.run("SAVEPOINT write");
        try {
          return write.run();
        } catch (RuntimeException e) {
          isLost = true;
          session.run("ROLLBACK TO write");
          isLost = false;
          throw e;
        } finally {
          if (!isLost) session.run("RELEASE write");
        }
      } catch (SQLException e) {
        throw Errors.translate(e);
      }
    }

    /// Once SQLite has undone the transaction, what followed would be a transaction of its own.
    private void requireTime() {
      if (isLost || session.isOverdue()) throw new ProblemException(new Problem.TimedOut());
    }
  }

  /// On which connection a unit of work runs.
  private enum Side {
    READER,
    WRITER
  }
}
