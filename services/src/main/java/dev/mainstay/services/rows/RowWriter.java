package dev.mainstay.services.rows;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.mainstay.core.model.Column;
import dev.mainstay.core.model.ColumnType;
import dev.mainstay.core.query.Asked;
import dev.mainstay.core.query.ValueReader;
import dev.mainstay.core.query.ValueText;
import dev.mainstay.core.read.RowReader.Format;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Objects;

/// Writes rows, as an engine answers them, so that a [dev.mainstay.core.read.RowReader] reads the
/// same values back.
final class RowWriter {
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
    List<Asked.Cell> cells = Cells.of(row, columns.size());
    for (int i = 0; i < columns.size(); i++) {
      if (i > 0) line.append(',');
      ColumnType type = columns.get(i).type();
      switch (cells.get(i)) {
        case Asked.Cell.Null _, Asked.Cell.Default _ -> {}
        case Asked.Cell.Text(String text) -> field(line, text);
        case Asked.Cell.Json json ->
            field(
                line,
                ValueText.text(type, Objects.requireNonNull(ValueReader.fromCell(type, json))));
      }
    }
    return line.append('\n').toString();
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
