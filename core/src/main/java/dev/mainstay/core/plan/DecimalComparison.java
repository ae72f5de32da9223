package dev.mainstay.core.plan;

import dev.mainstay.core.model.ColumnType;
import dev.mainstay.core.query.Asked.Condition;
import dev.mainstay.core.query.Expr;
import dev.mainstay.core.query.Filter;
import dev.mainstay.core.query.Operator;
import dev.mainstay.core.query.Quantifier;
import dev.mainstay.core.query.Truth;
import dev.mainstay.core.query.Value;
import dev.mainstay.core.query.ValueReader;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Compares a decimal column with numbers of any scale and size, exactly.
///
/// An engine may store a decimal as a scaled whole number, so a bound operand must be a value the
/// column could hold. One that is not lies between two that are, and `x < 1.995` becomes `x <=
/// 1.99`.
final class DecimalComparison {
  private final Expr left;
  private final ColumnType.Decimal type;
  private final Binds binds;

  DecimalComparison(Expr left, ColumnType.Decimal type, Binds binds) {
    this.left = left;
    this.type = type;
    this.binds = binds;
  }

  Filter filter(Condition.Compare compare) {
    List<@Nullable BigDecimal> operands = new ArrayList<>(compare.operands().size());
    for (String text : compare.operands()) operands.add(text == null ? null : number(text));
    Operator operator = compare.operator();
    return switch (compare.quantifier()) {
      case ONE -> one(operator, operands.getFirst());
      case ANY ->
          operator == Operator.EQ ? among(operands) : new Filter.Or(each(operator, operands));
      case ALL -> new Filter.And(each(operator, operands));
    };
  }

  private BigDecimal number(String text) {
    if (ValueReader.operand(type, text) instanceof Value.Decimal(BigDecimal number)) return number;
    throw new IllegalStateException("no decimal: " + type);
  }

  /// One bound list, so that its length does not change the statement.
  private Filter among(List<@Nullable BigDecimal> operands) {
    List<Value> holdable = new ArrayList<>(operands.size());
    for (BigDecimal operand : operands)
      if (operand == null) holdable.add(Value.NULL);
      else if (isHoldable(operand)) holdable.add(new Value.Decimal(operand.setScale(type.scale())));
    Expr.Bind list = binds.bind(new Value.ListOf(holdable), new ColumnType.ArrayOf(type));
    return new Filter.Test(left, Operator.EQ, Quantifier.ANY, list);
  }

  private List<Filter> each(Operator operator, List<@Nullable BigDecimal> operands) {
    List<Filter> filters = new ArrayList<>(operands.size());
    for (BigDecimal operand : operands) filters.add(one(operator, operand));
    return filters;
  }

  private Filter one(Operator operator, @Nullable BigDecimal operand) {
    if (operand == null) return new Filter.Constant(Truth.UNKNOWN);
    if (isHoldable(operand)) return test(operator, operand.setScale(type.scale()));
    return switch (operator) {
      case EQ -> never();
      case NE -> always();
      case DISTINCT -> Filter.TRUE;
      case LT, LE -> atMost(operand);
      case GT, GE -> atLeast(operand);
      default -> throw new IllegalStateException(operator + " on a decimal");
    };
  }

  private Filter atMost(BigDecimal operand) {
    if (operand.compareTo(largest()) > 0) return always();
    if (operand.compareTo(largest().negate()) < 0) return never();
    return test(Operator.LE, operand.setScale(type.scale(), RoundingMode.FLOOR));
  }

  private Filter atLeast(BigDecimal operand) {
    if (operand.compareTo(largest()) > 0) return never();
    if (operand.compareTo(largest().negate()) < 0) return always();
    return test(Operator.GE, operand.setScale(type.scale(), RoundingMode.CEILING));
  }

  private Filter test(Operator operator, BigDecimal operand) {
    return new Filter.Test(
        left, operator, Quantifier.ONE, binds.bind(new Value.Decimal(operand), type));
  }

  /// True of every value, unknown of null.
  private Filter always() {
    return new Filter.Test(left, Operator.EQ, Quantifier.ONE, left);
  }

  private Filter never() {
    return new Filter.Test(left, Operator.NE, Quantifier.ONE, left);
  }

  private boolean isHoldable(BigDecimal operand) {
    return operand.abs().compareTo(largest()) <= 0
        && (operand.signum() == 0 || operand.stripTrailingZeros().scale() <= type.scale());
  }

  private BigDecimal largest() {
    return BigDecimal.TEN
        .pow(type.precision())
        .subtract(BigDecimal.ONE)
        .movePointLeft(type.scale());
  }
}
