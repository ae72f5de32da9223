package dev.mainstay.core.read;

import dev.mainstay.core.model.ColumnType;
import dev.mainstay.core.model.Fill;
import dev.mainstay.core.model.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Reads one column of a table or view: its short form, a type, or its long form, a mapping.
final class ColumnReader {
  /// PostgreSQL has hidden columns of these names in every table.
  private static final List<String> TAKEN =
      List.of("tableoid", "xmin", "cmin", "xmax", "cmax", "ctid");

  private final Scope scope;
  private final Draft table;

  ColumnReader(Scope scope, Draft table) {
    this.scope = scope;
    this.table = table;
  }

  void read(Yaml.Entry entry) {
    Name name = Name.of(entry.key());
    var column = new Draft.Column(name);
    if (scope.mayBeCalled("column", name.text(), name.position())) refuseTakenName(name);
    table.columns.put(name.text(), column);
    switch (entry.value()) {
      case Yaml.Scalar scalar when scalar.isNull() ->
          scope.faults.add(
              name.position(), "column '" + name + "' has no type", "write " + name + ": text");
      case Yaml.Scalar scalar -> type(column, scalar);
      case Yaml.Sequence sequence ->
          scope.faults.add(
              sequence.position(), "'" + name + "' must be a type or a mapping, not a list");
      case Yaml.Mapping mapping -> longForm(column, mapping);
    }
    boolean inferred = !table.references.isEmpty() && refersElsewhere(name);
    if (column.type == null && !inferred) scope.broken.add(name.text());
  }

  private void refuseTakenName(Name name) {
    if (TAKEN.contains(name.text()))
      scope.faults.add(
          name.position(),
          "a column may not be called '" + name + "'",
          "PostgreSQL keeps that name for itself");
    Name other = table.columnsByFolded.putIfAbsent(name.text().toLowerCase(Locale.ROOT), name);
    if (other != null)
      scope.faults.add(
          name.position(),
          "'" + name + "' and '" + other + "' differ only by case",
          "SQLite holds them for one name");
  }

  private boolean refersElsewhere(Name column) {
    return table.references.getLast().columns().equals(List.of(column));
  }

  private void longForm(Draft.Column column, Yaml.Mapping mapping) {
    List<String> keys = table.isView() ? Keys.VIEW_COLUMN : Keys.COLUMN;
    Section section = Section.of(scope, mapping, "'" + column.name + "'", keys);
    Name name = column.name;
    boolean references = section.has("references");
    Yaml.Scalar type = section.scalar("type");
    Yaml.Scalar ownType = section.scalar("native");
    if (type != null && ownType != null)
      scope.faults.add(section.position("native"), "'type' and 'native' exclude each other");
    if (type != null) type(column, type);
    else if (ownType != null) column.type = new TypeReader(scope).nativeType(ownType);
    else if (!references && !section.has("type"))
      scope.faults.add(name.position(), "column '" + name + "' has no type", "add type: text");
    nullable(column, section);
    column.comment = section.text("comment");
    column.hiddenFrom = roles(scope, section, "hidden_from");
    new ReferenceReader(scope, table).ofColumn(name, section);
    if (table.isView()) return;
    column.readOnlyFor = roles(scope, section, "read_only_for");
    column.renamedFrom = section.name("renamed_from");
    fill(column, section);
    if (section.flag("primary_key")) primaryKey(name, section);
    if (section.flag("unique"))
      table.uniques.add(new Draft.Key(null, List.of(name), section.position("unique")));
  }

  private void type(Draft.Column column, Yaml.Scalar scalar) {
    TypeReader.Read read = new TypeReader(scope).read(scalar);
    if (read == null) {
      scope.broken.add(column.name.text());
      return;
    }
    column.type = read.type();
    column.nullable = read.nullable();
  }

  private void nullable(Draft.Column column, Section section) {
    if (!section.has("nullable")) return;
    boolean nullable = section.flag("nullable");
    if (column.nullable)
      scope.faults.add(
          section.position("nullable"), "'nullable' is said twice", "the type ends in '?' already");
    column.nullable = nullable;
  }

  private void primaryKey(Name column, Section section) {
    if (table.primaryKey == null) {
      table.primaryKey = new Draft.Key(null, List.of(column), section.position("primary_key"));
      return;
    }
    var all = new ArrayList<Name>(table.primaryKey.columns());
    all.add(column);
    table.primaryKey = new Draft.Key(null, all, table.primaryKey.position());
    scope.faults.add(
        section.position("primary_key"),
        "table '" + table.title() + "' has two primary keys",
        "for one of several columns write primary_key: " + all + " beside 'columns'");
  }

  private void fill(Draft.Column column, Section section) {
    List<String> said =
        List.of("default", "identity", "generated").stream().filter(section::has).toList();
    if (said.size() > 1)
      scope.faults.add(
          section.position(said.get(1)),
          "'" + said.get(0) + "' and '" + said.get(1) + "' exclude each other");
    column.defaulted = section.value("default");
    Yaml generated = section.value("generated");
    if (generated != null)
      column.fill = new Fill.Generated(new SqlReader(scope).read(generated, "'generated'"));
    identity(column, section);
  }

  private void identity(Draft.Column column, Section section) {
    Yaml.Scalar identity = section.scalar("identity");
    if (identity == null || identity.text().equals("false")) return;
    switch (identity.text()) {
      case "true" -> column.fill = new Fill.Identity(false);
      case "always" -> column.fill = new Fill.Identity(true);
      default -> {
        scope.faults.add(
            identity.position(),
            "'identity' must be true or always",
            "true lets a caller give a value, always refuses it");
        return;
      }
    }
    if (column.type != null && !(column.type instanceof ColumnType.Whole))
      scope.faults.add(
          section.position("identity"),
          "an identity column counts in whole numbers, not in " + column.type,
          "use smallint, integer or bigint");
    if (column.nullable)
      scope.faults.add(section.position("identity"), "an identity column is never null");
    for (Draft.Column other : table.columns.values())
      if (other != column && other.fill instanceof Fill.Identity)
        scope.faults.add(
            section.position("identity"),
            "a table has one identity column, and '" + other.name + "' is it already");
  }

  /// The roles that stand under a key, of those from whom something can be kept.
  static List<String> roles(Scope scope, Section section, String key) {
    var roles = new ArrayList<String>();
    for (Name name : section.names(key)) {
      Role role = role(scope, name);
      if (role != null) roles.add(role.name());
    }
    return roles;
  }

  private static @Nullable Role role(Scope scope, Name name) {
    Role role = scope.roles.get(name.text());
    if (role == null)
      scope.faults.unknown(name.position(), "role", name.text(), scope.roles.keySet());
    if (role == null || !role.bypassesPolicies()) return role;
    scope.faults.add(name.position(), "nothing can be kept from '" + name + "'");
    return null;
  }
}
