package dev.mainstay.core.query;

import dev.mainstay.core.model.ColumnType;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Text to numbers, as PostgreSQL's input functions read it.
final class NumberReader {
  /// Longer texts are no numbers to us.
  private static final int LONGEST = 1000;

  private static final Pattern DECIMAL =
      Pattern.compile("([+-]?(?:[0-9]+(?:\\.[0-9]*)?|\\.[0-9]+))(?:[eE]([+-]?[0-9]{1,9}))?");

  private NumberReader() {}

  static Value whole(ColumnType.Whole type, String text) {
    String digits = Values.trim(text);
    int start = !digits.isEmpty() && (digits.charAt(0) == '-' || digits.charAt(0) == '+') ? 1 : 0;
    if (start == digits.length() || digits.length() > LONGEST)
      throw Values.invalid(type.toString(), text);
    for (int i = start; i < digits.length(); i++)
      if (!Values.isDigit(digits.charAt(i))) throw Values.invalid(type.toString(), text);
    long value;
    try {
      value = Long.parseLong(digits);
    } catch (NumberFormatException e) {
      throw tooLarge(type, text);
    }
    if (!fits(type, value)) throw tooLarge(type, text);
    return new Value.Whole(value);
  }

  static boolean fits(ColumnType.Whole type, long value) {
    return switch (type.bits()) {
      case 16 -> value == (short) value;
      case 32 -> value == (int) value;
      default -> true;
    };
  }

  /// Rounded half away from zero to the type's scale.
  static Value decimal(ColumnType.Decimal type, String text) {
    BigDecimal exact = exact(text);
    BigDecimal value = exact.setScale(type.scale(), RoundingMode.HALF_UP);
    if (value.precision() > type.precision() && value.signum() != 0)
      throw Values.outOfRange("22003", "numeric field overflow");
    return new Value.Decimal(value);
  }

  /// With all its digits, at the type's scale or a larger one: for comparing, not for storing.
  static Value anyDecimal(ColumnType.Decimal type, String text) {
    BigDecimal exact = exact(text);
    return new Value.Decimal(exact.scale() < type.scale() ? exact.setScale(type.scale()) : exact);
  }

  /// The same number at the type's scale; refuses one that the type cannot hold exactly.
  static BigDecimal held(ColumnType.Decimal type, BigDecimal number) {
    if (number.signum() == 0) return BigDecimal.ZERO.setScale(type.scale());
    BigDecimal least = number.stripTrailingZeros();
    if (least.scale() > type.scale()
        || least.precision() - least.scale() > type.precision() - type.scale())
      throw Values.outOfRange("22003", "numeric field overflow");
    return least.setScale(type.scale());
  }

  private static BigDecimal exact(String text) {
    String number = Values.trim(text);
    Matcher parts = number.length() > LONGEST ? null : DECIMAL.matcher(number);
    if (parts == null || !parts.matches()) throw Values.invalid("numeric", text);
    BigDecimal mantissa = new BigDecimal(parts.group(1));
    int exponent = parts.group(2) == null ? 0 : Integer.parseInt(parts.group(2));
    if (mantissa.signum() == 0) return BigDecimal.ZERO;
    if (exponent > LONGEST) throw Values.outOfRange("22003", "value overflows numeric format");
    if (exponent < -2 * LONGEST) return BigDecimal.ZERO;
    return mantissa.scaleByPowerOfTen(exponent);
  }

  static Value floating(ColumnType.Floating type, String text) {
    String number = Values.trim(text);
    switch (number.toLowerCase(Locale.ROOT)) {
      case "nan" -> {
        return new Value.Floating(Double.NaN);
      }
      case "infinity", "+infinity", "inf", "+inf" -> {
        return new Value.Floating(Double.POSITIVE_INFINITY);
      }
      case "-infinity", "-inf" -> {
        return new Value.Floating(Double.NEGATIVE_INFINITY);
      }
      default -> {}
    }
    Matcher parts = number.length() > LONGEST ? null : DECIMAL.matcher(number);
    if (parts == null || !parts.matches()) throw Values.invalid(type.toString(), text);
    double value =
        type.bits() == 32 ? ofFloat(Float.parseFloat(number)) : Double.parseDouble(number);
    boolean lost = value == 0 && new BigDecimal(parts.group(1)).signum() != 0;
    if (Double.isInfinite(value) || lost)
      throw Values.outOfRange(
          "22003", "\"" + Values.cut(text) + "\" is out of range for type " + type);
    return new Value.Floating(value == 0 ? 0.0 : value); // SQLite keeps no sign of a zero
  }

  /// The double nearest to the shortest text of the float: how a `real` is kept.
  static double ofFloat(float value) {
    return Double.parseDouble(FloatText.of32(value));
  }

  private static RuntimeException tooLarge(ColumnType type, String text) {
    return Values.outOfRange(
        "22003", "value \"" + Values.cut(text) + "\" is out of range for type " + type);
  }
}
