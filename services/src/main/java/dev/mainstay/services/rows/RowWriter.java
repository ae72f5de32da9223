package dev.mainstay.services.rows;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.mainstay.core.model.Column;
import dev.mainstay.core.model.ColumnType;
import dev.mainstay.core.query.Asked;
import dev.mainstay.core.query.JsonText;
import dev.mainstay.core.query.ValueReader;
import dev.mainstay.core.query.ValueText;
import dev.mainstay.core.read.RowReader.Format;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Objects;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;

/// Writes rows, as an engine answers them, so that a [dev.mainstay.core.read.RowReader] reads the
/// same values back.
final class RowWriter {
  private static final JsonFactory JSON =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(JsonText.DEEPEST + 1)
                  .maxNumberLength(JsonText.LONGEST_NUMBER)
                  .maxStringLength(Integer.MAX_VALUE)
                  .build())
          .build();

  private final Format format;
  private final List<Column> columns;
  private final OutputStream out;

  /// @param columns in the order in which the rows have them
  RowWriter(Format format, List<Column> columns, OutputStream out) {
    this.format = format;
    this.columns = columns;
    this.out = out;
  }

  /// What an answer must have for a column. JSON in CSV is asked for as text, since the JSON of a
  /// row cannot tell a null that is JSON from one that is none.
  static Asked.Item item(Format format, Column column) {
    boolean isText = format == Format.CSV && column.type() instanceof ColumnType.Json;
    return new Asked.Item.Column(
        null, Asked.Field.of(column.name()), isText ? "text" : null, null, null);
  }

  void header() throws IOException {
    if (format == Format.JSON_LINES) return;
    StringBuilder line = new StringBuilder();
    for (Column column : columns) {
      if (!line.isEmpty()) line.append(',');
      field(line, column.name());
    }
    out.write(line.append('\n').toString().getBytes(UTF_8));
  }

  void row(byte[] row) throws IOException {
    switch (format) {
      case CSV -> out.write(line(row).getBytes(UTF_8));
      case JSON_LINES -> {
        out.write(row);
        out.write('\n');
      }
    }
  }

  private String line(byte[] row) {
    StringBuilder line = new StringBuilder(row.length);
    try (JsonParser json = JSON.createParser(ObjectReadContext.empty(), row)) {
      json.nextToken();
      for (int i = 0; i < columns.size(); i++) {
        if (i > 0) line.append(',');
        json.nextToken();
        json.nextToken();
        if (json.currentToken() != JsonToken.VALUE_NULL)
          field(line, text(columns.get(i).type(), row, json));
      }
    }
    return line.append('\n').toString();
  }

  private static String text(ColumnType type, byte[] row, JsonParser json) {
    if (json.currentToken().isScalarValue()) return json.getString();
    int from = (int) json.currentTokenLocation().getByteOffset();
    json.skipChildren();
    int to = (int) json.currentLocation().getByteOffset();
    var cell = new Asked.Cell.Json(new String(row, from, to - from, UTF_8));
    return ValueText.text(type, Objects.requireNonNull(ValueReader.fromCell(type, cell)));
  }

  /// Appends a text that is not null as a field of CSV.
  static void field(StringBuilder line, String text) {
    boolean isPlain = !text.isEmpty();
    for (int i = 0; i < text.length() && isPlain; i++)
      isPlain = ",\"\n\r".indexOf(text.charAt(i)) < 0;
    if (isPlain) {
      line.append(text);
      return;
    }
    line.append('"').append(text.replace("\"", "\"\"")).append('"');
  }
}
