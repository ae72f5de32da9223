package dev.mainstay.sql.postgres;

import dev.mainstay.core.model.ForeignKey;
import dev.mainstay.core.model.Model;
import dev.mainstay.core.model.Table;
import dev.mainstay.core.model.TableName;
import dev.mainstay.sql.Schema.Thing;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What becomes of the constraints and indexes of the tables that stay: some go, for good or to be
/// made again, and some get another name.
final class Parts {
  private static final String NOT_VALID = " NOT VALID";

  private final Standing standing;
  private final Map<TableName, TableChange> changes;
  private final Set<String> newTypes;
  private final Set<Thing> dropped = new LinkedHashSet<>();
  private final Map<Thing, Thing> renamed = new LinkedHashMap<>();

  /// @param changes by the tables that stay
  /// @param newTypes enums that are made anew
  Parts(Standing standing, Map<TableName, TableChange> changes, Set<String> newTypes) {
    this.standing = standing;
    this.changes = changes;
    this.newTypes = newTypes;
    changes.forEach(this::others);
    // Once it is known what becomes of the columns and keys they stand on.
    changes.forEach(this::references);
  }

  /// Those that go, the foreign keys first.
  List<Thing> dropped() {
    List<Thing> things = new ArrayList<>(dropped.stream().filter(Parts::isReference).toList());
    dropped.stream().filter(thing -> !isReference(thing)).forEach(things::add);
    return things;
  }

  /// Those that get another name, and what they become.
  Map<Thing, Thing> renamed() {
    return renamed;
  }

  /// Whether it is to be made on a table that stays.
  boolean isMissing(String kind, TableName table, String name) {
    Thing found = standing.now().thing(kind, table.toString(), name);
    if (found != null) return dropped.contains(found);
    Thing wanted = standing.goal().thing(kind, table.toString(), name);
    return wanted == null || !renamed.containsValue(wanted);
  }

  /// Whether the constraint is there and was not yet looked at for the rows that are.
  boolean isUnproven(TableName table, String name) {
    Thing found = standing.now().thing(Standing.CONSTRAINT, table.toString(), name);
    return found != null && !dropped.contains(found) && found.definition().endsWith(NOT_VALID);
  }

  private void others(TableName table, TableChange change) {
    String of = table.toString();
    List<Thing> found = new ArrayList<>(standing.now().things(Standing.CONSTRAINT, of));
    found.addAll(standing.now().things(Standing.INDEX, of));
    for (Thing thing : found) if (!isReference(thing)) settle(thing, change, false);
  }

  private void references(TableName table, TableChange change) {
    for (Thing thing : standing.now().things(Standing.CONSTRAINT, table.toString())) {
      if (!isReference(thing)) continue;
      ForeignKey key = key(thing, standing.was());
      if (key == null) key = key(thing, standing.after());
      if (key != null) settle(thing, change, change.touches(key.columns()) || isLoose(key));
    }
  }

  /// @param isLoose whether it has to go for a while in any case
  private void settle(Thing thing, TableChange change, boolean isLoose) {
    Thing wanted = standing.goal().thing(thing.kind(), thing.of(), thing.name());
    if (wanted == null) {
      // What somebody else has added is left alone.
      if (!standing.had(thing)) return;
      Thing other = isLoose ? null : namesake(thing, change);
      if (other == null) dropped.add(thing);
      else renamed.put(thing, other);
    } else if (isLoose || !isSame(thing, wanted, change)) dropped.add(thing);
  }

  private boolean isSame(Thing thing, Thing wanted, TableChange change) {
    String definition = thing.definition();
    if (!definition.equals(wanted.definition())
        && !definition.equals(wanted.definition() + NOT_VALID)) return false;
    if (change.takesFrom(definition)) return false;
    return newTypes.isEmpty() || !isOfNewType(definition, change);
  }

  private boolean isOfNewType(String definition, TableChange change) {
    return change.touches(definition)
        || newTypes.stream().anyMatch(type -> Shape.names(definition, type));
  }

  /// What is not there and is the same but for its name.
  private @Nullable Thing namesake(Thing thing, TableChange change) {
    for (Thing wanted : standing.goal().things(thing.kind(), thing.of()))
      if (standing.now().thing(wanted.kind(), wanted.of(), wanted.name()) == null
          && !renamed.containsValue(wanted)
          && isSame(nameless(thing), nameless(wanted), change)) return wanted;
    return null;
  }

  private static Thing nameless(Thing thing) {
    String definition =
        thing.definition().replaceFirst("^(CREATE (?:UNIQUE )?INDEX) .*? ON ", "$1 ON ");
    return new Thing(thing.kind(), thing.of(), "", definition);
  }

  private static boolean isReference(Thing thing) {
    return thing.kind().equals(Standing.CONSTRAINT)
        && thing.definition().startsWith("FOREIGN KEY ");
  }

  /// The foreign key as a model has it, or null.
  private static @Nullable ForeignKey key(Thing thing, Model model) {
    for (Table table : model.tables())
      if (table.name().toString().equals(thing.of()))
        for (ForeignKey key : table.foreignKeys()) if (key.name().equals(thing.name())) return key;
    return null;
  }

  /// Whether what it refers to is gone, be it for a while.
  private boolean isLoose(ForeignKey key) {
    TableChange target = changes.get(key.target());
    if (target == null || target.touches(key.targetColumns())) return true;
    return dropped.stream().anyMatch(thing -> isKeyOf(thing, key));
  }

  private static boolean isKeyOf(Thing thing, ForeignKey key) {
    String definition = thing.definition();
    return thing.of().equals(key.target().toString())
        && (definition.startsWith("UNIQUE ") || definition.startsWith("PRIMARY KEY "))
        && key.targetColumns().stream().allMatch(column -> Shape.names(definition, column));
  }
}
