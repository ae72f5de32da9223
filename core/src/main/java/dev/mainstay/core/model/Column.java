package dev.mainstay.core.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// A column of a table or view.
///
/// @param hiddenFrom roles for which the column does not exist at all
/// @param readOnlyFor roles that may see but not write it
public record Column(
    String name,
    ColumnType type,
    boolean nullable,
    Fill fill,
    List<String> hiddenFrom,
    List<String> readOnlyFor,
    @Nullable String comment) {
  public Column {
    hiddenFrom = List.copyOf(hiddenFrom);
    readOnlyFor = List.copyOf(readOnlyFor);
  }
}
