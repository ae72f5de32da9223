package dev.mainstay.sql.postgres.existing;

import dev.mainstay.core.model.Column;
import dev.mainstay.core.model.ForeignKey;
import dev.mainstay.core.model.Policy.Action;
import dev.mainstay.core.model.Position;
import dev.mainstay.core.model.Table;
import dev.mainstay.core.model.Table.Origin;
import dev.mainstay.core.model.TableName;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The tables and views of some schemas. A view has the keys and the references of the tables whose
/// columns it shows, and what refers to such a table refers to the view as well.
final class ExistingTables {
  /// Partitions are reached through the table that they are part of.
  private static final String RELATIONS =
      """
      SELECT c.oid, n.nspname, c.relname, c.relkind, pg_relation_is_updatable(c.oid, true),
        obj_description(c.oid, 'pg_class')
      FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
      WHERE n.nspname = ANY (?) AND c.relkind IN ('r', 'p', 'v', 'm', 'f') AND NOT c.relispartition
      ORDER BY n.nspname, c.relname\
      """;

  /// What the server sets in the number that says what can be done to a relation's rows.
  private static final int UPDATES = 1 << 2;

  private static final int INSERTS = 1 << 3;
  private static final int DELETES = 1 << 4;

  private final Attributes attributes;
  private final Origins origins;
  private final Constraints constraints;
  private final Map<Long, Relation> relations = new LinkedHashMap<>();

  /// @param shown what it shows of each table
  private record Relation(
      long oid,
      TableName name,
      Origin origin,
      @Nullable String comment,
      Map<Long, Map<Integer, Integer>> shown) {}

  private ExistingTables(Attributes attributes, Origins origins, Constraints constraints) {
    this.attributes = attributes;
    this.origins = origins;
    this.constraints = constraints;
  }

  static ExistingTables read(Catalog catalog, Attributes attributes, List<String> schemas)
      throws SQLException {
    var read = new ExistingTables(attributes, Origins.read(catalog), Constraints.read(catalog));
    catalog.each(
        RELATIONS,
        schemas,
        row -> {
          long oid = row.getLong(1);
          read.relations.put(
              oid,
              new Relation(
                  oid,
                  new TableName(row.getString(2), row.getString(3)),
                  new Origin.Existing(kind(row.getString(4)), writes(row.getInt(5))),
                  row.getString(6),
                  read.origins.shown(oid, attributes.of(oid).keySet())));
        });
    return read;
  }

  private static Origin.Kind kind(String code) {
    return switch (code) {
      case "v" -> Origin.Kind.VIEW;
      case "m" -> Origin.Kind.MATERIALIZED_VIEW;
      default -> Origin.Kind.TABLE;
    };
  }

  private static Set<Action> writes(int what) {
    Set<Action> writes = EnumSet.noneOf(Action.class);
    if ((what & INSERTS) != 0) writes.add(Action.INSERT);
    if ((what & UPDATES) != 0) writes.add(Action.UPDATE);
    if ((what & DELETES) != 0) writes.add(Action.DELETE);
    return writes;
  }

  /// The table or view of that number, or null when it is in none of the schemas.
  @Nullable TableName name(long oid) {
    Relation relation = relations.get(oid);
    return relation == null ? null : relation.name;
  }

  /// @param computed columns that functions add, by table
  List<Table> tables(Map<TableName, List<Column>> computed) {
    List<Table> tables = new ArrayList<>();
    for (Relation relation : relations.values()) {
      Map<String, Column> columns = new LinkedHashMap<>();
      for (Column column : attributes.of(relation.oid).values()) columns.put(column.name(), column);
      for (Column column : computed.getOrDefault(relation.name, List.of()))
        columns.putIfAbsent(column.name(), column);
      tables.add(
          new Table(
              relation.name,
              relation.origin,
              List.copyOf(columns.values()),
              primaryKey(relation),
              uniques(relation),
              foreignKeys(relation),
              List.of(),
              List.of(),
              List.of(),
              List.of(),
              List.of(),
              relation.comment,
              Position.NONE));
    }
    return tables;
  }

  /// Of a view over several tables, the keys of all of them together.
  private List<String> primaryKey(Relation relation) {
    List<String> key = new ArrayList<>();
    for (Constraints.Key one : constraints.keys())
      if (one.isPrimary()) key.addAll(columns(relation, one.table(), one.columns()));
    return key;
  }

  private List<Table.Unique> uniques(Relation relation) {
    List<Table.Unique> uniques = new ArrayList<>();
    for (Constraints.Key key : constraints.keys()) {
      // A view that shows several tables has a longer primary key, of which this is a part.
      boolean isKey = key.isPrimary() && relation.oid == key.table();
      List<String> columns = isKey ? List.of() : columns(relation, key.table(), key.columns());
      if (!columns.isEmpty()) uniques.add(new Table.Unique(key.name(), columns));
    }
    return uniques;
  }

  private List<ForeignKey> foreignKeys(Relation from) {
    List<ForeignKey> keys = new ArrayList<>();
    for (Constraints.Reference reference : constraints.references()) {
      List<String> columns = columns(from, reference.table(), reference.columns());
      if (columns.isEmpty()) continue;
      for (Relation to : relations.values()) {
        List<String> targets = columns(to, reference.target(), reference.targetColumns());
        if (!targets.isEmpty()) keys.add(foreignKey(reference, columns, from, to, targets));
      }
    }
    return keys;
  }

  private static ForeignKey foreignKey(
      Constraints.Reference reference,
      List<String> columns,
      Relation from,
      Relation to,
      List<String> targets) {
    return new ForeignKey(
        reference.name(),
        columns,
        to.name,
        targets,
        reference.onDelete(),
        reference.onUpdate(),
        forward(columns, to.name),
        from.name.name());
  }

  /// As in a model: the column without `_id`, else what is referred to.
  private static String forward(List<String> columns, TableName target) {
    String first = columns.getFirst();
    return columns.size() == 1 && first.endsWith("_id") && first.length() > "_id".length()
        ? first.substring(0, first.length() - "_id".length())
        : target.name();
  }

  /// The names under which it shows these columns of a table; none unless it shows all.
  private List<String> columns(Relation relation, long table, List<Integer> columns) {
    List<Integer> shown = Origins.all(relation.shown.get(table), columns);
    if (shown == null) return List.of();
    Map<Integer, Column> own = attributes.of(relation.oid);
    return shown.stream().map(number -> Objects.requireNonNull(own.get(number)).name()).toList();
  }
}
