package dev.mainstay.core.model;

import dev.mainstay.core.model.Change.AccessChanged;
import dev.mainstay.core.model.Change.CheckAdded;
import dev.mainstay.core.model.Change.CheckRemoved;
import dev.mainstay.core.model.Change.ColumnAdded;
import dev.mainstay.core.model.Change.ColumnRemoved;
import dev.mainstay.core.model.Change.ColumnsMoved;
import dev.mainstay.core.model.Change.CommentChanged;
import dev.mainstay.core.model.Change.EnumAdded;
import dev.mainstay.core.model.Change.EnumRemoved;
import dev.mainstay.core.model.Change.FillChanged;
import dev.mainstay.core.model.Change.ForeignKeyAdded;
import dev.mainstay.core.model.Change.ForeignKeyRemoved;
import dev.mainstay.core.model.Change.FunctionAdded;
import dev.mainstay.core.model.Change.FunctionChanged;
import dev.mainstay.core.model.Change.FunctionRemoved;
import dev.mainstay.core.model.Change.IndexAdded;
import dev.mainstay.core.model.Change.IndexRemoved;
import dev.mainstay.core.model.Change.LabelsChanged;
import dev.mainstay.core.model.Change.NullabilityChanged;
import dev.mainstay.core.model.Change.Part;
import dev.mainstay.core.model.Change.PartRenamed;
import dev.mainstay.core.model.Change.PoliciesChanged;
import dev.mainstay.core.model.Change.PrimaryKeyChanged;
import dev.mainstay.core.model.Change.RelationsChanged;
import dev.mainstay.core.model.Change.RoleAdded;
import dev.mainstay.core.model.Change.RoleRemoved;
import dev.mainstay.core.model.Change.SearchAdded;
import dev.mainstay.core.model.Change.SearchRemoved;
import dev.mainstay.core.model.Change.SeedsChanged;
import dev.mainstay.core.model.Change.SuppliedFillChanged;
import dev.mainstay.core.model.Change.TableAdded;
import dev.mainstay.core.model.Change.TableRemoved;
import dev.mainstay.core.model.Change.TypeChanged;
import dev.mainstay.core.model.Change.UniqueAdded;
import dev.mainstay.core.model.Change.UniqueRemoved;
import dev.mainstay.core.model.Change.ViewChanged;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.function.BiFunction;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;

/// Finds what changes from one model to the next, in the order of the model. Things are the same
/// when their names are, or when the next model says what a table or a column was called before.
public final class ModelDiff {
  private final List<Change> changes = new ArrayList<>();

  private ModelDiff() {}

  /// Every change; none at all means that the models differ in the order of things at most.
  public static List<Change> between(Model before, Model after) {
    var diff = new ModelDiff();
    Renaming.Renamed renamed = Renaming.of(before, after.renames());
    diff.changes.addAll(renamed.changes());
    diff.all(renamed.model(), after);
    return List.copyOf(diff.changes);
  }

  /// The model before, with the names that the one after has for what it says was called otherwise.
  public static Model renamed(Model before, Model after) {
    return Renaming.of(before, after.renames()).model();
  }

  private void all(Model before, Model after) {
    roles(before, after);
    enums(before, after);
    for (Table table : before.tables())
      if (same(table, after.table(table.name())) == null) changes.add(new TableRemoved(table));
    for (Table table : after.tables()) {
      Table old = same(table, before.table(table.name()));
      if (old == null) changes.add(new TableAdded(table));
      else table(old, table);
    }
    functions(before, after);
  }

  /// The other one when both are tables or both views.
  private static @Nullable Table same(Table table, @Nullable Table other) {
    return other != null && other.isView() == table.isView() ? other : null;
  }

  private void roles(Model before, Model after) {
    for (Role role : before.roles())
      if (after.role(role.name()) == null) changes.add(new RoleRemoved(role));
    for (Role role : after.roles())
      if (before.role(role.name()) == null) changes.add(new RoleAdded(role));
  }

  private void functions(Model before, Model after) {
    for (Function function : before.functions())
      if (after.function(function.signature()) == null) changes.add(new FunctionRemoved(function));
    for (Function function : after.functions()) {
      Function old = before.function(function.signature());
      if (old == null) changes.add(new FunctionAdded(function));
      else if (!ModelText.of(old).equals(ModelText.of(function)))
        changes.add(new FunctionChanged(old, function));
    }
  }

