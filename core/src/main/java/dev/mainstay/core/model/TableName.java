package dev.mainstay.core.model;

/// A table or view by schema and name, as in `public.albums`.
public record TableName(String schema, String name) {
  public static final String DEFAULT_SCHEMA = "public";

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
