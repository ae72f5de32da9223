package dev.mainstay.core.policy;

import dev.mainstay.core.model.ColumnType;
import dev.mainstay.core.query.Expr;
import dev.mainstay.core.query.Filter;
import dev.mainstay.core.query.JsonStep;
import dev.mainstay.core.query.Operator;
import dev.mainstay.core.query.Quantifier;
import dev.mainstay.core.query.Value;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Compares two terms, once they are of one type: constants and claims take the type of the other
/// side, numbers meet in a common type, and everything else must agree by itself.
final class Comparisons {
  private static final ColumnType TEXT = new ColumnType.Text();

  private Comparisons() {}

  /// A term and where it begins.
  record Side(Term term, int place) {}

  static Filter compare(Operator operator, Side left, Side right) {
    knownRole(left, right);
    knownRole(right, left);
    if (left.term() instanceof Term.Nothing) return toNothing(operator, right);
    if (right.term() instanceof Term.Nothing) return toNothing(operator, left);
    if (left.term() instanceof Term.Condition(Filter filter)) {
      Filter truth = toTruth(operator, filter, right);
      if (truth != null) return truth;
    }
    if (right.term() instanceof Term.Condition(Filter filter)) {
      Filter truth = toTruth(operator, filter, left);
      if (truth != null) return truth;
    }
    if (left.term() instanceof Term.JsonPlace place)
      return json(operator, place, left, right, false);
    if (right.term() instanceof Term.JsonPlace place)
      return json(operator, place, right, left, true);
    ColumnType type = typed(left) != null ? typed(left) : typed(right);
    if (type == null) type = ownType(left, right);
    Expr one = as(type, left);
    Expr other = as(type, right);
    return test(operator, one, left, other, right);
  }

  static Filter in(Side left, Side right) {
    if (left.term() instanceof Term.Nothing)
      throw new Refused(left.place(), "null is in no list", "write == null");
    if (right.term() instanceof Term.Many(List<Term> items)) return among(left, items, right);
    Side item = left.term() instanceof Term.JsonPlace place ? asText(place, left) : left;
    ColumnType type = typed(item);
    return switch (right.term()) {
      case Term.Typed list when list.type() instanceof ColumnType.ArrayOf(ColumnType element) ->
          among(as(element, item), list.expr(), element, right);
      case Term.Claim(List<String> path) -> {
        if (type == null) type = own(item);
        if (type instanceof ColumnType.ArrayOf)
          throw new Refused(item.place(), "a list is in no list of a claim", null);
        ColumnType element = Literals.operand(type);
        yield Fold.test(
            new Filter.Test(
                as(type, item),
                Operator.EQ,
                Quantifier.ANY,
                new Expr.Claim(path, new ColumnType.ArrayOf(element))));
      }
      case Term.Related related ->
          throw new Refused(
              right.place(),
              "'" + related.name() + "' is rows, not values",
              "write " + related.name() + ".exists(x, x.… == …)");
      default ->
          throw new Refused(
              right.place(),
              "'in' wants a list",
              "['a', 'b'], an array column, or a claim that is a list");
    };
  }

  private static Filter among(Side left, List<Term> items, Side right) {
    if (items.isEmpty()) return Filter.FALSE;
    for (Term item : items)
      if (item instanceof Term.Nothing)
        throw new Refused(right.place(), "nothing equals a null in a list", "ask == null apart");
    boolean constants = items.stream().allMatch(Literals::isConstant);
    Side item = left.term() instanceof Term.JsonPlace place ? asText(place, left) : left;
    boolean single = Literals.isConstant(left.term()) || left.term() instanceof Term.Condition;
    if (constants && !single) {
      ColumnType type = typed(item);
      if (type == null) type = Literals.own(items.getFirst());
      if (type != null && !(type instanceof ColumnType.Json)) {
        List<Value> values = new ArrayList<>();
        ColumnType widest = Literals.operand(type);
        for (Term constant : items) {
          Expr literal = as(type, new Side(constant, right.place()));
          if (literal instanceof Expr.Literal(Value value, ColumnType of)) {
            values.add(value);
            if (of instanceof ColumnType.Whole(int bits) && bits == 64) widest = of;
          }
        }
        return new Filter.Test(
            as(type, item),
            Operator.EQ,
            Quantifier.ANY,
            new Expr.Literal(new Value.ListOf(values), new ColumnType.ArrayOf(widest)));
      }
    }
    List<Filter> any = new ArrayList<>();
    for (Term other : items) any.add(compare(Operator.EQ, left, new Side(other, right.place())));
    return Fold.or(any);
  }

