package dev.mainstay.testkit.conformance;

import static dev.mainstay.testkit.Ask.of;
import static dev.mainstay.testkit.Backend.refusal;
import static dev.mainstay.testkit.Where.eq;
import static dev.mainstay.testkit.Where.in;
import static dev.mainstay.testkit.conformance.Notebook.ALICE;
import static dev.mainstay.testkit.conformance.Notebook.ALICE_ID;
import static dev.mainstay.testkit.conformance.Notebook.BOB;
import static dev.mainstay.testkit.conformance.Notebook.BOB_ID;
import static dev.mainstay.testkit.conformance.Notebook.CAROL;
import static dev.mainstay.testkit.conformance.Notebook.STRANGER;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mainstay.core.plan.Plan;
import dev.mainstay.core.problem.Problem;
import dev.mainstay.testkit.Ask;
import dev.mainstay.testkit.Backend;
import dev.mainstay.testkit.Callers;
import dev.mainstay.testkit.Wrote;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// A write touches what its caller may read and write, and leaves rows that its caller may have
/// left; or it leaves nothing.
abstract class WritePolicySuite extends Suite {
  private static final Problem VIOLATED = new Problem.PolicyViolated("notes");
  private static final Ask ID = of("id");

  private Backend backend;

  @BeforeEach
  void open() {
    backend = Notebook.open(engine());
  }

  @AfterEach
  void close() {
    backend.close();
  }

  // ── insert ──

  @Test
  void anInsertThatThePolicyAllowsIsStoredWithItsFills() {
    assertThat(
            backend.insert(
                ALICE, "notes", "{\"id\":10,\"title\":\"new\"}", of("id", "owner_id", "state")))
        .isEqualTo(
            new Wrote(
                java.util.List.of("10"),
                "[{\"id\":10,\"owner_id\":\"" + ALICE_ID + "\",\"state\":\"draft\"}]"));
    assertThat(noteIds()).isEqualTo(ids(1, 2, 3, 4, 5, 10));
  }

  @Test
  void anInsertThatThePolicyRefusesLeavesNothingOfTheWholeRequest() {
    String bobs = "{\"id\":10,\"title\":\"x\",\"owner_id\":\"" + BOB_ID + "\"}";
    assertThat(refusal(() -> backend.insert(ALICE, "notes", bobs))).isEqualTo(VIOLATED);
    assertThat(
            refusal(
                () ->
                    backend.insert(
                        ALICE,
                        "notes",
                        "[{\"id\":8,\"title\":\"ok\"}," + bobs + ",{\"id\":12,\"title\":\"ok\"}]")))
        .isEqualTo(VIOLATED);
    String nobodys = "{\"id\":10,\"title\":\"x\",\"owner_id\":null}";
    assertThat(refusal(() -> backend.insert(ALICE, "notes", nobodys))).isEqualTo(VIOLATED);
    assertThat(refusal(() -> backend.insert(Callers.ANON, "notes", "{\"id\":10,\"title\":\"x\"}")))
        .isEqualTo(VIOLATED);
    assertThat(refusal(() -> backend.insert(STRANGER, "notes", "{\"id\":10,\"title\":\"x\"}")))
        .isEqualTo(VIOLATED);
    assertThat(noteIds()).isEqualTo(ids(1, 2, 3, 4, 5));
  }

  @Test
  void anInsertIsCheckedAsItWasStored() {
    backend.insert(ALICE, "notes", "{\"id\":10,\"title\":\"x\",\"price\":99.994}");
    assertThat(
            refusal(
                () ->
                    backend.insert(ALICE, "notes", "{\"id\":11,\"title\":\"x\",\"price\":99.995}")))
        .isEqualTo(VIOLATED);
    assertThat(backend.read(ALICE, of("price").where(eq("id", "10")).from("notes")))
        .isEqualTo("[{\"price\":99.99}]");
  }

  @Test
  void anInsertMayNotAnswerARowThatItsCallerMayNotRead() {
    assertThat(backend.insert(Callers.ANON, "letters", "{\"body\":\"hello\"}"))
        .isEqualTo(Wrote.keys("1"));
    assertThat(
            refusal(
                () -> backend.insert(Callers.ANON, "letters", "{\"body\":\"again\"}", of("body"))))
        .isEqualTo(new Problem.PolicyViolated("letters"));
    assertThat(backend.stored("letters", "body")).isEqualTo("[{\"body\":\"hello\"}]");
  }

