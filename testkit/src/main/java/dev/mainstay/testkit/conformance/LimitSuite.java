package dev.mainstay.testkit.conformance;

import static dev.mainstay.testkit.Ask.asc;
import static dev.mainstay.testkit.Ask.everything;
import static dev.mainstay.testkit.Ask.of;
import static dev.mainstay.testkit.Backend.refusal;
import static dev.mainstay.testkit.Callers.SERVICE;
import static dev.mainstay.testkit.Where.any;
import static dev.mainstay.testkit.Where.eq;
import static dev.mainstay.testkit.Where.not;
import static dev.mainstay.testkit.Where.or;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mainstay.core.engine.Allowance;
import dev.mainstay.core.engine.ByteBudget;
import dev.mainstay.core.observe.Observer;
import dev.mainstay.core.plan.Limits;
import dev.mainstay.core.plan.Plan;
import dev.mainstay.core.problem.Problem;
import dev.mainstay.core.query.Asked;
import dev.mainstay.core.query.Operator;
import dev.mainstay.testkit.Ask;
import dev.mainstay.testkit.Backend;
import dev.mainstay.testkit.NewRows;
import dev.mainstay.testkit.Statements;
import dev.mainstay.testkit.Where;
import dev.mainstay.testkit.Wrote;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// What one request may cost: time, bytes, rows and statements. Where it ends, the engine goes on.
abstract class LimitSuite extends Suite {
  private static final int PEOPLE = 400;

  private static final String MODEL =
      """
      tables:
        people:
          columns:
            id: {type: bigint, primary_key: true}
            friend_id: {type: bigint, nullable: true, references: people}
            note: {type: text, nullable: true}
      """;

  private Backend backend;

  @BeforeAll
  void open() {
    backend = Backend.open(engine(), MODEL, new Limits(100_000L, false));
    StringBuilder rows = new StringBuilder("[{\"id\":1}");
    for (int id = 2; id <= PEOPLE; id++)
      rows.append(",{\"id\":").append(id).append(",\"friend_id\":1}");
    backend.seed("people", rows.append(']').toString());
  }

  @AfterAll
  void close() {
    backend.close();
  }

  @Test
  void aReadThatTakesTooLongIsCancelledAndTheEngineGoesOn() {
    for (int round = 0; round < 3; round++) {
      try (ByteBudget.Lease lease = backend.budget().lease()) {
        Plan.Read slow = backend.planner().read(friendsOfFriends(4).from("people"), SERVICE);
        Allowance allowance = new Allowance(Duration.ofMillis(100), lease, Observer.NOBODY);
        assertThat(refusal(() -> backend.engine().read(slow, allowance)))
            .isEqualTo(new Problem.TimedOut());
      }
      assertThat(backend.read(SERVICE, of("id").where(eq("id", "7")).from("people")))
          .isEqualTo("[{\"id\":7}]");
    }
  }

  @Test
  void aWriteThatTakesTooLongIsUndoneAndTheEngineGoesOn() {
    Asked.Update asked =
        NewRows.update("people", "{\"note\":\"x\"}", List.of(eq("id", "2")), friendsOfFriends(4));
    Plan.Update slow = backend.planner().update(asked, Plan.Expectation.ANY, SERVICE);
    try (ByteBudget.Lease lease = backend.budget().lease()) {
      Allowance allowance = new Allowance(Duration.ofMillis(100), lease, Observer.NOBODY);
      assertThat(refusal(() -> backend.engine().write(slow, allowance)))
          .isEqualTo(new Problem.TimedOut());
    }
    assertThat(backend.read(SERVICE, of("note").where(eq("id", "2")).from("people")))
        .isEqualTo("[{\"note\":null}]");
    assertThat(backend.update(SERVICE, "people", "{\"note\":null}", eq("id", "1")))
        .isEqualTo(Wrote.keys("1"));
  }

  @Test
  void aStatementThatRanOutOfTimeRunsTheNextTime() {
    Plan.Read read = backend.planner().read(friendsOfFriends(1).from("people"), SERVICE);
    Asked.Update asked =
        NewRows.update("people", "{\"note\":null}", List.of(), friendsOfFriends(1));
    Plan.Update update = backend.planner().update(asked, Plan.Expectation.ANY, SERVICE);
    for (int round = 0; round < 8; round++) {
      try (ByteBudget.Lease lease = backend.budget().lease()) {
        Allowance none = new Allowance(Duration.ofMillis(1), lease, Observer.NOBODY);
        assertThat(refusal(() -> backend.engine().read(read, none)))
            .isEqualTo(new Problem.TimedOut());
        assertThat(refusal(() -> backend.engine().write(update, none)))
            .isEqualTo(new Problem.TimedOut());
      }
      assertThat(backend.read(read).rows()).hasSize(PEOPLE);
      assertThat(backend.write(update).keys()).hasSize(PEOPLE);
    }
  }

  @Test
  void anAnswerBeyondTheBudgetIsRefusedAndGivesItsBytesBack() {
    ByteBudget small = new ByteBudget(1000);
    for (int round = 0; round < 3; round++) {
      try (ByteBudget.Lease lease = small.lease()) {
        Allowance allowance = new Allowance(Duration.ofSeconds(30), lease, Observer.NOBODY);
        Plan.Read large = backend.planner().read(everything().from("people"), SERVICE);
        assertThat(refusal(() -> backend.engine().read(large, allowance)))
            .isInstanceOf(Problem.Overloaded.class);
      }
      assertThat(small.held()).isZero();
    }
    try (ByteBudget.Lease lease = small.lease()) {
      Allowance allowance = new Allowance(Duration.ofSeconds(30), lease, Observer.NOBODY);
      Plan.Read little =
          backend.planner().read(of("id").where(eq("id", "1")).from("people"), SERVICE);
      assertThat(backend.engine().read(little, allowance).rows()).hasSize(1);
      assertThat(small.held()).as("the bytes of the answer").isBetween(8L, 1000L);
    }
  }

