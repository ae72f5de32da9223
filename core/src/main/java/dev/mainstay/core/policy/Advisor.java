package dev.mainstay.core.policy;

import dev.mainstay.core.model.Fault;
import dev.mainstay.core.model.Function;
import dev.mainstay.core.model.Index;
import dev.mainstay.core.model.Model;
import dev.mainstay.core.model.Role;
import dev.mainstay.core.model.SqlText;
import dev.mainstay.core.model.Table;
import dev.mainstay.core.model.TableName;
import dev.mainstay.core.query.Filter;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/// Tells what is not wrong with a model, but perhaps not meant: tables that answer nobody, policies
/// that read whole tables for want of an index, views and functions that show what the tables they
/// read keep back, functions that nobody may call.
public final class Advisor {
  private final Model model;
  private final Rules rules;
  private final List<Fault> advice = new ArrayList<>();

  private Advisor(Model model, Rules rules) {
    this.model = model;
    this.rules = rules;
  }

  /// What to tell, in the order of the model's tables; the lines are not quoted yet.
  public static List<Fault> advise(Model model, Rules rules) {
    var advisor = new Advisor(model, rules);
    for (Table table : model.tables()) {
      if (table.policies().isEmpty()) advisor.closed(table);
      advisor.unindexed(table);
      if (table.origin() instanceof Table.Origin.View(SqlText query)) advisor.view(table, query);
    }
    for (Function function : model.functions()) advisor.function(function);
    return List.copyOf(advisor.advice);
  }

  private void closed(Table table) {
    String what = table.isView() ? "view" : "table";
    String does = table.isView() ? "reads it" : "reads or writes it";
    advice.add(
        new Fault(
            table.position(),
            what + " '" + table.name().title() + "' has no policy: nobody but service_role " + does,
            null,
            null));
  }

  private void unindexed(Table table) {
    var lookups = new LinkedHashSet<Lookups.Lookup>();
    for (Role role : guardedRoles()) {
      Guard guard = rules.guard(table.name(), role);
      for (Filter filter : List.of(guard.read(), guard.updateOld(), guard.delete()))
        lookups.addAll(Lookups.of(table.name(), filter, true));
      for (Filter filter : List.of(guard.insert(), guard.updateNew()))
        lookups.addAll(Lookups.of(table.name(), filter, false));
    }
    for (Lookups.Lookup lookup : lookups) {
      Table target = model.table(lookup.table());
      if (target == null || target.isView() || isIndexed(target, lookup.columns())) continue;
      String columns = String.join("' or '", lookup.columns());
      advice.add(
          new Fault(
              table.position(),
              "a policy of '%s' looks for rows of '%s' by '%s', and no index begins with that"
                  .formatted(table.name().title(), target.name().title(), columns),
              "add ["
                  + lookup.columns().iterator().next()
                  + "] to the indexes of '%s'".formatted(target.name().title()),
              null));
    }
  }

  private List<Role> guardedRoles() {
    return model.roles().stream().filter(role -> !role.bypassesPolicies()).toList();
  }

  private static boolean isIndexed(Table table, Set<String> columns) {
    var first = new HashSet<String>();
    if (!table.primaryKey().isEmpty()) first.add(table.primaryKey().getFirst());
    for (Table.Unique unique : table.uniques()) first.add(unique.columns().getFirst());
    for (Index index : table.indexes())
      if (index.where() == null) first.add(index.parts().getFirst().column());
    return columns.stream().anyMatch(first::contains);
  }

  /// Names the tables a view reads of which one of its readers may not see every row.
  private void view(Table view, SqlText query) {
    var texts = new ArrayList<String>(query.perEngine().values());
    if (query.everywhere() != null) texts.add(query.everywhere());
    var guarded = new ArrayList<String>();
    for (Table table : model.tables())
      if (!table.isView()
          && texts.stream().anyMatch(sql -> names(sql, table))
          && shows(view, table)) guarded.add("'" + table.name().title() + "'");
    if (!guarded.isEmpty())
      advice.add(
          new Fault(
              view.position(),
              "view '%s' reads %s without asking the policies there"
                  .formatted(view.name().title(), String.join(", ", guarded)),
              "the view's own policies alone decide who sees its rows",
              null));
  }

  private void function(Function function) {
    if (function.callers().isEmpty())
      advice.add(
          new Fault(
              function.position(),
              "function '%s' allows nobody: none but service_role calls it"
                  .formatted(function.name().title()),
              "name who may, allow: [authenticated], or say that it is meant: allow: service_role",
              null));
    var texts = new ArrayList<String>();
    function.script().perEngine().values().forEach(texts::addAll);
    if (function.script().everywhere() != null) texts.addAll(function.script().everywhere());
    var guarded = new ArrayList<String>();
    for (Table table : model.tables())
      if (!isAsked(function, table)
          && texts.stream().anyMatch(sql -> names(sql, table))
          && isKeptFromCallers(function, table)) guarded.add("'" + table.name().title() + "'");
    if (!guarded.isEmpty())
      advice.add(
          new Fault(
              function.position(),
              "function '%s' speaks of %s without asking the policies there"
                  .formatted(function.name().title(), String.join(", ", guarded)),
              "its own sql and 'allow' alone decide what it shows and to whom",
              null));
  }

  /// Whether the rows returned pass the table's read policy.
  private static boolean isAsked(Function function, Table table) {
    return !function.writes()
        && function.result()
            instanceof Function.Result.Rows(Function.RowType.Of(TableName name), Function.Amount _)
        && name.equals(table.name());
  }

  private boolean isKeptFromCallers(Function function, Table table) {
    return guardedRoles().stream()
        .anyMatch(
            role ->
                function.mayBeCalledBy(role)
                    && !rules.guard(table.name(), role).read().equals(Filter.TRUE));
  }

  private static boolean names(String sql, Table table) {
    String word = "(?i)(?U)\\b" + Pattern.quote(table.name().name()) + "\\b";
    return Pattern.compile(word).matcher(sql).find();
  }

  private boolean shows(Table view, Table table) {
    return guardedRoles().stream()
        .anyMatch(
            role ->
                !rules.guard(view.name(), role).read().equals(Filter.FALSE)
                    && !rules.guard(table.name(), role).read().equals(Filter.TRUE));
  }
}
