package dev.mainstay.sql.sqlite;

import dev.mainstay.core.model.ColumnType;
import dev.mainstay.core.query.Casting;
import dev.mainstay.core.query.JsonText;
import dev.mainstay.core.query.Value;
import dev.mainstay.core.query.ValueReader;
import dev.mainstay.sql.PortableCasts;
import dev.mainstay.sql.Sql;
import dev.mainstay.sql.Term;
import dev.mainstay.sql.TypeCode;
import java.sql.Connection;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/// Casts of stored values: those that are little work for SQLite, and one function of ours for all
/// others.
final class Casts {
  /// What a double holds exactly.
  private static final int SURE_DIGITS = 15;

  static void addTo(Connection connection) throws SQLException {
    HostFunctions.add(connection, "ms_cast", 3, new Cast());
  }

  static Sql cast(Term value, ColumnType to) {
    ColumnType from = value.type();
    Sql sql = value.sql();
    if (from.equals(to)) return sql;
    PortableCasts.require(from, to);
    return switch (to) {
      case ColumnType.Whole(int bits) when from instanceof ColumnType.Whole ->
          Sql.of("ms_add({}, 0, " + bits + ")", sql);
      case ColumnType.Decimal(int precision, int scale) when scale(from) >= 0 ->
          Sql.of("ms_rescale({}, " + scale(from) + ", " + scale + ", " + precision + ")", sql);
      case ColumnType.Floating(int bits)
          when bits == 64 && scale(from) >= 0 && digits(from) <= SURE_DIGITS ->
          Sql.of("({} / 1" + "0".repeat(scale(from)) + ".0)", sql);
      case ColumnType.Timestamp _ when from instanceof ColumnType.Date ->
          Sql.of("({} || 'T00:00:00.000000')", sql);
      case ColumnType.Text _ when isStoredAsItsText(from) -> sql;
      default ->
          Sql.of(
              "ms_cast({}, {}, {})",
              from instanceof ColumnType.Json ? sql : Encoding.json(value),
              Sql.raw(SqliteDialect.text(TypeCode.of(from))),
              Sql.raw(SqliteDialect.text(TypeCode.of(to))));
    };
  }

  private static boolean isStoredAsItsText(ColumnType type) {
    return type instanceof ColumnType.Varchar
        || type instanceof ColumnType.Enumerated
        || type instanceof ColumnType.Uuid
        || type instanceof ColumnType.Date
        || type instanceof ColumnType.Interval
        || type.equals(Casting.NUMERIC);
  }

  private static int scale(ColumnType type) {
    return switch (type) {
      case ColumnType.Whole _ -> 0;
      case ColumnType.Decimal(int _, int scale) -> scale;
      default -> -1;
    };
  }

  /// A whole number is converted in one step, so it may have any number of digits.
  private static int digits(ColumnType type) {
    return type instanceof ColumnType.Decimal(int precision, int _) ? precision : 0;
  }

  /// Of a value as JSON, from one type to another. Keeps the last types: a statement asks for the
  /// same again and again.
  private static final class Cast implements HostFunctions.Body {
    private String fromCode = "";
    private String toCode = "";
    private ColumnType from = new ColumnType.Text();
    private ColumnType to = new ColumnType.Text();

    @Override
    public @Nullable Object of(HostFunctions.Given given) throws SQLException {
      if (!given.text(1).equals(fromCode)) {
        fromCode = given.text(1);
        from = TypeCode.read(JsonText.parse(fromCode));
      }
      if (!given.text(2).equals(toCode)) {
        toCode = given.text(2);
        to = TypeCode.read(JsonText.parse(toCode));
      }
      String json = given.text(0);
      // Of JSON, null is a value as well.
      Value value =
          from instanceof ColumnType.Json
              ? new Value.Json(json)
              : ValueReader.fromJson(from, JsonText.parse(json));
      return Storage.stored(Casting.cast(from, value, to), to);
    }
  }

  private Casts() {}
}