  @Test
  void aReferenceToAHiddenRowIsGood() {
    assertThat(backend.insert(CAROL, "comments", "{\"id\":20,\"note_id\":3,\"body\":\"blind\"}"))
        .isEqualTo(Wrote.keys("20"));
  }

  // ── update ──

  @Test
  void anUpdateMatchesTheRowsItsCallerMayReadAndUpdate() {
    assertThat(backend.update(ALICE, "notes", "{\"title\":\"mine\"}"))
        .isEqualTo(Wrote.keys("1", "2", "4"));
    assertThat(backend.stored("notes", "id", "title"))
        .isEqualTo(
            """
            [{"id":1,"title":"mine"},{"id":2,"title":"mine"},{"id":3,"title":"b3"},{"id":4,"title":"mine"},\
            {"id":5,"title":"n5"}]\
            """);
    assertThat(backend.update(ALICE, "notes", "{\"title\":\"x\"}", eq("id", "3")))
        .isEqualTo(Wrote.NOTHING);
    assertThat(backend.update(ALICE, "notes", "{\"title\":\"x\"}", eq("title", "b3")))
        .isEqualTo(Wrote.NOTHING);
    assertThat(backend.update(CAROL, "notes", "{\"title\":\"x\"}")).isEqualTo(Wrote.NOTHING);
    assertThat(backend.update(Callers.ANON, "notes", "{\"title\":\"x\"}")).isEqualTo(Wrote.NOTHING);
    assertThat(backend.update(STRANGER, "notes", "{\"title\":\"x\"}")).isEqualTo(Wrote.NOTHING);
  }

  /// Carol is in no team, so that she may update team 7's note by the update policy alone.
  @Test
  void anUpdateDoesNotMatchWhatItsCallerMayUpdateButNotRead() {
    assertThat(backend.update(CAROL, "notes", "{\"title\":\"x\"}", eq("id", "4")))
        .isEqualTo(Wrote.NOTHING);
    assertThat(backend.update(CAROL, "notes", "{\"title\":\"x\"}", eq("team_id", "7")))
        .isEqualTo(Wrote.NOTHING);
  }

  @Test
  void anUpdateWhoseNewRowFailsLeavesEveryRowAsItWas() {
    String before = backend.stored("notes");
    assertThat(
            refusal(
                () ->
                    backend.update(
                        ALICE, "notes", "{\"title\":\"forbidden\"}", in("id", "1", "2"))))
        .isEqualTo(VIOLATED);
    String toBob = "{\"owner_id\":\"" + BOB_ID + "\"}";
    assertThat(refusal(() -> backend.update(ALICE, "notes", toBob, in("id", "1", "2"))))
        .as("note 1 could not be read afterwards")
        .isEqualTo(VIOLATED);
    assertThat(refusal(() -> backend.update(ALICE, "notes", "{\"owner_id\":null}", eq("id", "1"))))
        .isEqualTo(VIOLATED);
    assertThat(backend.stored("notes")).isEqualTo(before);
  }

  /// Note 2 is published, so that Alice may read it whoever owns it.
  @Test
  void anUpdatePolicyThatSpeaksOfTheNewRowLeavesTheOldConditionsToTheOldRow() {
    assertThat(backend.update(ALICE, "notes", "{\"owner_id\":\"" + BOB_ID + "\"}", eq("id", "2")))
        .isEqualTo(Wrote.keys("2"));
    assertThat(backend.update(ALICE, "notes", "{\"title\":\"x\"}", eq("id", "2")))
        .isEqualTo(Wrote.NOTHING);
  }

  @Test
  void anUpdateAnswersTheRowsAsTheyAreAfterwards() {
    assertThat(
            backend.update(
                ALICE,
                "notes",
                "{\"title\":\"t\",\"price\":1.5}",
                Plan.Expectation.ANY,
                of("id", "title", "price").embed("comments", of("id")),
                eq("id", "1")))
        .isEqualTo(
            new Wrote(
                java.util.List.of("1"),
                "[{\"id\":1,\"title\":\"t\",\"price\":1.50,\"comments\":[{\"id\":11}]}]"));
  }

