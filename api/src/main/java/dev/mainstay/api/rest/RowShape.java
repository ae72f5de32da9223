package dev.mainstay.api.rest;

import dev.mainstay.core.model.ColumnType;
import dev.mainstay.core.plan.Select;
import dev.mainstay.core.plan.Select.Output;
import java.util.ArrayList;
import java.util.List;

/// What the JSON of a row holds, member by member in its order, as the plan's select says.
record RowShape(List<Member> members) {
  RowShape {
    members = List.copyOf(members);
  }

  record Member(String key, Cell cell) {}

  /// What one member holds, when it is not null.
  sealed interface Cell {
    /// A value of a column type.
    record Scalar(ColumnType type) implements Cell {}

    /// A row that is embedded.
    record Row(RowShape shape) implements Cell {}

    /// An array.
    record Several(Cell element) implements Cell {}

    /// Whether a point in time is somewhere in it.
    default boolean hasMoments() {
      return switch (this) {
        case Scalar(ColumnType.ArrayOf(ColumnType element)) -> new Scalar(element).hasMoments();
        case Scalar(ColumnType type) -> type instanceof ColumnType.TimestampTz;
        case Row(RowShape shape) -> shape.hasMoments();
        case Several(Cell element) -> element.hasMoments();
      };
    }
  }

  static RowShape of(Select select) {
    List<Member> members = new ArrayList<>();
    for (Output output : select.outputs())
      switch (output) {
        case Output.Value value ->
            members.add(new Member(value.key(), new Cell.Scalar(value.expr().type())));
        case Output.Aggregate aggregate ->
            members.add(new Member(aggregate.key(), new Cell.Scalar(type(aggregate))));
        case Output.Embed embed -> {
          Cell row = new Cell.Row(of(embed.rows()));
          members.add(new Member(embed.key(), embed.toOne() ? row : new Cell.Several(row)));
        }
        case Output.Spread spread -> {
          for (Member lifted : of(spread.rows()).members())
            members.add(
                spread.toOne()
                    ? lifted
                    : new Member(lifted.key(), new Cell.Several(lifted.cell())));
        }
      }
    return new RowShape(members);
  }

  boolean hasMoments() {
    return members.stream().anyMatch(member -> member.cell().hasMoments());
  }

  private static ColumnType type(Output.Aggregate aggregate) {
    return aggregate.resultCast() == null ? aggregate.type() : aggregate.resultCast();
  }
}
