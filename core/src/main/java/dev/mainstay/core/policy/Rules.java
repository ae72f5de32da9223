package dev.mainstay.core.policy;

import dev.mainstay.core.model.Guarding;
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
/// @param guarding who keeps the rows of a table without a policy
public record Rules(
    Map<TableName, Map<String, Guard>> guards,
    Map<TableName, List<Check>> checks,
    Map<TableName, Map<String, Filter>> indexConditions,
    Guarding guarding) {
  public Rules {
    guards = Map.copyOf(guards);
    checks = Map.copyOf(checks);
    indexConditions = Map.copyOf(indexConditions);
  }

  /// The rules of a model whose own policies keep rows back.
  public Rules(
      Map<TableName, Map<String, Guard>> guards,
      Map<TableName, List<Check>> checks,
      Map<TableName, Map<String, Filter>> indexConditions) {
    this(guards, checks, indexConditions, Guarding.DECLARED);
  }

  public record Check(String name, Filter condition) {}

  /// What the role may do with the table. When nothing was said of the table, that is nothing, or
  /// what the database says.
  public Guard guard(TableName table, Role role) {
    if (role.bypassesPolicies()) return Guard.OPEN;
    Map<String, Guard> said = guards.get(table);
    if (said != null) return said.getOrDefault(role.name(), Guard.CLOSED);
    return switch (guarding) {
      case DECLARED -> Guard.CLOSED;
      case DATABASE -> Guard.OPEN;
    };
  }

  public List<Check> checksOf(TableName table) {
    return checks.getOrDefault(table, List.of());
  }
}
