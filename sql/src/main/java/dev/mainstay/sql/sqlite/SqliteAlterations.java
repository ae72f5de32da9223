package dev.mainstay.sql.sqlite;

import dev.mainstay.core.model.Change;
import dev.mainstay.core.model.Column;
import dev.mainstay.core.model.ColumnType;
import dev.mainstay.core.model.Fill;
import dev.mainstay.core.model.Index;
import dev.mainstay.core.model.SqlText;
import dev.mainstay.core.model.Table;
import dev.mainstay.core.model.TableName;
import dev.mainstay.core.query.Value;
import dev.mainstay.sql.Alterations;
import dev.mainstay.sql.Installation;
import dev.mainstay.sql.Schema;
import dev.mainstay.sql.Sql;
import dev.mainstay.sql.Step;
import dev.mainstay.sql.Transition;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// SQLite changes a table by making it anew: a table whose text is not the model's is copied into
/// one whose text is. All of it is one transaction, during which nobody else writes.
public final class SqliteAlterations implements Alterations {
  private final SqliteDdl ddl = new SqliteDdl();

  @Override
  public Alteration of(Transition transition, Installation database) {
    Writing writing = new Writing(transition, database, ddl);
    return new Alteration(writing.steps(), writing.losses());
  }

  /// The steps of one transition as they are put together.
  private static final class Writing {
    private final Transition transition;
    private final Installation database;
    private final SqliteDdl ddl;
    private final List<Step> steps = new ArrayList<>();

    /// Tables to be copied, and what their copies are called until the old ones are gone.
    private final Map<Table, String> copies = new LinkedHashMap<>();

    private final List<Table> fresh = new ArrayList<>();
    private final Map<String, Long> counted = new HashMap<>();

    Writing(Transition transition, Installation database, SqliteDdl ddl) {
      this.transition = transition;
      this.database = database;
      this.ddl = ddl;
      for (Table table : transition.after().tables()) if (!table.isView()) sort(table);
    }

    private void sort(Table table) {
      String was = SqliteDialect.plainName(transition.formerly(table.name()));
      String found = text("table", was);
      if (found == null || transition.formerly(table) == null) fresh.add(table);
      else if (!found.equals(made(table, quoted(table.name()))) || isConverted(table))
        copies.put(table, "mainstay.copy." + (copies.size() + 1));
    }

    /// Types may differ where the text does not: a decimal has another scale.
    private boolean isConverted(Table table) {
      return transition.changes().stream()
          .anyMatch(
              change ->
                  change instanceof Change.TypeChanged(TableName of, var _, var _)
                      && of.equals(table.name()));
    }

    List<Step> steps() {
      dropViews();
      dropDocuments();
      copies.forEach(this::copy);
      for (Table table : transition.before().tables()) if (!table.isView()) drop(table);
      copies.forEach(
          (table, copy) ->
              add("ALTER TABLE %s RENAME TO %s".formatted(name(copy), quoted(table.name())), 0));
      for (Table table : fresh) add(made(table, quoted(table.name())), 0);
      for (Table table : transition.after().tables()) indexes(table);
      for (Table table : transition.after().tables()) documents(table);
      makeViews();
      return steps;
    }

    // ── what others have added ──

    /// What goes with the old table when it is copied.
    List<String> losses() {
      List<String> losses = new ArrayList<>();
      for (Table table : copies.keySet()) {
        Table was = Objects.requireNonNull(transition.formerly(table));
        String old = SqliteDialect.plainName(was.name());
        for (String column : database.columns(was.name())) {
          if (was.column(column) != null || isTaken(table, column)) continue;
          long values = count("SELECT count(%s) FROM %s".formatted(name(column), name(old)));
          if (values > 0)
            losses.add(
                "column %s.%s, which somebody else has added: %,d value%s"
                    .formatted(old, column, values, values == 1 ? "" : "s"));
        }
        for (Schema.Thing thing : transition.found().things())
          if (thing.of().equals(old) && !thing.kind().equals("table") && !isOurs(thing, was, table))
            losses.add(
                "%s %s of %s, which somebody else has added"
                    .formatted(thing.kind(), thing.name(), old));
      }
      return losses;
    }

    /// Whether the copy has the column, too.
    private boolean isTaken(Table table, String column) {
      return table.columns().stream()
          .anyMatch(c -> transition.formerly(table.name(), c.name()).equals(column));
    }

    private static boolean isOurs(Schema.Thing thing, Table was, Table table) {
      return Stream.of(was, table)
          .anyMatch(
              each ->
                  each.indexes().stream().anyMatch(index -> index.name().equals(thing.name()))
                      || each.searches().stream()
                          .anyMatch(
                              search -> Documents.triggers(each, search).contains(thing.name())));
    }

    // ── tables ──

    private void copy(Table table, String copy) {
      String old = SqliteDialect.plainName(transition.formerly(table.name()));
      long rows = rows(old);
      Set<String> there = database.columns(transition.formerly(table.name()));
      add(made(table, name(copy)), 0);
      List<String> names = new ArrayList<>();
      List<String> values = new ArrayList<>();
      for (Column column : table.columns()) {
        if (column.fill() instanceof Fill.Generated) continue;
        String value = value(table, column, there);
        if (value == null) continue;
        names.add(name(column.name()));
        values.add(value);
      }
      if (names.isEmpty()) {
        // As many rows as there were, though nothing of them is left.
        Column filled =
            table.columns().stream()
                .filter(column -> !(column.fill() instanceof Fill.Generated))
                .findFirst()
                .orElseThrow();
        names.add(name(filled.name()));
        values.add(new SqliteDialect().fresh(filled).text());
      }
      add(
          "INSERT INTO %s (%s) SELECT %s FROM %s"
              .formatted(
                  name(copy), String.join(", ", names), String.join(", ", values), name(old)),
          rows);
      if (table.columns().stream().anyMatch(c -> c.fill() instanceof Fill.Identity))
        goOn(copy, old);
    }

