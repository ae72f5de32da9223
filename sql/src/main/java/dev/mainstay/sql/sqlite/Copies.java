package dev.mainstay.sql.sqlite;

import dev.mainstay.core.model.Column;
import dev.mainstay.core.model.ColumnType;
import dev.mainstay.core.query.Casting;
import dev.mainstay.sql.Sql;
import dev.mainstay.sql.Term;

/// What the columns of a table that is made anew are made of.
final class Copies {
  private static final String MILLIS = "CAST(unixepoch('subsec') * 1000 AS INTEGER)";

  /// A UUID of version 7 with the time at which it is made, for rows that were there before the
  /// column.
  static final String ORDERED_UUID =
      "lower(printf('%08x-%04x-7', "
          + MILLIS
          + " >> 16, "
          + MILLIS
          + " & 65535) || substr(hex(randomblob(2)), 2) || '-'"
          + " || substr('89AB', 1 + (random() & 3), 1) || substr(hex(randomblob(2)), 2)"
          + " || '-' || hex(randomblob(6)))";

  private Copies() {}

  /// The value of a column as one of its new type.
  static String converted(Column before, Column after) {
    Sql name = new SqliteDialect().quote(before.name());
    // The labels of an enum are looked at by the CHECK of the column.
    boolean isSame =
        before.type().equals(after.type())
            || (before.type() instanceof ColumnType.Enumerated was
                && after.type() instanceof ColumnType.Enumerated is
                && was.name().equals(is.name()));
    if (isSame) return name.text();
    // Then there are none.
    if (!Casting.exists(before.type(), after.type())) return "NULL";
    return Casts.cast(Term.nullable(name, before.type()), after.type()).text();
  }
}
