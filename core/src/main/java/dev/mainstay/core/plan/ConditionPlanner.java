package dev.mainstay.core.plan;

import dev.mainstay.core.model.ColumnType;
import dev.mainstay.core.model.Table;
import dev.mainstay.core.problem.Problem;
import dev.mainstay.core.problem.ProblemException;
import dev.mainstay.core.query.Asked;
import dev.mainstay.core.query.Asked.Condition;
import dev.mainstay.core.query.Expr;
import dev.mainstay.core.query.Filter;
import dev.mainstay.core.query.Operator;
import dev.mainstay.core.query.Quantifier;
import dev.mainstay.core.query.Truth;
import dev.mainstay.core.query.Value;
import dev.mainstay.core.query.ValueReader;
import java.util.ArrayList;
import java.util.List;

/// Turns conditions as written into a [Filter]: every field a typed expression, every operand a
/// bound value of its type.
final class ConditionPlanner {
  /// Conditions within conditions: beyond any that is written by hand, well within what the readers
  /// of a filter can follow.
  private static final int DEEPEST = 200;

  private final FieldPlanner fields;
  private final Binds binds;
  private final SearchPlanner searches;

  ConditionPlanner(Sight sight, FieldPlanner fields, Binds binds) {
    this.fields = fields;
    this.binds = binds;
    this.searches = new SearchPlanner(sight, fields, binds);
  }

  /// @param embeds the table's embeds that a condition may speak of
  Filter filter(Table table, List<Condition> conditions, Embeds embeds) {
    if (conditions.isEmpty()) return Filter.TRUE;
    List<Filter> all = each(table, conditions, embeds, 0);
    return all.size() == 1 ? all.getFirst() : new Filter.And(all);
  }

  private Filter filter(Table table, Condition condition, Embeds embeds, int depth) {
    if (depth > DEEPEST)
      throw new ProblemException(new Problem.TooLarge(Problem.TooLarge.What.QUERY, DEEPEST));
    return switch (condition) {
      case Condition.And(List<Condition> all) ->
          new Filter.And(each(table, all, embeds, depth + 1));
      case Condition.Or(List<Condition> any) -> new Filter.Or(each(table, any, embeds, depth + 1));
      case Condition.Not(Condition inner) ->
          new Filter.Not(filter(table, inner, embeds, depth + 1));
      case Condition.IsNull(Asked.Field field) -> {
        Filter related = embeds.related(field);
        yield related == null
            ? new Filter.IsNull(fields.expr(table, field))
            : new Filter.Not(related);
      }
      case Condition.Compare compare -> {
        refuseEmbed(compare.field(), embeds);
        yield compare(fields.expr(table, compare.field()), compare);
      }
      case Condition.Is(Asked.Field field, Truth truth) -> {
        refuseEmbed(field, embeds);
        yield is(fields.expr(table, field), truth);
      }
      case Condition.Search search -> {
        refuseEmbed(search.field(), embeds);
        yield searches.filter(table, search);
      }
    };
  }

  private List<Filter> each(Table table, List<Condition> conditions, Embeds embeds, int depth) {
    List<Filter> filters = new ArrayList<>(conditions.size());
    for (Condition condition : conditions) filters.add(filter(table, condition, embeds, depth));
    return filters;
  }

  private static void refuseEmbed(Asked.Field field, Embeds embeds) {
    if (embeds.related(field) != null)
      throw new ProblemException(new Problem.BadEmbedFilter(field.name()));
  }

  private Filter is(Expr expr, Truth truth) {
    if (!(expr.type() instanceof ColumnType.Bool))
      throw new ProblemException(
          new Problem.Database(
              "42804",
              "argument of IS "
                  + truth
                  + " must be type boolean, not type "
                  + OperandTypes.name(expr.type()),
              null,
              null));
    return new Filter.Is(new Filter.Holds(expr), truth);
  }

  private Filter compare(Expr left, Condition.Compare compare) {
    Operator operator = compare.operator();
    ColumnType operandType = OperandTypes.of(operator, left.type());
    if (operandType instanceof ColumnType.Decimal decimal)
      return new DecimalComparison(left, decimal, binds).filter(compare);
    if (compare.quantifier() != Quantifier.ONE && operandType instanceof ColumnType.ArrayOf)
      throw new ProblemException(
          new Problem.Database(
              "42704",
              "could not find array type for data type " + OperandTypes.name(operandType),
              null,
              null));
    if (compare.quantifier() == Quantifier.ONE) {
      Value operand = operand(operator, operandType, compare.operands().getFirst());
      return new Filter.Test(left, operator, Quantifier.ONE, binds.bind(operand, operandType));
    }
    List<Value> operands = new ArrayList<>(compare.operands().size());
    for (String operand : compare.operands())
      operands.add(operand == null ? Value.NULL : operand(operator, operandType, operand));
    Expr.Bind list = binds.bind(new Value.ListOf(operands), new ColumnType.ArrayOf(operandType));
    return new Filter.Test(left, operator, compare.quantifier(), list);
  }

  private Value operand(Operator operator, ColumnType type, String text) {
    if (operator == Operator.LIKE || operator == Operator.ILIKE) requirePattern(text);
    return ValueReader.operand(type, text, fields.sight().zone());
  }

  /// PostgreSQL refuses a pattern that ends in the middle of an escape only once a row gets it that
  /// far; here it is refused whatever the rows.
  private static void requirePattern(String text) {
    int end = text.length();
    while (end > 0 && text.charAt(end - 1) == '\\') end--;
    if ((text.length() - end) % 2 == 1)
      throw new ProblemException(
          new Problem.Database(
              "22025", "LIKE pattern must not end with escape character", null, null));
  }
}
