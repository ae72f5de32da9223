package dev.mainstay.core.plan;

import static dev.mainstay.core.plan.Shop.ALBUMS;
import static dev.mainstay.core.plan.Shop.ANON;
import static dev.mainstay.core.plan.Shop.INT;
import static dev.mainstay.core.plan.Shop.OWN;
import static dev.mainstay.core.plan.Shop.SERVICE;
import static dev.mainstay.core.plan.Shop.TEXT;
import static dev.mainstay.core.plan.Shop.USER;
import static dev.mainstay.core.plan.Shop.here;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.mainstay.core.problem.Problem;
import dev.mainstay.core.problem.ProblemException;
import dev.mainstay.core.query.Asked;
import dev.mainstay.core.query.Asked.Cell;
import dev.mainstay.core.query.Asked.Condition;
import dev.mainstay.core.query.Asked.Field;
import dev.mainstay.core.query.Filter;
import dev.mainstay.core.query.Operator;
import dev.mainstay.core.query.Quantifier;
import java.util.List;
import org.junit.jupiter.api.Test;

class UpsertPlanTest {
  private static final List<String> COLUMNS = List.of("id", "title");

  @Test
  void aMergeOverwritesWhatIsNamedAndNotWhatFillsANewRow() {
    Plan.InsertShape shape = plan(List.of(), true, USER, List.of(row("1", "x"))).shape();
    assertThat(shape.columns()).map(column -> column.name()).contains("owner_id", "ref");
    assertThat(shape.conflict())
        .isEqualTo(
            new Plan.Conflict(
                List.of(here("id", INT)), List.of(here("id", INT), here("title", TEXT)), OWN, OWN));
    assertThat(shape.check()).isEqualTo(OWN);
  }

  @Test
  void whatIsThereIsLeftWhenNothingIsToBeMerged() {
    assertThat(plan(List.of("id"), false, USER, List.of(row("1", "x"))).shape().conflict().merge())
        .isEmpty();
  }

  @Test
  void whoMayNotInsertMayNotMerge() {
    Plan.InsertShape shape = plan(List.of(), true, ANON, List.of(row("1", "x"))).shape();
    assertThat(shape.check()).isEqualTo(Filter.FALSE);
    assertThat(shape.conflict().policy()).isEqualTo(Filter.FALSE);
    Plan.InsertShape open = plan(List.of(), true, SERVICE, List.of(row("1", "x"))).shape();
    assertThat(open.check()).isEqualTo(Filter.TRUE);
    assertThat(open.conflict().policy()).isEqualTo(Filter.TRUE);
  }

  @Test
  void aRowIsOverwrittenOnce() {
    assertThat(refusal(List.of(), true, List.of(row("1", "x"), row("01", "y"))))
        .isInstanceOf(Problem.Database.class)
        .extracting(problem -> ((Problem.Database) problem).sqlState())
        .isEqualTo("21000");
    assertThat(plan(List.of(), false, USER, List.of(row("1", "x"), row("1", "y"))).rows())
        .hasSize(2);
    List<Cell> numbered = List.of(new Cell.Default(), new Cell.Text("x"));
    assertThat(plan(List.of(), true, USER, List.of(numbered, numbered)).rows()).hasSize(2);
  }

  @Test
  void theTargetIsAKeyThatTheCallerKnows() {
    assertThat(refusal(List.of("title"), true, List.of(row("1", "x"))))
        .isEqualTo(
            new Problem.Database(
                "42P10",
                "there is no unique or exclusion constraint matching the ON CONFLICT specification",
                null,
                null));
    assertThat(refusal(List.of("nope"), true, List.of(row("1", "x"))))
        .isEqualTo(new Problem.Database("42703", "column \"nope\" does not exist", null, null));
    assertThat(refusal(List.of("slug"), true, List.of(row("1", "x"))))
        .isEqualTo(new Problem.Unsupported("on_conflict of a generated column"));
  }

  @Test
  void aPutNamesTheKeyOfItsRowAndNothingElse() {
    assertThat(put(List.of(is("id", "7")), List.of(row("7", "x"))).shape().conflict()).isNotNull();
    assertThat(refused(List.of(), List.of(row("7", "x")))).isEqualTo(new Problem.NotByKey());
    assertThat(refused(List.of(is("title", "x")), List.of(row("7", "x"))))
        .isEqualTo(new Problem.NotByKey());
    assertThat(refused(List.of(is("id", "7"), is("title", "x")), List.of(row("7", "x"))))
        .isEqualTo(new Problem.NotByKey());
    assertThat(refused(List.of(new Condition.IsNull(Field.of("id"))), List.of(row("7", "x"))))
        .isEqualTo(new Problem.NotByKey());
    assertThat(refused(List.of(is("id", "7")), List.of(row("8", "x"))))
        .isEqualTo(new Problem.OtherKey());
    assertThat(refused(List.of(is("id", "7"), is("id", "8")), List.of(row("7", "x"))))
        .isEqualTo(new Problem.OtherKey());
    assertThat(refused(List.of(is("id", "7")), List.of())).isEqualTo(new Problem.OtherKey());
    assertThat(refused(List.of(is("id", "7")), List.of(row("7", "x"), row("8", "y"))))
        .isEqualTo(new Problem.OtherKey());
  }

  private static Condition is(String column, String value) {
    return new Condition.Compare(Field.of(column), Operator.EQ, Quantifier.ONE, List.of(value));
  }

  private static List<Cell> row(String id, String title) {
    return List.of(new Cell.Text(id), new Cell.Text(title));
  }

  private static Plan.Insert plan(
      List<String> target, boolean merge, Caller caller, List<List<Cell>> rows) {
    Asked.Conflict conflict = new Asked.Conflict(target, merge);
    return Shop.planner().insert(new Asked.Insert(ALBUMS, COLUMNS, rows, conflict, null), caller);
  }

  private static Problem refusal(List<String> target, boolean merge, List<List<Cell>> rows) {
    return catchThrowableOfType(ProblemException.class, () -> plan(target, merge, USER, rows))
        .problem();
  }

  private static Plan.Insert put(List<Condition> where, List<List<Cell>> rows) {
    return Shop.planner().put(new Asked.Put(ALBUMS, COLUMNS, rows, where, null), USER);
  }

  private static Problem refused(List<Condition> where, List<List<Cell>> rows) {
    return catchThrowableOfType(ProblemException.class, () -> put(where, rows)).problem();
  }
}
