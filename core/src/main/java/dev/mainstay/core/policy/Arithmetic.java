package dev.mainstay.core.policy;

import dev.mainstay.core.model.ColumnType;
import dev.mainstay.core.policy.Comparisons.Side;
import dev.mainstay.core.query.Expr;
import dev.mainstay.core.query.Expr.Function;
import dev.mainstay.core.query.Value;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// `+ - * / %`: numbers, texts put together, a moment moved by an interval.
final class Arithmetic {
  private static final ColumnType BIGINT = new ColumnType.Whole(64);
  private static final ColumnType DOUBLE = new ColumnType.Floating(64);

  private Arithmetic() {}

  static Term apply(Function function, Side left, Side right) {
    if (function == Function.ADD && (isText(left) || isText(right)))
      return new Term.Typed(Calls.concat(texts(left, right)));
    ColumnType leftType = typed(left);
    ColumnType rightType = typed(right);
    if (isMoment(leftType) || isMoment(rightType)) return moved(function, left, right);
    ColumnType type = leftType != null ? leftType : rightType;
    if (type == null) type = constantType(left, right);
    Expr one = number(left, type);
    Expr other = number(right, type);
    ColumnType result = result(function, one.type(), other.type(), right);
    if (function == Function.DIVIDE || function == Function.REMAINDER)
      divisor(right, result, function);
    return new Term.Typed(
        new Expr.Apply(function, List.of(widened(one, result), widened(other, result)), result));
  }

  static Term negate(Side of) {
    if (of.term() instanceof Term.Numeral(String text)) return new Term.Numeral(negated(text));
    Expr expr = number(of, BIGINT);
    ColumnType type = expr.type() instanceof ColumnType.Whole ? BIGINT : expr.type();
    return new Term.Typed(new Expr.Apply(Function.NEGATE, List.of(widened(expr, type)), type));
  }

  private static String negated(String number) {
    return number.startsWith("-") ? number.substring(1) : "-" + number;
  }

  private static Expr number(Side side, ColumnType type) {
    Expr expr =
        side.term() instanceof Term.Typed(Expr typed)
            ? typed
            : Literals.as(type, side.term(), side.place());
    if (expr == null) throw Comparisons.notAValue(side);
    if (Family.of(expr.type()) != Family.NUMBER)
      throw new Refused(side.place(), expr.type() + " is not a number", null);
    if (expr.type() instanceof ColumnType.Floating(int bits) && bits == 32)
      throw new Refused(
          side.place(), "a real is not computed with", "declare the column as double");
    return expr;
  }

  private static ColumnType result(Function function, ColumnType one, ColumnType other, Side at) {
    if (one instanceof ColumnType.Floating || other instanceof ColumnType.Floating) {
      if (function == Function.REMAINDER)
        throw new Refused(at.place(), "% is for whole numbers", null);
      return DOUBLE;
    }
    if (one instanceof ColumnType.Whole && other instanceof ColumnType.Whole) return BIGINT;
    if (function == Function.DIVIDE || function == Function.REMAINDER)
      throw new Refused(at.place(), "a decimal is not divided", "divide double(…) of it");
    int scale;
    int whole;
    if (function == Function.MULTIPLY) {
      scale = Numbers.scale(one) + Numbers.scale(other);
      whole = Numbers.wholeDigits(one) + Numbers.wholeDigits(other);
    } else {
      scale = Math.max(Numbers.scale(one), Numbers.scale(other));
      whole = Math.max(Numbers.wholeDigits(one), Numbers.wholeDigits(other)) + 1;
    }
    if (scale + whole > Numbers.WIDEST)
      throw new Refused(
          at.place(),
          "the result has more than " + Numbers.WIDEST + " digits",
          "compute with double(…)");
    return new ColumnType.Decimal(scale + whole, scale);
  }

  /// A division that can fail on some row would fail for everybody.
  private static void divisor(Side side, ColumnType result, Function function) {
    if (side.term() instanceof Term.Numeral(String text) && new BigDecimal(text).signum() != 0)
      return;
    throw new Refused(
        side.place(),
        function == Function.DIVIDE
            ? "a divisor must be a number other than zero, written out"
            : "% wants a number other than zero, written out",
        result.equals(BIGINT) ? "multiply the other side instead" : null);
  }

  /// Both sides get the result's type: every engine then rounds and overflows at the same place.
  private static Expr widened(Expr expr, ColumnType result) {
    if (expr instanceof Expr.Literal(Value value, var _)) {
      if (value instanceof Value.Whole && result.equals(BIGINT))
        return new Expr.Literal(value, BIGINT);
      if (value instanceof Value.Decimal(BigDecimal number)
          && result instanceof ColumnType.Decimal(int _, int scale))
        return new Expr.Literal(new Value.Decimal(number.setScale(scale)), result);
    }
    return Numbers.as(expr, result);
  }

  private static Term moved(Function function, Side left, Side right) {
    boolean momentFirst = isMoment(typed(left));
    Side moment = momentFirst ? left : right;
    Side by = momentFirst ? right : left;
    boolean fits =
        typed(by) instanceof ColumnType.Interval
            && moment.term() instanceof Term.Typed
            && (function == Function.ADD || function == Function.SUBTRACT && momentFirst);
    if (!fits
        || !(moment.term() instanceof Term.Typed(Expr start))
        || !(by.term() instanceof Term.Typed(Expr length)))
      throw new Refused(
          by.place(),
          "a moment is moved by a duration only",
          "write now() - duration('1h'), and compare moments with < and >");
    return new Term.Typed(new Expr.Apply(function, List.of(start, length), start.type()));
  }

  private static boolean isMoment(@Nullable ColumnType type) {
    return type instanceof ColumnType.TimestampTz || type instanceof ColumnType.Timestamp;
  }

  private static @Nullable ColumnType typed(Side side) {
    return side.term() instanceof Term.Typed typed ? typed.type() : null;
  }

  private static ColumnType constantType(Side left, Side right) {
    boolean whole =
        !(left.term() instanceof Term.Numeral a && !a.isWhole())
            && !(right.term() instanceof Term.Numeral b && !b.isWhole());
    return whole ? BIGINT : DOUBLE;
  }

  private static boolean isText(Side side) {
    return side.term() instanceof Term.Text
        || side.term() instanceof Term.Typed typed && Family.of(typed.type()) == Family.TEXT;
  }

  private static List<Expr> texts(Side left, Side right) {
    List<Expr> parts = new ArrayList<>();
    for (Side side : List.of(left, right)) {
      Expr text = Calls.text(side, "+ with text");
      if (text instanceof Expr.Apply(var function, List<Expr> inner, _)
          && function == Function.CONCAT) parts.addAll(inner);
      else parts.add(text);
    }
    return parts;
  }
}