  /// A role that does not exist would let nobody through, or with `!=` everybody.
  private static void knownRole(Side role, Side other) {
    if (role.term() instanceof Term.Text(var _, List<String> names)
        && !names.isEmpty()
        && other.term() instanceof Term.Text(String name, var _)
        && !names.contains(name))
      throw new Refused(other.place(), "unknown role '" + name + "'", Names.nearest(name, names));
  }

  private static Filter toNothing(Operator operator, Side side) {
    if (operator != Operator.EQ && operator != Operator.NE)
      throw new Refused(side.place(), "null is neither less nor greater", "write == null");
    Filter isNull =
        switch (side.term()) {
          case Term.Nothing _ -> Filter.TRUE;
          case Term.Typed(Expr expr) -> new Filter.IsNull(expr);
          case Term.Claim(List<String> path) -> new Filter.IsNull(new Expr.Claim(path, TEXT));
          case Term.JsonPlace(Expr json, List<JsonStep> path) ->
              new Filter.IsNull(new Expr.JsonAt(json, path, true));
          case Term.Related related when related.toOne() ->
              Fold.not(Quantified.exists(related.path(), Filter.TRUE));
          case Term.Related related ->
              throw new Refused(
                  side.place(),
                  "'" + related.name() + "' leads to many rows",
                  "write !" + related.name() + ".exists(x, true)");
          case Term.Text _, Term.Numeral _, Term.Bytes _, Term.Many _, Term.Row _, Term.Auth _ ->
              Filter.FALSE;
          case Term.Condition(Filter filter) ->
              throw new Refused(
                  side.place(),
                  "a condition is not compared with null",
                  Fold.constant(filter) == null ? null : "compare a column");
        };
    return operator == Operator.EQ ? isNull : Fold.not(isNull);
  }

  /// `condition == true`; null when the sides are values after all.
  private static @Nullable Filter toTruth(Operator operator, Filter filter, Side other) {
    Boolean own = Fold.constant(filter);
    if (other.term() instanceof Term.Condition(Filter second)) {
      Boolean constant = own == null ? Fold.constant(second) : own;
      if (constant == null || (operator != Operator.EQ && operator != Operator.NE))
        throw new Refused(other.place(), "conditions are joined with && and ||", null);
      Filter asked = own == null ? filter : second;
      return constant == (operator == Operator.EQ) ? asked : Fold.not(asked);
    }
    if (own == null)
      throw new Refused(other.place(), "a condition is compared with true or false only", null);
    return null;
  }

  private static Filter json(
      Operator operator, Term.JsonPlace place, Side side, Side other, boolean swapped) {
    boolean asJson =
        other.term() instanceof Term.Numeral
            || other.term() instanceof Term.Condition
            || other.term() instanceof Term.JsonPlace
            || typed(other) instanceof ColumnType.Json;
    Side left =
        asJson
            ? new Side(
                new Term.Typed(new Expr.JsonAt(place.json(), place.path(), false)), side.place())
            : asText(place, side);
    Side right =
        other.term() instanceof Term.JsonPlace(Expr json, List<JsonStep> path)
            ? new Side(new Term.Typed(new Expr.JsonAt(json, path, false)), other.place())
            : other;
    return swapped ? compare(operator, right, left) : compare(operator, left, right);
  }

  static Side asText(Term.JsonPlace place, Side side) {
    return new Side(
        new Term.Typed(new Expr.JsonAt(place.json(), place.path(), true)), side.place());
  }

  private static @Nullable ColumnType typed(Side side) {
    return side.term() instanceof Term.Typed typed ? typed.type() : null;
  }

  private static ColumnType own(Side side) {
    ColumnType type = Literals.own(side.term());
    if (type == null) throw notAValue(side);
    return type;
  }

