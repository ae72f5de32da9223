package dev.mainstay.core.plan;

import dev.mainstay.core.model.Column;
import dev.mainstay.core.model.Function;
import dev.mainstay.core.model.Guarding;
import dev.mainstay.core.model.Model;
import dev.mainstay.core.model.Relation;
import dev.mainstay.core.model.Relations;
import dev.mainstay.core.model.Role;
import dev.mainstay.core.model.Table;
import dev.mainstay.core.model.TableName;
import dev.mainstay.core.policy.Rules;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A model and its rules, indexed for planning. One immutable snapshot; a request keeps the one it
/// began with.
public final class Catalog {
  private final Model model;
  private final Rules rules;
  private final Map<TableName, Entry> tables = new LinkedHashMap<>();
  private final Map<String, Role> roles = new HashMap<>();
  private final Map<TableName, List<Function>> functions = new LinkedHashMap<>();

  /// What functions return that is like no table, by names that nobody outside can say.
  private final Map<TableName, Entry> results = new HashMap<>();

  public Catalog(Model model, Rules rules) {
    this.model = model;
    this.rules = rules;
    for (Table table : model.tables()) tables.put(table.name(), Entry.of(table));
    for (Relation relation : Relations.of(model)) {
      Entry entry = tables.get(relation.from());
      if (entry != null) entry.relations.add(relation);
    }
    for (Role role : model.roles()) roles.put(role.name(), role);
    for (Function function : model.functions()) {
      functions.computeIfAbsent(function.name(), _ -> new ArrayList<>()).add(function);
      Table own = Results.own(function);
      if (own != null) results.put(own.name(), Entry.of(own));
    }
  }

  public Model model() {
    return model;
  }

  public Rules rules() {
    return rules;
  }

  public @Nullable Table table(TableName name) {
    Entry entry = tables.get(name);
    return entry == null ? null : entry.table;
  }

  public @Nullable Column column(TableName table, String column) {
    Entry entry = tables.containsKey(table) ? tables.get(table) : results.get(table);
    return entry == null ? null : entry.columns.get(column);
  }

  /// The relations that lead away from the table, in the order their keys were declared.
  public List<Relation> relationsFrom(TableName table) {
    Entry entry = tables.get(table);
    return entry == null ? List.of() : entry.relations;
  }

  /// The functions of that name, in the order they were declared.
  public List<Function> functions(TableName name) {
    return functions.getOrDefault(name, List.of());
  }

  /// Every function that the role may call, in the order they were declared.
  public List<Function> functionsFor(Role role) {
    return model.functions().stream().filter(function -> function.mayBeCalledBy(role)).toList();
  }

  /// The table whose rows a function's are like: one of the model's, or one made up for it; null
  /// when it returns nothing.
  public @Nullable Table result(Function function) {
    return switch (function.result()) {
      case Function.Result.Rows(Function.RowType.Of(TableName name), Function.Amount _) ->
          table(name);
      case Function.Result.Rows _, Function.Result.Scalar _, Function.Result.Nothing _ -> {
        Entry entry = results.get(Results.name(function));
        yield entry == null ? null : entry.table;
      }
    };
  }

  /// Whether it was made up for what a function returns: no policy of its own keeps its rows.
  boolean isResult(TableName table) {
    return results.containsKey(table);
  }

  /// The role of that name, or null. Where the database keeps rows back, it also knows the roles:
  /// one that is not declared may be one of its own.
  public @Nullable Role role(String name) {
    Role declared = roles.get(name);
    return declared != null || model.guarding() == Guarding.DECLARED
        ? declared
        : new Role(name, false);
  }

  private record Entry(Table table, Map<String, Column> columns, List<Relation> relations) {
    static Entry of(Table table) {
      Map<String, Column> columns = new HashMap<>();
      for (Column column : table.columns()) columns.put(column.name(), column);
      return new Entry(table, columns, new ArrayList<>());
    }
  }
}
