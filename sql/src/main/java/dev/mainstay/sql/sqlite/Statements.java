package dev.mainstay.sql.sqlite;

import dev.mainstay.core.model.Column;
import dev.mainstay.core.model.ColumnType;
import dev.mainstay.core.model.Fill;
import dev.mainstay.core.model.Table;
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
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The statements that a shape of plan needs, compiled.
sealed interface Statements {
  record Read(Sql rows, @Nullable Sql count) implements Statements {}

  /// @param inserts by which of the shape's columns a row names; the others take their fill
  record Insert(
      StatementCache<BitSet, Sql> inserts,
      @Nullable Upsert upsert,
      @Nullable Sql violation,
      @Nullable Sql returning)
      implements Statements {}

  /// What an insert needs more when the key of a row may be taken.
  ///
  /// @param taken whether a row is there; null when the shape does not name the whole key
  /// @param merges over the row that is there, by what a row names
  /// @param refused whether the row that was left out would have been, by what it names; null when
  ///   every row may be inserted
  /// @param violation on the rows that were overwritten
  record Upsert(
      @Nullable Sql taken,
      StatementCache<BitSet, Sql> merges,
      @Nullable StatementCache<BitSet, Sql> refused,
      @Nullable Sql violation) {}

  record Update(Sql update, @Nullable Sql violation, @Nullable Sql returning)
      implements Statements {}

  /// @param find the keys of the rows to delete, when they are to be read before
  record Delete(Sql delete, @Nullable Sql find, @Nullable Sql returning) implements Statements {}

  /// @param before what runs for its effect alone
  /// @param answer what a function that writes answers, before it is shaped; else null
  /// @param rows null for a function that returns nothing
  record Call(
      List<Sql> before,
      @Nullable Sql answer,
      @Nullable Sql rows,
      @Nullable Sql count,
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
    boolean writes = calls.function(shape).writes();
    Select select = shape.rows();
    if (select == null) return new Call(statements, null, null, null, List.of(), writes);
    List<Sql> before = statements.subList(0, statements.size() - 1);
    return writes
        ? new Call(
            before,
            statements.getLast(),
            calls.answeredRows(shape, select),
            shape.counted() ? calls.answeredCount(shape, select) : null,
            calls.columns(shape),
            true)
        : new Call(
            before,
            null,
            calls.rows(shape, select),
            shape.counted() ? calls.count(shape, select) : null,
            List.of(),
            false);
  }

  static Statements of(Plan.Shape shape, SqlCompiler compiler, Calls calls) {
    return switch (shape) {
      case Plan.CallShape call -> of(call, calls);
      case Plan.ReadShape read ->
          // Without statistics to ask, an estimate is a count.
          new Read(
              compiler.read(read.select()),
              read.counting() == Plan.Counting.NONE ? null : compiler.count(read.select()));
      case Plan.InsertShape insert ->
          new Insert(
              new StatementCache<>(64),
              insert.conflict() == null ? null : upsert(insert, insert.conflict(), compiler),
              violation(insert.table(), insert.key(), insert.check(), compiler),
              insert.returning() == null
                  ? null
                  : compiler.readByKey(insert.returning(), insert.key()));
      case Plan.UpdateShape update ->
          new Update(
              compiler.update(update),
              violation(update.table(), update.key(), update.check(), compiler),
              update.returning() == null
                  ? null
                  : compiler.readByKey(update.returning(), update.key()));
      case Plan.DeleteShape delete -> delete(delete, compiler);
    };
  }

  private static Statements delete(Plan.DeleteShape shape, SqlCompiler compiler) {
    Select returning = shape.returning();
    if (returning == null) return new Delete(compiler.delete(shape), null, null);
    return new Delete(
        compiler.deleteByKey(shape.table(), shape.key()),
        compiler.keys(shape.table(), shape.key(), shape.policy(), shape.where()),
        compiler.readByKey(returning, shape.key()));
  }

  private static Upsert upsert(
      Plan.InsertShape shape, Plan.Conflict conflict, SqlCompiler compiler) {
    return new Upsert(
        taken(shape, conflict),
        new StatementCache<>(64),
        shape.check().equals(Filter.TRUE) ? null : new StatementCache<>(64),
        violation(shape.table(), shape.key(), conflict.check(), compiler));
  }

