package dev.mainstay.core.model;

import dev.mainstay.core.model.Function.Result;
import dev.mainstay.core.model.Function.RowType;
import dev.mainstay.core.model.Relation.Cardinality;
import dev.mainstay.core.model.Relation.Junction;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// The relations that a model's foreign keys give rise to: both directions of each key, and
/// many-to-many through each pair of keys of a junction (`WIRE.md` §1.7); and those that functions
/// of the database's own are.
public final class Relations {
  private Relations() {}

  public static List<Relation> of(Model model) {
    List<Relation> relations = new ArrayList<>();
    for (Table table : model.tables()) {
      for (ForeignKey key : table.foreignKeys()) {
        relations.add(forward(table, key));
        relations.add(backward(table, key));
      }
    }
    for (Table table : model.tables())
      for (ForeignKey near : table.foreignKeys())
        for (ForeignKey far : table.foreignKeys())
          if (!near.equals(far) && joins(table, near, far)) relations.add(across(table, near, far));
    for (Function function : model.functions())
      if (function.body() instanceof Function.Body.Existing(boolean _, Function.Way way)
          && way != null
          && function.result() instanceof Result.Rows(RowType.Of(TableName to), var _))
        relations.add(computed(function, way, to));
    return relations;
  }

  private static Relation computed(Function function, Function.Way way, TableName to) {
    return new Relation(
        way.from(),
        to,
        way.toOne() ? Cardinality.MANY_TO_ONE : Cardinality.ONE_TO_MANY,
        List.of(),
        List.of(),
        function.name().name(),
        true,
        null,
        function.name());
  }

  private static Relation forward(Table table, ForeignKey key) {
    return new Relation(
        table.name(),
        key.target(),
        isUnique(table, key.columns()) ? Cardinality.ONE_TO_ONE : Cardinality.MANY_TO_ONE,
        key.columns(),
        key.targetColumns(),
        key.name(),
        true,
        null);
  }

  private static Relation backward(Table table, ForeignKey key) {
    return new Relation(
        key.target(),
        table.name(),
        isUnique(table, key.columns()) ? Cardinality.ONE_TO_ONE : Cardinality.ONE_TO_MANY,
        key.targetColumns(),
        key.columns(),
        key.name(),
        false,
        null);
  }

  private static Relation across(Table junction, ForeignKey near, ForeignKey far) {
    return new Relation(
        near.target(),
        far.target(),
        Cardinality.MANY_TO_MANY,
        near.targetColumns(),
        far.targetColumns(),
        near.name(),
        false,
        new Junction(junction.name(), near, far));
  }

  private static boolean joins(Table table, ForeignKey near, ForeignKey far) {
    return table.primaryKey().containsAll(near.columns())
        && table.primaryKey().containsAll(far.columns());
  }

  private static boolean isUnique(Table table, List<String> columns) {
    Set<String> wanted = new HashSet<>(columns);
    if (wanted.equals(new HashSet<>(table.primaryKey()))) return true;
    for (Table.Unique unique : table.uniques())
      if (wanted.equals(new HashSet<>(unique.columns()))) return true;
    return false;
  }
}
