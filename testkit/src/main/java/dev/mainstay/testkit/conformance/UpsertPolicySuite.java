package dev.mainstay.testkit.conformance;

import static dev.mainstay.testkit.Ask.of;
import static dev.mainstay.testkit.Backend.refusal;
import static dev.mainstay.testkit.conformance.Notebook.ALICE;
import static dev.mainstay.testkit.conformance.Notebook.ALICE_ID;
import static dev.mainstay.testkit.conformance.Notebook.BOB_ID;
import static dev.mainstay.testkit.conformance.Notebook.CAROL;
import static dev.mainstay.testkit.conformance.Notebook.STRANGER;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mainstay.core.plan.Caller;
import dev.mainstay.core.problem.Problem;
import dev.mainstay.testkit.Backend;
import dev.mainstay.testkit.Callers;
import dev.mainstay.testkit.Wrote;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// An upsert needs the right to insert the row it brings, whatever becomes of it, to read and to
/// update the row that is there, and to leave the row that comes of it; or it leaves nothing. That
/// is what PostgreSQL's row-level security asks for, to which the tests of that engine compare it.
abstract class UpsertPolicySuite extends Suite {
  private static final Problem VIOLATED = new Problem.PolicyViolated("notes");
  private static final List<String> KEY = List.of();

  private Backend backend;

  @BeforeEach
  void open() {
    backend = Notebook.open(engine());
  }

  @AfterEach
  void close() {
    backend.close();
  }

  @Test
  void onesOwnRowsAndNewOnesAreWritten() {
    assertThat(
            backend.merge(
                ALICE,
                "notes",
                KEY,
                "[{\"id\":10,\"title\":\"new\"},{\"id\":1,\"title\":\"again\"}]",
                of("id", "owner_id", "title", "published")))
        .isEqualTo(
            new Wrote(
                List.of("10", "1"),
                ("[{\"id\":10,\"owner_id\":\"%1$s\",\"title\":\"new\",\"published\":false},"
                        + "{\"id\":1,\"owner_id\":\"%1$s\",\"title\":\"again\",\"published\":false}]")
                    .formatted(ALICE_ID)));
  }

  /// Note 4 is Bob's, and of Alice's team.
  @Test
  void whatFillsANewRowDoesNotOverwrite() {
    assertThat(
            backend.merge(
                ALICE, "notes", KEY, "{\"id\":4,\"title\":\"ours\"}", of("owner_id", "title")))
        .isEqualTo(
            new Wrote(List.of("4"), "[{\"owner_id\":\"" + BOB_ID + "\",\"title\":\"ours\"}]"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        // Bob's, which Alice may not read.
        "{'id':3,'title':'x'}",
        // Nobody's and published: she may read it and not update it.
        "{'id':5,'title':'x'}",
        // Her own, but the row she brings might not have been inserted.
        "{'id':1,'title':'x','owner_id':'BOB'}",
        "{'id':1,'title':'x','price':100}",
        "{'id':1,'title':'x','price':99.995}",
        // Her own, but what would come of it may not be left so.
        "{'id':1,'title':'forbidden'}",
        "[{'id':10,'title':'ok'},{'id':1,'title':'ok'},{'id':3,'title':'x'}]",
        "[{'id':3,'title':'x'},{'id':10,'title':'ok'}]",
        "[{'id':10,'title':'ok','owner_id':'BOB'},{'id':1,'title':'ok','owner_id':'ALICE'}]"
      })
  void aMergeThatThePolicyRefusesLeavesNothingOfTheWholeRequest(String rows) {
    String before = backend.stored("notes");
    assertThat(refusal(() -> backend.merge(ALICE, "notes", KEY, json(rows), null)))
        .isEqualTo(VIOLATED);
    assertThat(refusal(() -> backend.merge(ALICE, "notes", KEY, json(rows), of("id"))))
        .isEqualTo(VIOLATED);
    assertThat(backend.stored("notes")).isEqualTo(before);
  }

  @Test
  void whatIsThereIsLeftWithoutAWord() {
    String before = backend.stored("notes");
    for (int id = 1; id <= 5; id++)
      assertThat(
              backend.insertNew(
                  ALICE, "notes", KEY, "{\"id\":" + id + ",\"title\":\"x\"}", of("id", "title")))
          .isEqualTo(Wrote.NOTHING);
    assertThat(backend.stored("notes")).isEqualTo(before);
  }

  @Test
  void aRowThatMightNotHaveBeenInsertedIsNotLeftOutEither() {
    for (String rows :
        List.of(
            "{'id':3,'title':'x','owner_id':'BOB'}",
            "{'id':1,'title':'x','price':100}",
            "[{'id':10,'title':'ok','price':1},{'id':3,'title':'x','price':100}]",
            "{'id':10,'title':'x','owner_id':null}"))
      assertThat(refusal(() -> backend.insertNew(ALICE, "notes", KEY, json(rows), null)))
          .isEqualTo(VIOLATED);
    assertThat(backend.stored("notes", "id")).doesNotContain("10");
  }

  @Test
  void whoMayNotInsertMayNotMerge() {
    String before = backend.stored("notes");
    for (Caller caller : List.of(Callers.ANON, STRANGER))
      for (String rows : List.of("{\"id\":2,\"title\":\"x\"}", "{\"id\":10,\"title\":\"x\"}")) {
        assertThat(refusal(() -> backend.merge(caller, "notes", KEY, rows, null)))
            .isEqualTo(VIOLATED);
        assertThat(refusal(() -> backend.insertNew(caller, "notes", KEY, rows, null)))
            .isEqualTo(VIOLATED);
      }
    assertThat(
            refusal(() -> backend.merge(CAROL, "notes", KEY, "{\"id\":4,\"title\":\"x\"}", null)))
        .as("Carol may update the team's note, but not read it")
        .isEqualTo(VIOLATED);
    assertThat(backend.stored("notes")).isEqualTo(before);
  }

  @Test
  void whoMayNotReadMayNotLookForWhatIsThere() {
    Problem violated = new Problem.PolicyViolated("letters");
    String letter = "{\"id\":7,\"body\":\"hello\"}";
    assertThat(refusal(() -> backend.merge(Callers.ANON, "letters", KEY, letter, null)))
        .isEqualTo(violated);
    assertThat(refusal(() -> backend.insertNew(Callers.ANON, "letters", KEY, letter, null)))
        .isEqualTo(violated);
    assertThat(backend.stored("letters")).isEqualTo("[]");
  }

  @Test
  void columnsThatTheCallerMayNotWriteAreRefused() {
    assertThat(
            refusal(
                () ->
                    backend.merge(
                        ALICE,
                        "notes",
                        KEY,
                        "{\"id\":1,\"title\":\"x\",\"state\":\"final\"}",
                        null)))
        .isEqualTo(new Problem.PermissionDenied("notes"));
    assertThat(
            refusal(
                () ->
                    backend.merge(
                        ALICE, "notes", KEY, "{\"id\":1,\"title\":\"x\",\"secret\":\"s\"}", null)))
        .isEqualTo(new Problem.UnknownBodyColumn("notes", "secret"));
    assertThat(
            refusal(
                () ->
                    backend.merge(
                        ALICE, "notes", List.of("secret"), "{\"id\":1,\"title\":\"x\"}", null)))
        .isEqualTo(new Problem.Database("42703", "column \"secret\" does not exist", null, null));
  }

  private static String json(String rows) {
    return rows.replace('\'', '"').replace("BOB", BOB_ID).replace("ALICE", ALICE_ID);
  }
}