  // ── delete ──

  @Test
  void aDeleteMatchesTheRowsItsCallerMayReadAndDelete() {
    assertThat(backend.delete(ALICE, "notes", eq("id", "4"))).isEqualTo(Wrote.NOTHING);
    assertThat(backend.delete(CAROL, "notes")).isEqualTo(Wrote.NOTHING);
    assertThat(backend.delete(Callers.ANON, "notes")).isEqualTo(Wrote.NOTHING);
    assertThat(backend.delete(STRANGER, "notes")).isEqualTo(Wrote.NOTHING);
    assertThat(noteIds()).isEqualTo(ids(1, 2, 3, 4, 5));
    assertThat(backend.delete(BOB, "notes")).isEqualTo(Wrote.keys("3", "4"));
    assertThat(noteIds()).isEqualTo(ids(1, 2, 5));
  }

  @Test
  void aDeleteAnswersTheRowsAsTheyWere() {
    assertThat(
            backend.delete(
                ALICE,
                "notes",
                Plan.Expectation.ANY,
                of("id", "title").embed("comments", of("body")),
                eq("id", "1")))
        .isEqualTo(
            new Wrote(
                java.util.List.of("1"),
                "[{\"id\":1,\"title\":\"a1\",\"comments\":[{\"body\":\"mine on mine\"}]}]"));
  }

  @Test
  void aCascadeTakesRowsThatTheCallerMayNotEvenRead() {
    backend.delete(ALICE, "notes", eq("id", "1"));
    assertThat(backend.stored("comments", "id")).isEqualTo(ids(13, 14));
  }

  // ── columns ──

  @Test
  void aColumnThatTheCallerMayNotWriteIsRefused() {
    Problem denied = new Problem.PermissionDenied("notes");
    assertThat(
            refusal(() -> backend.update(ALICE, "notes", "{\"state\":\"final\"}", eq("id", "1"))))
        .isEqualTo(denied);
    assertThat(
            refusal(
                () ->
                    backend.insert(
                        ALICE, "notes", "{\"id\":10,\"title\":\"x\",\"state\":\"draft\"}")))
        .isEqualTo(denied);
    assertThat(backend.update(Callers.SERVICE, "notes", "{\"state\":\"final\"}", eq("id", "1")))
        .isEqualTo(Wrote.keys("1"));
  }

  @Test
  void aHiddenColumnIsUnknownInWrites() {
    Problem unknown = new Problem.UnknownBodyColumn("notes", "secret");
    assertThat(refusal(() -> backend.update(ALICE, "notes", "{\"secret\":\"x\"}", eq("id", "1"))))
        .isEqualTo(unknown);
    assertThat(
            refusal(
                () ->
                    backend.insert(ALICE, "notes", "{\"id\":10,\"title\":\"x\",\"secret\":\"x\"}")))
        .isEqualTo(unknown);
    Problem unknownInFilter = new Problem.UnknownColumn("notes", "secret");
    assertThat(
            refusal(() -> backend.update(ALICE, "notes", "{\"title\":\"x\"}", eq("secret", "s3"))))
        .isEqualTo(unknownInFilter);
    assertThat(refusal(() -> backend.delete(ALICE, "notes", eq("secret", "s3"))))
        .isEqualTo(unknownInFilter);
    assertThat(
            refusal(
                () ->
                    backend.delete(
                        ALICE, "notes", Plan.Expectation.ANY, of("secret"), eq("id", "1"))))
        .isEqualTo(unknownInFilter);
    assertThat(noteIds()).isEqualTo(ids(1, 2, 3, 4, 5));
  }

  private String noteIds() {
    return backend.read(Callers.INSIDE, ID.order(Ask.asc("id")).from("notes"));
  }

  private static String ids(int... ids) {
    StringBuilder json = new StringBuilder("[");
    for (int id : ids)
      json.append(json.length() > 1 ? "," : "").append("{\"id\":").append(id).append('}');
    return json.append(']').toString();
  }
}
