package dev.mainstay.core.read;

import java.util.List;

/// A foreign key whose target has been found.
///
/// @param targetColumns as many as `written.columns()`
record Link(Draft from, Draft.Reference written, Draft target, List<String> targetColumns) {
  Link {
    targetColumns = List.copyOf(targetColumns);
  }

  List<String> columns() {
    return written.columns().stream().map(Name::text).toList();
  }

  /// `as:`, else the column's name without `_id`, else the target's name.
  String forward() {
    if (written.forward() != null) return written.forward().text();
    String first = columns().getFirst();
    boolean single = columns().size() == 1;
    return single && first.endsWith("_id") && first.length() > "_id".length()
        ? first.substring(0, first.length() - "_id".length())
        : target.name.name();
  }

  /// `inverse:`, else the name of the table that refers.
  String backward() {
    return written.backward() != null ? written.backward().text() : from.name.name();
  }
}
