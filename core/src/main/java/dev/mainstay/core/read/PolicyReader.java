package dev.mainstay.core.read;

import dev.mainstay.core.model.Cel;
import dev.mainstay.core.model.Policy;
import dev.mainstay.core.model.Policy.Action;
import dev.mainstay.core.model.Position;
import dev.mainstay.core.model.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Reads the policies of a table: for each action a condition for everyone, or one for each role,
/// or a list of such alternatives.
final class PolicyReader {
  /// The role key that means every role.
  static final String EVERYONE = "everyone";

  /// What people write who think of SQL.
  private static final Map<String, String> ELSEWHERE =
      Map.of(
          "select", "here it is 'read'",
          "write", "say insert, update and delete apart: 'row' is the old row, 'new' the new one",
          "all", "say read, insert, update and delete apart",
          "create", "here it is 'insert'");

  private final Scope scope;
  private final Draft table;

  PolicyReader(Scope scope, Draft table) {
    this.scope = scope;
    this.table = table;
  }

  void read(List<Yaml.Entry> entries) {
    for (Yaml.Entry entry : entries) {
      Name key = Name.of(entry.key());
      switch (key.text()) {
        case "read" -> action(Action.READ, entry);
        case "insert" -> action(Action.INSERT, entry);
        case "update" -> action(Action.UPDATE, entry);
        case "delete" -> action(Action.DELETE, entry);
        default -> unknown(key);
      }
    }
  }

  private void unknown(Name key) {
    String hint = ELSEWHERE.get(key.text());
    if (hint == null) scope.faults.unknown(key.position(), "action", key.text(), Keys.POLICIES);
    else scope.faults.add(key.position(), "unknown action '" + key + "'", hint);
  }

  private void action(Action action, Yaml.Entry entry) {
    if (action != Action.READ && table.isView()) {
      scope.faults.add(entry.key().position(), "a view is only read");
      return;
    }
    alternatives(action, List.of(), entry.value());
  }

  private void alternatives(Action action, List<String> roles, Yaml value) {
    switch (value) {
      case Yaml.Scalar scalar -> condition(action, roles, scalar);
      case Yaml.Sequence sequence -> {
        for (Yaml item : sequence.items()) alternatives(action, roles, item);
      }
      case Yaml.Mapping mapping -> {
        if (!roles.isEmpty())
          scope.faults.add(mapping.position(), "expected a condition, not a mapping");
        else for (Yaml.Entry entry : mapping.entries()) ofRoles(action, entry);
      }
    }
  }

  /// Under a key that names a role, several with commas between, or everyone.
  private void ofRoles(Action action, Yaml.Entry entry) {
    var roles = new ArrayList<String>();
    boolean sound = true;
    for (String part : entry.key().text().split(",", -1)) {
      String name = part.strip();
      if (name.equals(EVERYONE)) roles.addAll(everyone());
      else if (isRole(name, entry.key().position())) roles.add(name);
      else sound = false;
    }
    if (!sound) return;
    if (entry.value() instanceof Yaml.Mapping mapping)
      scope.faults.add(mapping.position(), "expected a condition, not a mapping");
    else alternatives(action, roles.containsAll(everyone()) ? List.of() : roles, entry.value());
  }

  private List<String> everyone() {
    return scope.roles.values().stream()
        .filter(role -> !role.bypassesPolicies())
        .map(Role::name)
        .toList();
  }

  private boolean isRole(String name, Position position) {
    Role role = scope.roles.get(name);
    if (role != null && !role.bypassesPolicies()) return true;
    if (role != null) {
      scope.faults.add(
          position,
          "'" + name + "' needs no policy",
          "it reads and writes every row; leave it out");
      return false;
    }
    var known = new ArrayList<>(everyone());
    known.add(EVERYONE);
    scope.faults.unknown(position, "role", name, known);
    return false;
  }

  private void condition(Action action, List<String> roles, Yaml.Scalar scalar) {
    if (scalar.isNull() || scalar.text().isBlank()) {
      scope.faults.add(
          scalar.position(),
          "a policy needs a condition",
          "write true to allow it always, or leave the policy out to allow it never");
      return;
    }
    Cel cel = scope.cel(scalar);
    table.policies.add(new Policy(action, roles, cel));
  }
}
