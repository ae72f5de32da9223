package dev.mainstay.core.read;

import dev.mainstay.core.model.Column;
import dev.mainstay.core.model.Position;
import dev.mainstay.core.query.Asked;
import java.io.BufferedReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The rows of a CSV seed file: names in the first record, values in the others.
final class CsvRows implements SeedReader.Rows {
  private final SeedFaults faults;
  private final CsvRecords records;
  private List<Column> columns = List.of();
  private List<String> names = List.of();

  CsvRows(SeedFaults faults, BufferedReader text) {
    this.faults = faults;
    this.records = new CsvRecords(faults.file(), text, faults::stop);
  }

  @Override
  public @Nullable SeedRow next() throws IOException {
    if (names.isEmpty() && !header()) return null;
    List<CsvRecords.Field> fields = records.next();
    if (fields == null) return null;
    Position start = fields.getFirst().position();
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
    if (faults.size() > before) throw new SeedFaults.Skipped(false);
    return new SeedRow(names, cells, start);
  }

  private boolean header() throws IOException {
    List<CsvRecords.Field> fields = records.next();
    if (fields == null) return false;
    int before = faults.size();
    var found = new ArrayList<Column>();
    var seen = new HashSet<String>();
    for (CsvRecords.Field field : fields) {
      if (!seen.add(field.text()))
        faults.add(field.position(), "'" + field.text() + "' stands here twice", null);
      Column column = faults.column(field.text(), field.position());
      if (column != null) found.add(column);
    }
    faults.checkMissing(List.copyOf(seen), fields.getFirst().position());
    if (faults.size() > before) throw new SeedFaults.Skipped(true);
    columns = found;
    names = found.stream().map(Column::name).toList();
    return true;
  }
}
