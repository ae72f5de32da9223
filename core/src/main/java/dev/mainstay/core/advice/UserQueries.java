package dev.mainstay.core.advice;

import dev.mainstay.core.model.Column;
import dev.mainstay.core.model.Function;
import dev.mainstay.core.model.Model;
import dev.mainstay.core.model.Role;
import dev.mainstay.core.model.Table;
import dev.mainstay.core.model.TableName;
import dev.mainstay.core.policy.Rules;
import dev.mainstay.core.query.Filter;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/// Views and functions that show what the tables beneath keep back: no policy is asked of what
/// their SQL reads.
final class UserQueries {
  private final Model model;
  private final Rules rules;
  private final Uses uses;
  private final List<Advice> advice = new ArrayList<>();

  private UserQueries(Model model, Rules rules, Uses uses) {
    this.model = model;
    this.rules = rules;
    this.uses = uses;
  }

  static List<Advice> of(Model model, Rules rules, Uses uses) {
    UserQueries queries = new UserQueries(model, rules, uses);
    for (Table table : model.tables()) if (table.isView()) queries.view(table);
    for (Function function : model.functions()) queries.function(function);
    return queries.advice;
  }

  private void view(Table view) {
    Uses.Use use = uses.of(view);
    for (Table table : tables(use)) {
      List<String> roles =
          names(
              role -> {
                Filter shown = rules.guard(view.name(), role).read();
                Filter asked = rules.guard(table.name(), role).read();
                return !shown.equals(Filter.FALSE) && !Implication.holds(shown, asked);
              });
      if (!roles.isEmpty())
        advice.add(
            new Advice(
                Code.UNGUARDED_VIEW,
                Subject.of(view.name(), table.name().title()),
                view.position(),
                past("view '" + view.name().title() + "'", "reads", use, table, roles),
                "its own policies alone decide who sees its rows: make them as tight as those of '"
                    + table.name().title()
                    + "'",
                null));
    }
    shown(view, use);
  }

  /// Names columns that the view shows to somebody from whom the table hides them.
  private void shown(Table view, Uses.Use use) {
    for (Column column : view.columns()) {
      List<String> roles =
          names(
              role ->
                  !rules.guard(view.name(), role).read().equals(Filter.FALSE)
                      && !column.hiddenFrom().contains(role.name())
                      && isHidden(column, use, role));
      if (!roles.isEmpty())
        advice.add(
            new Advice(
                Code.SHOWN_COLUMN,
                Subject.of(view.name(), column.name()),
                view.position(),
                "view '%s' shows %s a column '%s', which the table it reads hides"
                    .formatted(view.name().title(), Subject.quoted(roles), column.name()),
                "hide it here, too",
                "hidden_from: " + Subject.yaml(roles)));
    }
  }

  /// Whether every table with a column of that name and type hides it from the role.
  private boolean isHidden(Column column, Uses.Use use, Role role) {
    if (!use.isExact()) return false;
    List<Column> origins = new ArrayList<>();
    for (Table table : tables(use)) {
      Column origin = table.column(column.name());
      if (origin != null && origin.type().equals(column.type())) origins.add(origin);
    }
    return !origins.isEmpty()
        && origins.stream().allMatch(origin -> origin.hiddenFrom().contains(role.name()));
  }

  private void function(Function function) {
    if (function.callers().isEmpty())
      advice.add(
          new Advice(
              Code.NO_CALLERS,
              Subject.of(function, model),
              function.position(),
              "function '%s' allows nobody: none but service_role calls it"
                  .formatted(function.name().title()),
              "name who may, allow: [authenticated], or say that it is meant: allow: service_role",
              null));
    Uses.Use use = uses.of(function);
    for (Table table : tables(use)) {
      if (isAsked(function, table)) continue;
      List<String> roles =
          names(
              role ->
                  function.mayBeCalledBy(role)
                      && !rules.guard(table.name(), role).read().equals(Filter.TRUE));
      if (!roles.isEmpty())
        advice.add(
            new Advice(
                Code.UNGUARDED_FUNCTION,
                Subject.of(function, model) + "." + table.name().title(),
                function.position(),
                past("function '" + function.name().title() + "'", "uses", use, table, roles),
                "its own SQL and 'allow' alone decide what it shows, and to whom",
                null));
    }
  }

  /// Whether the rows returned pass the table's read policy.
  private static boolean isAsked(Function function, Table table) {
    return !function.writes()
        && function.result()
            instanceof Function.Result.Rows(Function.RowType.Of(TableName name), Function.Amount _)
        && name.equals(table.name());
  }

  private static String past(
      String what, String does, Uses.Use use, Table table, List<String> roles) {
    return "%s %s '%s' for %s, and no policy there is asked"
        .formatted(
            what,
            use.isExact() ? does : "names, and perhaps " + does + ",",
            table.name().title(),
            Subject.quoted(roles));
  }

  private List<Table> tables(Uses.Use use) {
    return model.tables().stream().filter(table -> use.tables().contains(table.name())).toList();
  }

  private List<String> names(Predicate<Role> test) {
    return model.roles().stream()
        .filter(role -> !role.bypassesPolicies() && test.test(role))
        .map(Role::name)
        .toList();
  }
}
