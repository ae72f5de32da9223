package dev.mainstay.core.query;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/// A binary floating-point number as PostgreSQL writes it: the fewest digits that read back as the
/// same number, `1e+20`, `NaN`, `Infinity`.
///
/// Java's own shortest form differs in three ways: it wants at least two digits (`4.9E-324`), it
/// takes a decimal that lies exactly between two numbers where the reader would round to this one,
/// and it changes to an exponent elsewhere.
public final class FloatText {
  private FloatText() {}

  /// Text of a `double precision`.
  public static String of64(double value) {
    return text(value, Double.toString(value), 15, DOUBLE);
  }

  /// Text of a `real`.
  public static String of32(float value) {
    return text(value, Float.toString(value), 6, SINGLE);
  }

  /// Text of a `real` that is kept as the double nearest to its shortest text.
  public static String of32(double value) {
    return of32((float) value);
  }

  /// One precision: how a number is read, and what lies around it.
  private interface Precision {
    boolean reads(BigDecimal decimal, double value);

    double above(double value);

    double below(double value);

    /// From here on a decimal of few digits can lie exactly between two numbers.
    double firstMidpoint();
  }

  private static final Precision DOUBLE =
      new Precision() {
        @Override
        public boolean reads(BigDecimal decimal, double value) {
          return decimal.doubleValue() == value;
        }

        @Override
        public double above(double value) {
          return Math.nextUp(value);
        }

        @Override
        public double below(double value) {
          return Math.nextDown(value);
        }

        @Override
        public double firstMidpoint() {
          return 0x1p51;
        }
      };

  private static final Precision SINGLE =
      new Precision() {
        @Override
        public boolean reads(BigDecimal decimal, double value) {
          return decimal.floatValue() == value;
        }

        @Override
        public double above(double value) {
          return Math.nextUp((float) value);
        }

        @Override
        public double below(double value) {
          return Math.nextDown((float) value);
        }

        @Override
        public double firstMidpoint() {
          return 0x1p20;
        }
      };

  private static String text(double value, String java, int fixedBelow, Precision precision) {
    if (Double.isNaN(value)) return "NaN";
    if (Double.isInfinite(value)) return value > 0 ? "Infinity" : "-Infinity";
    String sign = java.startsWith("-") ? "-" : "";
    if (value == 0) return sign + "0";
    return sign
        + layout(shortest(Math.abs(value), java.substring(sign.length()), precision), fixedBelow);
  }

  /// The shortest decimal strictly inside the numbers that read as `value`.
  private static BigDecimal shortest(double value, String java, Precision precision) {
    BigDecimal decimal = new BigDecimal(java).stripTrailingZeros();
    if (decimal.precision() != 2
        && (value < precision.firstMidpoint() || isInside(decimal, value, precision)))
      return decimal;
    BigDecimal exact = new BigDecimal(value);
    for (int digits = 1; digits < 17; digits++) {
      BigDecimal near = exact.round(new MathContext(digits, RoundingMode.HALF_EVEN));
      if (isInside(near, value, precision)) return near.stripTrailingZeros();
      BigDecimal other = exact.round(new MathContext(digits, RoundingMode.UP));
      if (isInside(other, value, precision)) return other.stripTrailingZeros();
    }
    return exact.round(new MathContext(17, RoundingMode.HALF_EVEN)).stripTrailingZeros();
  }

  private static boolean isInside(BigDecimal decimal, double value, Precision precision) {
    if (!precision.reads(decimal, value)) return false;
    BigDecimal twice = decimal.add(decimal);
    BigDecimal exact = new BigDecimal(value);
    double above = precision.above(value);
    return twice.compareTo(exact.add(new BigDecimal(precision.below(value)))) > 0
        && (Double.isInfinite(above) || twice.compareTo(exact.add(new BigDecimal(above))) < 0);
  }

  private static String layout(BigDecimal decimal, int fixedBelow) {
    String digits = decimal.unscaledValue().toString();
    int exponent = digits.length() - 1 - decimal.scale();
    if (exponent >= -4 && exponent < fixedBelow) return decimal.toPlainString();
    String mantissa = digits.length() == 1 ? digits : digits.charAt(0) + "." + digits.substring(1);
    int size = Math.abs(exponent);
    return mantissa + "e" + (exponent < 0 ? "-" : "+") + (size < 10 ? "0" : "") + size;
  }
}
