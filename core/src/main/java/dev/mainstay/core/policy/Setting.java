package dev.mainstay.core.policy;

import dev.mainstay.core.model.Table;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What an expression may speak of.
///
/// @param rows the names of the row it is about
/// @param refusals names that mean something elsewhere, with what to write here
/// @param role the caller's role, or null where there is no caller: in checks and indexes, which
///   see one row and nothing else
/// @param roles all there are
record Setting(
    Table table,
    List<String> rows,
    Map<String, String> refusals,
    @Nullable String role,
    List<String> roles) {
  Setting {
    rows = List.copyOf(rows);
    refusals = Map.copyOf(refusals);
    roles = List.copyOf(roles);
  }

  boolean seesOneRowOnly() {
    return role == null;
  }
}
