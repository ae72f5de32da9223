package dev.mainstay.testkit.conformance;

import static dev.mainstay.testkit.Ask.as;
import static dev.mainstay.testkit.Ask.asc;
import static dev.mainstay.testkit.Ask.column;
import static dev.mainstay.testkit.Ask.embedded;
import static dev.mainstay.testkit.Ask.inner;
import static dev.mainstay.testkit.Ask.of;
import static dev.mainstay.testkit.Where.eq;
import static dev.mainstay.testkit.Where.field;
import static dev.mainstay.testkit.Where.test;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mainstay.core.plan.Caller;
import dev.mainstay.core.problem.Problem;
import dev.mainstay.core.problem.ProblemException;
import dev.mainstay.core.query.Asked;
import dev.mainstay.core.query.Asked.Condition;
import dev.mainstay.core.query.Operator;
import dev.mainstay.testkit.Ask;
import dev.mainstay.testkit.Backend;
import dev.mainstay.testkit.Callers;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// What can raise an error runs only on rows the policy has let through: no error tells of a hidden
/// row.
abstract class FenceSuite extends Suite {
  private static final Caller ANN = Callers.user("ann");

  /// What an engine says that cannot cast text to a number.
  private static final String NO_CAST =
      new Problem.Unsupported("a cast from text to integer").toString();

  private Backend backend;

  @BeforeAll
  void open() {
    backend =
        Backend.open(
                engine(),
                """
                tables:
                  shelves:
                    columns:
                      id: {type: bigint, primary_key: true}
                      keeper: text
                    policies:
                      read: {authenticated: 'true'}
                  vault:
                    columns:
                      id: {type: bigint, primary_key: true}
                      shelf_id: {type: bigint, references: shelves}
                      owner: text
                      v: text
                    policies:
                      read: {authenticated: row.owner == auth.uid}
                views:
                  readings:
                    sql:
                      sqlite: SELECT id, shelf_id, json_extract(v, '$') AS n FROM vault
                      postgres: SELECT id, shelf_id, v::integer AS n FROM vault
                    columns:
                      id: bigint
                      shelf_id: {type: bigint, references: shelves}
                      n: integer
                    policies:
                      read: {authenticated: row.shelf.keeper == auth.uid}
                """)
            .seed("shelves", "[{\"id\":1,\"keeper\":\"ben\"},{\"id\":2,\"keeper\":\"ann\"}]")
            .seed(
                "vault",
                """
                [{"id":1,"shelf_id":1,"owner":"ben","v":"hidden"},{"id":2,"shelf_id":1,"owner":"ann","v":"42"},
                 {"id":3,"shelf_id":1,"owner":"ben","v":"hidden too"},{"id":4,"shelf_id":2,"owner":"ben","v":"7"}]\
                """);
  }

  @AfterAll
  void close() {
    backend.close();
  }

  @Test
  void aCastSeesVisibleRowsOnly() {
    assertThat(answer(ANN, of("id").with(column("n", "v", "integer")), "vault"))
        .isIn("[{\"id\":2,\"n\":42}]", NO_CAST);
  }

  @Test
  void aCastInAnEmbedSeesVisibleRowsOnly() {
    Ask ask = of("id").with(embedded("vault", of("id").with(column("n", "v", "integer"))));
    assertThat(answer(ANN, ask.order(asc("id")), "shelves"))
        .isIn("[{\"id\":1,\"vault\":[{\"id\":2,\"n\":42}]},{\"id\":2,\"vault\":[]}]", NO_CAST);
  }

  @Test
  void anAggregateOfACastSeesVisibleRowsOnly() {
    Ask ask =
        of("id")
            .with(
                as(
                    "total",
                    embedded(
                        "vault",
                        of().with(
                                new Asked.Item.Column(
                                    "n", field("v"), "integer", Asked.Aggregate.SUM, null)))));
    assertThat(answer(ANN, ask.order(asc("id")), "shelves"))
        .isIn("[{\"id\":1,\"total\":[{\"n\":42}]},{\"id\":2,\"total\":[{\"n\":null}]}]", NO_CAST);
  }

  @Test
  void aPathIntoWhatIsNoJsonLeadsNowhere() {
    assertThat(answer(ANN, of("id").where(eq("v->a", "1")), "vault")).isEqualTo("[]");
  }

  @Test
  void whatAViewComputesIsAskedOfVisibleRowsOnly() {
    Condition seven = test("n", Operator.EQ, "7");
    assertThat(answer(ANN, of("id").where(seven), "readings")).isEqualTo("[{\"id\":4}]");
    assertThat(answer(ANN, of("id").order(asc("n")), "readings")).isEqualTo("[{\"id\":4}]");
    Ask keepers = of("id").with(inner(embedded("readings", of("id").where(seven))));
    assertThat(answer(ANN, keepers, "shelves")).isEqualTo("[{\"id\":2,\"readings\":[{\"id\":4}]}]");
  }

  /// Whether the pattern is looked at would tell whether there are rows.
  @Test
  void aPatternThatIsNoneIsNotTriedOnHiddenRows() {
    Condition broken = test("v", Operator.MATCH, "(");
    Ask none = of("id").where(eq("id", "1"), broken);
    Ask never = of("id").where(eq("id", "99"), broken);
    assertThat(answer(ANN, none, "vault")).isEqualTo(answer(ANN, never, "vault"));
    Ask embedded = of("id").with(inner(embedded("vault", none)));
    Ask nothing = of("id").with(inner(embedded("vault", never)));
    assertThat(answer(ANN, embedded, "shelves")).isEqualTo(answer(ANN, nothing, "shelves"));
  }

  @Test
  void aCastThatFailsOnAVisibleRowSaysSo() {
    Ask ask = of().with(column("n", "v", "integer")).where(eq("id", "1"));
    assertThat(answer(Callers.SERVICE, ask, "vault"))
        .isIn("InvalidValue[type=integer, text=hidden]", NO_CAST);
  }

  /// The rows, or why there are none.
  private String answer(Caller caller, Ask ask, String table) {
    try {
      return backend.read(caller, ask.from(table));
    } catch (ProblemException refused) {
      return refused.problem().toString();
    }
  }
}
