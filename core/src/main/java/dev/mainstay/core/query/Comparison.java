package dev.mainstay.core.query;

import dev.mainstay.core.model.ColumnType;
import java.math.BigDecimal;
import java.time.LocalDateTime;
import java.util.List;

/// The order of two values of one kind, as PostgreSQL has it: text by code point, enums by declared
/// position, NaN equal to itself and above all numbers, a month of 30 days and a day of 24 hours,
/// arrays by their first differing elements with null above all.
final class Comparison {
  private static final long DAY = 86_400_000_000L;

  private Comparison() {}

  /// Says that only a database knows.
  static final class Undecided extends RuntimeException {
    Undecided() {
      super(null, null, false, false);
    }
  }

  static boolean equal(ColumnType type, Value one, Value other) {
    if (one instanceof Value.Json(String a) && other instanceof Value.Json(String b))
      return JsonComparison.equal(a, b);
    if (one instanceof Value.ListOf(var a) && other instanceof Value.ListOf(var b)) {
      if (a.size() != b.size()) return false;
      for (int i = 0; i < a.size(); i++)
        if (!same(elementOf(type), a.get(i), b.get(i))) return false;
      return true;
    }
    return compare(type, one, other) == 0;
  }

  /// Equal, or both null.
  static boolean same(ColumnType type, Value one, Value other) {
    if (one instanceof Value.Null || other instanceof Value.Null)
      return one instanceof Value.Null && other instanceof Value.Null;
    return equal(type, one, other);
  }

  /// Neither may be null.
  static int compare(ColumnType type, Value one, Value other) {
    return switch (one) {
      case Value.Bool(boolean a) when other instanceof Value.Bool(boolean b) ->
          Boolean.compare(a, b);
      case Value.Whole(long a) when other instanceof Value.Whole(long b) -> Long.compare(a, b);
      case Value.Floating(double a) when other instanceof Value.Floating(double b) ->
          a == b ? 0 : Double.compare(a, b);
      case Value.Whole _, Value.Decimal _
          when other instanceof Value.Whole || other instanceof Value.Decimal ->
          exact(one).compareTo(exact(other));
      case Value.Text(String a) when other instanceof Value.Text(String b) ->
          type instanceof ColumnType.Enumerated(var _, var _, List<String> labels)
              ? Integer.compare(position(labels, a), position(labels, b))
              : Values.compareText(a, b);
      case Value.Uuid(var a) when other instanceof Value.Uuid(var b) -> {
        int high = Long.compareUnsigned(a.getMostSignificantBits(), b.getMostSignificantBits());
        yield high != 0
            ? high
            : Long.compareUnsigned(a.getLeastSignificantBits(), b.getLeastSignificantBits());
      }
      case Value.Date(var a) when other instanceof Value.Date(var b) -> a.compareTo(b);
      case Value.Time(var a) when other instanceof Value.Time(var b) -> a.compareTo(b);
      case Value.Timestamp(var a) when other instanceof Value.Timestamp(var b) -> moments(a, b);
      case Value.TimestampTz(var a) when other instanceof Value.TimestampTz(var b) -> moments(a, b);
      case Value.Interval a when other instanceof Value.Interval b -> intervals(a, b);
      case Value.Bytes(String a) when other instanceof Value.Bytes(String b) -> a.compareTo(b);
      case Value.ListOf(var a) when other instanceof Value.ListOf(var b) -> lists(type, a, b);
      default -> throw new Undecided();
    };
  }

  private static int moments(LocalDateTime one, LocalDateTime other) {
    return one.compareTo(other);
  }

  private static int intervals(Value.Interval one, Value.Interval other) {
    int byDays = Long.compare(days(one), days(other));
    return byDays != 0
        ? byDays
        : Long.compare(Math.floorMod(one.micros(), DAY), Math.floorMod(other.micros(), DAY));
  }

  private static long days(Value.Interval interval) {
    return interval.months() * 30L + interval.days() + Math.floorDiv(interval.micros(), DAY);
  }

  private static int lists(ColumnType type, List<Value> one, List<Value> other) {
    for (int i = 0; i < Math.min(one.size(), other.size()); i++) {
      Value a = one.get(i);
      Value b = other.get(i);
      boolean aIsNull = a instanceof Value.Null;
      boolean bIsNull = b instanceof Value.Null;
      int order =
          aIsNull || bIsNull ? Boolean.compare(aIsNull, bIsNull) : compare(elementOf(type), a, b);
      if (order != 0) return order;
    }
    return Integer.compare(one.size(), other.size());
  }

  /// A label that is none of the type's is known to the database at most.
  private static int position(List<String> labels, String label) {
    int position = labels.indexOf(label);
    if (position < 0) throw new Undecided();
    return position;
  }

  private static BigDecimal exact(Value value) {
    return switch (value) {
      case Value.Whole(long number) -> BigDecimal.valueOf(number);
      case Value.Decimal(BigDecimal number) -> number;
      default -> throw new Undecided();
    };
  }

  private static ColumnType elementOf(ColumnType type) {
    return type instanceof ColumnType.ArrayOf(ColumnType element) ? element : type;
  }
}
