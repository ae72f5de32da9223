package dev.mainstay.sql.postgres;

import static java.util.stream.Collectors.joining;

import dev.mainstay.core.model.Column;
import dev.mainstay.core.model.ColumnType;
import dev.mainstay.core.model.TableName;
import dev.mainstay.core.plan.Plan;
import dev.mainstay.core.plan.Select;
import dev.mainstay.core.problem.Problem;
import dev.mainstay.core.problem.ProblemException;
import dev.mainstay.core.query.Expr;
import dev.mainstay.core.query.Filter;
import dev.mainstay.sql.Calls;
import dev.mainstay.sql.Slot;
import dev.mainstay.sql.Sql;
import dev.mainstay.sql.SqlCompiler;
import dev.mainstay.sql.StatementCache;
import dev.mainstay.sql.Wanted;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// The statements that a shape of plan needs, compiled.
sealed interface Statements {
  /// Notes that a row is overwritten. `xmax` would tell too, but only those who may read all of the
  /// table.
  Sql MARK = Sql.raw("set_config('mainstay.merged', 't', true) = 't'");

  /// Whether there is no such note of the row; the note is gone with that.
  Sql IS_NEW =
      Sql.raw(
          "CASE WHEN current_setting('mainstay.merged', true) = 't'"
              + " THEN set_config('mainstay.merged', '', true) IS NULL ELSE TRUE END");

  /// @param rows with `counted`, each row stands beside the number of all; with no row, there is
  ///   one of which only the number is not null
  /// @param estimate explains how many rows the planner expects, when that is wanted
  record Read(Sql rows, boolean counted, @Nullable Sql estimate) implements Statements {}

  /// @param inserts by which of the shape's columns the rows name; the others take their fill
  /// @param refused whether rows that were left out would have been, by what they name
  /// @param merged on the rows that were overwritten, as `violation` on those that are new
  record Insert(
      Plan.InsertShape shape,
      StatementCache<BitSet, Sql> inserts,
      StatementCache<BitSet, Sql> refused,
      @Nullable Sql violation,
      @Nullable Sql merged,
      @Nullable Sql returning)
      implements Statements {}

  /// @param key what the update answers of each row
  record Update(Sql update, List<ColumnType> key, @Nullable Sql violation, @Nullable Sql returning)
      implements Statements {}

  /// @param find locks the rows to delete and answers their keys, when they are to be read before
  record Delete(Sql delete, List<ColumnType> key, @Nullable Sql find, @Nullable Sql returning)
      implements Statements {}

  /// A write where the database has policies of its own.
  ///
  /// @param write by which of the shape's columns the rows of an insert name
  /// @param isTelling whether it answers as [SqlCompiler#answering] says, or else nothing
  /// @param isJudging whether something has to hold of the rows that the database does not see to
  /// @param key what is answered of each row in place of JSON
  record AtOnce(
      Function<BitSet, Sql> write, boolean isTelling, boolean isJudging, List<ColumnType> key)
      implements Statements {}

  /// @param before what runs for its effect alone
  /// @param answer what a function that writes answers, before it is shaped; else null
  /// @param rows null for a function that returns nothing; with `counted` as in [Read]
  record Call(
      List<Sql> before,
      @Nullable Sql answer,
      @Nullable Sql rows,
      boolean counted,
      List<Column> columns,
      boolean writes)
      implements Statements {
    public Call {
      before = List.copyOf(before);
      columns = List.copyOf(columns);
    }

    /// The user's statement, as it would run.
    ///
    /// @throws ProblemException [Problem.Unsupported] when there are several
    Sql only() {
      Sql last = answer != null ? answer : rows;
      if (before.size() + (last == null ? 0 : 1) != 1)
        throw new ProblemException(
            new Problem.Unsupported("the plan of a function of several statements"));
      return last == null ? before.getFirst() : last;
    }
  }