  private static @Nullable Sql taken(Plan.InsertShape shape, Plan.Conflict conflict) {
    SqliteDialect dialect = new SqliteDialect();
    List<Sql> equal = new ArrayList<>();
    for (Expr.Column column : conflict.target()) {
      int at = shape.columns().indexOf(column);
      if (at < 0) return null;
      Sql cell = Sql.slot("?", new Slot.Cell(at, column.type()));
      equal.add(Sql.of("{} = {}", dialect.quote(column.name()), cell));
    }
    return Sql.of(
        "SELECT 1 FROM {} WHERE {}", dialect.table(shape.table()), Sql.join(" AND ", equal));
  }

  /// Whether a row that names these of the shape's columns would be refused.
  static Sql refused(Plan.InsertShape shape, BitSet named, Table table, SqlCompiler compiler) {
    List<Expr.Column> columns = columns(shape, named);
    List<Column> filled = filled(columns, table);
    Sql cells = tuple(shape, named, filled, 0);
    columns.addAll(expressions(filled));
    return compiler.refused(shape, columns, Sql.of("VALUES {}", cells));
  }

  /// The INSERT of rows that name these of the shape's columns.
  ///
  /// @param table the shape's
  static Sql insert(
      Plan.InsertShape shape, BitSet named, Table table, int rows, SqlCompiler compiler) {
    List<Expr.Column> columns = columns(shape, named);
    List<Column> filled = filled(columns, table);
    List<Sql> tuples = new ArrayList<>();
    for (int row = 0; row < rows; row++) tuples.add(tuple(shape, named, filled, row));
    columns.addAll(expressions(filled));
    if (!columns.isEmpty())
      return compiler.insert(shape, columns, Sql.of("VALUES {}", Sql.join(", ", tuples)));
    if (shape.conflict() == null) return compiler.insert(shape, columns, Sql.raw("DEFAULT VALUES"));
    // Beside DEFAULT VALUES SQLite knows no ON CONFLICT.
    Column first =
        table.columns().stream()
            .filter(column -> !(column.fill() instanceof Fill.Generated))
            .findFirst()
            .orElseThrow();
    Sql fresh = Sql.of("VALUES ({})", new SqliteDialect().fresh(first));
    return compiler.insert(shape, List.of(expression(first)), fresh);
  }

  private static List<Expr.Column> columns(Plan.InsertShape shape, BitSet named) {
    List<Expr.Column> columns = new ArrayList<>();
    for (int i = named.nextSetBit(0); i >= 0; i = named.nextSetBit(i + 1))
      columns.add(shape.columns().get(i));
    return columns;
  }

  /// The columns that are filled with the time of the request.
  private static List<Column> filled(List<Expr.Column> named, Table table) {
    return timed(table).stream().filter(column -> !named.contains(expression(column))).toList();
  }

  static List<Column> timed(Table table) {
    return table.columns().stream().filter(column -> column.fill() instanceof Fill.Now).toList();
  }

  private static List<Expr.Column> expressions(List<Column> columns) {
    return columns.stream().map(Statements::expression).toList();
  }

  private static Expr.Column expression(Column column) {
    return new Expr.Column(0, column.name(), column.type());
  }

  private static Sql tuple(Plan.InsertShape shape, BitSet named, List<Column> filled, int row) {
    List<Sql> cells = new ArrayList<>();
    for (int i = named.nextSetBit(0); i >= 0; i = named.nextSetBit(i + 1))
      cells.add(
          Sql.slot(
              "?", new Slot.Cell(row * shape.columns().size() + i, shape.columns().get(i).type())));
    for (Column moment : filled) cells.add(Sql.slot("?", new Slot.Now(moment.type())));
    return Sql.of("({})", Sql.join(", ", cells));
  }

  static List<ColumnType> types(List<Expr.Column> key) {
    return key.stream().map(Expr.Column::type).toList();
  }

  private static @Nullable Sql violation(
      TableName table, List<Expr.Column> key, Filter check, SqlCompiler compiler) {
    return check.equals(Filter.TRUE) ? null : compiler.violation(table, key, check);
  }
}
