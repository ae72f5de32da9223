package dev.mainstay.testkit;

import dev.mainstay.core.query.Asked.Condition;
import dev.mainstay.core.query.Asked.Field;
import dev.mainstay.core.query.Grammar;
import dev.mainstay.core.query.JsonStep;
import dev.mainstay.core.query.Operator;
import dev.mainstay.core.query.Quantifier;
import dev.mainstay.core.query.Truth;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Conditions as a test writes them.
public final class Where {
  private Where() {}

  public static Condition eq(String field, String operand) {
    return test(field, Operator.EQ, operand);
  }

  public static Condition test(String field, Operator operator, String operand) {
    return new Condition.Compare(field(field), operator, Quantifier.ONE, List.of(operand));
  }

  public static Condition any(
      String field, Operator operator, List<? extends @Nullable String> operands) {
    return new Condition.Compare(
        field(field), operator, Quantifier.ANY, new ArrayList<@Nullable String>(operands));
  }

  public static Condition every(
      String field, Operator operator, List<? extends @Nullable String> operands) {
    return new Condition.Compare(
        field(field), operator, Quantifier.ALL, new ArrayList<@Nullable String>(operands));
  }

  public static Condition in(String field, String... operands) {
    return any(field, Operator.EQ, List.of(operands));
  }

  public static Condition isNull(String field) {
    return new Condition.IsNull(field(field));
  }

  public static Condition is(String field, Truth truth) {
    return new Condition.Is(field(field), truth);
  }

  public static Condition not(Condition condition) {
    return new Condition.Not(condition);
  }

  public static Condition and(Condition... all) {
    return new Condition.And(List.of(all));
  }

  public static Condition or(Condition... any) {
    return new Condition.Or(List.of(any));
  }

  public static Condition search(String field, Grammar grammar, String query) {
    return new Condition.Search(field(field), grammar, null, query);
  }

  /// A column, or a place in its JSON: `data->tags->>0`.
  public static Field field(String text) {
    int arrow = text.indexOf("->");
    if (arrow < 0) return Field.of(text);
    List<JsonStep> path = new ArrayList<>();
    boolean asText = false;
    String rest = text.substring(arrow);
    while (!rest.isEmpty()) {
      asText = rest.startsWith("->>");
      rest = rest.substring(asText ? 3 : 2);
      int next = rest.indexOf("->");
      String step = next < 0 ? rest : rest.substring(0, next);
      rest = next < 0 ? "" : rest.substring(next);
      path.add(
          step.matches("-?[0-9]+")
              ? new JsonStep.At(Integer.parseInt(step))
              : new JsonStep.Key(step));
    }
    return new Field(text.substring(0, arrow), path, asText);
  }
}
