package dev.mainstay.core.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// A way from the rows of one table to those of another, along a foreign key or through a junction
/// of two.
///
/// @param columns the columns on `from`'s side
/// @param targetColumns the columns on `to`'s side they equal; through a junction, the columns its
///   far key refers to
/// @param constraint the foreign key's name; through a junction, its near key's
/// @param keyHere whether the foreign key stands in `from`
/// @param junction the table in between, or null
public record Relation(
    TableName from,
    TableName to,
    Cardinality cardinality,
    List<String> columns,
    List<String> targetColumns,
    String constraint,
    boolean keyHere,
    @Nullable Junction junction) {
  public Relation {
    columns = List.copyOf(columns);
    targetColumns = List.copyOf(targetColumns);
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
