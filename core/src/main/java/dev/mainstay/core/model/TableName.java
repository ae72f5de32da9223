package dev.mainstay.core.model;

import java.util.Set;

/// A table or view by schema and name, as in `public.albums`.
public record TableName(String schema, String name) {
  public static final String DEFAULT_SCHEMA = "public";

  /// Schemas of the program's own tables: never declared by a user, never shown to a caller from
  /// outside.
  public static final Set<String> SYSTEM_SCHEMAS = Set.of("auth", "storage", "mainstay");

  public static TableName inDefaultSchema(String name) {
    return new TableName(DEFAULT_SCHEMA, name);
  }

  /// As the model file calls it: with its schema only where that is not the default one.
  public String title() {
    return schema.equals(DEFAULT_SCHEMA) ? name : toString();
  }

  @Override
  public String toString() {
    return schema + "." + name;
  }
}
