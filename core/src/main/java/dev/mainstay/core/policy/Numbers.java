package dev.mainstay.core.policy;

import dev.mainstay.core.model.ColumnType;
import dev.mainstay.core.query.Expr;
import org.jspecify.annotations.Nullable;

/// The type in which two numbers meet: whole numbers at the wider size, with a decimal as a decimal
/// wide enough for both, with a floating-point number as a double.
final class Numbers {
  /// What every engine can hold.
  static final int WIDEST = 18;

  private Numbers() {}

  /// Null when no decimal that every engine has can hold both.
  static @Nullable ColumnType common(ColumnType one, ColumnType other) {
    if (one.equals(other)) return one;
    if (one instanceof ColumnType.Floating || other instanceof ColumnType.Floating)
      return new ColumnType.Floating(64);
    if (one instanceof ColumnType.Whole(int a) && other instanceof ColumnType.Whole(int b))
      return new ColumnType.Whole(Math.max(a, b));
    int scale = Math.max(scale(one), scale(other));
    int whole = Math.max(wholeDigits(one), wholeDigits(other));
    return whole + scale > WIDEST ? null : new ColumnType.Decimal(whole + scale, scale);
  }

  static Expr as(Expr expr, ColumnType type) {
    return expr.type().equals(type) ? expr : new Expr.Cast(expr, type);
  }

  static int scale(ColumnType type) {
    return type instanceof ColumnType.Decimal(int _, int scale) ? scale : 0;
  }

  static int wholeDigits(ColumnType type) {
    return switch (type) {
      case ColumnType.Decimal(int precision, int scale) -> precision - scale;
      case ColumnType.Whole(int bits) -> bits == 16 ? 5 : bits == 32 ? 10 : 19;
      default -> throw new IllegalArgumentException("no exact number: " + type);
    };
  }
}
