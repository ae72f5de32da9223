package dev.mainstay.core.read;

import java.util.List;

/// The keys of `backend.yaml`, by where they may stand. The JSON Schema lists the same.
final class Keys {
  static final List<String> FILE =
      List.of("from", "policies", "roles", "enums", "tables", "views", "functions");

  static final List<String> EXISTING_TABLE = List.of("comment", "columns", "policies");

  static final List<String> EXISTING_COLUMN = List.of("comment", "hidden_from", "read_only_for");

  static final List<String> EXISTING_FUNCTION = List.of("comment", "allow");

  static final List<String> TABLE =
      List.of(
          "comment",
          "renamed_from",
          "columns",
          "primary_key",
          "unique",
          "foreign_keys",
          "checks",
          "indexes",
          "search",
          "policies",
          "seed");

  static final List<String> COLUMN =
      List.of(
          "type",
          "native",
          "nullable",
          "default",
          "identity",
          "generated",
          "primary_key",
          "unique",
          "references",
          "on_delete",
          "on_update",
          "as",
          "inverse",
          "comment",
          "renamed_from",
          "hidden_from",
          "read_only_for");

  static final List<String> VIEW =
      List.of("comment", "sql", "columns", "primary_key", "foreign_keys", "policies");

  static final List<String> VIEW_COLUMN =
      List.of(
          "type", "native", "nullable", "references", "as", "inverse", "comment", "hidden_from");

  static final List<String> FOREIGN_KEY =
      List.of(
          "name",
          "columns",
          "references",
          "target_columns",
          "on_delete",
          "on_update",
          "as",
          "inverse");

  static final List<String> VIEW_FOREIGN_KEY =
      List.of("columns", "references", "target_columns", "as", "inverse");

  static final List<String> INDEX = List.of("name", "columns", "unique", "where");

  static final List<String> SEARCH_DOCUMENT = List.of("columns", "language");

  static final List<String> POLICIES = List.of("read", "insert", "update", "delete");

  static final List<String> FUNCTION =
      List.of("comment", "arguments", "unnamed", "returns", "sql", "writes", "allow");

  static final List<String> ARGUMENT = List.of("type", "default", "variadic", "comment");

  static final List<String> RETURNS = List.of("set_of", "row_of", "table", "row");

  static final List<String> ENGINES = List.of("sqlite", "postgres", "mariadb");

  static final List<String> LITERAL = List.of("literal");

  private Keys() {}
}
