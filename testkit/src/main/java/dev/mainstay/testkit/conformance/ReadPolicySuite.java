package dev.mainstay.testkit.conformance;

import static dev.mainstay.testkit.Ask.as;
import static dev.mainstay.testkit.Ask.asc;
import static dev.mainstay.testkit.Ask.desc;
import static dev.mainstay.testkit.Ask.embedded;
import static dev.mainstay.testkit.Ask.everything;
import static dev.mainstay.testkit.Ask.inner;
import static dev.mainstay.testkit.Ask.of;
import static dev.mainstay.testkit.Ask.spread;
import static dev.mainstay.testkit.Ask.through;
import static dev.mainstay.testkit.Backend.refusal;
import static dev.mainstay.testkit.Where.eq;
import static dev.mainstay.testkit.Where.isNull;
import static dev.mainstay.testkit.Where.not;
import static dev.mainstay.testkit.Where.or;
import static dev.mainstay.testkit.conformance.Notebook.ALICE;
import static dev.mainstay.testkit.conformance.Notebook.ALICE_ID;
import static dev.mainstay.testkit.conformance.Notebook.BOB;
import static dev.mainstay.testkit.conformance.Notebook.CAROL;
import static dev.mainstay.testkit.conformance.Notebook.STRANGER;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mainstay.core.plan.Caller;
import dev.mainstay.core.problem.Problem;
import dev.mainstay.core.query.Asked;
import dev.mainstay.testkit.Ask;
import dev.mainstay.testkit.Backend;
import dev.mainstay.testkit.Callers;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// What a caller may not read is not there: not as a row, a count, an embed, an order, or the
/// answer to a filter.
abstract class ReadPolicySuite extends Suite {
  private Backend backend;

  @BeforeAll
  void open() {
    backend = Notebook.open(engine());
  }

  @AfterAll
  void close() {
    backend.close();
  }

  @Test
  void eachCallerReadsTheRowsItsPoliciesAllow() {
    Ask ids = of("id").order(asc("id"));
    assertThat(read(ALICE, ids, "notes")).isEqualTo(ids(1, 2, 4, 5));
    assertThat(read(BOB, ids, "notes")).isEqualTo(ids(2, 3, 4, 5));
    assertThat(read(CAROL, ids, "notes")).isEqualTo(ids(2, 5));
    assertThat(read(Callers.ANON, ids, "notes")).isEqualTo(ids(2, 5));
    assertThat(read(STRANGER, ids, "notes")).isEqualTo("[]");
    assertThat(read(Callers.SERVICE, ids, "notes")).isEqualTo(ids(1, 2, 3, 4, 5));
    assertThat(read(Callers.INSIDE, ids, "notes")).isEqualTo(ids(1, 2, 3, 4, 5));
  }

  @Test
  void noFilterReachesPastThePolicy() {
    Asked.Condition anything = or(eq("id", "3"), not(eq("id", "3")), isNull("id"));
    Ask ids = of("id").where(anything).order(asc("id"));
    assertThat(read(ALICE, ids, "notes")).isEqualTo(ids(1, 2, 4, 5));
    assertThat(read(STRANGER, ids, "notes")).isEqualTo("[]");
    assertThat(read(ALICE, of("id").where(eq("title", "b3")), "notes")).isEqualTo("[]");
  }

  @Test
  void aCountIsOfVisibleRows() {
    assertThat(total(ALICE, of("id"), "notes")).isEqualTo(4);
    assertThat(total(ALICE, of("id").limit(1), "notes")).isEqualTo(4);
    assertThat(total(STRANGER, of("id"), "notes")).isEqualTo(0);
    assertThat(total(ALICE, of("id").with(inner(embedded("comments", of("id")))), "notes"))
        .isEqualTo(1);
  }

  @Test
  void aPolicysOwnLookUpsSeeAllRows() {
    assertThat(read(ALICE, of("user_id"), "members"))
        .isEqualTo("[{\"user_id\":\"" + ALICE_ID + "\"}]");
    assertThat(read(ALICE, of("name"), "teams")).isEqualTo("[{\"name\":\"Seven\"}]");
    assertThat(read(BOB, of("name").order(asc("id")), "teams"))
        .isEqualTo("[{\"name\":\"Seven\"},{\"name\":\"Eight\"}]");
    assertThat(read(CAROL, of("name"), "teams")).isEqualTo("[]");
  }

