package dev.mainstay.core.advice;

import dev.mainstay.core.model.Column;
import dev.mainstay.core.model.Fill;
import dev.mainstay.core.model.Model;
import dev.mainstay.core.model.Policy;
import dev.mainstay.core.model.Role;
import dev.mainstay.core.model.Table;
import dev.mainstay.core.policy.Guard;
import dev.mainstay.core.policy.Rules;
import dev.mainstay.core.query.Expr;
import dev.mainstay.core.query.Filter;
import dev.mainstay.core.query.Link;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Columns that say whose a row is, and that a caller may fill with somebody else: in an update
/// that looks at them before and not after, or in an insert that does not look at them.
final class Owners {
  private final Model model;
  private final Rules rules;
  private final List<Advice> advice = new ArrayList<>();

  private Owners(Model model, Rules rules) {
    this.model = model;
    this.rules = rules;
  }

  static List<Advice> of(Model model, Rules rules) {
    Owners owners = new Owners(model, rules);
    for (Table table : model.tables())
      if (!table.isView()) {
        owners.givenAway(table);
        owners.forged(table);
      }
    return owners.advice;
  }

  private void givenAway(Table table) {
    Map<String, List<Role>> found = new LinkedHashMap<>();
    for (Role role : model.roles()) {
      if (role.bypassesPolicies()) continue;
      Guard guard = rules.guard(table.name(), role);
      if (guard.read().equals(Filter.FALSE)) continue;
      Filter after = new Filter.And(List.of(guard.updateNew(), guard.read()));
      for (Filter part : Implication.parts(guard.updateOld()))
        if (!Implication.holds(after, part))
          for (String name : compared(part))
            if (writes(role, table, name))
              found.computeIfAbsent(name, _ -> new ArrayList<>()).add(role);
    }
    found.forEach(
        (column, roles) ->
            advice.add(
                new Advice(
                    Code.OWNER_CAN_CHANGE,
                    Subject.of(table.name(), column),
                    OpenTables.position(table, Policy.Action.UPDATE, roles.getFirst()),
                    "who may update a row of '%s' can give it away: the policy looks at '%s' before the update and not after it"
                        .formatted(table.name().title(), column),
                    "say the same of 'new', or that the column stays as it is",
                    "read_only_for: " + Subject.yaml(roles.stream().map(Role::name).toList()))));
  }

  private void forged(Table table) {
    for (Column column : table.columns()) {
      if (!(column.fill() instanceof Fill.AuthUid)) continue;
      List<Role> roles = new ArrayList<>();
      for (Role role : model.roles()) {
        if (role.bypassesPolicies()) continue;
        Guard guard = rules.guard(table.name(), role);
        Filter after = guard.insert();
        boolean isOpen = !after.equals(Filter.FALSE) && !looksAt(after, column);
        if (isOpen && writes(role, table, column.name())) roles.add(role);
      }
      if (roles.isEmpty()) continue;
      List<String> names = roles.stream().map(Role::name).toList();
      advice.add(
          new Advice(
              Code.OWNER_CAN_BE_ANYBODY,
              Subject.of(table.name(), column.name()),
              OpenTables.position(table, Policy.Action.INSERT, roles.getFirst()),
              "%s may insert rows of '%s' in the name of others: the policy does not look at '%s'"
                  .formatted(Subject.quoted(names), table.name().title(), column.name()),
              "add && new.%s == auth.uid, or let the column keep its default"
                  .formatted(column.name()),
              "read_only_for: " + Subject.yaml(names)));
    }
  }

  /// Whether each way to pass compares the column with the caller.
  private static boolean looksAt(Filter filter, Column column) {
    if (filter instanceof Filter.Or(List<Filter> any))
      return any.stream().allMatch(one -> looksAt(one, column));
    return Implication.parts(filter).stream()
        .anyMatch(
            part ->
                part instanceof Filter.Or
                    ? looksAt(part, column)
                    : compared(part).contains(column.name()));
  }

  /// The columns of the row that say whether it is the caller's.
  private static List<String> compared(Filter filter) {
    Comparison comparison = Comparison.of(filter);
    return switch (comparison == null ? null : comparison.row()) {
      case Expr.Column(int _, String name, var _) -> List.of(name);
      case Expr.Through(Link link, Filter _, Expr _) ->
          link.pairs().stream().map(pair -> pair.from().name()).toList();
      case null -> List.of();
      case Expr.Bind _, Expr.Literal _, Expr.Claim _, Expr.JsonAt _, Expr.Cast _, Expr.Apply _ ->
          List.of();
    };
  }

  private static boolean writes(Role role, Table table, String name) {
    Column column = table.column(name);
    return column != null
        && !column.readOnlyFor().contains(role.name())
        && !column.hiddenFrom().contains(role.name())
        && !(column.fill() instanceof Fill.Generated)
        && !(column.fill() instanceof Fill.Identity(boolean always) && always);
  }
}