  @Test
  void aWriteWhoseAnswerIsBeyondTheBudgetLeavesNothing() {
    ByteBudget small = new ByteBudget(1000);
    Asked.Update asked = NewRows.update("people", "{\"note\":\"large\"}", List.of(), everything());
    Plan.Update plan = backend.planner().update(asked, Plan.Expectation.ANY, SERVICE);
    try (ByteBudget.Lease lease = small.lease()) {
      Allowance allowance = new Allowance(Duration.ofSeconds(30), lease, Observer.NOBODY);
      assertThat(refusal(() -> backend.engine().write(plan, allowance)))
          .isInstanceOf(Problem.Overloaded.class);
    }
    assertThat(small.held()).isZero();
    assertThat(backend.read(SERVICE, of("id").where(eq("note", "large")).from("people")))
        .isEqualTo("[]");
  }

  @Test
  void aLongChainGivenLastFirstIsWrittenInOneGo() {
    int length = 20_000;
    StringBuilder rows = new StringBuilder("[");
    for (int id = 1; id < length; id++)
      rows.append("{\"id\":%d,\"friend_id\":%d},".formatted(id, id + 1));
    rows.append("{\"id\":%d,\"friend_id\":null}]".formatted(length));
    try (Backend chained = Backend.open(engine(), MODEL)) {
      assertThat(chained.merge(SERVICE, "people", List.of(), rows.toString(), null).keys())
          .hasSize(length);
      assertThat(chained.rows(SERVICE, of("id").limit(0).countedFrom("people")).total())
          .isEqualTo(length);
    }
  }

  @Test
  void theRowLimitHoldsAtTheRootAndInEmbeds() {
    try (Backend limited = Backend.open(engine(), MODEL, new Limits(2L, false))) {
      limited.seed(
          "people",
          "[{\"id\":1},{\"id\":2,\"friend_id\":1},{\"id\":3,\"friend_id\":1},{\"id\":4,\"friend_id\":1}]");
      Ask ask = of("id").embed("people", of("id").order(asc("id"))).order(asc("id"));
      assertThat(limited.read(SERVICE, ask.from("people")))
          .isEqualTo("[{\"id\":1,\"people\":[{\"id\":2},{\"id\":3}]},{\"id\":2,\"people\":[]}]");
      assertThat(limited.read(SERVICE, of("id").order(asc("id")).limit(1).from("people")))
          .isEqualTo("[{\"id\":1}]");
      assertThat(limited.rows(SERVICE, of("id").countedFrom("people")).total()).isEqualTo(4);
      assertThat(
              limited
                  .update(SERVICE, "people", "{\"note\":\"x\"}", Plan.Expectation.ANY, of("id"))
                  .keys())
          .as("a write answers all of its rows")
          .hasSize(4);
    }
  }

  @Test
  void aReadIsOneStatementWhateverItsDepth() {
    for (int depth = 0; depth < 4; depth++) {
      Statements statements = new Statements();
      backend.read(
          SERVICE, friendsOfFriends(depth).where(eq("id", "0")).from("people"), statements);
      assertThat(statements.count()).as("depth %d", depth).isEqualTo(1);
    }
  }

  @Test
  void aListOfValuesIsOneBind() {
    Statements one = new Statements();
    Statements many = new Statements();
    List<String> ids = IntStream.range(0, 20_000).mapToObj(i -> "" + i * 7).toList();
    backend.read(SERVICE, of("id").where(any("id", Operator.EQ, List.of("7"))).from("people"), one);
    Ask ask = of("id").where(any("id", Operator.EQ, ids));
    assertThat(backend.read(SERVICE, ask.from("people"), many).rows()).hasSize(PEOPLE / 7);
    assertThat(many.texts()).isEqualTo(one.texts());
  }

  @Test
  void aLongConditionIsAnswered() {
    List<Asked.Condition> parts = new ArrayList<>();
    for (int i = 0; i < 1000; i++) parts.add(eq("id", "" + i));
    Ask any = of("id").where(or(parts.toArray(Asked.Condition[]::new)));
    assertThat(backend.rows(SERVICE, any.from("people")).rows()).hasSize(PEOPLE);
    parts.replaceAll(Where::not);
    Ask all = of("id").where(parts.toArray(Asked.Condition[]::new));
    assertThat(backend.read(SERVICE, all.from("people"))).isEqualTo("[]");
  }

  @Test
  void aDeepConditionIsAnsweredAndABottomlessOneRefused() {
    assertThat(backend.read(SERVICE, of("id").where(nots(200)).from("people")))
        .isEqualTo("[{\"id\":1}]");
    Ask ask = of("id").where(nots(10_000));
    assertThat(refusal(() -> backend.read(SERVICE, ask.from("people"))))
        .isEqualTo(new Problem.TooLarge(Problem.TooLarge.What.QUERY, 200));
  }

  private static Asked.Condition nots(int depth) {
    Asked.Condition condition = eq("id", "1");
    for (int i = 0; i < depth; i++) condition = not(condition);
    return condition;
  }

  /// Everybody is a friend of the first, so that each level multiplies the rows.
  private static Ask friendsOfFriends(int depth) {
    if (depth == 0) return of("id");
    return of("id").embed("friend_id", of("id").embed("people", friendsOfFriends(depth - 1)));
  }
}
