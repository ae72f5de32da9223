package dev.mainstay.sql;

import java.math.BigDecimal;
import java.math.RoundingMode;

/// Exact numbers divided as PostgreSQL's `numeric` is.
public final class Division {
  /// PostgreSQL keeps four decimal digits together.
  private static final int GROUP = 4;

  /// Significant digits of a quotient, at least.
  private static final int DIGITS = 16;

  private Division() {}

  /// Divides to as many digits as PostgreSQL does.
  public static BigDecimal quotient(BigDecimal dividend, BigDecimal divisor) {
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
}