  private void enums(Model before, Model after) {
    for (ColumnType.Enumerated type : before.enums())
      if (named(after.enums(), type) == null) changes.add(new EnumRemoved(type));
    for (ColumnType.Enumerated type : after.enums()) {
      ColumnType.Enumerated old = named(before.enums(), type);
      if (old == null) changes.add(new EnumAdded(type));
      else if (!old.equals(type)) changes.add(new LabelsChanged(old, type));
    }
  }

  private static ColumnType.@Nullable Enumerated named(
      List<ColumnType.Enumerated> enums, ColumnType.Enumerated like) {
    for (ColumnType.Enumerated type : enums) if (type.name().equals(like.name())) return type;
    return null;
  }

  private void table(Table before, Table after) {
    TableName name = after.name();
    if (after.isView()) view(before, after);
    else stored(name, before, after);
    for (Column column : after.columns()) {
      Column old = before.column(column.name());
      if (old != null) seen(name, old, column);
    }
    if (!policies(before).equals(policies(after))) changes.add(new PoliciesChanged(name));
    if (!Objects.equals(before.comment(), after.comment()))
      changes.add(new CommentChanged(name, null));
    if (!files(before).equals(files(after))) changes.add(new SeedsChanged(name));
  }

  private void view(Table before, Table after) {
    if (!before.origin().equals(after.origin()) || !shape(before).equals(shape(after)))
      changes.add(new ViewChanged(before, after));
    if (!before.primaryKey().equals(after.primaryKey())
        || !before.foreignKeys().equals(after.foreignKeys()))
      changes.add(new RelationsChanged(after.name()));
  }

  private static List<Object> shape(Table view) {
    var shape = new ArrayList<Object>();
    for (Column column : view.columns())
      shape.add(List.of(column.name(), column.type(), column.nullable()));
    return shape;
  }

  private void stored(TableName name, Table before, Table after) {
    for (Column column : before.columns())
      if (after.column(column.name()) == null) changes.add(new ColumnRemoved(name, column));
    for (Column column : after.columns()) {
      Column old = before.column(column.name());
      if (old == null) changes.add(new ColumnAdded(name, column));
      else column(name, old, column);
    }
    if (!commonOrder(before, after).equals(commonOrder(after, before)))
      changes.add(new ColumnsMoved(name));
    if (!before.primaryKey().equals(after.primaryKey()))
      changes.add(new PrimaryKeyChanged(name, before.primaryKey(), after.primaryKey()));
    parts(
        new Kind<>(name, Part.UNIQUE, Table.Unique::name, UniqueRemoved::new, UniqueAdded::new),
        before.uniques(),
        after.uniques(),
        (a, b) -> a.columns().equals(b.columns()));
    foreignKeys(name, before, after);
    parts(
        new Kind<>(name, Part.CHECK, Table.Check::name, CheckRemoved::new, CheckAdded::new),
        before.checks(),
        after.checks(),
        (a, b) -> a.condition().text().equals(b.condition().text()));
    parts(
        new Kind<>(name, Part.INDEX, Index::name, IndexRemoved::new, IndexAdded::new),
        before.indexes(),
        after.indexes(),
        ModelDiff::sameIndex);
    parts(
        new Kind<>(name, Part.SEARCH, Table.Search::name, SearchRemoved::new, SearchAdded::new),
        before.searches(),
        after.searches(),
        (a, b) -> a.columns().equals(b.columns()) && a.language().equals(b.language()));
  }

  private void foreignKeys(TableName name, Table before, Table after) {
    parts(
        new Kind<>(
            name, Part.FOREIGN_KEY, ForeignKey::name, ForeignKeyRemoved::new, ForeignKeyAdded::new),
        before.foreignKeys(),
        after.foreignKeys(),
        ModelDiff::sameKey);
    for (ForeignKey key : after.foreignKeys())
      for (ForeignKey old : before.foreignKeys())
        if (sameKey(old, key) && !sameRelations(old, key)) changes.add(new RelationsChanged(name));
  }

  /// Parts of one kind, and how a change of one is told.
  private record Kind<T>(
      TableName table,
      Part part,
      java.util.function.Function<T, String> name,
      BiFunction<TableName, T, Change> removed,
      BiFunction<TableName, T, Change> added) {
    boolean has(List<T> parts, T like, BiPredicate<T, T> same) {
      return parts.stream()
          .anyMatch(part -> name.apply(part).equals(name.apply(like)) && same.test(part, like));
    }
  }

