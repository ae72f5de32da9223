package dev.mainstay.core.advice;

import dev.mainstay.core.model.ColumnType;
import dev.mainstay.core.model.TableName;
import dev.mainstay.core.query.Expr;
import dev.mainstay.core.query.Filter;
import dev.mainstay.core.query.Link;
import dev.mainstay.core.query.Truth;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Finds the columns by which a policy looks for rows without an index: of its own table where it
/// compares them with the caller, of others where it follows a relation.
///
/// Only what an index would surely help with counts. A constant or a range leaves too many rows, or
/// nobody knows how many; and where one of two alternatives has to look at every row, an index for
/// the other saves nothing.
final class Lookups {
  private final Function<TableName, @Nullable Indexes> indexes;
  private final Set<Lookup> missing = new LinkedHashSet<>();

  record Lookup(TableName table, List<String> columns) {
    Lookup {
      columns = List.copyOf(columns);
    }
  }

  private Lookups(Function<TableName, @Nullable Indexes> indexes) {
    this.indexes = indexes;
  }

  /// @param scanned whether the filter chooses among the rows of the table itself; a new row is
  ///   looked at by its key
  /// @param indexes those of a table, or null for what cannot have any
  static Set<Lookup> missing(
      TableName table,
      Filter filter,
      boolean scanned,
      Function<TableName, @Nullable Indexes> indexes) {
    Lookups lookups = new Lookups(indexes);
    Indexes own = indexes.apply(table);
    List<String> columns = scanned && own != null ? needed(filter, filter, own) : null;
    if (columns != null)
      for (String column : columns) lookups.missing.add(new Lookup(table, List.of(column)));
    lookups.relations(filter);
    return lookups.missing;
  }

  /// The columns that must each have an index for the condition to be met without looking at every
  /// row; empty when it is, null when no index makes it so.
  ///
  /// @param known what holds of the rows it leaves
  private static @Nullable List<String> needed(Filter filter, Filter known, Indexes indexes) {
    return switch (filter) {
      case Filter.Constant constant -> constant.equals(Filter.TRUE) ? null : List.of();
      case Filter.Or(List<Filter> any) -> {
        List<String> all = new ArrayList<>();
        for (Filter one : any) {
          List<String> columns = needed(one, one, indexes);
          if (columns == null) yield null;
          all.addAll(columns);
        }
        yield all;
      }
      case Filter.And(List<Filter> all) -> {
        List<String> fewest = null;
        for (Filter one : all) {
          List<String> columns = needed(one, known, indexes);
          if (columns != null && (fewest == null || columns.size() < fewest.size()))
            fewest = columns;
        }
        yield fewest;
      }
      case Filter.Test test -> {
        String column = column(test);
        if (column == null) yield null;
        yield indexes.beginWith(column, withValues(known)) ? List.of() : List.of(column);
      }
      case Filter.Not _,
          Filter.IsNull _,
          Filter.Is _,
          Filter.Holds _,
          Filter.Search _,
          Filter.Finds _,
          Filter.Exists _ ->
          null;
    };
  }

  /// The column that the condition compares with what is known, or null. A flag or a label tells
  /// too few rows apart to be worth an index.
  private static @Nullable String column(Filter filter) {
    Comparison comparison = Comparison.of(filter);
    Expr.Column column = comparison == null ? null : comparison.column();
    return column == null
            || column.type() instanceof ColumnType.Bool
            || column.type() instanceof ColumnType.Enumerated
            || column.type() instanceof ColumnType.Json
        ? null
        : column.name();
  }

  /// The same, and that what is compared is not null.
  static Filter withValues(Filter known) {
    List<Filter> all = new ArrayList<>(Implication.parts(known));
    for (Filter part : Implication.parts(known)) {
      Comparison comparison = Comparison.of(part);
      if (comparison != null && comparison.column() != null) all.add(isThere(comparison.column()));
    }
    return new Filter.And(all);
  }

  static Filter isThere(Expr.Column column) {
    return new Filter.Not(new Filter.IsNull(column));
  }

  private void relations(Filter filter) {
    switch (filter) {
      case Filter.Constant _ -> {}
      case Filter.And(List<Filter> all) -> all.forEach(this::relations);
      case Filter.Or(List<Filter> any) -> any.forEach(this::relations);
      case Filter.Not(Filter not) -> relations(not);
      case Filter.Test(Expr left, var _, var _, Expr right) -> {
        relations(left);
        relations(right);
      }
      case Filter.IsNull(Expr value) -> relations(value);
      case Filter.Is(Filter condition, Truth _) -> relations(condition);
      case Filter.Holds(Expr condition) -> relations(condition);
      case Filter.Search(Expr text, var _, Expr language, Expr query) -> {
        relations(text);
        if (language != null) relations(language);
        relations(query);
      }
      case Filter.Finds(var _, Expr query) -> relations(query);
      case Filter.Exists(Link link, Filter where) -> {
        along(link, where);
        relations(where);
      }
    }
  }

  private void relations(Expr expr) {
    switch (expr) {
      case Expr.Column _, Expr.Bind _, Expr.Literal _, Expr.Claim _ -> {}
      case Expr.JsonAt json -> relations(json.json());
      case Expr.Cast(Expr value, var _) -> relations(value);
      case Expr.Apply(var _, List<Expr> arguments, var _) -> arguments.forEach(this::relations);
      case Expr.Through(Link link, Filter where, Expr inner) -> {
        along(link, where);
        relations(where);
        relations(inner);
      }
    }
  }

  private void along(Link link, Filter where) {
    Link.Via via = link.via();
    if (via != null) look(via.junction(), via.pairs(), via.policy());
    look(link.target(), link.pairs(), where);
  }

  /// An index will do that begins with any of the columns that say which rows are looked for.
  private void look(TableName table, List<Link.Pair> pairs, Filter where) {
    Indexes there = indexes.apply(table);
    if (there == null) return;
    List<Filter> known = new ArrayList<>(Implication.parts(withValues(where)));
    List<String> columns = new ArrayList<>();
    for (Link.Pair pair : pairs) {
      columns.add(pair.to().name());
      known.add(isThere(pair.to()));
    }
    Set<String> first = new LinkedHashSet<>(columns);
    for (Filter part : Implication.parts(where)) {
      String column = column(part);
      if (column != null) first.add(column);
    }
    Filter all = new Filter.And(known);
    if (first.stream().noneMatch(column -> there.beginWith(column, all)))
      missing.add(new Lookup(table, columns));
  }
}
