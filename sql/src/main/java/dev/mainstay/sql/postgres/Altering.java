package dev.mainstay.sql.postgres;

import dev.mainstay.core.model.Change;
import dev.mainstay.core.model.ColumnType;
import dev.mainstay.core.model.ForeignKey;
import dev.mainstay.core.model.Index;
import dev.mainstay.core.model.Model;
import dev.mainstay.core.model.SqlText;
import dev.mainstay.core.model.Table;
import dev.mainstay.core.model.TableName;
import dev.mainstay.sql.Installation;
import dev.mainstay.sql.Schema.Thing;
import dev.mainstay.sql.Sql;
import dev.mainstay.sql.Step;
import dev.mainstay.sql.Transition;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.UnaryOperator;

/// The steps of one transition as they are put together: what is there is compared, thing by thing,
/// with what would be there if the model were installed.
final class Altering {
  private static final String NOT_VALID = " NOT VALID";

  private final Transition transition;
  private final Installation database;
  private final PostgresDdl ddl = new PostgresDdl();
  private final long large;
  private final Model after;
  private final Standing standing;
  private final Sizes sizes;

  /// Enums that are made anew: a label cannot go, nor change its place.
  private final Set<String> newTypes = new LinkedHashSet<>();

  private final List<Table> fresh = new ArrayList<>();
  private final Map<TableName, TableChange> kept = new LinkedHashMap<>();
  private final List<Table> removed = new ArrayList<>();
  private final Parts parts;
  private final List<Step> steps = new ArrayList<>();

  /// @param large tables of more rows are changed beside the work of others where that can be
  Altering(Transition transition, Installation database, long large) {
    this.transition = transition;
    this.database = database;
    this.large = large;
    this.after = transition.after();
    this.standing = Standing.of(transition, database);
    this.sizes = new Sizes(database);
    sort();
    this.parts = new Parts(standing, kept, newTypes);
  }

  private void sort() {
    for (ColumnType.Enumerated type : after.enums()) {
      List<String> found = standing.labels(type);
      if (found != null && standing.had(type) && !Labels.isKept(found, type.labels()))
        newTypes.add(type.name());
    }
    for (Table table : after.tables()) {
      if (table.isView()) continue;
      Table was = standing.was(table);
      if (was == null || !standing.isThere(table)) fresh.add(table);
      else
        kept.put(
            table.name(), new TableChange(was, table, standing.now(), standing.goal(), newTypes));
    }
    for (Table table : standing.was().tables()) {
      Table now = after.table(table.name());
      if (!table.isView() && (now == null || now.isView()) && standing.isThere(table))
        removed.add(table);
    }
  }

  // ── the steps ──

  List<Step> steps() {
    Views views = new Views(transition, moving(), database);
    for (Table view : views.dropped()) quick("DROP VIEW " + name(view.name()), view.name());
    for (ColumnType.Enumerated type : after.enums()) labelsAdded(type);
    schemas();
    for (String statement : standing.renames().statements(UnaryOperator.identity()))
      together(statement, new Step.Wait.Everybody(renamedTitles()), 0);
    drops();
    types();
    for (Table table : fresh)
      together(ddl.table(table, after, transition.rules()), new Step.Wait.Nobody(), 0);
    kept.forEach(this::alter);
    oldTypes();
    for (Table table : after.tables()) if (!table.isView()) constraints(table);
    for (Table table : after.tables()) if (!table.isView()) indexes(table);
    for (Table table : after.tables()) if (!table.isView()) foreignKeys(table);
    for (Table view : views.made())
      if (view.origin() instanceof Table.Origin.View(SqlText query))
        together(ddl.view(view.name(), query), new Step.Wait.Nobody(), 0);
    comments(views);
    return steps;
  }

  /// The tables and types that views must not read while they change, by their names in the
  /// database.
  private Set<String> moving() {
    Set<String> moving = new HashSet<>();
    for (Change.TableRenamed table : standing.renames().tables())
      moving.add(table.before().toString());
    for (Change.ColumnRenamed column : standing.renames().columns())
      moving.add(standing.formerly(column.table()).toString());
    kept.forEach(
        (table, change) -> {
          if (change.isReshaped()) moving.add(standing.formerly(table).toString());
        });
    for (Table table : removed) moving.add(standing.formerly(table.name()).toString());
    for (String type : newTypes) moving.add("type " + TableName.DEFAULT_SCHEMA + "." + type);
    for (ColumnType.Enumerated type : standing.was().enums())
      if (isGone(type)) moving.add("type " + TableName.DEFAULT_SCHEMA + "." + type.name());
    return moving;
  }