  /// @param same whether two are the same but for their names
  private <T> void parts(Kind<T> kind, List<T> before, List<T> after, BiPredicate<T, T> same) {
    var gone = new ArrayList<T>(before);
    gone.removeIf(old -> kind.has(after, old, same));
    var fresh = new ArrayList<T>(after);
    fresh.removeIf(part -> kind.has(before, part, same));
    for (T part : List.copyOf(fresh)) {
      T old = gone.stream().filter(other -> same.test(other, part)).findFirst().orElse(null);
      if (old == null) continue;
      gone.remove(old);
      fresh.remove(part);
      changes.add(
          new PartRenamed(kind.table, kind.part, kind.name.apply(old), kind.name.apply(part)));
    }
    for (T old : gone) changes.add(kind.removed.apply(kind.table, old));
    for (T part : fresh) changes.add(kind.added.apply(kind.table, part));
  }

  private void column(TableName table, Column before, Column after) {
    if (!sameType(before.type(), after.type())) changes.add(new TypeChanged(table, before, after));
    if (before.nullable() != after.nullable())
      changes.add(new NullabilityChanged(table, before, after));
    if (before.fill().equals(after.fill())) return;
    boolean supplied = isSupplied(before.fill()) && isSupplied(after.fill());
    changes.add(
        supplied
            ? new SuppliedFillChanged(table, before, after)
            : new FillChanged(table, before, after));
  }

  private void seen(TableName table, Column before, Column after) {
    if (!before.hiddenFrom().equals(after.hiddenFrom())
        || !before.readOnlyFor().equals(after.readOnlyFor()))
      changes.add(new AccessChanged(table, before, after));
    if (!Objects.equals(before.comment(), after.comment()))
      changes.add(new CommentChanged(table, after.name()));
  }

  /// Labels are the enum's own change.
  private static boolean sameType(ColumnType a, ColumnType b) {
    return switch (a) {
      case ColumnType.Enumerated(String _, String name, var _) ->
          b instanceof ColumnType.Enumerated other && other.name().equals(name);
      case ColumnType.ArrayOf(ColumnType element) ->
          b instanceof ColumnType.ArrayOf other && sameType(element, other.element());
      default -> a.equals(b);
    };
  }

  /// Whether the database has no default of its own for it.
  private static boolean isSupplied(Fill fill) {
    return switch (fill) {
      case Fill.Nothing _, Fill.OrderedUuid _, Fill.AuthUid _ -> true;
      case Fill.Literal _,
          Fill.Now _,
          Fill.RandomUuid _,
          Fill.Identity _,
          Fill.Generated _,
          Fill.Existing _,
          Fill.Computed _ ->
          false;
    };
  }

  /// What the database keeps of a foreign key is the same; its relations may have other names.
  private static boolean sameKey(ForeignKey a, ForeignKey b) {
    return a.columns().equals(b.columns())
        && a.target().equals(b.target())
        && a.targetColumns().equals(b.targetColumns())
        && a.onDelete() == b.onDelete()
        && a.onUpdate() == b.onUpdate();
  }

  private static boolean sameRelations(ForeignKey a, ForeignKey b) {
    return a.forward().equals(b.forward()) && a.backward().equals(b.backward());
  }

  private static boolean sameIndex(Index a, Index b) {
    String aWhere = a.where() == null ? null : a.where().text();
    String bWhere = b.where() == null ? null : b.where().text();
    return a.unique() == b.unique()
        && a.parts().equals(b.parts())
        && Objects.equals(aWhere, bWhere);
  }

  private static List<String> commonOrder(Table table, Table other) {
    var names = new ArrayList<String>();
    for (Column column : table.columns())
      if (other.column(column.name()) != null) names.add(column.name());
    return names;
  }

  private static List<Object> policies(Table table) {
    var policies = new ArrayList<Object>();
    for (Policy policy : table.policies())
      policies.add(
          List.of(policy.action(), new HashSet<>(policy.roles()), policy.condition().text()));
    return policies;
  }

  private static List<String> files(Table table) {
    return table.seeds().stream().map(Table.Seed::file).toList();
  }
}
