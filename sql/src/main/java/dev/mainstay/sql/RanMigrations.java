package dev.mainstay.sql;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.List;

/// The migrations that a database is done with: the rows of its table `mainstay.migration`.
public final class RanMigrations {
  private static final String COLUMNS =
      "number, name, checksum, model_version, program, milliseconds, made";

  private final Connection connection;
  private final String table;

  /// @param table what the table is called in statements
  public RanMigrations(Connection connection, String table) {
    this.connection = connection;
    this.table = table;
  }

  /// All of them, in the order of their numbers.
  public List<RanMigration> all() throws SQLException {
    String sql =
        "SELECT %s, CAST(ran_at AS text) FROM %s ORDER BY number".formatted(COLUMNS, table);
    List<RanMigration> all = new ArrayList<>();
    try (PreparedStatement statement = connection.prepareStatement(sql);
        ResultSet row = statement.executeQuery()) {
      while (row.next()) {
        long millis = row.getLong(6);
        boolean hasRun = !row.wasNull();
        all.add(
            new RanMigration(
                row.getLong(1),
                row.getString(2),
                row.getString(3),
                row.getLong(4),
                row.getString(5),
                hasRun ? millis : null,
                RanMigration.made(row.getString(7)),
                row.getString(8)));
      }
    }
    return all;
  }

  /// Keeps one that was not yet there.
  public void keep(RanMigration ran) throws SQLException {
    String sql = "INSERT INTO %s (%s) VALUES (?, ?, ?, ?, ?, ?, ?)".formatted(table, COLUMNS);
    try (PreparedStatement insert = connection.prepareStatement(sql)) {
      insert.setLong(1, ran.number());
      insert.setString(2, ran.name());
      insert.setString(3, ran.checksum());
      insert.setLong(4, ran.version());
      insert.setString(5, ran.program());
      if (ran.millis() == null) insert.setNull(6, Types.BIGINT);
      else insert.setLong(6, ran.millis());
      insert.setString(7, ran.madeText());
      insert.execute();
    }
  }
}
