package dev.mainstay.sql.sqlite;

import dev.mainstay.core.model.Column;
import dev.mainstay.core.model.ColumnType;
import dev.mainstay.core.model.TableName;
import dev.mainstay.core.plan.Plan;
import dev.mainstay.core.plan.Select;
import dev.mainstay.core.query.Expr;
import dev.mainstay.core.query.Filter;
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
      StatementCache<BitSet, Sql> inserts, @Nullable Sql violation, @Nullable Sql returning)
      implements Statements {}

  record Update(Sql update, @Nullable Sql violation, @Nullable Sql returning)
      implements Statements {}

  /// @param find the keys of the rows to delete, when they are to be read before
  record Delete(Sql delete, @Nullable Sql find, @Nullable Sql returning) implements Statements {}

  static Statements of(Plan.Shape shape, SqlCompiler compiler) {
    return switch (shape) {
      case Plan.ReadShape read ->
          new Read(
              compiler.read(read.select()), read.counted() ? compiler.count(read.select()) : null);
      case Plan.InsertShape insert ->
          new Insert(
              new StatementCache<>(64),
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

  /// The INSERT of rows that name these of the shape's columns.
  ///
  /// @param timed the table's columns that are filled with the time
  static Sql insert(
      Plan.InsertShape shape, BitSet named, List<Column> timed, int rows, SqlCompiler compiler) {
    List<Expr.Column> columns = new ArrayList<>();
    for (int i = named.nextSetBit(0); i >= 0; i = named.nextSetBit(i + 1))
      columns.add(shape.columns().get(i));
    List<Expr.Column> filled = new ArrayList<>();
    for (Column column : timed) {
      Expr.Column moment = new Expr.Column(0, column.name(), column.type());
      if (!columns.contains(moment)) filled.add(moment);
    }
    List<Sql> tuples = new ArrayList<>();
    for (int row = 0; row < rows; row++) {
      List<Sql> cells = new ArrayList<>();
      for (int i = named.nextSetBit(0); i >= 0; i = named.nextSetBit(i + 1))
        cells.add(
            Sql.slot(
                "?",
                new Slot.Cell(row * shape.columns().size() + i, shape.columns().get(i).type())));
      for (Expr.Column moment : filled) cells.add(Sql.slot("?", new Slot.Now(moment.type())));
      tuples.add(Sql.of("({})", Sql.join(", ", cells)));
    }
    columns.addAll(filled);
    Sql source =
        columns.isEmpty() ? Sql.raw("DEFAULT VALUES") : Sql.of("VALUES {}", Sql.join(", ", tuples));
    return compiler.insert(shape, columns, source);
  }

  static List<ColumnType> types(List<Expr.Column> key) {
    return key.stream().map(Expr.Column::type).toList();
  }

  private static @Nullable Sql violation(
      TableName table, List<Expr.Column> key, Filter check, SqlCompiler compiler) {
    return check.equals(Filter.TRUE) ? null : compiler.violation(table, key, check);
  }
}
