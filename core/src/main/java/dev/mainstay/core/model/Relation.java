package dev.mainstay.core.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// A way from the rows of one table to those of another, along a foreign key, through a junction of
/// two, or by a function of the database's own that answers them.
///
/// @param columns the columns on `from`'s side
/// @param targetColumns the columns on `to`'s side they equal; through a junction, the columns its
///   far key refers to
/// @param constraint the foreign key's name; through a junction, its near key's; of a function, its
///   own
/// @param keyHere whether the foreign key stands in `from`
/// @param junction the table in between, or null
/// @param function that answers the rows; there are no columns then
public record Relation(
    TableName from,
    TableName to,
    Cardinality cardinality,
    List<String> columns,
    List<String> targetColumns,
    String constraint,
    boolean keyHere,
    @Nullable Junction junction,
    @Nullable TableName function) {
  public Relation {
    columns = List.copyOf(columns);
    targetColumns = List.copyOf(targetColumns);
  }

  /// A way along foreign keys.
  public Relation(
      TableName from,
      TableName to,
      Cardinality cardinality,
      List<String> columns,
      List<String> targetColumns,
      String constraint,
      boolean keyHere,
      @Nullable Junction junction) {
    this(from, to, cardinality, columns, targetColumns, constraint, keyHere, junction, null);
  }

  public enum Cardinality {
    MANY_TO_ONE("many-to-one"),
    ONE_TO_MANY("one-to-many"),
    ONE_TO_ONE("one-to-one"),
    MANY_TO_MANY("many-to-many");

    private final String words;

    Cardinality(String words) {
      this.words = words;
    }

    public String words() {
      return words;
    }
  }

  /// A table whose two foreign keys, both within its primary key, refer to the two ends.
  public record Junction(TableName table, ForeignKey near, ForeignKey far) {}

  public boolean toOne() {
    return cardinality == Cardinality.MANY_TO_ONE || cardinality == Cardinality.ONE_TO_ONE;
  }

  public boolean self() {
    return from.equals(to);
  }
}