  private String renamedTitles() {
    Set<String> titles = new LinkedHashSet<>();
    standing.renames().tables().forEach(table -> titles.add(table.after().title()));
    standing.renames().columns().forEach(column -> titles.add(column.table().title()));
    return String.join(" and ", titles);
  }

  private void schemas() {
    for (String schema : after.schemas()) {
      Sql query = Sql.raw("SELECT 1 FROM pg_namespace WHERE nspname = " + Types.text(schema));
      if (database.values(query, List.of(new ColumnType.Whole(32))).isEmpty())
        together("CREATE SCHEMA IF NOT EXISTS " + Types.quoted(schema), new Step.Wait.Nobody(), 0);
    }
  }

  private void drops() {
    parts.dropped().forEach(this::drop);
    if (!removed.isEmpty()) {
      List<String> names = removed.stream().map(table -> name(table.name())).toList();
      Set<String> titles = new LinkedHashSet<>();
      for (Table table : removed) titles.add(table.name().title());
      for (Table table : removed)
        for (ForeignKey key : table.foreignKeys()) titles.add(key.target().title());
      together(
          "DROP TABLE " + String.join(", ", names),
          new Step.Wait.Everybody(String.join(" and ", titles)),
          0);
    }
    parts.renamed().forEach(this::rename);
  }

  private void rename(Thing thing, Thing other) {
    TableName table = standing.table(thing.of()).name();
    String name = Types.quoted(other.name());
    quick(
        thing.kind().equals(Standing.INDEX)
            ? "ALTER INDEX %s RENAME TO %s"
                .formatted(name(new TableName(table.schema(), thing.name())), name)
            : "ALTER TABLE %s RENAME CONSTRAINT %s TO %s"
                .formatted(name(table), Types.quoted(thing.name()), name),
        table);
  }

  /// A foreign key is looked after by both of its tables.
  private void drop(Thing thing) {
    Table of = standing.table(thing.of());
    TableName table = of.name();
    Set<String> titles = new LinkedHashSet<>(List.of(table.title()));
    for (ForeignKey key : of.foreignKeys())
      if (thing.kind().equals(Standing.CONSTRAINT) && key.name().equals(thing.name()))
        titles.add(key.target().title());
    together(
        thing.kind().equals(Standing.INDEX)
            ? "DROP INDEX " + name(new TableName(table.schema(), thing.name()))
            : "ALTER TABLE %s DROP CONSTRAINT %s"
                .formatted(name(table), Types.quoted(thing.name())),
        new Step.Wait.Everybody(String.join(" and ", titles)),
        0);
  }

  private void alter(TableName table, TableChange change) {
    if (change.isEmpty()) return;
    together(
        change.statement(),
        new Step.Wait.Everybody(table.title()),
        change.takesLong() ? rows(table) : 0);
    for (String statement : change.afterwards()) quick(statement, table);
  }

  // ── enums ──

  private void labelsAdded(ColumnType.Enumerated type) {
    List<String> found = standing.labels(type);
    if (found == null || newTypes.contains(type.name())) return;
    for (String statement : Labels.added(found, type))
      steps.add(new Step(statement, Step.Moment.BEFORE, new Step.Wait.Nobody(), 0));
  }

  private void types() {
    for (ColumnType.Enumerated type : after.enums()) {
      if (newTypes.contains(type.name()))
        together(
            "ALTER TYPE %s RENAME TO %s"
                .formatted(Types.enumerated(type), Types.quoted(old(type.name()))),
            new Step.Wait.Nobody(),
            0);
      if (newTypes.contains(type.name()) || standing.labels(type) == null || !standing.had(type))
        together(PostgresDdl.type(type), new Step.Wait.Nobody(), 0);
    }
  }

  private void oldTypes() {
    for (String type : newTypes)
      together(
          "DROP TYPE " + name(TableName.inDefaultSchema(old(type))), new Step.Wait.Nobody(), 0);
    for (ColumnType.Enumerated type : standing.was().enums())
      if (isGone(type)) together("DROP TYPE " + Types.enumerated(type), new Step.Wait.Nobody(), 0);
  }

