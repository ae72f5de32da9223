package dev.mainstay.services.rows;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.mainstay.core.query.Asked.Cell;
import dev.mainstay.core.query.JsonText;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;

/// What stands in a row that an engine has answered as JSON.
final class Cells {
  private static final JsonFactory JSON =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(JsonText.DEEPEST + 1)
                  .maxNumberLength(JsonText.LONGEST_NUMBER)
                  .maxStringLength(Integer.MAX_VALUE)
                  .build())
          .build();

  private Cells() {}

  /// Texts, numbers and booleans as text, lists and objects as JSON.
  ///
  /// @param columns how many the row has
  static List<Cell> of(byte[] row, int columns) {
    List<Cell> cells = new ArrayList<>(columns);
    try (JsonParser json = JSON.createParser(ObjectReadContext.empty(), row)) {
      json.nextToken();
      for (int i = 0; i < columns; i++) {
        json.nextToken();
        JsonToken token = json.nextToken();
        if (token == JsonToken.VALUE_NULL) cells.add(new Cell.Null());
        else if (token.isScalarValue()) cells.add(new Cell.Text(json.getString()));
        else cells.add(nested(row, json));
      }
    }
    return cells;
  }

  private static Cell nested(byte[] row, JsonParser json) {
    int from = (int) json.currentTokenLocation().getByteOffset();
    json.skipChildren();
    int to = (int) json.currentLocation().getByteOffset();
    return new Cell.Json(new String(row, from, to - from, UTF_8));
  }
}
