package dev.mainstay.core.plan;

import static dev.mainstay.core.plan.Shop.ALBUMS;
import static dev.mainstay.core.plan.Shop.ANON;
import static dev.mainstay.core.plan.Shop.INT;
import static dev.mainstay.core.plan.Shop.OWN;
import static dev.mainstay.core.plan.Shop.SERVICE;
import static dev.mainstay.core.plan.Shop.TEXT;
import static dev.mainstay.core.plan.Shop.USER;
import static dev.mainstay.core.plan.Shop.UUID;
import static dev.mainstay.core.plan.Shop.here;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.mainstay.core.model.TableName;
import dev.mainstay.core.problem.Problem;
import dev.mainstay.core.problem.ProblemException;
import dev.mainstay.core.query.Asked;
import dev.mainstay.core.query.Asked.Cell;
import dev.mainstay.core.query.Asked.Condition;
import dev.mainstay.core.query.Asked.Field;
import dev.mainstay.core.query.Asked.Item;
import dev.mainstay.core.query.Expr;
import dev.mainstay.core.query.Filter;
import dev.mainstay.core.query.Operator;
import dev.mainstay.core.query.Quantifier;
import dev.mainstay.core.query.Value;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class WritePlanTest {
  private static final Asked.Rows IDS =
      new Asked.Rows(
          List.of(new Item.Column(null, Field.of("id"), null, null, null)),
          List.of(),
          List.of(),
          null,
          null);

  @Test
  void aNewRowGetsWhatNoDatabaseFillsAlike() {
    Plan.Insert plan = insert(ALBUMS, List.of("title"), List.of(text("Back in Black")), USER, null);
    assertThat(plan.shape())
        .isEqualTo(
            new Plan.InsertShape(
                ALBUMS,
                List.of(here("id", INT)),
                List.of(here("title", TEXT), here("owner_id", UUID), here("ref", UUID)),
                null,
                OWN,
                null,
                List.of()));
    List<@Nullable Value> cells = plan.rows().getFirst().cells();
    assertThat(cells.get(0)).isEqualTo(new Value.Text("Back in Black"));
    assertThat(cells.get(1)).isEqualTo(new Value.Uuid(java.util.UUID.fromString(Shop.UID)));
    java.util.UUID ref = ((Value.Uuid) cells.get(2)).value();
    assertThat(ref.version()).isEqualTo(7);
    assertThat(ref.variant()).isEqualTo(2);
    assertThat(ref.getMostSignificantBits() >>> 16).isEqualTo(1767323045000L);
  }

  @Test
  void aDefaultCellTakesTheSameFillAsAColumnLeftOut() {
    Plan.Insert plan =
        insert(
            ALBUMS,
            List.of("title", "owner_id", "price", "ref"),
            List.of(text("x"), new Cell.Default(), new Cell.Default(), new Cell.Null()),
            USER,
            null);
    List<@Nullable Value> expected = new ArrayList<>();
    expected.add(new Value.Text("x"));
    expected.add(new Value.Uuid(java.util.UUID.fromString(Shop.UID)));
    expected.add(null);
    expected.add(Value.NULL);
    assertThat(plan.rows().getFirst().cells()).isEqualTo(expected);
  }

  @Test
  void aRowThatIsAnsweredMustBeOneTheCallerMayRead() {
    TableName artists = Shop.ARTISTS;
    Plan.Insert plan = insert(artists, List.of("name"), List.of(text("x")), ANON, IDS);
    assertThat(plan.shape().check()).isEqualTo(Filter.FALSE);
    Plan.Insert own = insert(ALBUMS, List.of("title"), List.of(text("x")), USER, IDS);
    assertThat(own.shape().check()).isEqualTo(OWN);
  }

  @Test
  void serviceRoleWritesUnchecked() {
    assertThat(insert(ALBUMS, List.of("title"), List.of(text("x")), SERVICE, IDS).shape().check())
        .isEqualTo(Filter.TRUE);
  }

  @Test
  void columnsThatCannotBeWrittenAreRefused() {
    assertThat(refusal(ALBUMS, "nope", USER))
        .isEqualTo(new Problem.UnknownBodyColumn("albums", "nope"));
    assertThat(refusal(Shop.ARTISTS, "iban", ANON))
        .isEqualTo(new Problem.UnknownBodyColumn("artists", "iban"));
    assertThat(refusal(ALBUMS, "plays", USER)).isEqualTo(new Problem.PermissionDenied("albums"));
    assertThat(refusal(Shop.TOP, "title", ANON))
        .isEqualTo(new Problem.PermissionDenied("top_albums"));
    assertThat(refusal(ALBUMS, "slug", SERVICE))
        .isEqualTo(
            new Problem.Database(
                "428C9",
                "cannot insert a non-DEFAULT value into column \"slug\"",
                "Column \"slug\" is a generated column.",
                null));
    assertThat(refusal(Shop.ARTISTS, "id", SERVICE))
        .isEqualTo(
            new Problem.Database(
                "428C9",
                "cannot insert a non-DEFAULT value into column \"id\"",
                "Column \"id\" is an identity column defined as GENERATED ALWAYS.",
                "Use OVERRIDING SYSTEM VALUE to override."));
  }

  @Test
  void anUpdateMatchesWhatMayBeReadAndUpdatedAndChecksWhatItBecomes() {
    Asked.Update asked =
        new Asked.Update(
            ALBUMS, List.of(new Asked.Assignment("title", text("x"))), List.of(idIs("7")), null);
    Plan.Update plan = Shop.planner().update(asked, Plan.Expectation.ANY, USER);
    assertThat(plan.shape())
        .isEqualTo(
            new Plan.UpdateShape(
                ALBUMS,
                List.of(here("id", INT)),
                List.of(new Plan.Assignment(here("title", TEXT), new Expr.Bind(0, TEXT))),
                OWN,
                Shop.equal("id", INT, new Expr.Bind(1, INT)),
                OWN,
                null));
    assertThat(plan.values()).containsExactly(new Value.Text("x"), new Value.Whole(7));
  }

  @Test
  void aDeleteMatchesWhatMayBeReadAndDeleted() {
    Asked.Delete asked = new Asked.Delete(ALBUMS, List.of(idIs("7")), IDS);
    Plan.Delete plan = Shop.planner().delete(asked, Plan.Expectation.ANY, USER);
    assertThat(plan.shape().policy()).isEqualTo(OWN);
    assertThat(plan.shape().where()).isEqualTo(Shop.equal("id", INT, new Expr.Bind(0, INT)));
    assertThat(plan.shape().returning()).isNotNull();
    assertThat(Shop.planner().delete(asked, Plan.Expectation.ANY, ANON).shape().policy())
        .isEqualTo(Filter.FALSE);
  }

  private static Condition idIs(String id) {
    return new Condition.Compare(Field.of("id"), Operator.EQ, Quantifier.ONE, List.of(id));
  }

  private static Cell text(String text) {
    return new Cell.Text(text);
  }

  private static Plan.Insert insert(
      TableName table,
      List<String> columns,
      List<Cell> cells,
      Caller caller,
      Asked.@Nullable Rows returning) {
    Asked.Insert asked = new Asked.Insert(table, columns, List.of(cells), null, returning);
    return Shop.planner().insert(asked, caller);
  }

  private static Problem refusal(TableName table, String column, Caller caller) {
    return catchThrowableOfType(
            ProblemException.class,
            () -> insert(table, List.of(column), List.of(text("1")), caller, null))
        .problem();
  }
}
