package dev.mainstay.sql.sqlite;

import dev.mainstay.core.model.ColumnType;
import dev.mainstay.core.problem.Problem;
import dev.mainstay.core.problem.ProblemException;
import dev.mainstay.core.query.Value;
import dev.mainstay.core.query.ValueReader;
import dev.mainstay.core.query.ValueText;
import dev.mainstay.sql.IntervalMath;
import dev.mainstay.sql.sqlite.HostFunctions.Given;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDateTime;
import java.util.function.BinaryOperator;
import java.util.function.DoubleBinaryOperator;
import java.util.function.LongBinaryOperator;

/// Arithmetic that raises where PostgreSQL raises: SQLite answers a float on overflow and null on
/// division by zero. One function for each operation and kind of value.
final class Arithmetic {
  private static final ColumnType.Interval INTERVAL = new ColumnType.Interval();

  static void addTo(Connection connection) throws SQLException {
    numbers(connection, "ms_add", Math::addExact, Double::sum, BigDecimal::add);
    numbers(connection, "ms_subtract", Math::subtractExact, (a, b) -> a - b, BigDecimal::subtract);
    numbers(connection, "ms_multiply", Math::multiplyExact, (a, b) -> a * b, BigDecimal::multiply);
    numbers(
        connection,
        "ms_divide",
        (a, b) -> Math.divideExact(a, notZero(b)),
        (a, b) -> a / notZero(b),
        (a, b) -> a.divide(notZero(b), MathContext.DECIMAL128));
    numbers(
        connection,
        "ms_remainder",
        (a, b) -> a % notZero(b),
        (a, b) -> a % notZero(b),
        (a, b) -> a.remainder(notZero(b)));
    HostFunctions.add(
        connection,
        "ms_rescale",
        4,
        a -> bounded(unscaled(decimal(a, 0, 1), a.whole(2)), a.whole(3)));
    HostFunctions.add(
        connection, "ms_negate", 2, a -> whole(0, a.whole(0), a.whole(1), Math::subtractExact));
    HostFunctions.add(
        connection, "ms_negate_decimal", 2, a -> unscaled(decimal(a, 0, 1).negate(), a.whole(1)));
    HostFunctions.add(connection, "ms_negate_float", 1, a -> -a.real(0));
    HostFunctions.add(
        connection, "ms_negate_interval", 1, a -> text(IntervalMath.times(interval(a, 0), -1)));
    HostFunctions.add(
        connection,
        "ms_add_interval",
        2,
        a -> text(IntervalMath.plus(interval(a, 0), interval(a, 1))));
    HostFunctions.add(
        connection,
        "ms_subtract_interval",
        2,
        a -> text(IntervalMath.plus(interval(a, 0), IntervalMath.times(interval(a, 1), -1))));
    HostFunctions.add(connection, "ms_add_moment", 2, a -> moved(a.text(0), a.text(1), 1));
    HostFunctions.add(connection, "ms_subtract_moment", 2, a -> moved(a.text(0), a.text(1), -1));
  }

  private static void numbers(
      Connection connection,
      String name,
      LongBinaryOperator whole,
      DoubleBinaryOperator floating,
      BinaryOperator<BigDecimal> decimal)
      throws SQLException {
    boolean isProduct = name.equals("ms_multiply") || name.equals("ms_divide");
    HostFunctions.add(connection, name, 3, a -> whole(a.whole(0), a.whole(1), a.whole(2), whole));
    HostFunctions.add(
        connection, name + "_float", 2, a -> floating(a.real(0), a.real(1), isProduct, floating));
    HostFunctions.add(
        connection,
        name + "_decimal",
        3,
        a -> unscaled(decimal.apply(decimal(a, 0, 2), decimal(a, 1, 2)), a.whole(2)));
  }

  private static Long whole(long left, long right, long bits, LongBinaryOperator operator) {
    try {
      long result = operator.applyAsLong(left, right);
      if (result == result << (64 - bits) >> (64 - bits)) return result;
    } catch (ArithmeticException e) {
      // Out of the 64 bits.
    }
    throw outOfRange(new ColumnType.Whole((int) bits) + " out of range");
  }

  private static Double floating(
      double left, double right, boolean isProduct, DoubleBinaryOperator operator) {
    double result = operator.applyAsDouble(left, right);
    if (Double.isInfinite(result) && Double.isFinite(left) && Double.isFinite(right))
      throw outOfRange("value out of range: overflow");
    if (result == 0 && left != 0 && right != 0 && isProduct)
      throw outOfRange("value out of range: underflow");
    return result;
  }

  private static BigDecimal decimal(Given given, int at, int scale) throws SQLException {
    return BigDecimal.valueOf(given.whole(at), (int) given.whole(scale));
  }

  private static Long unscaled(BigDecimal value, long scale) {
    try {
      return value.setScale((int) scale, RoundingMode.HALF_UP).unscaledValue().longValueExact();
    } catch (ArithmeticException e) {
      throw outOfRange("numeric field overflow");
    }
  }

  private static Long bounded(long unscaled, long digits) {
    if (BigDecimal.valueOf(unscaled).precision() > digits)
      throw outOfRange("numeric field overflow");
    return unscaled;
  }

  private static Value.Interval interval(Given given, int at) throws SQLException {
    return (Value.Interval) ValueReader.read(INTERVAL, given.text(at));
  }

  private static String text(Value.Interval interval) {
    return ValueText.text(INTERVAL, interval);
  }

  /// A stored date or time stamp, moved by months, then days, then microseconds; a date becomes a
  /// time stamp.
  private static String moved(String moment, String text, int sign) {
    Value.Interval by = IntervalMath.times((Value.Interval) ValueReader.read(INTERVAL, text), sign);
    boolean isDate = moment.length() == 10;
    LocalDateTime to =
        IntervalMath.moved(
            LocalDateTime.parse(isDate ? moment + "T00:00:00" : moment.substring(0, 26)), by);
    String zone = moment.length() > 26 ? moment.substring(26) : "";
    return Storage.stored(new Value.Timestamp(to), new ColumnType.Timestamp()) + zone;
  }

  private static long notZero(long divisor) {
    if (divisor == 0) throw byZero();
    return divisor;
  }

  private static double notZero(double divisor) {
    if (divisor == 0) throw byZero();
    return divisor;
  }

  private static BigDecimal notZero(BigDecimal divisor) {
    if (divisor.signum() == 0) throw byZero();
    return divisor;
  }

  private static ProblemException outOfRange(String message) {
    return new ProblemException(new Problem.Database("22003", message, null, null));
  }

  private static ProblemException byZero() {
    return new ProblemException(new Problem.Database("22012", "division by zero", null, null));
  }

  private Arithmetic() {}
}