  static Call of(Plan.CallShape shape, Calls calls) {
    List<Sql> statements = calls.statements(shape);
    boolean writes = shape.writes();
    Select select = shape.rows();
    if (select != null && calls.isExisting(shape))
      return new Call(
          List.of(),
          null,
          shape.counted() ? calls.countedExisting(shape, select) : calls.rows(shape, select),
          shape.counted(),
          List.of(),
          writes);
    if (select == null) return new Call(statements, null, null, false, List.of(), writes);
    List<Sql> before = statements.subList(0, statements.size() - 1);
    return writes
        ? new Call(
            before,
            statements.getLast(),
            shape.counted()
                ? counted(calls.answeredRows(shape, select), calls.answeredCount(shape, select))
                : calls.answeredRows(shape, select),
            shape.counted(),
            calls.columns(shape),
            true)
        : new Call(
            before,
            null,
            shape.counted()
                ? counted(calls.rows(shape, select), calls.count(shape, select))
                : calls.rows(shape, select),
            shape.counted(),
            List.of(),
            false);
  }

  static Statements of(Plan.Shape shape, SqlCompiler compiler, Calls calls) {
    return switch (shape) {
      case Plan.CallShape call -> of(call, calls);
      case Plan.ReadShape read -> read(read, read.counting(), compiler);
      case Plan.InsertShape insert ->
          new Insert(
              insert,
              new StatementCache<>(64),
              new StatementCache<>(64),
              violation(insert.table(), insert.key(), insert.check(), compiler),
              insert.conflict() == null
                  ? null
                  : violation(insert.table(), insert.key(), insert.conflict().check(), compiler),
              insert.returning() == null
                  ? null
                  : compiler.readByKey(insert.returning(), insert.key()));
      case Plan.UpdateShape update ->
          new Update(
              compiler.update(update),
              types(update.key()),
              violation(update.table(), update.key(), update.check(), compiler),
              update.returning() == null
                  ? null
                  : compiler.readByKey(update.returning(), update.key()));
      case Plan.DeleteShape delete -> delete(delete, delete.returning(), compiler);
    };
  }

  /// For a database with policies of its own: a write asks for no right that the write itself and
  /// its answer do not need.
  static Statements underNativePolicies(Plan.Shape shape, SqlCompiler compiler, Calls calls) {
    return switch (shape) {
      case Plan.ReadShape _, Plan.CallShape _ -> of(shape, compiler, calls);
      case Plan.InsertShape insert -> {
        Plan.Conflict conflict = insert.conflict();
        Wanted wanted =
            wanted(
                insert.returning(),
                insert.key(),
                insert.check(),
                conflict == null ? Filter.TRUE : conflict.check(),
                isMarked(insert) ? IS_NEW : null);
        StatementCache<BitSet, Sql> kept = new StatementCache<>(64);
        yield atOnce(
            named ->
                kept.of(
                    named,
                    n ->
                        told(
                            inserting(insert.withoutKey(), n, compiler, MARK),
                            insert,
                            wanted,
                            compiler)),
            wanted);
      }
      case Plan.UpdateShape update -> {
        Wanted wanted = wanted(update.returning(), update.key(), update.check(), Filter.TRUE, null);
        Sql sql = told(compiler.update(update.withoutKey()), update, wanted, compiler);
        yield atOnce(_ -> sql, wanted);
      }
      case Plan.DeleteShape delete -> {
        Wanted wanted = wanted(delete.returning(), delete.key(), Filter.TRUE, Filter.TRUE, null);
        Sql sql = told(compiler.delete(delete.withoutKey()), delete, wanted, compiler);
        yield atOnce(_ -> sql, wanted);
      }
    };
  }

  /// An answer of rows without anything in it is there for their keys.
  private static Wanted wanted(
      @Nullable Select returning,
      List<Expr.Column> key,
      Filter check,
      Filter merged,
      @Nullable Sql isNew) {
    boolean isKey = returning != null && !returning.grouped() && returning.outputs().isEmpty();
    return new Wanted(isKey ? null : returning, isKey ? key : List.of(), check, merged, isNew);
  }

  private static Sql told(Sql write, Plan.Shape shape, Wanted wanted, SqlCompiler compiler) {
    return wanted.isNothing() ? write : compiler.answering(write, shape.table(), wanted);
  }

  private static AtOnce atOnce(Function<BitSet, Sql> write, Wanted wanted) {
    return new AtOnce(write, !wanted.isNothing(), wanted.isJudging(), types(wanted.key()));
  }

