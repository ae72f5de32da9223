package dev.mainstay.core.model;

import java.util.List;

/// Who may do what to which rows. Several policies for one action are alternatives: one that holds
/// is enough.
///
/// @param roles the roles it speaks for; empty: every role
/// @param condition CEL over `row`, `new` and `auth`; see `docs/policies.md`
public record Policy(Action action, List<String> roles, Cel condition) {
  public Policy {
    roles = List.copyOf(roles);
  }

  public enum Action {
    READ,
    INSERT,
    UPDATE,
    DELETE
  }

  public boolean speaksFor(String role) {
    return roles.isEmpty() || roles.contains(role);
  }
}
