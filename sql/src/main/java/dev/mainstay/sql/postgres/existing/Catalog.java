package dev.mainstay.sql.postgres.existing;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Questions to the server's catalog, in one transaction.
record Catalog(Connection connection) {
  @FunctionalInterface
  interface Reading {
    void of(ResultSet row) throws SQLException;
  }

  void each(String question, Reading reading) throws SQLException {
    each(question, null, reading);
  }

  /// @param names for the question's only parameter, an array of text
  void each(String question, @Nullable List<String> names, Reading reading) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(question)) {
      if (names != null) statement.setArray(1, connection.createArrayOf("text", names.toArray()));
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) reading.of(rows);
      }
    }
  }

  /// The elements of an array of texts; none when it is null.
  static List<String> texts(ResultSet row, int column) throws SQLException {
    List<String> texts = new ArrayList<>();
    for (Object element : elements(row, column)) texts.add((String) element);
    return texts;
  }

  /// The elements of an array of whole numbers; none when it is null.
  static List<Long> numbers(ResultSet row, int column) throws SQLException {
    List<Long> numbers = new ArrayList<>();
    for (Object element : elements(row, column)) numbers.add(((Number) element).longValue());
    return numbers;
  }

  private static Object[] elements(ResultSet row, int column) throws SQLException {
    java.sql.Array array = row.getArray(column);
    return array == null ? new Object[0] : (Object[]) array.getArray();
  }
}
