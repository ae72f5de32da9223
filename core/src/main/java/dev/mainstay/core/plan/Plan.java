package dev.mainstay.core.plan;

import dev.mainstay.core.model.Function;
import dev.mainstay.core.model.TableName;
import dev.mainstay.core.query.Expr;
import dev.mainstay.core.query.Filter;
import dev.mainstay.core.query.Value;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What an engine is to do, names, types, limits and policy settled. Only [Planner] makes one.
///
/// A plan is its shape, which is the key of the cache of statements, and the values that go into
/// the shape's slots.
public sealed interface Plan {
  Shape shape();

  /// The value of each [Expr.Bind] of the shape, by slot.
  List<Value> values();

  Caller caller();

  /// Names the table a plan is about.
  sealed interface Shape {
    TableName table();
  }

  record Read(ReadShape shape, List<Value> values, Caller caller) implements Plan {
    public Read {
      values = List.copyOf(values);
    }
  }

  sealed interface Write extends Plan {
    Expectation expected();
  }

  /// @param rows one list of cells a row, as long as the shape's columns; a null cell takes the
  ///   column's fill
  record Insert(
      InsertShape shape, List<Row> rows, List<Value> values, Expectation expected, Caller caller)
      implements Write {
    public Insert {
      rows = List.copyOf(rows);
      values = List.copyOf(values);
    }
  }

  record Update(UpdateShape shape, List<Value> values, Expectation expected, Caller caller)
      implements Write {
    public Update {
      values = List.copyOf(values);
    }
  }

  record Delete(DeleteShape shape, List<Value> values, Expectation expected, Caller caller)
      implements Write {
    public Delete {
      values = List.copyOf(values);
    }
  }

  /// A call of a function.
  record Call(CallShape shape, List<Value> values, Expectation expected, Caller caller)
      implements Plan {
    public Call {
      values = List.copyOf(values);
    }

    /// The same, undone unless it answers one row.
    public Call ofOneRow() {
      return new Call(shape, values, new Expectation(expected.atMost(), true), caller);
    }
  }

  /// @param arguments what the parameters of the function's SQL stand for
  /// @param rows what is answered of its result, a scalar being the only column of its row; or null
  ///   for a function that returns nothing
  /// @param counted whether the number of rows without limit and offset is wanted
  /// @param writes whether it may change what is stored
  record CallShape(
      Function.Signature function,
      List<Argument> arguments,
      @Nullable Select rows,
      boolean counted,
      boolean writes)
      implements Shape {
    public CallShape {
      arguments = List.copyOf(arguments);
    }

    @Override
    public TableName table() {
      return function.function();
    }
  }

  /// @param name as it stands in the function's SQL, without the colon
  record Argument(String name, Expr.Bind value) {}

  /// @param counting how the number of rows without limit and offset is to be had
  /// @param enough up to how many rows an estimated number is exact, a bigint; else null
  record ReadShape(Select select, Counting counting, Expr.@Nullable Bind enough) implements Shape {
    @Override
    public TableName table() {
      return select.table();
    }
  }

  /// @param key the primary key's columns
  /// @param columns what each row of the plan gives a value for
  /// @param check what must hold of each new row, or everything is undone (`42501`): as it was
  ///   stored, and where a row was there already, as it would have been
  /// @param returning what to answer of the stored rows, or null
  /// @param numbered identity columns whose values are kept as they are given, whatever the column
  ///   says, and which count on after them
  record InsertShape(
      TableName table,
      List<Expr.Column> key,
      List<Expr.Column> columns,
      @Nullable Conflict conflict,
      Filter check,
      @Nullable Select returning,
      List<Expr.Column> numbered)
      implements Shape {
    public InsertShape {
      key = List.copyOf(key);
      columns = List.copyOf(columns);
      numbered = List.copyOf(numbered);
    }

    /// The same, leaving every row that is there already as it is.
    public InsertShape leavingConflicts() {
      if (conflict == null) return this;
      Conflict left = new Conflict(conflict.target, List.of(), conflict.policy, conflict.check);
      return new InsertShape(table, key, columns, left, check, returning, numbered);
    }

    /// The same, for who does not ask which rows were written.
    public InsertShape withoutKey() {
      return new InsertShape(table, List.of(), columns, conflict, check, returning, numbered);
    }
  }

  /// @param policy which rows the caller may see and update; evaluated before `where`
  record UpdateShape(
      TableName table,
      List<Expr.Column> key,
      List<Assignment> assignments,
      Filter policy,
      Filter where,
      Filter check,
      @Nullable Select returning)
      implements Shape {
    public UpdateShape {
      key = List.copyOf(key);
      assignments = List.copyOf(assignments);
    }

    /// The same, for who does not ask which rows were written.
    public UpdateShape withoutKey() {
      return new UpdateShape(table, List.of(), assignments, policy, where, check, returning);
    }
  }

  record DeleteShape(
      TableName table,
      List<Expr.Column> key,
      Filter policy,
      Filter where,
      @Nullable Select returning)
      implements Shape {
    public DeleteShape {
      key = List.copyOf(key);
    }

    /// The same, for who does not ask which rows were deleted.
    public DeleteShape withoutKey() {
      return new DeleteShape(table, List.of(), policy, where, returning);
    }
  }

  /// How the rows that match are counted. An engine without a planner of its own to ask counts.
  enum Counting {
    NONE,
    EXACT,
    /// As many as the engine's planner expects, without looking.
    PLANNED,
    /// Exactly, up to so many; beyond, as many as the engine's planner expects.
    ESTIMATED
  }

  /// `value` null takes the column's fill.
  record Assignment(Expr.Column column, Expr.@Nullable Bind value) {}

  /// What becomes of a row that is there already.
  ///
  /// @param target the unique key by which it is found
  /// @param merge columns to overwrite; empty leaves that row, and answers nothing of it
  /// @param policy what must hold of it before it is overwritten, and `check` after; else `42501`
  record Conflict(List<Expr.Column> target, List<Expr.Column> merge, Filter policy, Filter check) {
    public Conflict {
      target = List.copyOf(target);
      merge = List.copyOf(merge);
    }
  }

  /// The cells of a new row; a `null` in the list takes the column's fill.
  record Row(List<@Nullable Value> cells) {}

  /// How many rows a write may touch before it is undone: at most `atMost`, and with `exactlyOne`
  /// no fewer than one.
  record Expectation(@Nullable Long atMost, boolean exactlyOne) {
    public static final Expectation ANY = new Expectation(null, false);
  }
}
