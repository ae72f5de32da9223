package dev.mainstay.core.policy;

import dev.mainstay.core.model.ColumnType;

/// The kinds of types within which values are compared.
enum Family {
  BOOLEAN("a boolean"),
  NUMBER("a number"),
  TEXT("text"),
  UUID("a uuid"),
  DATE("a date"),
  TIME("a time"),
  TIMESTAMP("a timestamp"),
  TIMESTAMPTZ("a timestamptz"),
  INTERVAL("an interval"),
  JSON("json"),
  BYTES("bytea"),
  ENUM("an enum"),
  ARRAY("an array"),
  NATIVE("a type of one engine");

  final String words;

  Family(String words) {
    this.words = words;
  }

  static Family of(ColumnType type) {
    return switch (type) {
      case ColumnType.Bool _ -> BOOLEAN;
      case ColumnType.Whole _, ColumnType.Decimal _, ColumnType.Floating _ -> NUMBER;
      case ColumnType.Text _, ColumnType.Varchar _ -> TEXT;
      case ColumnType.Uuid _ -> UUID;
      case ColumnType.Date _ -> DATE;
      case ColumnType.Time _ -> TIME;
      case ColumnType.Timestamp _ -> TIMESTAMP;
      case ColumnType.TimestampTz _ -> TIMESTAMPTZ;
      case ColumnType.Interval _ -> INTERVAL;
      case ColumnType.Json _ -> JSON;
      case ColumnType.Bytea _ -> BYTES;
      case ColumnType.Enumerated _ -> ENUM;
      case ColumnType.ArrayOf _ -> ARRAY;
      case ColumnType.Native _ -> NATIVE;
    };
  }

  /// Whether values of the kind can be put in an order.
  boolean isOrdered() {
    return switch (this) {
      case BOOLEAN, JSON, ARRAY, NATIVE -> false;
      default -> true;
    };
  }
}
