package dev.mainstay.core.policy;

import dev.mainstay.core.model.Role;
import dev.mainstay.core.model.TableName;
import dev.mainstay.core.query.Filter;
import java.util.List;
import java.util.Map;

/// Every CEL expression of a model, compiled.
///
/// @param guards by table, then by role
/// @param checks by table; a check is broken only when it is false
/// @param indexConditions by table, then by index name, for partial indexes
public record Rules(
    Map<TableName, Map<String, Guard>> guards,
    Map<TableName, List<Check>> checks,
    Map<TableName, Map<String, Filter>> indexConditions) {
  public Rules {
    guards = Map.copyOf(guards);
    checks = Map.copyOf(checks);
    indexConditions = Map.copyOf(indexConditions);
  }

  public record Check(String name, Filter condition) {}

  /// What the role may do with the table. [Guard#CLOSED] when nothing was said.
  public Guard guard(TableName table, Role role) {
    if (role.bypassesPolicies()) return Guard.OPEN;
    return guards.getOrDefault(table, Map.of()).getOrDefault(role.name(), Guard.CLOSED);
  }

  public List<Check> checksOf(TableName table) {
    return checks.getOrDefault(table, List.of());
  }
}