  private boolean isGone(ColumnType.Enumerated type) {
    return after.enums().stream().noneMatch(e -> e.name().equals(type.name()))
        && standing.labels(type) != null;
  }

  private static String old(String type) {
    return "mainstay.old." + Integer.toHexString(type.hashCode());
  }

  // ── what is made ──

  private boolean isMissing(String kind, Table table, String name) {
    return fresh.contains(table) || parts.isMissing(kind, table.name(), name);
  }

  private void constraints(Table table) {
    ddl.constraints(table, after, transition.rules())
        .forEach(
            (name, text) -> {
              TableName of = table.name();
              // What is new is made with them.
              if (fresh.contains(table)) return;
              if (isMissing(Standing.CONSTRAINT, table, name)) constraint(of, name, text);
              else if (parts.isUnproven(of, name)) validate(of, name);
            });
  }

  private void constraint(TableName table, String name, String text) {
    if (text.startsWith("CHECK") && isLarge(table)) {
      quick(ddl.constraint(table, name, text + NOT_VALID), table);
      validate(table, name);
    } else
      together(
          ddl.constraint(table, name, text), new Step.Wait.Everybody(table.title()), rows(table));
  }

  private void validate(TableName table, String name) {
    steps.add(
        new Step(
            "ALTER TABLE %s VALIDATE CONSTRAINT %s".formatted(name(table), Types.quoted(name)),
            Step.Moment.AFTER,
            new Step.Wait.Nobody(),
            rows(table)));
  }

  private void foreignKeys(Table table) {
    for (ForeignKey key : table.foreignKeys()) {
      String name = key.name();
      String text = Objects.requireNonNull(ddl.foreignKeys(table).get(name));
      TableName of = table.name();
      if (!isMissing(Standing.CONSTRAINT, table, name)) {
        if (parts.isUnproven(of, name)) validate(of, name);
        continue;
      }
      Set<String> titles = new LinkedHashSet<>(List.of(of.title(), key.target().title()));
      Step.Wait writers = new Step.Wait.Writers(String.join(" and ", titles));
      if (isLarge(of)) {
        together(ddl.constraint(of, name, text + NOT_VALID), writers, 0);
        validate(of, name);
      } else together(ddl.constraint(of, name, text), writers, rows(of));
    }
  }

  private void indexes(Table table) {
    for (Index index : table.indexes())
      index(table, index.name(), ddl.index(table.name(), index, after, transition.rules()));
    for (Thing index : standing.goal().things(Standing.INDEX, table.name().toString()))
      if (Standing.isOfDocument(table, index)) index(table, index.name(), index.definition());
  }

  private void index(Table table, String name, String text) {
    if (!isMissing(Standing.INDEX, table, name)) return;
    if (isLarge(table.name()))
      steps.add(
          new Step(
              text.replaceFirst(" INDEX ", " INDEX CONCURRENTLY IF NOT EXISTS "),
              Step.Moment.AFTER,
              new Step.Wait.Nobody(),
              rows(table.name())));
    else together(text, new Step.Wait.Writers(table.name().title()), rows(table.name()));
  }

  private void comments(Views views) {
    Remarks remarks = new Remarks(standing, database);
    for (Table table : after.tables()) {
      boolean isNew = fresh.contains(table) || views.made().contains(table);
      TableChange change = kept.get(table.name());
      Map<String, String> found =
          isNew
              ? Map.of()
              : remarks.found(table, column -> change == null || !change.drops(column));
      for (String statement : remarks.missing(table, found))
        together(statement, new Step.Wait.Nobody(), 0);
    }
  }

  // ── how long, and for whom ──

  private boolean isLarge(TableName table) {
    return rows(table) > large;
  }

  private long rows(TableName table) {
    return kept.containsKey(table) ? sizes.rows(standing.formerly(table)) : 0;
  }

  private void quick(String statement, TableName table) {
    together(statement, new Step.Wait.Everybody(table.title()), 0);
  }

  private void together(String statement, Step.Wait wait, long rows) {
    steps.add(Step.together(statement, wait, rows));
  }

  private static String name(TableName table) {
    return new PostgresDialect().table(table).text();
  }
}
