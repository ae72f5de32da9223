package dev.mainstay.sql;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/// The models that a database has had: the rows of its table `mainstay.model`.
public final class AppliedModels {
  private static final String COLUMNS =
      "version, format, program, checksum, source, left_behind, pending";

  private final Connection connection;
  private final String table;

  /// @param table what the table is called in statements
  public AppliedModels(Connection connection, String table) {
    this.connection = connection;
    this.table = table;
  }

  /// A model without its text.
  ///
  /// @param format of the storage, see [Applied]
  /// @param checksum of the source
  public record Mark(long version, int format, String checksum) {}

  /// The newest, in a database of any program; null when there is none.
  public @Nullable Mark mark() throws SQLException {
    String sql =
        "SELECT version, format, checksum FROM %s ORDER BY version DESC LIMIT 1".formatted(table);
    try (PreparedStatement statement = connection.prepareStatement(sql);
        ResultSet row = statement.executeQuery()) {
      return row.next() ? new Mark(row.getLong(1), row.getInt(2), row.getString(3)) : null;
    }
  }

  /// The newest, or null when there is none.
  public @Nullable Applied newest() throws SQLException {
    return read("ORDER BY version DESC LIMIT 1");
  }

  /// That of a version, or null when there was none.
  public @Nullable Applied of(long version) throws SQLException {
    return read("WHERE version = " + version);
  }

  private @Nullable Applied read(String which) throws SQLException {
    String sql = "SELECT %s FROM %s %s".formatted(COLUMNS, table, which);
    try (PreparedStatement statement = connection.prepareStatement(sql);
        ResultSet row = statement.executeQuery()) {
      if (!row.next()) return null;
      String left = row.getString(6);
      return new Applied(
          row.getLong(1),
          row.getInt(2),
          row.getString(3),
          row.getString(4),
          row.getString(5),
          left == null ? null : Schema.read(left),
          Applied.pending(row.getString(7)));
    }
  }

  /// Keeps one, in place of what was kept under its version.
  public void keep(Applied applied) throws SQLException {
    String sql =
        """
        INSERT INTO %s (%s) VALUES (?, ?, ?, ?, ?, ?, ?)
        ON CONFLICT (version) DO UPDATE SET
          format = excluded.format, program = excluded.program, checksum = excluded.checksum,
          source = excluded.source, left_behind = excluded.left_behind, pending = excluded.pending\
        """
            .formatted(table, COLUMNS);
    try (PreparedStatement insert = connection.prepareStatement(sql)) {
      insert.setLong(1, applied.version());
      insert.setInt(2, applied.format());
      insert.setString(3, applied.program());
      insert.setString(4, applied.checksum());
      insert.setString(5, applied.source());
      insert.setString(6, applied.left() == null ? null : applied.left().text());
      insert.setString(7, applied.pendingText());
      insert.execute();
    }
  }
}
