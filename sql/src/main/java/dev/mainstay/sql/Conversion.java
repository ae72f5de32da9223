package dev.mainstay.sql;

import dev.mainstay.core.model.ColumnType;
import dev.mainstay.core.query.Casting;

/// What becomes of the values of a column when its type changes.
enum Conversion {
  /// Each has its equal.
  EXACT,
  /// Each has its equal, or the change fails.
  CHECKED,
  /// Some are rounded or cut.
  LOSSY,
  /// There is no way.
  NONE;

  static Conversion of(ColumnType from, ColumnType to) {
    if (from.equals(to)) return EXACT;
    if (from instanceof ColumnType.Native || to instanceof ColumnType.Native) return CHECKED;
    if (!Casting.exists(from, to)) return NONE;
    return switch (from) {
      case ColumnType.Whole whole -> ofWhole(whole, to);
      case ColumnType.Decimal decimal -> ofDecimal(decimal, to);
      case ColumnType.Floating(int bits) ->
          to instanceof ColumnType.Text
                  || (to instanceof ColumnType.Floating(int others) && others >= bits)
              ? EXACT
              : LOSSY;
      case ColumnType.TimestampTz _, ColumnType.Timestamp _ ->
          to instanceof ColumnType.Date || to instanceof ColumnType.Time ? LOSSY : EXACT;
      case ColumnType.Varchar(int length) ->
          to instanceof ColumnType.Text
                  || (to instanceof ColumnType.Varchar(int others) && others >= length)
              ? EXACT
              : ofText(to);
      // A number is read from the text, and has as many digits as its type.
      case ColumnType.Text _ -> ofText(to);
      case ColumnType.Json _ -> to instanceof ColumnType.Whole ? LOSSY : ofText(to);
      // Of a day and an hour the hour is left.
      case ColumnType.Interval _ -> to instanceof ColumnType.Text ? EXACT : LOSSY;
      case ColumnType.Bool _, ColumnType.ArrayOf _ ->
          to instanceof ColumnType.Text ? EXACT : CHECKED;
      case ColumnType.Date _,
          ColumnType.Time _,
          ColumnType.Uuid _,
          ColumnType.Bytea _,
          ColumnType.Enumerated _ ->
          EXACT;
      case ColumnType.Native _ -> CHECKED;
    };
  }

  private static Conversion ofText(ColumnType to) {
    return switch (to) {
      case ColumnType.Text _ -> EXACT;
      case ColumnType.Decimal _, ColumnType.Floating _ -> LOSSY;
      default -> CHECKED;
    };
  }

  private static Conversion ofWhole(ColumnType.Whole from, ColumnType to) {
    return switch (to) {
      case ColumnType.Whole(int bits) -> bits >= from.bits() ? EXACT : CHECKED;
      case ColumnType.Floating _ -> LOSSY;
      case ColumnType.Bool _ -> LOSSY;
      case ColumnType.Text _ -> EXACT;
      default -> CHECKED;
    };
  }

  private static Conversion ofDecimal(ColumnType.Decimal from, ColumnType to) {
    return switch (to) {
      case ColumnType.Decimal(int precision, int scale) -> {
        if (scale < from.scale()) yield LOSSY;
        yield precision - scale >= from.precision() - from.scale() ? EXACT : CHECKED;
      }
      case ColumnType.Text _ -> EXACT;
      default -> from.scale() == 0 && to instanceof ColumnType.Whole ? CHECKED : LOSSY;
    };
  }
}
