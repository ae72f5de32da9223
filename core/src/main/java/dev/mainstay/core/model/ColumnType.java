package dev.mainstay.core.model;

import java.util.List;

/// What a column holds. The portable types mean the same on every engine; [Native] is an engine's
/// own type by name.
///
/// `toString` is the type's SQL name, as PostgreSQL prints it in its messages.
public sealed interface ColumnType {
  record Bool() implements ColumnType {
    @Override
    public String toString() {
      return "boolean";
    }
  }

  /// A signed whole number of 16, 32 or 64 bits.
  record Whole(int bits) implements ColumnType {
    public Whole {
      if (bits != 16 && bits != 32 && bits != 64)
        throw new IllegalArgumentException("bits: " + bits);
    }

    @Override
    public String toString() {
      return switch (bits) {
        case 16 -> "smallint";
        case 32 -> "integer";
        default -> "bigint";
      };
    }
  }

  /// An exact decimal number: `precision` digits in all, `scale` of them after the point.
  record Decimal(int precision, int scale) implements ColumnType {
    public Decimal {
      if (precision < 1 || scale < 0 || scale > precision)
        throw new IllegalArgumentException("decimal(" + precision + "," + scale + ")");
    }

    @Override
    public String toString() {
      return "numeric(" + precision + "," + scale + ")";
    }
  }

  /// A binary floating-point number of 32 or 64 bits.
  record Floating(int bits) implements ColumnType {
    public Floating {
      if (bits != 32 && bits != 64) throw new IllegalArgumentException("bits: " + bits);
    }

    @Override
    public String toString() {
      return bits == 32 ? "real" : "double precision";
    }
  }

  record Text() implements ColumnType {
    @Override
    public String toString() {
      return "text";
    }
  }

  /// Text of at most `length` code points.
  record Varchar(int length) implements ColumnType {
    public Varchar {
      if (length < 1) throw new IllegalArgumentException("length: " + length);
    }

    @Override
    public String toString() {
      return "character varying(" + length + ")";
    }
  }

  record Uuid() implements ColumnType {
    @Override
    public String toString() {
      return "uuid";
    }
  }

  record Date() implements ColumnType {
    @Override
    public String toString() {
      return "date";
    }
  }

  /// A time of day without a zone, to the microsecond.
  record Time() implements ColumnType {
    @Override
    public String toString() {
      return "time without time zone";
    }
  }

  /// A date and time without a zone, to the microsecond.
  record Timestamp() implements ColumnType {
    @Override
    public String toString() {
      return "timestamp without time zone";
    }
  }

  /// A point in time, to the microsecond; rendered in UTC.
  record TimestampTz() implements ColumnType {
    @Override
    public String toString() {
      return "timestamp with time zone";
    }
  }

  /// Months, days and microseconds, kept apart; compared as PostgreSQL does (a month is 30 days, a
  /// day 24 hours).
  record Interval() implements ColumnType {
    @Override
    public String toString() {
      return "interval";
    }
  }

  record Json() implements ColumnType {
    @Override
    public String toString() {
      return "jsonb";
    }
  }

  record Bytea() implements ColumnType {
    @Override
    public String toString() {
      return "bytea";
    }
  }

  /// One of a fixed list of labels, which sort in the order they are declared.
  record Enumerated(String schema, String name, List<String> labels) implements ColumnType {
    public Enumerated {
      labels = List.copyOf(labels);
    }

    public Enumerated(String name, List<String> labels) {
      this(TableName.DEFAULT_SCHEMA, name, labels);
    }

    @Override
    public String toString() {
      return schema.equals(TableName.DEFAULT_SCHEMA) ? name : schema + "." + name;
    }
  }

  /// A list of scalars, each of them perhaps null.
  record ArrayOf(ColumnType element) implements ColumnType {
    public ArrayOf {
      if (element instanceof ArrayOf) throw new IllegalArgumentException("an array of arrays");
    }

    @Override
    public String toString() {
      return element + "[]";
    }
  }

  /// A type of one engine alone, by the engine's own name for it. Its values travel as text.
  ///
  /// @param isRow whether its values have fields, and may be written as JSON objects
  record Native(String name, boolean isRow) implements ColumnType {
    public Native(String name) {
      this(name, false);
    }

    @Override
    public String toString() {
      return name;
    }
  }
}
