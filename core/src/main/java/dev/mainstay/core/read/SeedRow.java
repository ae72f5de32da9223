package dev.mainstay.core.read;

import dev.mainstay.core.model.Position;
import dev.mainstay.core.query.Asked;
import java.util.List;

/// A row of a seed file. Columns it does not name get their fill; rows that follow each other
/// mostly name the same ones, and then share one list.
///
/// @param columns the columns it names
/// @param cells one for each of them
/// @param position where it begins
public record SeedRow(List<String> columns, List<Asked.Cell> cells, Position position) {
  public SeedRow {
    columns = List.copyOf(columns);
    cells = List.copyOf(cells);
  }
}
