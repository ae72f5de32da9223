package dev.mainstay.api.rest;

import dev.mainstay.core.engine.ByteBudget;
import dev.mainstay.core.problem.Problem;
import dev.mainstay.core.problem.ProblemException;
import dev.mainstay.core.query.Asked.Cell;
import dev.mainstay.core.read.CsvRecords;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Reads the rows to write from CSV (`WIRE.md` §1.12): names in the first line, values in the
/// others, `NULL` for null. Of a name given twice the last counts.
final class CsvBodyReader {
  private static final String UNEQUAL = "All lines must have same number of fields";

  private CsvBodyReader() {}

  /// @param columns the names to read, others being ignored; null for all of the first line
  /// @param absent what a name of `columns` stands for that the first line leaves out
  /// @param lease where the memory of the rows is counted
  static BodyReader.Rows read(
      byte[] body, @Nullable List<String> columns, Cell absent, ByteBudget.Lease lease) {
    // In the words of the library that PostgREST reads CSV with.
    if (body.length == 0) throw unreadable("parse error (not enough input) at \"\"");
    var text =
        new BufferedReader(
            new InputStreamReader(
                new ByteArrayInputStream(body), StandardCharsets.UTF_8.newDecoder()));
    var records =
        new CsvRecords(
            "",
            text,
            (at, message, _) ->
                unreadable("line " + at.line() + ", column " + at.column() + ": " + message));
    try {
      return rows(records, columns, absent, new RowMemory(lease));
    } catch (CharacterCodingException _) {
      throw unreadable("The body is not UTF-8");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static BodyReader.Rows rows(
      CsvRecords records, @Nullable List<String> columns, Cell absent, RowMemory memory)
      throws IOException {
    List<CsvRecords.Field> header = records.next();
    if (header == null) throw unreadable("A line with the names of the columns is missing");
    if (header.size() > BodyReader.KEYS)
      throw unreadable("more than " + BodyReader.KEYS + " names in the first line");
    Map<String, Integer> places = new LinkedHashMap<>();
    for (int i = 0; i < header.size(); i++) places.put(header.get(i).text(), i);
    List<String> names = columns == null ? List.copyOf(places.keySet()) : columns;
    List<List<Cell>> rows = new ArrayList<>();
    for (var fields = records.next(); fields != null; fields = records.next()) {
      if (fields.size() != header.size()) throw unreadable(UNEQUAL);
      Cell[] cells = new Cell[names.size()];
      for (int i = 0; i < cells.length; i++) {
        Integer place = places.get(names.get(i));
        cells[i] = place == null ? absent : cell(fields.get(place).text(), memory);
      }
      memory.row(cells.length);
      rows.add(Arrays.asList(cells));
    }
    return new BodyReader.Rows(names, rows);
  }

  private static Cell cell(String text, RowMemory memory) {
    if (text.equals("NULL")) return new Cell.Null();
    memory.cell(text.length());
    return new Cell.Text(text);
  }

  private static ProblemException unreadable(String message) {
    return new ProblemException(new Problem.UnreadableBody(message));
  }
}
