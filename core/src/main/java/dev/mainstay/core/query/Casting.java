package dev.mainstay.core.query;

import dev.mainstay.core.model.ColumnType;
import dev.mainstay.core.problem.Problem;
import dev.mainstay.core.problem.ProblemException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import tools.jackson.databind.JsonNode;

/// Values of one type as values of another: PostgreSQL's explicit casts between the portable types,
/// in its words where it refuses one, and in UTC.
///
/// Beside those it knows [#NUMERIC], a number with as many digits as it has.
public final class Casting {
  /// A decimal without a scale of its own; its values are [Value.Native], in plain digits.
  public static final ColumnType NUMERIC = new ColumnType.Native("numeric");

  private static final ColumnType TEXT = new ColumnType.Text();

  /// Reads a decimal with all its digits.
  private static final ColumnType.Decimal ANY_DECIMAL = new ColumnType.Decimal(1000, 0);

  private static final long MICROS_A_DAY = 86_400_000_000L;

  private Casting() {}

  /// Whether there is such a cast at all.
  public static boolean exists(ColumnType from, ColumnType to) {
    if (from.equals(to) || to instanceof ColumnType.Text || isText(from)) return true;
    return switch (from) {
      case ColumnType.Bool _ -> to instanceof ColumnType.Whole(int bits) && bits == 32;
      case ColumnType.Whole(int bits) ->
          isNumber(to) || (bits == 32 && to instanceof ColumnType.Bool);
      case ColumnType.Decimal _, ColumnType.Floating _ -> isNumber(to);
      case ColumnType.Native _ -> from.equals(NUMERIC) && isNumber(to);
      case ColumnType.Json _ -> isNumber(to) || to instanceof ColumnType.Bool;
      case ColumnType.Date _ ->
          to instanceof ColumnType.Timestamp || to instanceof ColumnType.TimestampTz;
      case ColumnType.Timestamp _ ->
          to instanceof ColumnType.Date
              || to instanceof ColumnType.Time
              || to instanceof ColumnType.TimestampTz;
      case ColumnType.TimestampTz _ ->
          to instanceof ColumnType.Date
              || to instanceof ColumnType.Time
              || to instanceof ColumnType.Timestamp;
      case ColumnType.Time _ -> to instanceof ColumnType.Interval;
      case ColumnType.Interval _ -> to instanceof ColumnType.Time;
      case ColumnType.Text _,
          ColumnType.Varchar _,
          ColumnType.Uuid _,
          ColumnType.Bytea _,
          ColumnType.Enumerated _,
          ColumnType.ArrayOf _ ->
          false;
    };
  }

  /// The value as one of the type `to`; null stays null. The cast must [exist][#exists].
  ///
  /// @throws ProblemException when this value has none
  public static Value cast(ColumnType from, Value value, ColumnType to) {
    return switch (value) {
      case Value.Null _ -> value;
      case Value _ when from.equals(to) -> value;
      case Value _ when to instanceof ColumnType.Text -> new Value.Text(text(from, value));
      case Value.Text(String text) when isText(from) -> read(to, text);
      case Value.Json(String json) -> ofJson(JsonText.parse(json), to);
      case Value.Bool(boolean bool) -> new Value.Whole(bool ? 1 : 0);
      case Value.Whole(long number) when to instanceof ColumnType.Bool ->
          new Value.Bool(number != 0);
      case Value.Whole(long number) -> number(BigDecimal.valueOf(number), to);
      case Value.Decimal(BigDecimal number) -> number(number, to);
      case Value.Native(String digits) -> number(new BigDecimal(digits), to);
      case Value.Floating(double number) -> ofFloating(from, number, to);
      case Value.Date(LocalDate date) -> moment(date.atStartOfDay(), to);
      case Value.Timestamp(LocalDateTime moment) -> moment(moment, to);
      case Value.TimestampTz(LocalDateTime utc) -> moment(utc, to);
      case Value.Time(LocalTime time) -> new Value.Interval(0, 0, time.toNanoOfDay() / 1000);
      case Value.Interval interval ->
          new Value.Time(
              LocalTime.MIDNIGHT.plus(
                  Math.floorMod(interval.micros(), MICROS_A_DAY), ChronoUnit.MICROS));
      case Value.Text _, Value.Uuid _, Value.Bytes _, Value.ListOf _ ->
          throw new IllegalStateException("no cast from " + from + " to " + to);
    };
  }

