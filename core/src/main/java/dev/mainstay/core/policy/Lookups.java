package dev.mainstay.core.policy;

import dev.mainstay.core.model.ColumnType;
import dev.mainstay.core.model.TableName;
import dev.mainstay.core.query.Expr;
import dev.mainstay.core.query.Filter;
import dev.mainstay.core.query.Link;
import dev.mainstay.core.query.Operator;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// Finds by which columns a policy looks for rows: for the rows of its own table where it compares
/// a column, for those of others where it follows a relation.
final class Lookups {
  private final Set<Lookup> found = new LinkedHashSet<>();

  /// @param columns an index that begins with any of them will do
  record Lookup(TableName table, Set<String> columns) {
    Lookup {
      columns = new LinkedHashSet<>(columns);
    }
  }

  private Lookups() {}

  /// @param scanned whether the filter chooses among the rows of the table itself; a new row is
  ///   looked at by its key
  static Set<Lookup> of(TableName table, Filter filter, boolean scanned) {
    var lookups = new Lookups();
    if (scanned)
      for (Set<String> columns : alternatives(filter))
        lookups.found.add(new Lookup(table, columns));
    lookups.relations(filter);
    return lookups.found;
  }

  /// One set of columns for each way in which a row can pass: of conditions that all must hold one
  /// with an index is enough, of alternatives each needs one.
  private static List<Set<String>> alternatives(Filter filter) {
    return switch (filter) {
      case Filter.Or(List<Filter> any) ->
          any.stream().flatMap(one -> alternatives(one).stream()).toList();
      case Filter.And(List<Filter> all) -> {
        var together = new LinkedHashSet<String>();
        for (Filter one : all) alternatives(one).forEach(together::addAll);
        yield together.isEmpty() ? List.of() : List.of(together);
      }
      case Filter.Test(Expr left, Operator operator, var _, Expr right)
          when isOrdering(operator) -> {
        var columns = new ArrayList<Set<String>>();
        if (isColumn(left) && !isColumn(right)) columns.add(Set.of(((Expr.Column) left).name()));
        if (isColumn(right) && !isColumn(left)) columns.add(Set.of(((Expr.Column) right).name()));
        yield columns;
      }
      default -> List.of();
    };
  }

  private static boolean isOrdering(Operator operator) {
    return switch (operator) {
      case EQ, LT, LE, GT, GE -> true;
      default -> false;
    };
  }

  /// A column of the table itself. An index on a boolean chooses too little to be worth advising.
  private static boolean isColumn(Expr expr) {
    return expr instanceof Expr.Column(int up, var _, ColumnType type)
        && up == 0
        && !(type instanceof ColumnType.Bool);
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
      case Filter.Is(Filter condition, var _) -> relations(condition);
      case Filter.Holds(Expr condition) -> relations(condition);
      case Filter.Search(Expr text, var _, Expr language, Expr query) -> {
        relations(text);
        if (language != null) relations(language);
        relations(query);
      }
      case Filter.Finds(var _, Expr query) -> relations(query);
      case Filter.Exists(Link link, Filter where) -> {
        along(link);
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
        along(link);
        relations(where);
        relations(inner);
      }
    }
  }

  private void along(Link link) {
    Link.Via via = link.via();
    if (via != null) found.add(new Lookup(via.junction(), to(via.pairs())));
    found.add(new Lookup(link.target(), to(link.pairs())));
  }

  private static Set<String> to(List<Link.Pair> pairs) {
    var columns = new LinkedHashSet<String>();
    for (Link.Pair pair : pairs) columns.add(pair.to().name());
    return columns;
  }
}
