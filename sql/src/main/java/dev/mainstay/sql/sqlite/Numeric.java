package dev.mainstay.sql.sqlite;

import dev.mainstay.core.model.ColumnType;
import dev.mainstay.core.problem.Problem;
import dev.mainstay.core.problem.ProblemException;
import dev.mainstay.sql.Sql;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.sql.Connection;
import java.sql.SQLException;

/// Exact numbers of any size, as PostgreSQL's `numeric` writes them; nothing is stored as one, sums
/// and averages are.
final class Numeric {
  /// PostgreSQL keeps four decimal digits together.
  private static final int GROUP = 4;

  /// Significant digits of a quotient, at least.
  private static final int DIGITS = 16;

  static boolean is(ColumnType type) {
    return type instanceof ColumnType.Native(String name) && name.equals("numeric");
  }

  static Sql cast(Sql value, ColumnType type) {
    return switch (type) {
      case ColumnType.Whole(int bits) -> Sql.of("ms_numeric_whole({}, " + bits + ")", value);
      case ColumnType.Floating _ -> Sql.of("CAST({} AS REAL)", value);
      case ColumnType.Text _ -> value;
      case ColumnType.Native _ when is(type) -> value;
      default ->
          throw new ProblemException(new Problem.Unsupported("a cast from numeric to " + type));
    };
  }

  static void addTo(Connection connection) throws SQLException {
    HostFunctions.add(
        connection, "ms_sum", 3, a -> sum(a.whole(0), a.whole(1), a.whole(2)).toPlainString());
    HostFunctions.add(
        connection,
        "ms_avg",
        4,
        a ->
            quotient(sum(a.whole(0), a.whole(1), a.whole(2)), BigDecimal.valueOf(a.whole(3)))
                .toPlainString());
    HostFunctions.add(connection, "ms_numeric_whole", 2, a -> whole(a.text(0), a.whole(1)));
  }

  /// What was added up in halves of 32 bits.
  private static BigDecimal sum(long high, long low, long scale) {
    BigInteger sum = BigInteger.valueOf(high).shiftLeft(32).add(BigInteger.valueOf(low));
    return new BigDecimal(sum, (int) scale);
  }

  /// Divides to as many digits as PostgreSQL does.
  static BigDecimal quotient(BigDecimal dividend, BigDecimal divisor) {
    int weight = weight(dividend) - weight(divisor);
    if (first(dividend) <= first(divisor)) weight--;
    int scale = Math.max(DIGITS - weight * GROUP, Math.max(dividend.scale(), divisor.scale()));
    return dividend.divide(divisor, Math.clamp(scale, 0, 1000), RoundingMode.HALF_UP);
  }

  /// Which power of ten thousand the number's first digit, to that base, counts.
  private static int weight(BigDecimal number) {
    return number.signum() == 0 ? 0 : Math.floorDiv(number.precision() - number.scale() - 1, GROUP);
  }

  private static int first(BigDecimal number) {
    if (number.signum() == 0) return 0;
    return number.abs().movePointLeft(weight(number) * GROUP).intValue();
  }

  private static Long whole(String text, long bits) {
    BigInteger whole = new BigDecimal(text).setScale(0, RoundingMode.HALF_UP).toBigInteger();
    if (whole.bitLength() < bits) return whole.longValue();
    throw new ProblemException(
        new Problem.Database(
            "22003", new ColumnType.Whole((int) bits) + " out of range", null, null));
  }

  private Numeric() {}
}
