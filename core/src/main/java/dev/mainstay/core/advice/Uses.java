package dev.mainstay.core.advice;

import dev.mainstay.core.model.Function;
import dev.mainstay.core.model.Model;
import dev.mainstay.core.model.SqlText;
import dev.mainstay.core.model.Table;
import dev.mainstay.core.model.TableName;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/// Which tables the user's own SQL reads or writes. Only a database can tell; of what none was
/// asked, the tables are those that the text names.
public record Uses(Map<TableName, Use> views, Map<Function.Signature, Use> functions) {
  /// The tables, without views in between.
  ///
  /// @param isExact whether a database has told it; else some may only be named
  public record Use(Set<TableName> tables, boolean isExact) {
    public Use {
      tables = Set.copyOf(tables);
    }

    public static Use exactly(Set<TableName> tables) {
      return new Use(tables, true);
    }
  }

  private static final Use NONE = new Use(Set.of(), true);

  public Uses {
    views = Map.copyOf(views);
    functions = Map.copyOf(functions);
  }

  /// What the texts name.
  ///
  /// @param engine whose texts are asked where there is one for each
  public static Uses named(Model model, String engine) {
    Map<TableName, Set<TableName>> named = new HashMap<>();
    for (Table table : model.tables())
      if (table.origin() instanceof Table.Origin.View(SqlText query)) {
        String sql = query.on(engine);
        named.put(table.name(), names(model, sql == null ? List.of() : List.of(sql)));
      }
    Map<TableName, Use> views = new HashMap<>();
    named.forEach((view, names) -> views.put(view, new Use(beneath(names, named), false)));
    Map<Function.Signature, Use> functions = new HashMap<>();
    for (Function function : model.functions()) {
      List<String> script = function.sql(engine);
      Set<TableName> names = names(model, script == null ? List.of() : script);
      functions.put(function.signature(), new Use(beneath(names, named), false));
    }
    return new Uses(views, functions);
  }

  private static Set<TableName> names(Model model, List<String> texts) {
    Set<TableName> names = new HashSet<>();
    for (Table table : model.tables()) {
      Pattern word =
          Pattern.compile("(?i)(?U)(?<!\\w)" + Pattern.quote(table.name().name()) + "(?!\\w)");
      if (texts.stream().anyMatch(sql -> word.matcher(sql).find())) names.add(table.name());
    }
    return names;
  }

  /// The same with what views read in place of the views.
  ///
  /// @param views what each reads, tables and views
  public static Set<TableName> beneath(Set<TableName> names, Map<TableName, Set<TableName>> views) {
    Set<TableName> seen = new HashSet<>();
    Deque<TableName> ahead = new ArrayDeque<>(names);
    TableName next;
    while ((next = ahead.poll()) != null)
      if (seen.add(next)) ahead.addAll(views.getOrDefault(next, Set.of()));
    seen.removeAll(views.keySet());
    return seen;
  }

  /// The same, of which some is known better.
  public Uses with(Uses better) {
    Map<TableName, Use> allViews = new HashMap<>(views);
    allViews.putAll(better.views);
    Map<Function.Signature, Use> allFunctions = new HashMap<>(functions);
    allFunctions.putAll(better.functions);
    return new Uses(allViews, allFunctions);
  }

  Use of(Table view) {
    return views.getOrDefault(view.name(), NONE);
  }

  Use of(Function function) {
    return functions.getOrDefault(function.signature(), NONE);
  }
}
