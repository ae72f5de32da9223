package dev.mainstay.testkit.conformance;

import static dev.mainstay.testkit.Ask.asc;
import static dev.mainstay.testkit.Ask.desc;
import static dev.mainstay.testkit.Ask.nullsFirst;
import static dev.mainstay.testkit.Ask.nullsLast;
import static dev.mainstay.testkit.Ask.of;
import static dev.mainstay.testkit.Backend.refusal;
import static dev.mainstay.testkit.Where.any;
import static dev.mainstay.testkit.Where.every;
import static dev.mainstay.testkit.Where.isNull;
import static dev.mainstay.testkit.Where.not;
import static dev.mainstay.testkit.Where.test;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mainstay.core.problem.Problem;
import dev.mainstay.core.query.Asked;
import dev.mainstay.core.query.Asked.Cell;
import dev.mainstay.core.query.Operator;
import dev.mainstay.testkit.Ask;
import dev.mainstay.testkit.Backend;
import dev.mainstay.testkit.Callers;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.IntPredicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// Every type compares and sorts as PostgreSQL's does, nulls and `NOT` over nulls included.
abstract class ComparisonSuite extends Suite {
  private static final List<Operator> OPERATORS =
      List.of(Operator.EQ, Operator.NE, Operator.LT, Operator.LE, Operator.GT, Operator.GE);

  private Backend backend;

  @BeforeAll
  void open() {
    StringBuilder yaml =
        new StringBuilder(
            """
            enums:
              mood: [sad, ok, happy]
            tables:
            """);
    for (Ladder ladder : Ladder.ALL)
      yaml.append(
          """
            %s:
              columns:
                id: {type: bigint, primary_key: true}
                v: {type: '%s', nullable: true}
          """
              .formatted(ladder.table(), ladder.type()));
    backend = Backend.open(engine(), yaml.toString());
    for (Ladder ladder : Ladder.ALL) seed(ladder);
  }

  @AfterAll
  void close() {
    backend.close();
  }

  private void seed(Ladder ladder) {
    List<List<Cell>> rows = new ArrayList<>();
    for (String value : ladder.values())
      rows.add(List.of(new Cell.Text("" + (rows.size() + 1)), new Cell.Text(value)));
    rows.add(List.of(new Cell.Text("" + (rows.size() + 1)), new Cell.Null()));
    Asked.Insert insert =
        new Asked.Insert(Ask.table(ladder.table()), List.of("id", "v"), rows, null, null);
    backend.write(backend.planner().insert(insert, Callers.INSIDE));
  }

  @TestFactory
  Stream<DynamicTest> one_value() {
    return each(
        ladder -> {
          for (int rung = 0; rung < ladder.rungs().size(); rung++)
            for (String operand : ladder.rungs().get(rung))
              for (Operator operator : OPERATORS) {
                IntPredicate holds = holds(operator, rung);
                Asked.Condition condition = test("v", operator, operand);
                check(ladder, condition, ladder.rows(holds));
                check(ladder, not(condition), ladder.rows(holds.negate()));
              }
        });
  }

  @TestFactory
  Stream<DynamicTest> distinct() {
    return each(
        ladder -> {
          for (int rung = 0; rung < ladder.rungs().size(); rung++) {
            Asked.Condition condition =
                test("v", Operator.DISTINCT, ladder.rungs().get(rung).getFirst());
            check(ladder, condition, ladder.rowsAndNull(holds(Operator.NE, rung)));
            check(ladder, not(condition), ladder.rows(holds(Operator.EQ, rung)));
          }
        });
  }

  @TestFactory
  Stream<DynamicTest> lists() {
    return each(
        ladder -> {
          if (ladder.type().endsWith("[]")) {
            Ask ask = of("id").where(any("v", Operator.EQ, List.of("{}")));
            assertThat(refusal(() -> backend.read(Callers.SERVICE, ask.from(ladder.table()))))
                .isEqualTo(
                    new Problem.Database(
                        "42704",
                        "could not find array type for data type " + ladder.type(),
                        null,
                        null));
            return;
          }
          int last = ladder.rungs().size() - 1;
          List<String> ends =
              List.of(ladder.rungs().getFirst().getFirst(), ladder.rungs().get(last).getFirst());
          for (Operator operator : OPERATORS) {
            IntPredicate low = holds(operator, 0);
            IntPredicate high = holds(operator, last);
            check(ladder, any("v", operator, ends), ladder.rows(low.or(high)));
            check(ladder, every("v", operator, ends), ladder.rows(low.and(high)));
            check(ladder, not(any("v", operator, ends)), ladder.rows(low.or(high).negate()));
          }
          check(ladder, any("v", Operator.EQ, List.of()), "[]");
          check(ladder, not(any("v", Operator.EQ, List.of())), ladder.rowsAndNull(rung -> true));
          check(ladder, every("v", Operator.EQ, List.of()), ladder.rowsAndNull(rung -> true));
        });
  }

  @TestFactory
  Stream<DynamicTest> nulls() {
    return each(
        ladder -> {
          check(ladder, isNull("v"), ladder.rowsAndNull(rung -> false));
          check(ladder, not(isNull("v")), ladder.rows(rung -> true));
        });
  }

  @TestFactory
  Stream<DynamicTest> order() {
    return each(
        ladder -> {
          check(ladder, asc("v"), ladder.ordered(false, false));
          check(ladder, desc("v"), ladder.ordered(true, true));
          check(ladder, nullsFirst(asc("v")), ladder.ordered(false, true));
          check(ladder, nullsLast(desc("v")), ladder.ordered(true, false));
        });
  }

  private Stream<DynamicTest> each(Consumer<Ladder> test) {
    return Ladder.ALL.stream()
        .map(ladder -> DynamicTest.dynamicTest(ladder.type(), () -> test.accept(ladder)));
  }

  private void check(Ladder ladder, Asked.Condition condition, String rows) {
    Ask ask = of("id").where(condition).order(asc("id"));
    assertThat(backend.read(Callers.SERVICE, ask.from(ladder.table())))
        .as("%s", condition)
        .isEqualTo(rows);
  }

  private void check(Ladder ladder, Asked.Ordering key, String rows) {
    Ask ask = of("id").order(key, asc("id"));
    assertThat(backend.read(Callers.SERVICE, ask.from(ladder.table())))
        .as("%s", key)
        .isEqualTo(rows);
  }

  private static IntPredicate holds(Operator operator, int rung) {
    return switch (operator) {
      case EQ -> other -> other == rung;
      case NE -> other -> other != rung;
      case LT -> other -> other < rung;
      case LE -> other -> other <= rung;
      case GT -> other -> other > rung;
      case GE -> other -> other >= rung;
      default -> throw new IllegalArgumentException("" + operator);
    };
  }
}
