package dev.mainstay.core.query;

import dev.mainstay.core.model.ColumnType;
import dev.mainstay.core.query.Comparison.Undecided;
import dev.mainstay.core.query.Expr.Function;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;

/// What functions make of values that are not null. What a database would refuse (overflow,
/// division by zero) is left to it.
final class Computation {
  private Computation() {}

  static Value apply(Function function, List<Value> arguments, ColumnType type) {
    return switch (function) {
      case ADD, SUBTRACT, MULTIPLY, DIVIDE, REMAINDER ->
          arithmetic(function, arguments.get(0), arguments.get(1), type);
      case NEGATE ->
          switch (arguments.getFirst()) {
            case Value.Whole(long n) when n != Long.MIN_VALUE -> new Value.Whole(-n);
            case Value.Decimal(BigDecimal n) -> new Value.Decimal(n.negate());
            case Value.Floating(double n) -> new Value.Floating(-n);
            default -> throw new Undecided();
          };
      case CONCAT -> {
        StringBuilder text = new StringBuilder();
        for (Value argument : arguments) text.append(text(argument));
        yield new Value.Text(text.toString());
      }
      case SIZE -> new Value.Whole(size(arguments.getFirst()));
      case LOWER -> new Value.Text(text(arguments.getFirst()).toLowerCase(Locale.ROOT));
      case UPPER -> new Value.Text(text(arguments.getFirst()).toUpperCase(Locale.ROOT));
      case ESCAPED -> new Value.Text(LikePattern.escaped(text(arguments.getFirst())));
      case NOW, TO_JSON -> throw new Undecided();
    };
  }

  private static Value arithmetic(Function function, Value one, Value other, ColumnType type) {
    try {
      if (one instanceof Value.Whole(long a) && other instanceof Value.Whole(long b))
        return new Value.Whole(whole(function, a, b));
      if (one instanceof Value.Floating(double a) && other instanceof Value.Floating(double b))
        return new Value.Floating(floating(function, a, b));
      if (isExact(one) && isExact(other) && type instanceof ColumnType.Decimal decimal)
        return new Value.Decimal(
            decimal(function, exact(one), exact(other)).setScale(decimal.scale()));
      if (other instanceof Value.Interval by) {
        int sign = function == Function.SUBTRACT ? -1 : 1;
        if (one instanceof Value.Timestamp(var at)) return new Value.Timestamp(moved(at, by, sign));
        if (one instanceof Value.TimestampTz(var at))
          return new Value.TimestampTz(moved(at, by, sign));
      }
      if (one instanceof Value.Interval && function == Function.ADD)
        return arithmetic(function, other, one, type);
    } catch (ArithmeticException | DateTimeException e) {
      throw new Undecided();
    }
    throw new Undecided();
  }

  private static long whole(Function function, long a, long b) {
    return switch (function) {
      case ADD -> Math.addExact(a, b);
      case SUBTRACT -> Math.subtractExact(a, b);
      case MULTIPLY -> Math.multiplyExact(a, b);
      case DIVIDE -> Math.divideExact(a, b);
      case REMAINDER -> a % b;
      default -> throw new Undecided();
    };
  }

  private static double floating(Function function, double a, double b) {
    double result =
        switch (function) {
          case ADD -> a + b;
          case SUBTRACT -> a - b;
          case MULTIPLY -> a * b;
          case DIVIDE -> a / b;
          default -> throw new Undecided();
        };
    boolean overflow = Double.isInfinite(result) && Double.isFinite(a) && Double.isFinite(b);
    boolean underflow =
        result == 0
            && a != 0
            && b != 0
            && function != Function.ADD
            && function != Function.SUBTRACT;
    if (overflow || underflow || (function == Function.DIVIDE && b == 0)) throw new Undecided();
    return result;
  }

  private static BigDecimal decimal(Function function, BigDecimal a, BigDecimal b) {
    return switch (function) {
      case ADD -> a.add(b);
      case SUBTRACT -> a.subtract(b);
      case MULTIPLY -> a.multiply(b);
      default -> throw new Undecided();
    };
  }

  /// Months first, on the last day of a shorter month if need be; then days, then time.
  private static LocalDateTime moved(LocalDateTime at, Value.Interval by, int sign) {
    LocalDateTime moved =
        at.plusMonths((long) sign * by.months())
            .plusDays((long) sign * by.days())
            .plus(Math.multiplyExact(sign, by.micros()), ChronoUnit.MICROS);
    if (moved.getYear() < 1 || moved.getYear() > 9999) throw new Undecided();
    return moved;
  }

  private static long size(Value value) {
    return switch (value) {
      case Value.Text(String text) -> text.codePointCount(0, text.length());
      case Value.ListOf(var elements) -> elements.size();
      case Value.Bytes(String hex) -> hex.length() / 2;
      default -> throw new Undecided();
    };
  }

  private static String text(Value value) {
    if (value instanceof Value.Text(String text)) return text;
    throw new Undecided();
  }

  private static boolean isExact(Value value) {
    return value instanceof Value.Whole || value instanceof Value.Decimal;
  }

  private static BigDecimal exact(Value value) {
    return value instanceof Value.Whole(long number)
        ? BigDecimal.valueOf(number)
        : ((Value.Decimal) value).value();
  }
}