    /// The numbers of a copy go on where those of the table stood.
    private void goOn(String copy, String old) {
      add(
          "INSERT INTO sqlite_sequence (name, seq) SELECT %1$s, 0 WHERE NOT EXISTS (SELECT 1 FROM sqlite_sequence WHERE name = %1$s)"
              .formatted(SqliteDialect.text(copy)),
          0);
      add(
          "UPDATE sqlite_sequence SET seq = max(seq, coalesce((SELECT seq FROM sqlite_sequence WHERE name = %s), 0)) WHERE name = %s"
              .formatted(SqliteDialect.text(old), SqliteDialect.text(copy)),
          0);
    }

    /// What a column of the copy is made of, or null when it takes its fill.
    private @Nullable String value(Table table, Column column, Set<String> there) {
      String was = transition.formerly(table.name(), column.name());
      if (there.contains(was)) {
        Column before = transition.formerly(table, column);
        return before == null ? name(was) : Copies.converted(before, column);
      }
      return column.fill() instanceof Fill.OrderedUuid ? Copies.ORDERED_UUID : null;
    }

    private void drop(Table table) {
      boolean isCopied =
          copies.keySet().stream()
              .anyMatch(copy -> transition.formerly(copy.name()).equals(table.name()));
      boolean isKept =
          transition.after().tables().stream()
              .anyMatch(
                  other ->
                      !other.isView() && transition.formerly(other.name()).equals(table.name()));
      String name = SqliteDialect.plainName(table.name());
      if ((isCopied || !isKept) && text("table", name) != null)
        add("DROP TABLE " + name(name), rows(name));
    }

    private boolean isMadeAnew(Table table) {
      return copies.containsKey(table) || fresh.contains(table);
    }

    // ── indexes ──

    private void indexes(Table table) {
      if (table.isView()) return;
      Table was = transition.formerly(table);
      if (!isMadeAnew(table) && was != null)
        for (Index index : was.indexes())
          if (table.indexes().stream().noneMatch(other -> other.name().equals(index.name()))
              && text("index", index.name()) != null) add("DROP INDEX " + name(index.name()), 0);
      for (Index index : table.indexes()) {
        String made = ddl.index(table.name(), index, transition.after(), transition.rules());
        String found = isMadeAnew(table) ? null : text("index", index.name());
        if (made.equals(found)) continue;
        if (found != null) add("DROP INDEX " + name(index.name()), 0);
        add(made, rows(SqliteDialect.plainName(transition.formerly(table.name()))));
      }
    }

    // ── search documents ──

    private void dropDocuments() {
      for (Table was : transition.before().tables())
        for (Table.Search document : was.searches()) {
          Table table = keeping(was, document);
          String name = Documents.name(was, document);
          if (table != null || text("table", name) == null) continue;
          for (String trigger : Documents.triggers(was, document))
            add("DROP TRIGGER IF EXISTS " + name(trigger), 0);
          add("DROP TABLE " + name(name), 0);
        }
    }

    /// The table, untouched, that keeps a document it had before; or null.
    private @Nullable Table keeping(Table was, Table.Search document) {
      for (Table table : transition.after().tables())
        if (table.name().equals(was.name())
            && was.equals(transition.formerly(table))
            && !isMadeAnew(table)
            && table.searches().contains(document)) return table;
      return null;
    }

    private void documents(Table table) {
      Table was = transition.formerly(table);
      for (Table.Search document : table.searches()) {
        boolean isKept = was != null && table.equals(keeping(was, document));
        if (isKept && text("table", Documents.name(table, document)) != null) continue;
        for (String statement : Documents.ddl(table, document)) add(statement, 0);
        if (!fresh.contains(table))
          add(
              Documents.fill(table, document),
              rows(SqliteDialect.plainName(transition.formerly(table.name()))));
      }
    }

    // ── views ──

    private void dropViews() {
      for (Table view : transition.before().tables()) {
        if (!view.isView()) continue;
        String name = SqliteDialect.plainName(view.name());
        String found = text("view", name);
        if (found != null && !found.equals(viewed(transition.after().table(view.name()))))
          add("DROP VIEW " + name(name), 0);
      }
    }

    private void makeViews() {
      for (Table view : transition.after().tables()) {
        String made = viewed(view);
        if (made != null && !made.equals(text("view", SqliteDialect.plainName(view.name()))))
          add(made, 0);
      }
    }

    /// The text that makes the view; null when it is none.
    private @Nullable String viewed(@Nullable Table table) {
      return table != null && table.origin() instanceof Table.Origin.View(SqlText query)
          ? ddl.view(table.name(), query)
          : null;
    }

    // ── what there is ──

    private String made(Table table, String name) {
      return ddl.table(table, name, transition.after(), transition.rules());
    }

    private @Nullable String text(String kind, String name) {
      var thing = transition.found().thing(kind, name);
      return thing == null ? null : thing.definition();
    }

    private long rows(String table) {
      if (text("table", table) == null) return 0;
      return counted.computeIfAbsent(table, name -> count("SELECT count(*) FROM " + name(name)));
    }

    private long count(String query) {
      List<Value> row =
          database.values(Sql.raw(query), List.of(new ColumnType.Whole(64))).getFirst();
      return ((Value.Whole) row.getFirst()).value();
    }

    private void add(String statement, long rows) {
      steps.add(Step.together(statement, new Step.Wait.Writers("all tables"), rows));
    }

    private static String quoted(TableName table) {
      return name(SqliteDialect.plainName(table));
    }

    private static String name(String name) {
      return new SqliteDialect().quote(name).text();
    }
  }
}