  @Test
  void embedsHoldWhatTheRelatedTablesPolicyAllows() {
    Ask toMany = of("id").embed("comments", of("id").order(asc("id"))).order(asc("id"));
    assertThat(read(ALICE, toMany, "notes"))
        .isEqualTo(
            """
            [{"id":1,"comments":[{"id":11}]},{"id":2,"comments":[]},{"id":4,"comments":[]},{"id":5,"comments":[]}]\
            """);
    assertThat(read(BOB, toMany.where(eq("id", "4")), "notes"))
        .isEqualTo("[{\"id\":4,\"comments\":[{\"id\":14}]}]");
    Ask toOne = of("id").embed("notes", of("title")).order(asc("id"));
    assertThat(read(ALICE, toOne, "comments"))
        .isEqualTo("[{\"id\":11,\"notes\":{\"title\":\"a1\"}},{\"id\":13,\"notes\":null}]");
    Ask oneToOne = of("id").embed("covers", of("colour")).where(eq("title", "a2")).order(asc("id"));
    assertThat(read(ALICE, oneToOne, "notes")).isEqualTo("[{\"id\":2,\"covers\":null}]");
    assertThat(read(Callers.ANON, of("id").embed("comments", of("id")).order(asc("id")), "notes"))
        .isEqualTo("[{\"id\":2,\"comments\":[]},{\"id\":5,\"comments\":[]}]");
  }

  @Test
  void aJunctionIsPassedOnlyWhereItsOwnPolicyHolds() {
    Ask labels = of("id").embed("labels", of("name").order(asc("id"))).order(asc("id"));
    assertThat(read(ALICE, labels, "notes"))
        .isEqualTo(
            """
            [{"id":1,"labels":[{"name":"work"}]},{"id":2,"labels":[{"name":"home"}]},\
            {"id":4,"labels":[]},{"id":5,"labels":[]}]\
            """);
    assertThat(
            read(
                ALICE,
                of("name").embed("notes", of("id").order(asc("id"))).order(asc("id")),
                "labels"))
        .isEqualTo(
            "[{\"name\":\"work\",\"notes\":[{\"id\":1}]},{\"name\":\"home\",\"notes\":[{\"id\":2}]}]");
  }

  @Test
  void aFilterThroughARelationAnswersNothingOfHiddenRows() {
    assertThat(
            read(
                ALICE,
                of("id")
                    .with(inner(embedded("comments", of().where(eq("body", "Bob on Alice's"))))),
                "notes"))
        .isEqualTo("[]");
    assertThat(
            read(
                ALICE,
                of("id").with(inner(embedded("notes", of().where(eq("title", "b3"))))),
                "comments"))
        .isEqualTo("[]");
    assertThat(
            read(
                ALICE,
                of("id").with(inner(embedded("labels", of().where(eq("name", "hidden"))))),
                "notes"))
        .isEqualTo("[]");
    assertThat(
            read(
                ALICE,
                of("id")
                    .with(inner(embedded("labels", of().where(eq("id", "2")))))
                    .order(asc("id")),
                "notes"))
        .isEqualTo(ids(2));
    Ask hasNote = of("id").embed("notes", of()).order(asc("id"));
    assertThat(read(ALICE, hasNote.where(isNull("notes")), "comments")).isEqualTo(ids(13));
    assertThat(read(ALICE, hasNote.where(not(isNull("notes"))), "comments")).isEqualTo(ids(11));
  }

  @Test
  void anOrderThroughARelationSeesNullForHiddenRows() {
    Ask byTitle = of("id").embed("notes", of());
    assertThat(read(ALICE, byTitle.order(through("notes", asc("title"))), "comments"))
        .isEqualTo(ids(11, 13));
    assertThat(read(ALICE, byTitle.order(through("notes", desc("title"))), "comments"))
        .isEqualTo(ids(13, 11));
    Ask byColour =
        of("id").embed("covers", of()).order(through("covers", asc("colour")), desc("id"));
    assertThat(read(ALICE, byColour, "notes")).isEqualTo(ids(1, 5, 4, 2));
  }

