package dev.mainstay.core.plan;

import dev.mainstay.core.model.Column;
import dev.mainstay.core.model.ColumnType;
import dev.mainstay.core.model.Fill;
import dev.mainstay.core.model.ForeignKey;
import dev.mainstay.core.model.Function;
import dev.mainstay.core.model.Policy.Action;
import dev.mainstay.core.model.Relation;
import dev.mainstay.core.model.Table;
import dev.mainstay.core.model.TableName;
import dev.mainstay.core.policy.Guard;
import dev.mainstay.core.problem.ProblemException;
import dev.mainstay.core.query.Filter;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Finds what a caller may name and do. What no policy speaks for is left out, and so is everything
/// that would lead to it.
final class VisibleFinder {
  private final Sight sight;
  private final RelationFinder relations;

  VisibleFinder(Sight sight) {
    this.sight = sight;
    this.relations = new RelationFinder(sight);
  }

  Visible in(String schema) {
    List<Visible.Table> tables = new ArrayList<>();
    for (Table table : sight.catalog().model().tables())
      if (table.name().schema().equals(schema) && sees(table)) tables.add(table(table));
    List<Visible.Function> functions = new ArrayList<>();
    for (Function function : sight.catalog().model().functions())
      if (function.name().schema().equals(schema)
          && sight.inReach(schema)
          && sight.mayCall(function)) functions.add(function(function, tables));
    return new Visible(tables, functions);
  }

  private static Visible.Function function(Function function, List<Visible.Table> tables) {
    return new Visible.Function(
        function.name().name(),
        function.comment(),
        function.writes(),
        function.arguments(),
        answer(function, tables));
  }

  private static Visible.Answer answer(Function function, List<Visible.Table> tables) {
    boolean several = function.returnsSet();
    return switch (function.result()) {
      case Function.Result.Nothing _ -> new Visible.Answer.Nothing();
      case Function.Result.Scalar(ColumnType type, Function.Amount _) ->
          new Visible.Answer.Value(type, several);
      case Function.Result.Rows(Function.RowType.Own(List<Column> own), Function.Amount _) -> {
        List<Visible.Column> columns = new ArrayList<>();
        for (Column column : own) columns.add(own(column));
        yield new Visible.Answer.Rows(columns, several);
      }
      case Function.Result.Rows(Function.RowType.Of(TableName of), Function.Amount _) -> {
        for (Visible.Table table : tables)
          if (of.schema().equals(function.name().schema())
              && table.name().equals(of.name())
              && table.may(Action.READ)) yield new Visible.Answer.RowsOf(table, several);
        yield new Visible.Answer.Rows(List.of(), several);
      }
    };
  }

  private static Visible.Column own(Column column) {
    return new Visible.Column(
        column.name(),
        column.type(),
        column.nullable(),
        column.fill(),
        false,
        null,
        false,
        column.comment());
  }

  private boolean sees(Table table) {
    return sight.inReach(table.name().schema()) && !actions(table).isEmpty();
  }

  private boolean sees(TableName from, TableName name) {
    Table table = sight.catalog().table(name);
    return table != null && name.schema().equals(from.schema()) && sees(table);
  }

  /// An update or a delete finds no row that cannot be read.
  private Set<Action> actions(Table table) {
    Guard guard = sight.guard(table);
    Set<Action> actions = EnumSet.noneOf(Action.class);
    boolean reads = mayHold(guard.read());
    if (reads) actions.add(Action.READ);
    if (mayHold(guard.insert())) actions.add(Action.INSERT);
    if (reads && mayHold(guard.updateOld()) && mayHold(guard.updateNew()))
      actions.add(Action.UPDATE);
    if (reads && mayHold(guard.delete())) actions.add(Action.DELETE);
    actions.removeIf(action -> !table.allows(action));
    return actions;
  }

  private static boolean mayHold(Filter filter) {
    return !filter.equals(Filter.FALSE);
  }

