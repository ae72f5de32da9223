package dev.mainstay.api.rest;

import dev.mainstay.core.problem.Problem;
import dev.mainstay.core.problem.ProblemException;
import dev.mainstay.core.query.Asked.Cell;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Reads the one row of a form (`application/x-www-form-urlencoded`). A field without `=` is empty;
/// of a field given twice the last counts.
final class FormBodyReader {
  private FormBodyReader() {}

  /// @param columns the fields to read, others being ignored; null for all
  /// @param absent what a field of `columns` stands for that the form leaves out
  static BodyReader.Rows read(byte[] body, @Nullable List<String> columns, Cell absent) {
    Map<String, Cell> cells = new LinkedHashMap<>();
    for (QueryString.Parameter field : fields(body).parameters())
      cells.put(field.name(), new Cell.Text(field.value() == null ? "" : field.value()));
    List<String> names = columns == null ? List.copyOf(cells.keySet()) : columns;
    List<Cell> row = new ArrayList<>(names.size());
    for (String name : names) row.add(cells.getOrDefault(name, absent));
    return new BodyReader.Rows(names, List.of(row));
  }

  private static QueryString fields(byte[] body) {
    try {
      return QueryString.read(new String(body, StandardCharsets.ISO_8859_1));
    } catch (ProblemException e) {
      throw e.problem() instanceof Problem.UnreadableQuery(String _, String details)
          ? new ProblemException(new Problem.UnreadableBody("The form has " + details))
          : e;
    }
  }
}
