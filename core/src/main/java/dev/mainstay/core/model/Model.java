package dev.mainstay.core.model;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A whole declared backend. Immutable; a changed `backend.yaml` is a new one.
///
/// @param tables tables and views, in the order they were declared
/// @param roles the built-in roles first, then the declared ones
/// @param functions in the order they were declared; several may have one name
/// @param renames what tables and columns were called before
/// @param guarding who keeps rows back
public record Model(
    List<Table> tables,
    List<ColumnType.Enumerated> enums,
    List<Role> roles,
    List<Function> functions,
    List<Rename> renames,
    Guarding guarding) {
  public Model {
    tables = List.copyOf(tables);
    enums = List.copyOf(enums);
    roles = List.copyOf(roles);
    functions = List.copyOf(functions);
    renames = List.copyOf(renames);
  }

  /// A model whose own policies keep rows back.
  public Model(
      List<Table> tables,
      List<ColumnType.Enumerated> enums,
      List<Role> roles,
      List<Function> functions,
      List<Rename> renames) {
    this(tables, enums, roles, functions, renames, Guarding.DECLARED);
  }

  /// A model without functions.
  public Model(List<Table> tables, List<ColumnType.Enumerated> enums, List<Role> roles) {
    this(tables, enums, roles, List.of(), List.of());
  }

  /// The table of that name, or null.
  public @Nullable Table table(TableName name) {
    for (Table table : tables) if (table.name().equals(name)) return table;
    return null;
  }

  /// The function of that signature, or null.
  public @Nullable Function function(Function.Signature signature) {
    for (Function function : functions)
      if (function.name().equals(signature.function()) && function.signature().equals(signature))
        return function;
    return null;
  }

  /// The same, with other tables.
  public Model withTables(List<Table> others) {
    return new Model(others, enums, roles, functions, renames, guarding);
  }

  /// The same, whose rows are kept back by others.
  public Model guardedBy(Guarding other) {
    return new Model(tables, enums, roles, functions, renames, other);
  }

  /// The part a user declared: without the program's own tables.
  public Model declared() {
    return withTables(
        tables.stream()
            .filter(table -> !TableName.SYSTEM_SCHEMAS.contains(table.name().schema()))
            .toList());
  }

  /// The schemas that hold something of it.
  public Set<String> schemas() {
    Set<String> schemas = new LinkedHashSet<>();
    for (Table table : tables) schemas.add(table.name().schema());
    for (ColumnType.Enumerated type : enums) schemas.add(type.schema());
    return schemas;
  }

  /// The role of that name, or null.
  public @Nullable Role role(String name) {
    for (Role role : roles) if (role.name().equals(name)) return role;
    return null;
  }
}