  /// Whether rows are told from others that were there already.
  static boolean isMarked(Plan.InsertShape shape) {
    return shape.conflict() != null && !shape.conflict().merge().isEmpty();
  }

  private static Delete delete(
      Plan.DeleteShape delete, @Nullable Select returning, SqlCompiler compiler) {
    return returning == null
        ? new Delete(compiler.delete(delete), types(delete.key()), null, null)
        : new Delete(
            compiler.deleteByKey(delete.table(), delete.key()),
            types(delete.key()),
            Sql.of(
                "{} ORDER BY {} FOR UPDATE",
                compiler.keys(delete.table(), delete.key(), delete.policy(), delete.where()),
                positions(delete.key().size())),
            compiler.readByKey(returning, delete.key()));
  }

  /// The INSERT of rows that name these of the shape's columns. With a key that may be taken it
  /// answers, after the key of each row, whether the row is new.
  static Sql insert(Plan.InsertShape shape, BitSet named, SqlCompiler compiler) {
    Sql insert = inserting(shape, named, compiler, null);
    return shape.conflict() == null ? insert : Sql.of("{}, xmax = 0", insert);
  }

  private static Sql inserting(
      Plan.InsertShape shape, BitSet named, SqlCompiler compiler, @Nullable Sql mark) {
    List<Expr.Column> columns = named.stream().mapToObj(shape.columns()::get).toList();
    Sql source = source(columns);
    if (!shape.numbered().isEmpty()) source = Sql.of("OVERRIDING SYSTEM VALUE {}", source);
    return compiler.insert(shape, columns, source, mark);
  }

  /// Whether one of the rows would be refused that name these of the shape's columns.
  static Sql refused(Plan.InsertShape shape, BitSet named, SqlCompiler compiler) {
    List<Expr.Column> columns = named.stream().mapToObj(shape.columns()::get).toList();
    return compiler.refused(shape, columns, source(columns));
  }

  private static Sql source(List<Expr.Column> columns) {
    List<ColumnType> types = types(columns);
    List<Sql> cells = new ArrayList<>();
    for (int i = 0; i < types.size(); i++)
      cells.add(Sql.raw(Types.read("(e.v ->> " + i + ")", types.get(i))));
    return Sql.of(
        "SELECT {} FROM json_array_elements({}) WITH ORDINALITY AS e(v, n) ORDER BY e.n",
        Sql.join(", ", cells),
        new PostgresDialect().slot(new Slot.Rows(types)));
  }

  static List<ColumnType> types(List<Expr.Column> key) {
    return key.stream().map(Expr.Column::type).toList();
  }

  private static Read read(Plan.ReadShape read, Plan.Counting counting, SqlCompiler compiler) {
    Sql rows = compiler.read(read.select());
    return switch (counting) {
      case NONE -> new Read(rows, false, null);
      case EXACT -> new Read(counted(rows, compiler.count(read.select())), true, null);
      case PLANNED -> new Read(rows, false, estimate(read, compiler));
      case ESTIMATED ->
          new Read(
              counted(rows, compiler.count(read.select(), Objects.requireNonNull(read.enough()))),
              true,
              estimate(read, compiler));
    };
  }

  /// One statement, and so one snapshot, for rows and number. The join has one row on its left, so
  /// the rows keep their order.
  private static Sql counted(Sql rows, Sql count) {
    return Sql.of("SELECT r.j, c.n FROM ({}) AS c(n) LEFT JOIN ({}) AS r ON TRUE", count, rows);
  }

  private static Sql estimate(Plan.ReadShape read, SqlCompiler compiler) {
    return Sql.of("EXPLAIN (FORMAT JSON) {}", compiler.each(read.select()));
  }

  /// `1, 2, …`
  private static Sql positions(int count) {
    return Sql.raw(
        IntStream.rangeClosed(1, count).mapToObj(Integer::toString).collect(joining(", ")));
  }

  private static @Nullable Sql violation(
      TableName table, List<Expr.Column> key, Filter check, SqlCompiler compiler) {
    return check.equals(Filter.TRUE) ? null : compiler.violation(table, key, check);
  }
}
