package dev.mainstay.testkit.leaks;

import dev.mainstay.core.query.Truth;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// A condition of a policy, which knows its CEL and, by itself, what it says of a row: a third
/// reader, that shares nothing with those it is to find out.
sealed interface Rule {
  /// A value: of a row in scope, perhaps over to-one relations, or one that is the same for all
  /// rows.
  sealed interface Operand {
    /// @param row the variable
    record Cell(String row, List<Desk.Way> over, String column) implements Operand {}

    /// @param cel how it is written
    record Fixed(String cel, Object value) implements Operand {}
  }

  record Test(Operand left, String operator, Operand right) implements Rule {}

  record In(Operand.Cell left, String list, List<Object> values) implements Rule {}

  record IsNull(Operand.Cell value) implements Rule {}

  /// `row.way.exists(as, inner)`, or `all`.
  record Related(String row, Desk.Way way, String as, boolean all, Rule inner) implements Rule {}

  record And(Rule one, Rule other) implements Rule {}

  record Or(Rule one, Rule other) implements Rule {}

  record Not(Rule rule) implements Rule {}

  // ── CEL ──

  default String cel() {
    return switch (this) {
      case Test(Operand left, String operator, Operand right) ->
          cel(left) + " " + operator + " " + cel(right);
      case In(Operand.Cell left, String list, List<Object> _) -> cel(left) + " in " + list;
      case IsNull(Operand.Cell value) -> cel(value) + " == null";
      case Related r ->
          "%s.%s.%s(%s, %s)"
              .formatted(r.row, r.way.policyName(), r.all ? "all" : "exists", r.as, r.inner.cel());
      case And(Rule one, Rule other) -> "(" + one.cel() + ") && (" + other.cel() + ")";
      case Or(Rule one, Rule other) -> "(" + one.cel() + ") || (" + other.cel() + ")";
      case Not(Rule rule) -> "!(" + rule.cel() + ")";
    };
  }

  private static String cel(Operand operand) {
    return switch (operand) {
      case Operand.Fixed(String cel, Object _) -> cel;
      case Operand.Cell(String row, List<Desk.Way> over, String column) ->
          row
              + over.stream().map(way -> "." + way.policyName()).collect(Collectors.joining())
              + "."
              + column;
    };
  }

  // ── what it says ──

  default boolean holds(Contents contents, String variable, Row row) {
    return truth(contents, Map.of(variable, row)) == Truth.TRUE;
  }

  private Truth truth(Contents contents, Map<String, Row> scope) {
    return switch (this) {
      case Test(Operand left, String operator, Operand right) -> {
        Object one = value(left, contents, scope);
        Object other = value(right, contents, scope);
        yield one == null || other == null ? Truth.UNKNOWN : of(compare(operator, one, other));
      }
      case In(Operand.Cell left, String _, List<Object> values) -> {
        Object value = value(left, contents, scope);
        yield value == null ? Truth.UNKNOWN : of(values.contains(value));
      }
      case IsNull(Operand.Cell cell) -> of(value(cell, contents, scope) == null);
      case Related r -> {
        Row here = Objects.requireNonNull(scope.get(r.row));
        boolean found = r.all;
        for (Row there : contents.related(here, r.way)) {
          Map<String, Row> inside = new HashMap<>(scope);
          inside.put(r.as, there);
          boolean holds = r.inner.truth(contents, inside) == Truth.TRUE;
          if (holds != r.all) found = !r.all;
        }
        yield of(found);
      }
      case And(Rule one, Rule other) ->
          least(one.truth(contents, scope), other.truth(contents, scope));
      case Or(Rule one, Rule other) ->
          not(least(not(one.truth(contents, scope)), not(other.truth(contents, scope))));
      case Not(Rule rule) -> not(rule.truth(contents, scope));
    };
  }

  private static @Nullable Object value(
      Operand operand, Contents contents, Map<String, Row> scope) {
    return switch (operand) {
      case Operand.Fixed(String _, Object value) -> value;
      case Operand.Cell(String variable, List<Desk.Way> over, String column) -> {
        Row row = Objects.requireNonNull(scope.get(variable));
        for (Desk.Way way : over) {
          List<Row> there = contents.related(row, way);
          if (there.isEmpty()) yield null;
          row = there.getFirst();
        }
        yield row.at(column);
      }
    };
  }

  private static boolean compare(String operator, Object one, Object other) {
    return switch (operator) {
      case "==" -> one.equals(other);
      case "!=" -> !one.equals(other);
      case "<" -> (Integer) one < (Integer) other;
      case ">=" -> (Integer) one >= (Integer) other;
      default -> throw new IllegalArgumentException(operator);
    };
  }

  private static Truth of(boolean truth) {
    return truth ? Truth.TRUE : Truth.FALSE;
  }

  private static Truth not(Truth truth) {
    return switch (truth) {
      case TRUE -> Truth.FALSE;
      case FALSE -> Truth.TRUE;
      case UNKNOWN -> Truth.UNKNOWN;
    };
  }

  private static Truth least(Truth one, Truth other) {
    if (one == Truth.FALSE || other == Truth.FALSE) return Truth.FALSE;
    return one == Truth.TRUE && other == Truth.TRUE ? Truth.TRUE : Truth.UNKNOWN;
  }

  // ── without the other tables ──

  /// The same rule for a database that lacks rows: what it asks of other tables is settled with all
  /// rows, and becomes a list of keys. Only for rules without `Not`, whose look-ups compare with
  /// what is fixed.
  default Rule settled(Contents contents, Desk desk) {
    return switch (this) {
      case And(Rule one, Rule other) ->
          new And(one.settled(contents, desk), other.settled(contents, desk));
      case Or(Rule one, Rule other) ->
          new Or(one.settled(contents, desk), other.settled(contents, desk));
      case Test(Operand.Cell cell, String _, Operand _) when !cell.over().isEmpty() ->
          among(
              cell.row(),
              cell.over().getFirst().column(),
              contents,
              cell.over().getFirst().to(),
              true);
      case Related r -> {
        In keys = among(r.row, "id", contents, desk.name(), !r.all);
        // A row that is yet to come has nothing related to it.
        yield r.all ? new Not(keys) : keys;
      }
      case Test _, In _, IsNull _ -> this;
      case Not _ -> throw new IllegalStateException("a rule with a not: " + cel());
    };
  }

  /// That the column holds one of the keys of `table` for which this rule holds, or does not.
  private In among(
      String variable, String column, Contents contents, String table, boolean wanted) {
    List<Object> keys = new ArrayList<>(List.of(-1));
    for (Row row : contents.of(table)) {
      Object key = Objects.requireNonNull(row.at("id"));
      Row here = column.equals("id") ? row : new Row(Map.of(column, key));
      if (holds(contents, variable, here) == wanted) keys.add(key);
    }
    String list = keys.stream().map(Object::toString).collect(Collectors.joining(", ", "[", "]"));
    return new In(new Operand.Cell(variable, List.of(), column), list, keys);
  }
}
