package dev.mainstay.core.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// A whole declared backend. Immutable; a changed `backend.yaml` is a new one.
///
/// @param tables tables and views, in the order they were declared
/// @param roles the built-in roles first, then the declared ones
public record Model(List<Table> tables, List<ColumnType.Enumerated> enums, List<Role> roles) {
  public Model {
    tables = List.copyOf(tables);
    enums = List.copyOf(enums);
    roles = List.copyOf(roles);
  }

  /// The table of that name, or null.
  public @Nullable Table table(TableName name) {
    for (Table table : tables) if (table.name().equals(name)) return table;
    return null;
  }

  /// The part a user declared: without the program's own tables.
  public Model declared() {
    return new Model(
        tables.stream()
            .filter(table -> !TableName.SYSTEM_SCHEMAS.contains(table.name().schema()))
            .toList(),
        enums,
        roles);
  }

  /// The role of that name, or null.
  public @Nullable Role role(String name) {
    for (Role role : roles) if (role.name().equals(name)) return role;
    return null;
  }
}
