package dev.mainstay.sql.sqlite;

import dev.mainstay.core.model.Column;
import dev.mainstay.core.model.Model;
import dev.mainstay.core.model.Table;
import dev.mainstay.core.problem.ProblemException;
import dev.mainstay.core.query.Value;
import dev.mainstay.sql.Installation.RowRefused;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// Rows that a table gets while it is installed, past every policy.
final class Loading {
  private Loading() {}

  /// @param rows each with a value for every one of the columns
  static void insert(
      Connection connection, Table table, List<Column> columns, List<List<Value>> rows)
      throws RowRefused {
    SqliteDialect dialect = new SqliteDialect();
    String names =
        columns.stream()
            .map(column -> dialect.quote(column.name()).text())
            .collect(Collectors.joining(", "));
    String marks = columns.stream().map(column -> "?").collect(Collectors.joining(", "));
    String sql =
        columns.isEmpty()
            ? "INSERT INTO " + dialect.table(table.name()).text() + " DEFAULT VALUES"
            : "INSERT INTO %s (%s) VALUES (%s)"
                .formatted(dialect.table(table.name()).text(), names, marks);
    int at = 0;
    try (PreparedStatement insert = connection.prepareStatement(sql)) {
      for (; at < rows.size(); at++) {
        List<Value> row = rows.get(at);
        for (int i = 0; i < columns.size(); i++)
          Session.bind(insert, i + 1, Storage.stored(row.get(i), columns.get(i).type()));
        insert.execute();
      }
    } catch (SQLException e) {
      throw refused(e, table, columns, rows, at);
    }
  }

  private static RowRefused refused(
      SQLException e, Table table, List<Column> columns, List<List<Value>> rows, int at) {
    Map<String, Value> sent = new HashMap<>();
    for (int i = 0; i < columns.size(); i++) sent.put(columns.get(i).name(), rows.get(at).get(i));
    Model alone = new Model(List.of(table), List.of(), List.of());
    RuntimeException refused = Constraints.refused(e, alone, table.name(), sent);
    if (refused instanceof ProblemException problem) return new RowRefused(at, problem.problem());
    throw refused;
  }
}
