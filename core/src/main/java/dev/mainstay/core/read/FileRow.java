package dev.mainstay.core.read;

import dev.mainstay.core.model.Position;
import dev.mainstay.core.query.Asked;
import java.util.List;

/// A row of a file. Columns it does not name get their fill; rows that follow each other mostly
/// name the same ones, and then share one list.
///
/// @param columns the columns it names
/// @param cells one for each of them
/// @param position where it begins
public record FileRow(List<String> columns, List<Asked.Cell> cells, Position position) {
  public FileRow {
    columns = List.copyOf(columns);
    cells = List.copyOf(cells);
  }
}