  private Visible.Table table(Table table) {
    List<Relation> seen = new ArrayList<>();
    for (Relation relation : sight.relationsFrom(table)) if (leads(relation)) seen.add(relation);
    List<Visible.Column> columns = new ArrayList<>();
    for (Column column : sight.columns(table)) columns.add(column(table, column, seen));
    List<Visible.Reference> references = new ArrayList<>();
    for (Relation relation : seen) if (relation.keyHere()) references.add(reference(relation));
    List<Visible.Document> documents = new ArrayList<>();
    for (Table.Search search : table.searches())
      if (sight.document(table, search.name()) != null)
        documents.add(new Visible.Document(search.name(), search.columns(), search.language()));
    List<Visible.Embed> embeds = new ArrayList<>();
    for (Relation relation : seen) {
      Visible.Embed embed = embed(table, relation);
      if (embed != null) embeds.add(embed);
    }
    return new Visible.Table(
        table.name().name(),
        table.comment(),
        table.isView(),
        columns,
        references,
        documents,
        embeds,
        actions(table));
  }

  private boolean leads(Relation relation) {
    Relation.Junction junction = relation.junction();
    return sees(relation.from(), relation.to())
        && (junction == null || sees(relation.from(), junction.table()));
  }

  private Visible.Column column(Table table, Column column, List<Relation> relations) {
    return new Visible.Column(
        column.name(),
        column.type(),
        column.nullable(),
        column.fill(),
        table.primaryKey().contains(column.name()),
        target(column, relations),
        isWritten(table) && sight.mayWrite(column) && mayBeGiven(column.fill()),
        column.comment());
  }

  private static boolean isWritten(Table table) {
    return table.allows(Action.INSERT) || table.allows(Action.UPDATE);
  }

  private static Visible.Reference reference(Relation relation) {
    return new Visible.Reference(
        relation.constraint(),
        relation.columns(),
        relation.to().name(),
        relation.targetColumns(),
        relation.cardinality() == Relation.Cardinality.ONE_TO_ONE);
  }

  private static Visible.@Nullable Target target(Column column, List<Relation> relations) {
    for (Relation relation : relations)
      if (relation.keyHere() && relation.columns().equals(List.of(column.name())))
        return new Visible.Target(relation.to().name(), relation.targetColumns().getFirst());
    return null;
  }

  private static boolean mayBeGiven(Fill fill) {
    return switch (fill) {
      case Fill.Generated _, Fill.Computed _ -> false;
      case Fill.Identity(boolean always) -> !always;
      case Fill.Nothing _,
          Fill.Literal _,
          Fill.Now _,
          Fill.RandomUuid _,
          Fill.OrderedUuid _,
          Fill.AuthUid _,
          Fill.Existing _ ->
          true;
    };
  }

  /// The first way to name the relation that means it and no other, if there is one.
  private Visible.@Nullable Embed embed(Table table, Relation relation) {
    String target = relation.to().name();
    if (means(table, relation, target, null)) return embed(relation, target, null);
    for (String hint : hints(relation))
      if (means(table, relation, target, hint)) return embed(relation, target, hint);
    String column = relation.columns().getFirst();
    return means(table, relation, column, null) ? embed(relation, column, null) : null;
  }

  private static List<String> hints(Relation relation) {
    Relation.Junction junction = relation.junction();
    if (junction == null) {
      List<String> columns = relation.keyHere() ? relation.columns() : relation.targetColumns();
      return List.of(columns.getFirst(), relation.constraint());
    }
    ForeignKey near = junction.near();
    return List.of(junction.table().name(), near.columns().getFirst(), near.name());
  }

  private boolean means(Table table, Relation relation, String name, @Nullable String hint) {
    try {
      return relations.find(table, name, hint).equals(relation);
    } catch (ProblemException _) {
      return false;
    }
  }

  private static Visible.Embed embed(Relation relation, String name, @Nullable String hint) {
    return new Visible.Embed(name, hint, relation.to().name(), relation.cardinality());
  }
}
