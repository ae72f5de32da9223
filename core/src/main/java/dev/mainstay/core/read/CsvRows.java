package dev.mainstay.core.read;

import dev.mainstay.core.model.Column;
import dev.mainstay.core.model.Position;
import dev.mainstay.core.query.Asked;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The rows of a CSV file: names in the first record, values in the others.
final class CsvRows implements RowReader.Rows {
  private final RowFaults faults;
  private final CsvRecords records;
  private List<Column> columns = List.of();
  private List<String> names = List.of();

  /// How many fields come first that are no columns: why the row was set aside.
  private int notes;

  CsvRows(RowFaults faults, RowText text) {
    this.faults = faults;
    this.records = new CsvRecords(text, faults);
  }

  /// Goes on elsewhere with the header that another has read.
  CsvRows(RowFaults faults, RowText text, CsvRows other) {
    this(faults, text);
    this.columns = other.columns;
    this.names = other.names;
    this.notes = other.notes;
  }

  @Override
  public @Nullable FileRow next() throws IOException {
    List<CsvRecords.Field> fields = records.record();
    if (fields == null) return null;
    Position start = fields.getFirst().position();
    fields = fields.subList(Math.min(notes, fields.size()), fields.size());
    if (fields.size() != columns.size())
      throw faults.skip(
          start,
          Faults.counted(fields.size(), "field")
              + ", but the header names "
              + Faults.counted(columns.size(), "column"),
          "put quotes around a field that holds a comma");
    int before = faults.size();
    var cells = new ArrayList<Asked.Cell>(fields.size());
    for (int i = 0; i < fields.size(); i++) {
      CsvRecords.Field field = fields.get(i);
      boolean isNull = field.text().isEmpty() && !field.quoted();
      Asked.Cell cell = isNull ? new Asked.Cell.Null() : new Asked.Cell.Text(field.text());
      faults.check(columns.get(i), cell, field.position());
      cells.add(cell);
    }
    if (faults.size() > before) throw new RowFaults.Skipped(false);
    return new FileRow(names, cells, start);
  }

  @Override
  public boolean header() throws IOException {
    List<CsvRecords.Field> fields = records.record();
    if (fields == null) return false;
    if (fields.getFirst().text().equals(RowReader.WHY)) notes = 1;
    fields = fields.subList(notes, fields.size());
    int before = faults.size();
    var found = new ArrayList<Column>();
    var seen = new HashSet<String>();
    for (CsvRecords.Field field : fields) {
      if (!seen.add(field.text()))
        faults.add(field.position(), "'" + field.text() + "' stands here twice", null);
      Column column = faults.column(field.text(), field.position());
      if (column != null) found.add(column);
    }
    faults.checkMissing(List.copyOf(seen), new Position(faults.file(), 1, 1));
    if (faults.size() > before) throw new RowFaults.Skipped(true);
    columns = found;
    names = found.stream().map(Column::name).toList();
    return true;
  }
}
