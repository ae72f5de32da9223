package dev.mainstay.core.query;

import dev.mainstay.core.model.TableName;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A request as the caller wrote it: names and text, nothing looked up. Every protocol parses into
/// this, and only the planner reads it. Nothing here has been checked against the model or a
/// policy.
public sealed interface Asked {
  /// Rows of a table or view.
  ///
  /// @param counted whether the number of all matching rows is wanted, and how exactly
  record Read(TableName from, Rows rows, Count counted) implements Asked {}

  /// New rows.
  ///
  /// @param columns the columns to write, in order; those left out get their fill
  /// @param rows one list of cells a row, as long as `columns`
  /// @param conflict what to do with a row that is there already, or null to fail
  /// @param returning what to answer of the written rows, or null for nothing
  record Insert(
      TableName into,
      List<String> columns,
      List<List<Cell>> rows,
      @Nullable Conflict conflict,
      @Nullable Rows returning)
      implements Asked {
    public Insert {
      columns = List.copyOf(columns);
      rows = List.copyOf(rows);
    }
  }

  /// One row under its primary key: a new one, or new values for the one that is there.
  ///
  /// @param rows the cells of the row, which must be one
  /// @param where the key, which must be all of it
  record Put(
      TableName into,
      List<String> columns,
      List<List<Cell>> rows,
      List<Condition> where,
      @Nullable Rows returning)
      implements Asked {
    public Put {
      columns = List.copyOf(columns);
      rows = List.copyOf(rows);
      where = List.copyOf(where);
    }
  }

  /// New values for the rows that match `where`.
  record Update(
      TableName table,
      List<Assignment> assignments,
      List<Condition> where,
      @Nullable Rows returning)
      implements Asked {
    public Update {
      assignments = List.copyOf(assignments);
      where = List.copyOf(where);
    }
  }

  /// The end of the rows that match `where`.
  record Delete(TableName from, List<Condition> where, @Nullable Rows returning) implements Asked {
    public Delete {
      where = List.copyOf(where);
    }
  }

  /// A function's answer.
  ///
  /// @param rows what is asked of its result
  /// @param counted whether the number of all rows of the result is wanted, and how exactly
  record Call(TableName function, Given given, Rows rows, Count counted, Access access)
      implements Asked {}

  /// Whether a call may change what is stored.
  enum Access {
    READ,
    WRITE
  }

  /// The arguments of a call.
  ///
  /// @param body the whole body, for a function that takes it as its only argument; or null
  record Given(List<Argument> named, @Nullable Body body) {
    public Given {
      named = List.copyOf(named);
    }
  }

  /// @param values more than one when the name was given several times
  record Argument(String name, List<Cell> values) {
    public Argument {
      values = List.copyOf(values);
    }
  }

  record Body(Kind kind, Cell cell) {
    public enum Kind {
      JSON,
      TEXT,
      XML,
      BYTES
    }
  }

  enum Count {
    NONE,
    EXACT,
    PLANNED,
    ESTIMATED
  }

  record Assignment(String column, Cell cell) {}

  /// What to do when a new row's key is taken: overwrite the old row, or leave it.
  ///
  /// @param columns the key in question; empty for the primary key
  record Conflict(List<String> columns, boolean merge) {
    public Conflict {
      columns = List.copyOf(columns);
    }
  }

  /// A value to be stored, as written. Absent, null and empty are three things.
  sealed interface Cell {
    /// The column's fill.
    record Default() implements Cell {}

    record Null() implements Cell {}

    /// Text to be read as the column's type: a form field, a CSV cell.
    record Text(String text) implements Cell {}

    /// A JSON value (never null) to be read as the column's type, as its JSON text.
    record Json(String json) implements Cell {}
  }

  /// Which rows of a relation, and what of them. The root of a read and each embed has its own.
  record Rows(
      List<Item> items,
      List<Condition> where,
      List<Ordering> order,
      @Nullable Long limit,
      @Nullable Long offset) {
    public Rows {
      items = List.copyOf(items);
      where = List.copyOf(where);
      order = List.copyOf(order);
    }
  }

  /// One thing to answer of each row.
  sealed interface Item {
    /// Every column the caller may see.
    record Star() implements Item {}

    /// A column, perhaps inside JSON, perhaps aggregated.
    ///
    /// @param alias the key in the answer, or null for the field's own name
    /// @param cast applied before the aggregate
    /// @param resultCast applied after it
    record Column(
        @Nullable String alias,
        Field field,
        @Nullable String cast,
        @Nullable Aggregate aggregate,
        @Nullable String resultCast)
        implements Item {}

    /// The number of rows, `count()`.
    record CountRows(@Nullable String alias, @Nullable String cast) implements Item {}

    /// Related rows.
    ///
    /// @param target a table, a foreign key or a foreign-key column
    /// @param hint what chooses between several relations, or null
    record Embed(
        @Nullable String alias,
        String target,
        @Nullable String hint,
        Join join,
        Shape shape,
        Rows rows)
        implements Item {
      /// The key in the answer, and the name its filters may go by.
      public String key() {
        return alias == null ? target : alias;
      }
    }
  }

  enum Aggregate {
    SUM,
    AVG,
    COUNT,
    MAX,
    MIN
  }

  enum Join {
    /// Parents stay when nothing is related to them.
    LEFT,
    /// Parents without a related row drop out.
    INNER
  }

  enum Shape {
    /// An object or an array under the embed's key.
    NESTED,
    /// Lifted into the parent.
    SPREAD
  }

  /// A column by name, or a place inside its JSON.
  ///
  /// @param asText whether the last step was `->>`
  record Field(String name, List<JsonStep> path, boolean asText) {
    public Field {
      path = List.copyOf(path);
    }

    public static Field of(String name) {
      return new Field(name, List.of(), false);
    }
  }

  /// What must be true of a row.
  sealed interface Condition {
    record And(List<Condition> all) implements Condition {
      public And {
        all = List.copyOf(all);
      }
    }

    record Or(List<Condition> any) implements Condition {
      public Or {
        any = List.copyOf(any);
      }
    }

    record Not(Condition condition) implements Condition {}

    /// @param operands text to be read as the field's type: one, or with [Quantifier#ANY] or `ALL`
    ///   any number, null among them for NULL
    record Compare(
        Field field, Operator operator, Quantifier quantifier, List<@Nullable String> operands)
        implements Condition {
      // In full, since a compact one loses what its class file says of the elements.
      public Compare(
          Field field, Operator operator, Quantifier quantifier, List<@Nullable String> operands) {
        this.field = field;
        this.operator = operator;
        this.quantifier = quantifier;
        this.operands = Collections.unmodifiableList(new ArrayList<>(operands));
      }
    }

    /// `is.null`, and on an embed's name: nothing is related.
    record IsNull(Field field) implements Condition {}

    /// `is.true`, `is.false`, `is.unknown`.
    record Is(Field field, Truth truth) implements Condition {}

    record Search(Field field, Grammar grammar, @Nullable String language, String query)
        implements Condition {}
  }

  /// One key of an order. Null placement by default is PostgreSQL's: last when ascending, first
  /// when descending.
  ///
  /// @param embed the to-one embed whose column it is, or null for the rows' own
  record Ordering(
      @Nullable String embed, Field field, boolean descending, @Nullable Boolean nullsFirst) {}
}
