package dev.mainstay.core.read;

import dev.mainstay.core.model.Column;
import dev.mainstay.core.model.Position;
import dev.mainstay.core.query.Asked;
import dev.mainstay.core.query.JsonText;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.json.JsonFactory;

/// The rows of a JSON-lines file: one object a line, empty lines passed over.
final class JsonRows implements RowReader.Rows {
  private static final int LONGEST_LINE = 16_000_000;

  private static final JsonFactory JSON =
      JsonFactory.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(JsonText.DEEPEST + 1)
                  .maxNumberLength(JsonText.LONGEST_NUMBER)
                  .maxStringLength(LONGEST_LINE)
                  .build())
          .build();

  private final RowFaults faults;
  private final RowText text;
  private List<String> lastColumns = List.of();
  private int line;

  JsonRows(RowFaults faults, RowText text) {
    this.faults = faults;
    this.text = text;
  }

  @Override
  public @Nullable FileRow next() throws IOException {
    String row = nextLine();
    return row == null ? null : row(row);
  }

  @Override
  public boolean header() {
    return true;
  }

  private @Nullable String nextLine() throws IOException {
    var row = new StringBuilder();
    while (text.peek() != RowText.END) {
      line = text.line();
      row.setLength(0);
      for (int c = text.peek(); c >= 0 && c != '\n'; c = text.peek()) {
        if (row.length() == LONGEST_LINE)
          throw faults.stop(at(1), "a line of more than " + LONGEST_LINE + " characters", null);
        row.append((char) c);
        text.step();
      }
      if (text.peek() == '\n') text.step();
      if (!row.toString().isBlank()) return row.toString();
    }
    return null;
  }

  private FileRow row(String row) {
    int before = faults.size();
    var columns = new ArrayList<String>();
    var cells = new ArrayList<Asked.Cell>();
    try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), row)) {
      if (parser.nextToken() != JsonToken.START_OBJECT)
        throw faults.skip(at(1), "a line must be a JSON object", "write {\"column\": value, …}");
      while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
        Position position = at(row, parser.currentTokenLocation());
        if (parser.currentName().equals(RowReader.WHY)) {
          parser.nextToken();
          parser.skipChildren();
          continue;
        }
        Column column = faults.column(parser.currentName(), position);
        parser.nextToken();
        Asked.Cell cell = cell(row, parser);
        if (column == null) continue;
        faults.check(column, cell, position);
        columns.add(column.name());
        cells.add(cell);
      }
      if (parser.nextToken() != null)
        throw faults.skip(
            at(row, parser.currentTokenLocation()), "something after the JSON object", null);
    } catch (JacksonException e) {
      TokenStreamLocation location = e.getLocation();
      throw faults.skip(
          location == null ? at(1) : at(row, location), "this is not JSON: " + message(e), null);
    }
    if (faults.size() == before) faults.checkMissing(columns, at(1));
    if (faults.size() > before) throw new RowFaults.Skipped(false);
    if (!columns.equals(lastColumns)) lastColumns = List.copyOf(columns);
    return new FileRow(lastColumns, cells, at(1));
  }

  /// The value as it is written, so that no digit of a number is lost.
  private static Asked.Cell cell(String row, JsonParser parser) {
    if (parser.currentToken() == JsonToken.VALUE_NULL) return new Asked.Cell.Null();
    int from = (int) parser.currentTokenLocation().getCharOffset();
    parser.skipChildren();
    parser.finishToken();
    int to = (int) parser.currentLocation().getCharOffset();
    return new Asked.Cell.Json(row.substring(from, to).strip());
  }

  /// Without the parser's own idea of a place.
  private static String message(JacksonException e) {
    String message = e.getOriginalMessage();
    int marker = message.indexOf(" (start marker");
    return marker < 0 ? message : message.substring(0, marker);
  }

  private Position at(String row, TokenStreamLocation location) {
    int chars = (int) Math.min(Math.max(location.getCharOffset(), 0), row.length());
    return at(row.codePointCount(0, chars) + 1);
  }

  private Position at(int column) {
    return new Position(faults.file(), line, column);
  }
}
