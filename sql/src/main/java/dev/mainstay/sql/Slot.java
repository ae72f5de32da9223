package dev.mainstay.sql;

import dev.mainstay.core.model.ColumnType;
import java.util.List;

/// What a placeholder of a statement stands for. Nothing that a request or a token says is ever
/// text of a statement: it comes in through one of these.
public sealed interface Slot {
  /// The plan's value number `index`; with an [ColumnType.ArrayOf], the whole list as one value.
  record Bound(int index, ColumnType type) implements Slot {}

  /// The plan's value number `index`, which is a regular expression or a list of them.
  record Pattern(int index, ColumnType type) implements Slot {}

  /// The caller's claim at `path`, null when it is absent or does not convert.
  record Claim(List<String> path, ColumnType type) implements Slot {
    public Claim {
      path = List.copyOf(path);
    }
  }

  /// Cell number `column` of the row being inserted.
  record Cell(int column, ColumnType type) implements Slot {}

  /// All rows being inserted, as one value.
  record Rows(List<ColumnType> types) implements Slot {
    public Rows {
      types = List.copyOf(types);
    }
  }

  /// The primary keys of the rows a statement before this one found or wrote, as one value.
  record Keys(List<ColumnType> types) implements Slot {
    public Keys {
      types = List.copyOf(types);
    }
  }

  /// The rows that a function's last statement answered, as one value.
  record Result(List<ColumnType> types) implements Slot {
    public Result {
      types = List.copyOf(types);
    }
  }

  /// The time the request began, for an engine whose own clock does not stand still for a whole
  /// transaction.
  record Now(ColumnType type) implements Slot {}
}
