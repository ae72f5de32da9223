package dev.mainstay.core.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.mainstay.core.model.ColumnType;
import dev.mainstay.core.model.Model;
import dev.mainstay.core.model.Table;
import dev.mainstay.core.model.TableName;
import dev.mainstay.core.policy.RuleCompiler;
import dev.mainstay.core.problem.Problem;
import dev.mainstay.core.problem.ProblemException;
import dev.mainstay.core.query.Asked;
import dev.mainstay.core.query.Asked.Condition;
import dev.mainstay.core.query.Asked.Field;
import dev.mainstay.core.query.Expr;
import dev.mainstay.core.query.Filter;
import dev.mainstay.core.query.Grammar;
import dev.mainstay.core.query.Operator;
import dev.mainstay.core.query.Quantifier;
import dev.mainstay.core.query.Truth;
import dev.mainstay.core.query.Value;
import dev.mainstay.core.read.ModelReader;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// What searches, lists with nulls and paths become.
class SearchPlanTest {
  private static final TableName POSTS = TableName.inDefaultSchema("posts");
  private static final Table.Search DOCUMENT =
      new Table.Search("document", List.of("title", "secret"), "english");
  private static final Caller ANON =
      new Caller.Outside("anon", new Claims(Map.of("role", "anon"), "{\"role\":\"anon\"}"));
  private static final Caller SERVICE =
      new Caller.Outside(
          "service_role",
          new Claims(Map.of("role", "service_role"), "{\"role\":\"service_role\"}"));

  @Test
  void aDocumentIsAskedWithTheQueryAsOneValue() {
    Plan.Read plan = plan(SERVICE, search("document", Grammar.WEB, null, "cats -\"the dog\""));
    assertThat(plan.shape().select().where())
        .isEqualTo(new Filter.Finds(DOCUMENT, new Expr.Bind(0, new ColumnType.Text())));
    assertThat(plan.values().getFirst()).isEqualTo(new Value.Text("('cats' & !('the' <-> 'dog'))"));
    assertThat(plan(SERVICE, search("document", Grammar.PLAIN, "english", "x")).shape())
        .isEqualTo(plan.shape());
  }

  @Test
  void aDocumentOverAHiddenColumnIsUnknown() {
    assertThat(refusal(ANON, search("document", Grammar.PLAIN, null, "x")))
        .isEqualTo(new Problem.UnknownColumn("posts", "document"));
  }

  @Test
  void aColumnIsLeftToTheEngineWithTheLanguageBound() {
    Plan.Read plan = plan(ANON, search("title", Grammar.PHRASE, "french", "le chat"));
    assertThat(plan.shape().select().where())
        .isEqualTo(
            new Filter.Search(
                new Expr.Column(0, "title", new ColumnType.Text()),
                Grammar.PHRASE,
                new Expr.Bind(0, new ColumnType.Native("regconfig")),
                new Expr.Bind(1, new ColumnType.Text())));
    assertThat(plan.values().subList(0, 2))
        .containsExactly(new Value.Native("french"), new Value.Text("le chat"));
    assertThat(refusal(ANON, search("id", Grammar.PLAIN, null, "x")))
        .isEqualTo(new Problem.NoSuchOperator("@@", "integer", "tsquery"));
  }

  @Test
  void aNullInAListIsANull() {
    Plan.Read plan = plan(ANON, compare("id", Operator.GT, Quantifier.ANY, "1", null));
    assertThat(plan.values().getFirst())
        .isEqualTo(new Value.ListOf(List.of(new Value.Whole(1), Value.NULL)));
    assertThat(
            plan(ANON, compare("price", Operator.GT, Quantifier.ALL, (String) null))
                .shape()
                .select()
                .where())
        .isEqualTo(new Filter.And(List.of(new Filter.Constant(Truth.UNKNOWN))));
    assertThat(refusal(ANON, compare("tags", Operator.EQ, Quantifier.ANY, "a")))
        .isEqualTo(
            new Problem.Database(
                "42704", "could not find array type for data type text[]", null, null));
  }

  private static Condition search(
      String field, Grammar grammar, @Nullable String language, String query) {
    return new Condition.Search(Field.of(field), grammar, language, query);
  }

  private static Condition compare(
      String field, Operator operator, Quantifier quantifier, @Nullable String... operands) {
    return new Condition.Compare(Field.of(field), operator, quantifier, Arrays.asList(operands));
  }

  private static Plan.Read plan(Caller caller, Condition condition) {
    Model model =
        ModelReader.read(
                "backend.yaml",
                """
                tables:
                  posts:
                    columns:
                      id: {type: integer, primary_key: true}
                      title: text
                      secret: {type: text, hidden_from: anon}
                      price: decimal(6,2)
                      tags: 'text[]'
                    search: {document: {columns: [title, secret], language: english}}
                    policies: {read: true}
                """)
            .orThrow();
    Planner planner =
        new Planner(
            new Catalog(model, RuleCompiler.compile(model).rules()),
            new Limits(10L, false),
            InstantSource.system(),
            new Random(1));
    Asked.Rows rows =
        new Asked.Rows(List.of(new Asked.Item.Star()), List.of(condition), List.of(), null, null);
    return planner.read(new Asked.Read(POSTS, rows, Asked.Count.NONE), caller);
  }

  private static Problem refusal(Caller caller, Condition condition) {
    return catchThrowableOfType(ProblemException.class, () -> plan(caller, condition)).problem();
  }
}
