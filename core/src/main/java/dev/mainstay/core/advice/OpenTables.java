package dev.mainstay.core.advice;

import dev.mainstay.core.model.Model;
import dev.mainstay.core.model.Policy;
import dev.mainstay.core.model.Position;
import dev.mainstay.core.model.Role;
import dev.mainstay.core.model.Table;
import dev.mainstay.core.policy.Guard;
import dev.mainstay.core.policy.Rules;
import dev.mainstay.core.query.Filter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Tables that answer nobody, tables that everybody may write, and policies for writing that match
/// no row.
final class OpenTables {
  private final Model model;
  private final Rules rules;
  private final List<Advice> advice = new ArrayList<>();

  private OpenTables(Model model, Rules rules) {
    this.model = model;
    this.rules = rules;
  }

  static List<Advice> of(Model model, Rules rules) {
    OpenTables tables = new OpenTables(model, rules);
    for (Table table : model.tables()) {
      if (table.policies().isEmpty()) tables.closed(table);
      else if (!table.isView()) {
        tables.open(table);
        tables.blind(table, Policy.Action.UPDATE);
        tables.blind(table, Policy.Action.DELETE);
      }
    }
    return tables.advice;
  }

  private void closed(Table table) {
    advice.add(
        new Advice(
            Code.NO_POLICIES,
            table.name().title(),
            table.position(),
            "%s '%s' has no policy: nobody but service_role %s it"
                .formatted(
                    Subject.kind(table),
                    table.name().title(),
                    table.isView() ? "reads" : "reads or writes"),
            null,
            null));
  }

  private void open(Table table) {
    Guard anon = rules.guard(table.name(), Role.ANON);
    Guard signedIn = rules.guard(table.name(), Role.AUTHENTICATED);
    if (anon.insert().equals(Filter.TRUE))
      open(table, Policy.Action.INSERT, Role.ANON, "anybody, signed in or not, may insert into");
    if (updatesAll(anon))
      open(table, Policy.Action.UPDATE, Role.ANON, "anybody, signed in or not, may change all of");
    else if (updatesAll(signedIn))
      open(
          table,
          Policy.Action.UPDATE,
          Role.AUTHENTICATED,
          "whoever is signed in may change all of");
    if (deletesAll(anon))
      open(table, Policy.Action.DELETE, Role.ANON, "anybody, signed in or not, may delete all of");
    else if (deletesAll(signedIn))
      open(
          table,
          Policy.Action.DELETE,
          Role.AUTHENTICATED,
          "whoever is signed in may delete all of");
  }

  private static boolean updatesAll(Guard guard) {
    return guard.read().equals(Filter.TRUE)
        && guard.updateOld().equals(Filter.TRUE)
        && guard.updateNew().equals(Filter.TRUE);
  }

  private static boolean deletesAll(Guard guard) {
    return guard.read().equals(Filter.TRUE) && guard.delete().equals(Filter.TRUE);
  }

  private void open(Table table, Policy.Action action, Role role, String sentence) {
    advice.add(
        new Advice(
            Code.OPEN_WRITE,
            Subject.of(table.name(), words(action)),
            position(table, action, role),
            sentence + " '" + table.name().title() + "'",
            null,
            null));
  }

  /// Who may read no row updates and deletes none.
  private void blind(Table table, Policy.Action action) {
    List<String> names = new ArrayList<>();
    Position position = table.position();
    for (Role role : model.roles()) {
      if (role.bypassesPolicies()) continue;
      Guard guard = rules.guard(table.name(), role);
      Filter rows = action == Policy.Action.UPDATE ? guard.updateOld() : guard.delete();
      if (rows.equals(Filter.FALSE)) continue;
      // For whom it speaks beside others, it may well be meant.
      if (!guard.read().equals(Filter.FALSE)) return;
      if (names.isEmpty()) position = position(table, action, role);
      names.add(role.name());
    }
    if (names.isEmpty()) return;
    advice.add(
        new Advice(
            Code.UNREADABLE_WRITE,
            Subject.of(table.name(), words(action)),
            position,
            "the %s policy of '%s' matches no row: %s may read none"
                .formatted(words(action), table.name().title(), Subject.quoted(names)),
            "who is to " + words(action) + " rows needs a read policy for them, too",
            null));
  }

  static Position position(Table table, Policy.Action action, Role role) {
    for (Policy policy : table.policies())
      if (policy.action() == action && policy.speaksFor(role.name()))
        return policy.condition().position();
    return table.position();
  }

  static String words(Policy.Action action) {
    return action.name().toLowerCase(Locale.ROOT);
  }
}
