package dev.mainstay.core.model;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A table or a view: what it holds, what must hold of it, and who may see it.
///
/// @param primaryKey the key's columns in order; empty for a view without a declared key, and for a
///   table of a database that has none
/// @param position where it was declared
public record Table(
    TableName name,
    Origin origin,
    List<Column> columns,
    List<String> primaryKey,
    List<Unique> uniques,
    List<ForeignKey> foreignKeys,
    List<Check> checks,
    List<Index> indexes,
    List<Search> searches,
    List<Policy> policies,
    List<Seed> seeds,
    @Nullable String comment,
    Position position) {
  public Table {
    columns = List.copyOf(columns);
    primaryKey = List.copyOf(primaryKey);
    uniques = List.copyOf(uniques);
    foreignKeys = List.copyOf(foreignKeys);
    checks = List.copyOf(checks);
    indexes = List.copyOf(indexes);
    searches = List.copyOf(searches);
    policies = List.copyOf(policies);
    seeds = List.copyOf(seeds);
  }

  /// One of which nothing but its columns is known.
  public static Table ofColumns(
      TableName name, List<Column> columns, @Nullable String comment, Position position) {
    return new Table(
        name,
        new Origin.Stored(),
        columns,
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        comment,
        position);
  }

  /// The same with other columns.
  public Table withColumns(List<Column> others) {
    return new Table(
        name,
        origin,
        others,
        primaryKey,
        uniques,
        foreignKeys,
        checks,
        indexes,
        searches,
        policies,
        seeds,
        comment,
        position);
  }

  /// The same with other indexes.
  public Table withIndexes(List<Index> others) {
    return new Table(
        name,
        origin,
        columns,
        primaryKey,
        uniques,
        foreignKeys,
        checks,
        others,
        searches,
        policies,
        seeds,
        comment,
        position);
  }

  /// Where the rows come from.
  public sealed interface Origin {
    record Stored() implements Origin {}

    /// A query; its rows are read-only.
    record View(SqlText query) implements Origin {}

    /// What a database has, whoever has made it.
    ///
    /// @param writes what can be done to its rows
    record Existing(Kind kind, Set<Policy.Action> writes) implements Origin {
      public Existing {
        writes = Set.copyOf(writes);
      }
    }

    enum Kind {
      TABLE,
      VIEW,
      MATERIALIZED_VIEW
    }
  }

  /// A set of columns whose values together are unique; nulls are all different.
  public record Unique(String name, List<String> columns) {
    public Unique {
      columns = List.copyOf(columns);
    }
  }

  /// A CEL condition over `row` that no stored row may make false.
  public record Check(String name, Cel condition) {}

  /// A document for full-text search: the texts of some columns, one after the other. Only search
  /// operators can name it.
  ///
  /// @param language what its words are taken for, by the name of PostgreSQL's configuration
  public record Search(String name, List<String> columns, String language) {
    public Search {
      columns = List.copyOf(columns);
    }
  }

  /// A file of first rows, relative to the model file: `.csv` with a header, or `.jsonl`.
  public record Seed(String file, Position position) {}

  /// The column of that name, or null.
  public @Nullable Column column(String columnName) {
    for (Column column : columns) if (column.name().equals(columnName)) return column;
    return null;
  }

  /// The search document of that name, or null.
  public @Nullable Search search(String document) {
    for (Search search : searches) if (search.name().equals(document)) return search;
    return null;
  }

  public boolean isView() {
    return switch (origin) {
      case Origin.Stored _ -> false;
      case Origin.View _ -> true;
      case Origin.Existing(Origin.Kind kind, Set<Policy.Action> _) -> kind != Origin.Kind.TABLE;
    };
  }

  /// Whether that can be done to its rows, by whoever may.
  public boolean allows(Policy.Action action) {
    return switch (origin) {
      case Origin.Stored _ -> true;
      case Origin.View _ -> action == Policy.Action.READ;
      case Origin.Existing(Origin.Kind _, Set<Policy.Action> writes) ->
          action == Policy.Action.READ || writes.contains(action);
    };
  }
}
