package dev.mainstay.core.model;

/// A name that something had in an earlier model, as a model says of itself. It holds for databases
/// that still have the old name, and is without meaning for all others.
public sealed interface Rename {
  record OfTable(TableName from, TableName to) implements Rename {}

  /// @param table by its present name
  record OfColumn(TableName table, String from, String to) implements Rename {}
}