  /// Of two sides without a type, a constant's own, else text.
  private static ColumnType ownType(Side left, Side right) {
    if (left.term() instanceof Term.Claim) return own(right);
    ColumnType type = own(left);
    if (type instanceof ColumnType.Whole && right.term() instanceof Term.Numeral) return own(right);
    return type;
  }

  private static Expr as(ColumnType type, Side side) {
    if (side.term() instanceof Term.Typed(Expr expr)) return expr;
    Expr expr = Literals.as(type, side.term(), side.place());
    if (expr == null) throw notAValue(side);
    return expr;
  }

  static Refused notAValue(Side side) {
    return switch (side.term()) {
      case Term.Row row ->
          new Refused(
              side.place(),
              "'" + row.name() + "' is a row",
              "name one of its columns: " + row.name() + ".…");
      case Term.Related related ->
          new Refused(
              side.place(),
              "'" + related.name() + "' is " + (related.toOne() ? "a row" : "rows"),
              related.toOne()
                  ? "name one of its columns, or compare with null"
                  : "write " + related.name() + ".exists(x, …)");
      case Term.Auth _ -> new Refused(side.place(), "'auth' is the caller", "write auth.uid");
      case Term.Condition _ -> new Refused(side.place(), "this is a condition, not a value", null);
      default -> new Refused(side.place(), "this cannot be compared", null);
    };
  }

  private static Filter test(Operator operator, Expr one, Side left, Expr other, Side right) {
    Family family = Family.of(one.type());
    boolean equality = operator == Operator.EQ || operator == Operator.NE;
    if (!equality && !family.isOrdered())
      throw new Refused(left.place(), family.words + " has no order", null);
    Expr[] met = meet(one, other, right);
    return Fold.test(new Filter.Test(met[0], operator, Quantifier.ONE, met[1]));
  }

  private static Filter among(Expr one, Expr list, ColumnType element, Side right) {
    if (!isAlike(one.type(), element)) throw differ(one.type(), list.type(), right);
    return Fold.test(new Filter.Test(one, Operator.EQ, Quantifier.ANY, list));
  }

  /// The two with one type.
  private static Expr[] meet(Expr one, Expr other, Side right) {
    ColumnType a = one.type();
    ColumnType b = other.type();
    if (isAlike(a, b)) return new Expr[] {one, other};
    Family first = Family.of(a);
    Family second = Family.of(b);
    if (first == Family.NUMBER && second == Family.NUMBER) {
      if (a instanceof ColumnType.Floating(int x) && x == 32
          || b instanceof ColumnType.Floating(int y) && y == 32)
        throw new Refused(
            right.place(), "a real is compared with a real only", "declare the column as double");
      ColumnType common = Numbers.common(a, b);
      if (common == null)
        throw new Refused(
            right.place(),
            "no decimal that every engine has holds both " + a + " and " + b,
            "compare double(…) of both");
      return new Expr[] {Numbers.as(one, common), Numbers.as(other, common)};
    }
    if (first == Family.DATE && second == Family.TIMESTAMP)
      return new Expr[] {Numbers.as(one, b), other};
    if (first == Family.TIMESTAMP && second == Family.DATE)
      return new Expr[] {one, Numbers.as(other, a)};
    throw differ(a, b, right);
  }

  private static boolean isAlike(ColumnType one, ColumnType other) {
    if (one.equals(other)) return true;
    if (one instanceof ColumnType.Whole && other instanceof ColumnType.Whole) return true;
    if (one instanceof ColumnType.ArrayOf(var a) && other instanceof ColumnType.ArrayOf(var b))
      return isAlike(a, b);
    return Family.of(one) == Family.TEXT && Family.of(other) == Family.TEXT;
  }

  private static Refused differ(ColumnType one, ColumnType other, Side right) {
    boolean enumAndText =
        Family.of(one) == Family.ENUM && Family.of(other) == Family.TEXT
            || Family.of(one) == Family.TEXT && Family.of(other) == Family.ENUM;
    return new Refused(
        right.place(),
        "cannot compare " + one + " with " + other,
        enumAndText || Family.of(one) == Family.UUID || Family.of(other) == Family.UUID
            ? "compare string(…) of it"
            : null);
  }
}
