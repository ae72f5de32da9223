package dev.mainstay.core.read;

import dev.mainstay.core.model.Column;
import dev.mainstay.core.model.Fill;
import dev.mainstay.core.model.ForeignKey;
import dev.mainstay.core.model.Index;
import dev.mainstay.core.model.Policy;
import dev.mainstay.core.model.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Makes tables of drafts: looks up the names in them, checks what can only be checked with all of
/// them at hand, and names what was given no name.
final class Resolver {
  /// MariaDB's limit for the columns of a key; PostgreSQL has 32.
  private static final int MOST_KEY_COLUMNS = 16;

  private final Scope scope;
  private final List<Draft> drafts;
  private final ConstraintNames names;

  Resolver(Scope scope, List<Draft> drafts) {
    this.scope = scope;
    this.drafts = drafts;
    this.names = new ConstraintNames(scope);
  }

  static void unknownColumn(Scope scope, Draft draft, Name name) {
    scope.faults.addNear(
        name.position(),
        "'" + draft.title() + "' has no column '" + name + "'",
        name.text(),
        draft.columns.keySet());
  }

  List<Table> tables() {
    List<Link> links = new Linker(scope, drafts).links();
    var relations = new RelationNames(scope, drafts);
    links.forEach(relations::take);
    for (Draft draft : drafts) {
      fills(draft);
      keys(draft);
      names.take(draft.name);
    }
    takeGivenNames(links);
    var tables = new ArrayList<Table>();
    for (Draft draft : drafts)
      tables.add(table(draft, links.stream().filter(link -> link.from() == draft).toList()));
    return tables;
  }

  private void fills(Draft draft) {
    for (Draft.Column column : draft.columns.values())
      if (column.defaulted != null && column.type != null)
        column.fill = new FillReader(scope).read(column.defaulted, column.type);
  }

  private void keys(Draft draft) {
    Draft.Key key = draft.primaryKey;
    if (key != null) {
      columns(draft, key.columns(), "primary key");
      for (Name name : key.columns()) {
        Draft.Column column = draft.columns.get(name.text());
        if (column == null || draft.isView()) continue;
        if (column.nullable)
          scope.faults.add(
              name.position(), "'" + name + "' is part of the primary key, so never null");
        if (column.fill instanceof Fill.Generated)
          scope.faults.add(
              name.position(), "'" + name + "' is generated, so no primary key on SQLite");
      }
    } else if (!draft.isView() && draft.keyless && !draft.columns.isEmpty()) {
      scope.faults.add(
          draft.position,
          "table '" + draft.title() + "' has no primary key",
          "add primary_key: true to a column, or primary_key: [a, b] beside 'columns'");
    }
    for (Draft.Key unique : draft.uniques) columns(draft, unique.columns(), "unique constraint");
    for (Draft.IndexOf index : draft.indexes)
      columns(draft, index.parts().stream().map(Draft.IndexOf.Part::column).toList(), "index");
  }

  private void columns(Draft draft, List<Name> columns, String what) {
    for (Name name : columns)
      if (!draft.columns.containsKey(name.text())) unknownColumn(scope, draft, name);
    if (columns.size() > MOST_KEY_COLUMNS)
      scope.faults.add(
          columns.getFirst().position(),
          columns.size() + " columns are too many for a " + what,
          "it may have " + MOST_KEY_COLUMNS);
  }

  /// Names the user chose go first, so that made ones keep out of their way.
  private void takeGivenNames(List<Link> links) {
    for (Draft draft : drafts) {
      for (Draft.Key unique : draft.uniques)
        if (unique.name() != null) names.ofIndex(draft.name, unique.name());
      for (Draft.IndexOf index : draft.indexes)
        if (index.name() != null) names.ofIndex(draft.name, index.name());
    }
    for (Link link : links)
      if (link.written().name() != null)
        names.ofConstraint(link.from().name, link.written().name());
  }

  private Table table(Draft draft, List<Link> links) {
    var columns = new ArrayList<Column>();
    for (Draft.Column column : draft.columns.values())
      if (column.type != null)
        columns.add(
            new Column(
                column.name.text(),
                column.type,
                column.nullable,
                column.fill,
                column.hiddenFrom,
                column.readOnlyFor,
                column.comment));
    Set<String> sound = columns.stream().map(Column::name).collect(Collectors.toSet());
    List<String> primaryKey =
        draft.primaryKey == null ? List.of() : known(draft.primaryKey.columns(), sound);
    if (!primaryKey.isEmpty() && !draft.isView()) names.ofIndex(draft.name, List.of(), "pkey");
    return new Table(
        draft.name,
        draft.origin,
        columns,
        primaryKey,
        uniques(draft, sound),
        links.stream().map(this::foreignKey).toList(),
        checks(draft),
        indexes(draft, sound),
        DocumentReader.resolved(scope, draft),
        policies(draft),
        draft.seeds,
        draft.comment,
        draft.position);
  }

  private static List<String> known(List<Name> columns, Set<String> sound) {
    List<String> names = columns.stream().map(Name::text).toList();
    return sound.containsAll(names) ? names : List.of();
  }

  private List<Table.Unique> uniques(Draft draft, Set<String> sound) {
    var uniques = new ArrayList<Table.Unique>();
    for (Draft.Key key : draft.uniques) {
      List<String> columns = known(key.columns(), sound);
      if (columns.isEmpty()) continue;
      String name = given(key.name());
      uniques.add(
          new Table.Unique(
              name == null ? names.ofIndex(draft.name, columns, "key") : name, columns));
    }
    return uniques;
  }

  private ForeignKey foreignKey(Link link) {
    String name = given(link.written().name());
    return new ForeignKey(
        name == null ? names.ofConstraint(link.from().name, link.columns(), "fkey") : name,
        link.columns(),
        link.target().name,
        link.targetColumns(),
        link.written().onDelete(),
        link.written().onUpdate(),
        link.forward(),
        link.backward());
  }

  private List<Table.Check> checks(Draft draft) {
    var checks = new ArrayList<Table.Check>();
    for (Draft.Condition check : draft.checks) {
      String name = names.ofConstraint(draft.name, List.of(check.name().text()), "check");
      if (!scope.isBroken(check.cel())) checks.add(new Table.Check(name, check.cel()));
    }
    return checks;
  }

  private List<Index> indexes(Draft draft, Set<String> sound) {
    var indexes = new ArrayList<Index>();
    for (Draft.IndexOf index : draft.indexes) {
      List<String> columns =
          known(index.parts().stream().map(Draft.IndexOf.Part::column).toList(), sound);
      if (columns.isEmpty() || (index.where() != null && scope.isBroken(index.where()))) continue;
      String name = given(index.name());
      indexes.add(
          new Index(
              name == null ? names.ofIndex(draft.name, columns, "idx") : name,
              index.resolved(),
              index.unique(),
              index.where()));
    }
    return indexes;
  }

  private List<Policy> policies(Draft draft) {
    return draft.policies.stream().filter(policy -> !scope.isBroken(policy.condition())).toList();
  }

  private static @Nullable String given(@Nullable Name name) {
    return name == null ? null : name.text();
  }
}