  @Test
  void aSpreadIsUnderTheRelatedTablesPolicy() {
    assertThat(
            read(
                ALICE,
                of("id").with(spread(embedded("notes", of("title")))).order(asc("id")),
                "comments"))
        .isEqualTo("[{\"id\":11,\"title\":\"a1\"},{\"id\":13,\"title\":null}]");
    assertThat(
            read(
                ALICE,
                of("id").with(spread(embedded("comments", of("body")))).where(eq("id", "1")),
                "notes"))
        .isEqualTo("[{\"id\":1,\"body\":[\"mine on mine\"]}]");
  }

  @Test
  void aggregatesSeeVisibleRows() {
    assertThat(read(ALICE, of().with(Ask.countRows()), "notes")).isEqualTo("[{\"count\":4}]");
    assertThat(read(ALICE, of().with(Ask.aggregate("last", Asked.Aggregate.MAX, "title")), "notes"))
        .isEqualTo("[{\"last\":\"n5\"}]");
    assertThat(read(BOB, of().with(Ask.aggregate("first", Asked.Aggregate.MIN, "title")), "notes"))
        .isEqualTo("[{\"first\":\"a2\"}]");
    Ask counted = of("id").with(as("n", embedded("comments", of().with(Ask.countRows()))));
    assertThat(read(ALICE, counted.where(eq("id", "1")), "notes"))
        .isEqualTo("[{\"id\":1,\"n\":[{\"count\":1}]}]");
  }

  @Test
  void aHiddenColumnDoesNotExist() {
    assertThat(read(ALICE, everything().where(eq("id", "1")), "notes"))
        .isEqualTo(
            """
            [{"id":1,"owner_id":"%s","team_id":null,"title":"a1","state":"draft","published":false,"price":null}]"""
                .formatted(ALICE_ID));
    assertThat(read(Callers.SERVICE, of("secret").where(eq("id", "1")), "notes"))
        .isEqualTo("[{\"secret\":\"s1\"}]");
    Problem unknown = new Problem.UnknownColumn("notes", "secret");
    for (Ask ask :
        List.of(
            of("secret"),
            of("id").where(eq("secret", "s1")),
            of("id").where(isNull("secret")),
            of("id").order(asc("secret")),
            of().with(Ask.aggregate("m", Asked.Aggregate.MAX, "secret"))))
      assertThat(refusal(() -> read(ALICE, ask, "notes"))).isEqualTo(unknown);
    for (Ask ask :
        List.of(
            of("id").embed("notes", of("secret")),
            of("id").embed("notes", of().where(eq("secret", "s1"))),
            of("id").embed("notes", of()).order(through("notes", asc("secret")))))
      assertThat(refusal(() -> read(ALICE, ask, "comments"))).isEqualTo(unknown);
  }

  @Test
  void aClaimOfTheWrongTypeIsUnknownAndExcludes() {
    Ask ids = of("id").order(asc("id"));
    for (Object sub :
        List.of("not-a-uuid", "", 7, true, List.of(ALICE_ID), Map.of("id", ALICE_ID))) {
      Caller caller = Callers.outside("authenticated", Map.of("sub", sub));
      assertThat(read(caller, ids, "notes")).as("sub %s", sub).isEqualTo(ids(2, 5));
      assertThat(read(caller, ids, "comments")).as("sub %s", sub).isEqualTo("[]");
    }
    assertThat(read(Callers.outside("authenticated", Map.of()), ids, "comments")).isEqualTo("[]");
    Caller upperCase = Callers.user(ALICE_ID.toUpperCase(java.util.Locale.ROOT));
    assertThat(read(upperCase, ids, "comments")).isEqualTo(ids(11, 13));
  }

  private String read(Caller caller, Ask ask, String table) {
    return backend.read(caller, ask.from(table));
  }

  private @Nullable Long total(Caller caller, Ask ask, String table) {
    return backend.rows(caller, ask.countedFrom(table)).total();
  }

  private static String ids(int... ids) {
    StringBuilder json = new StringBuilder("[");
    for (int id : ids)
      json.append(json.length() > 1 ? "," : "").append("{\"id\":").append(id).append('}');
    return json.append(']').toString();
  }
}
