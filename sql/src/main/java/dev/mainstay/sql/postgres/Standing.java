package dev.mainstay.sql.postgres;

import dev.mainstay.core.model.Change;
import dev.mainstay.core.model.ColumnType;
import dev.mainstay.core.model.Model;
import dev.mainstay.core.model.ModelDiff;
import dev.mainstay.core.model.Table;
import dev.mainstay.core.model.TableName;
import dev.mainstay.core.policy.RuleCompiler;
import dev.mainstay.sql.Installation;
import dev.mainstay.sql.Schema;
import dev.mainstay.sql.Schema.Thing;
import dev.mainstay.sql.Transition;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What is there beside what is to be there, both under the names of the model after.
///
/// @param was the model before
/// @param after the model after
/// @param renames those that the database does not have yet
/// @param now what is there
/// @param goal what would be there if the model were installed
record Standing(Model was, Model after, Renames renames, Schema now, Schema goal) {
  static final String CONSTRAINT = "constraint";
  static final String INDEX = "index";

  static Standing of(Transition transition, Installation database) {
    Model after = transition.after();
    Renames renames = Renames.of(transition.changes()).in(transition.found());
    return new Standing(
        ModelDiff.renamed(transition.before(), after),
        after,
        renames,
        renames.isEmpty() ? transition.found() : renamed(transition, renames, database),
        Blueprint.of(after, transition.rules(), database));
  }

  /// The server writes new names into what belongs to a thing: its words for that are found out on
  /// the model before.
  private static Schema renamed(Transition transition, Renames renames, Installation database) {
    Blueprint.Renamed before =
        Blueprint.renamed(
            transition.before(),
            RuleCompiler.compile(transition.before()).rules(),
            Renames.of(transition.changes()),
            database);
    List<Thing> things = new ArrayList<>();
    for (Thing found : transition.found().things()) {
      Thing now = renames.applied(found);
      Thing expected = before.before().thing(found.kind(), found.of(), found.name());
      Thing then = before.after().thing(now.kind(), now.of(), now.name());
      things.add(found.equals(expected) && then != null ? then : now);
    }
    return new Schema(things);
  }

  /// What a table is called in the database.
  TableName formerly(TableName table) {
    for (Change.TableRenamed renamed : renames.tables())
      if (renamed.after().equals(table)) return renamed.before();
    return table;
  }

  /// The table as the model before has it, or null when it had none.
  @Nullable Table was(Table table) {
    Table before = was.table(table.name());
    return before == null || before.isView() ? null : before;
  }

  boolean isThere(Table table) {
    return now.thing("table", table.name().toString()) != null;
  }

  /// The labels of an enum that is there, or null.
  @Nullable List<String> labels(ColumnType.Enumerated type) {
    String name = TableName.DEFAULT_SCHEMA + "." + type.name();
    Thing found = now.thing("type", name);
    return found == null ? null : Labels.read(found.definition());
  }

  /// Whether the model before had an enum of that name.
  boolean had(ColumnType.Enumerated type) {
    return was.enums().stream().anyMatch(e -> e.name().equals(type.name()));
  }

  /// Whether the constraint or index is one that the model before had.
  boolean had(Thing part) {
    Table table = table(part.of());
    String name = part.name();
    if (part.kind().equals(INDEX))
      return table.indexes().stream().anyMatch(i -> i.name().equals(name))
          || isOfDocument(table, part);
    return name.equals(formerly(table.name()).name() + "_pkey")
        || name.equals(table.name().name() + "_pkey")
        || table.uniques().stream().anyMatch(u -> u.name().equals(name))
        || table.checks().stream().anyMatch(c -> c.name().equals(name))
        || table.foreignKeys().stream().anyMatch(k -> k.name().equals(name));
  }

  /// The table of the model before by its name as a thing.
  Table table(String name) {
    for (Table table : was.tables()) if (table.name().toString().equals(name)) return table;
    throw new IllegalStateException("no table " + name);
  }

  /// Whether an index is that of a search document, which the server gives a name.
  static boolean isOfDocument(Table table, Thing index) {
    return table.searches().stream()
        .anyMatch(
            document ->
                index.definition().contains(" USING gin (" + document.name() + ")")
                    || index
                        .definition()
                        .contains(" USING gin (" + Types.quoted(document.name()) + ")"));
  }
}
