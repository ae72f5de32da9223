package dev.mainstay.sql.sqlite;

import dev.mainstay.core.model.ColumnType;
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

  private Numeric() {}
}