  /// A value's own text, which for moments and JSON is another than in an answer: `2024-01-02
  /// 03:04:05+00`, `{"a": 1}`.
  static String text(ColumnType type, Value value) {
    return switch (value) {
      case Value.Timestamp(LocalDateTime moment) -> spaced(moment);
      case Value.TimestampTz(LocalDateTime utc) -> spaced(utc) + "+00";
      case Value.Json(String json) -> JsonText.spaced(JsonText.parse(json));
      case Value.ListOf(List<Value> elements) -> {
        ColumnType element = type instanceof ColumnType.ArrayOf(ColumnType of) ? of : type;
        List<Value> texts =
            elements.stream()
                .map(e -> e instanceof Value.Null ? e : new Value.Text(text(element, e)))
                .toList();
        yield ValueText.text(new ColumnType.ArrayOf(TEXT), new Value.ListOf(texts));
      }
      case Value _ -> ValueText.text(type, value);
    };
  }

  private static String spaced(LocalDateTime moment) {
    return TimeText.of(moment).replace('T', ' ');
  }

  private static Value read(ColumnType to, String text) {
    return to.equals(NUMERIC)
        ? numeric(((Value.Decimal) ValueReader.operand(ANY_DECIMAL, text)).value())
        : ValueReader.read(to, text);
  }

  private static Value ofJson(JsonNode json, ColumnType to) {
    boolean toBool = to instanceof ColumnType.Bool;
    if (json.isBoolean() && toBool) return new Value.Bool(json.booleanValue());
    if (json.isNumber() && !toBool) return number(json.decimalValue(), to);
    return switch (json.getNodeType()) {
      case NULL -> Value.NULL;
      case BOOLEAN -> throw noScalar("boolean", to);
      case NUMBER -> throw noScalar("numeric", to);
      case STRING -> throw noScalar("string", to);
      case ARRAY -> throw noScalar("array", to);
      case OBJECT -> throw noScalar("object", to);
      case BINARY, POJO, MISSING -> throw new IllegalStateException("no JSON: " + json);
    };
  }

  private static ProblemException noScalar(String what, ColumnType to) {
    return new ProblemException(
        new Problem.Database("22023", "cannot cast jsonb " + what + " to type " + to, null, null));
  }

  /// Whole numbers round half away from zero.
  private static Value number(BigDecimal number, ColumnType to) {
    return switch (to) {
      case ColumnType.Whole whole -> whole(number.setScale(0, RoundingMode.HALF_UP), whole);
      case ColumnType.Decimal decimal -> NumberReader.decimal(decimal, number.toPlainString());
      case ColumnType.Floating floating -> NumberReader.floating(floating, number.toString());
      default -> numeric(number);
    };
  }

  /// Whole numbers round half to even; a decimal has the digits that the type is sure of.
  private static Value ofFloating(ColumnType from, double stored, ColumnType to) {
    boolean isReal = from instanceof ColumnType.Floating(int bits) && bits == 32;
    double number = isReal ? (float) stored : stored;
    if (to instanceof ColumnType.Floating(int bits)) {
      if (bits == 64) return new Value.Floating(number);
      float real = (float) number;
      if (Float.isInfinite(real) && Double.isFinite(number))
        throw Values.outOfRange("22003", "value out of range: overflow");
      if (real == 0 && number != 0)
        throw Values.outOfRange("22003", "value out of range: underflow");
      return new Value.Floating(NumberReader.ofFloat(real));
    }
    if (to instanceof ColumnType.Whole whole) {
      if (!Double.isFinite(number)) throw tooLarge(whole);
      return whole(new BigDecimal(Math.rint(number)), whole);
    }
    if (!Double.isFinite(number)) return new Value.Native(FloatText.of64(number));
    return number(
        new BigDecimal(number).round(new MathContext(isReal ? 6 : 15)).stripTrailingZeros(), to);
  }

  private static Value whole(BigDecimal number, ColumnType.Whole to) {
    try {
      long value = number.longValueExact();
      if (NumberReader.fits(to, value)) return new Value.Whole(value);
    } catch (ArithmeticException e) {
      // told below
    }
    throw tooLarge(to);
  }

  private static ProblemException tooLarge(ColumnType.Whole to) {
    return Values.outOfRange("22003", to + " out of range");
  }

  private static Value numeric(BigDecimal number) {
    return new Value.Native((number.scale() < 0 ? number.setScale(0) : number).toPlainString());
  }

  private static Value moment(LocalDateTime moment, ColumnType to) {
    return switch (to) {
      case ColumnType.Date _ -> new Value.Date(moment.toLocalDate());
      case ColumnType.Time _ -> new Value.Time(moment.toLocalTime());
      case ColumnType.Timestamp _ -> new Value.Timestamp(moment);
      default -> new Value.TimestampTz(moment);
    };
  }

  private static boolean isText(ColumnType type) {
    return type instanceof ColumnType.Text || type instanceof ColumnType.Varchar;
  }

  private static boolean isNumber(ColumnType type) {
    return type instanceof ColumnType.Whole
        || type instanceof ColumnType.Decimal
        || type instanceof ColumnType.Floating
        || type.equals(NUMERIC);
  }
}
