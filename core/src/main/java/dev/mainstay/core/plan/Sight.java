package dev.mainstay.core.plan;

import dev.mainstay.core.model.Column;
import dev.mainstay.core.model.Fill;
import dev.mainstay.core.model.Function;
import dev.mainstay.core.model.Relation;
import dev.mainstay.core.model.Role;
import dev.mainstay.core.model.Table;
import dev.mainstay.core.model.TableName;
import dev.mainstay.core.policy.Guard;
import dev.mainstay.core.problem.Nearest;
import dev.mainstay.core.problem.Problem;
import dev.mainstay.core.problem.ProblemException;
import dev.mainstay.core.query.Expr;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The part of a catalog that one caller can name. What a caller may not see does not exist for it:
/// not in an answer, not in an error, not in a suggestion.
final class Sight {
  private final Catalog catalog;
  private final Caller caller;
  private final ZoneId zone;
  private final @Nullable Role role;

  /// @param zone whose clocks the caller's times are read on
  Sight(Catalog catalog, Caller caller, ZoneId zone) {
    this.catalog = catalog;
    this.caller = caller;
    this.zone = zone;
    this.role =
        switch (caller) {
          case Caller.Inside() -> null;
          case Caller.Outside(String name, Claims _) -> declared(catalog, name);
        };
  }

  private static Role declared(Catalog catalog, String name) {
    Role role = catalog.role(name);
    if (role == null) throw new IllegalStateException("a caller with the undeclared role " + name);
    return role;
  }

  Caller caller() {
    return caller;
  }

  Catalog catalog() {
    return catalog;
  }

  ZoneId zone() {
    return zone;
  }

  Guard guard(Table table) {
    return role == null || catalog.isResult(table.name())
        ? Guard.OPEN
        : catalog.rules().guard(table.name(), role);
  }

  Table table(TableName name) {
    Table table = inReach(name.schema()) ? catalog.table(name) : null;
    if (table == null) {
      String nearest = Nearest.to(name.name(), namesIn(name.schema()));
      throw new ProblemException(new Problem.UnknownTable(name.schema(), name.name(), nearest));
    }
    return table;
  }

  /// The column as the caller names it in a select, a filter or an order.
  Column column(Table table, String name) {
    Column column = find(table, name);
    if (column == null)
      throw new ProblemException(new Problem.UnknownColumn(table.name().name(), name));
    return column;
  }

  /// The column if it exists for the caller, or null.
  @Nullable Column find(Table table, String name) {
    Column column = catalog.column(table.name(), name);
    return column != null && sees(column) ? column : null;
  }

  /// The search document, or null when the caller does not see all that is in it.
  Table.@Nullable Search document(Table table, String name) {
    Table.Search document = table.search(name);
    if (document == null) return null;
    for (String column : document.columns()) if (find(table, column) == null) return null;
    return document;
  }

  /// What `*` stands for.
  List<Column> columns(Table table) {
    List<Column> seen = new ArrayList<>(table.columns().size());
    for (Column column : table.columns())
      if (sees(column) && !(column.fill() instanceof Fill.Computed)) seen.add(column);
    return seen;
  }

  /// The functions of that name, whoever may call them.
  List<Function> functions(TableName name) {
    return inReach(name.schema()) ? catalog.functions(name) : List.of();
  }

  boolean mayCall(Function function) {
    return role == null || function.mayBeCalledBy(role);
  }

  /// The names of the schema's functions that the caller may call.
  List<String> functionsIn(String schema) {
    return catalog.model().functions().stream()
        .filter(function -> function.name().schema().equals(schema) && mayCall(function))
        .map(function -> function.name().name())
        .distinct()
        .toList();
  }

  boolean mayWrite(Column column) {
    return bypasses() || !column.readOnlyFor().contains(roleName());
  }

  /// The relations away from the table, without those that go over a column the caller does not see
  /// or, for callers from outside, that leave the table's schema: a request is about one.
  List<Relation> relationsFrom(Table table) {
    List<Relation> seen = new ArrayList<>();
    for (Relation relation : catalog.relationsFrom(table.name()))
      if (sees(relation)) seen.add(relation);
    return seen;
  }

  /// A column of the innermost row.
  Expr.Column here(TableName table, String column) {
    Column found = catalog.column(table, column);
    if (found == null) throw new IllegalStateException("no column " + column + " in " + table);
    return new Expr.Column(0, column, found.type());
  }

  private boolean sees(Column column) {
    return bypasses() || !column.hiddenFrom().contains(roleName());
  }

  private boolean staysInSchema(Relation relation) {
    String schema = relation.from().schema();
    Relation.Junction junction = relation.junction();
    return relation.to().schema().equals(schema)
        && (junction == null || junction.table().schema().equals(schema));
  }

  private boolean sees(Relation relation) {
    if (role == null) return true;
    if (role.bypassesPolicies()) return staysInSchema(relation);
    Relation.Junction junction = relation.junction();
    return staysInSchema(relation)
        && sees(relation.from(), relation.columns())
        && sees(relation.to(), relation.targetColumns())
        && (junction == null
            || (sees(junction.table(), junction.near().columns())
                && sees(junction.table(), junction.far().columns())));
  }

  private boolean sees(TableName table, List<String> columns) {
    if (!inReach(table.schema())) return false;
    for (String name : columns) {
      Column column = catalog.column(table, name);
      if (column == null || !sees(column)) return false;
    }
    return true;
  }

  /// Whether the table may be named to a caller who did not name it: one of which a policy speaks.
  boolean suggests(TableName name) {
    Table table = catalog.table(name);
    return table != null && !guard(table).equals(Guard.CLOSED);
  }

  boolean inReach(String schema) {
    return role == null || !TableName.SYSTEM_SCHEMAS.contains(schema);
  }

  /// Whether every row and column is there for the caller.
  boolean bypasses() {
    return role == null || role.bypassesPolicies();
  }

  private String roleName() {
    return role == null ? "" : role.name();
  }

  private List<String> namesIn(String schema) {
    List<String> names = new ArrayList<>();
    if (!inReach(schema)) return names;
    for (Table table : catalog.model().tables())
      if (table.name().schema().equals(schema) && suggests(table.name()))
        names.add(table.name().name());
    return names;
  }
}
