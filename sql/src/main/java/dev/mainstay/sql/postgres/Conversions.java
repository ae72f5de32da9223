package dev.mainstay.sql.postgres;

import dev.mainstay.core.model.Column;
import dev.mainstay.core.model.ColumnType;
import dev.mainstay.core.model.Fill;
import dev.mainstay.core.query.Casting;
import dev.mainstay.sql.Sql;
import dev.mainstay.sql.Term;
import org.jspecify.annotations.Nullable;

/// How the values that are there become those of a new type, or of a new column.
final class Conversions {
  /// A UUID of version 7 with the time at which it is made, for rows that were there before the
  /// column. Version 18 has a function for it; it comes to the same.
  private static final String ORDERED_UUID =
      "encode(set_bit(set_bit(overlay(uuid_send(gen_random_uuid()) PLACING"
          + " substring(int8send(floor(extract(epoch FROM clock_timestamp()) * 1000)::bigint) FROM 3)"
          + " FROM 1 FOR 6), 52, 1), 53, 1), 'hex')::uuid";

  private Conversions() {}

  /// The value of a column as one of its new type: by the cast that PostgreSQL has for the two, or
  /// through text where it is not known what it was.
  ///
  /// @param before the column as the model had it, or null when the database has something else
  static String converted(@Nullable Column before, Column after) {
    String name = Types.quoted(after.name());
    ColumnType to = after.type();
    if (before == null || before.type().equals(to) || isNative(before.type()) || isNative(to))
      return cast(name + "::text", to);
    if (sameEnum(before.type(), to)) return cast(name + "::text", to);
    // Then there are none.
    if (!Casting.exists(before.type(), to)) return cast("NULL", to);
    return cast(name, to);
  }

  /// What a new column is filled with where rows are there already, when the database has no
  /// default for it.
  static @Nullable String fill(Column column) {
    if (!(column.fill() instanceof Fill.OrderedUuid)) return null;
    return Types.isText(column.type()) ? ORDERED_UUID + "::text" : ORDERED_UUID;
  }

  /// Whether a change of type is one of the catalog alone, and the rows are not written anew.
  static boolean isFree(@Nullable Column before, Column after) {
    if (before == null) return false;
    return switch (before.type()) {
      case ColumnType.Varchar(int length) ->
          after.type() instanceof ColumnType.Text
              || (after.type() instanceof ColumnType.Varchar(int others) && others >= length);
      case ColumnType.Decimal(int precision, int scale) ->
          after.type() instanceof ColumnType.Decimal(int digits, int others)
              && others == scale
              && digits >= precision;
      default -> false;
    };
  }

  private static boolean isNative(ColumnType type) {
    return type instanceof ColumnType.Native;
  }

  private static boolean sameEnum(ColumnType a, ColumnType b) {
    if (a instanceof ColumnType.ArrayOf(ColumnType x)
        && b instanceof ColumnType.ArrayOf(ColumnType y)) return sameEnum(x, y);
    return a instanceof ColumnType.Enumerated(String _, String x, var _)
        && b instanceof ColumnType.Enumerated(String _, String y, var _)
        && x.equals(y);
  }

  private static String cast(String value, ColumnType type) {
    return new PostgresDialect().cast(Term.nullable(Sql.raw(value), type), type).text();
  }
}
