package dev.mainstay.core.plan;

import static dev.mainstay.core.plan.Shop.ALBUMS;
import static dev.mainstay.core.plan.Shop.ANON;
import static dev.mainstay.core.plan.Shop.ARTISTS;
import static dev.mainstay.core.plan.Shop.BIGINT;
import static dev.mainstay.core.plan.Shop.FROM_HERE;
import static dev.mainstay.core.plan.Shop.INT;
import static dev.mainstay.core.plan.Shop.PRICE;
import static dev.mainstay.core.plan.Shop.SERVICE;
import static dev.mainstay.core.plan.Shop.TEXT;
import static dev.mainstay.core.plan.Shop.here;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.mainstay.core.model.ColumnType;
import dev.mainstay.core.plan.Plan.Counting;
import dev.mainstay.core.plan.Select.Output;
import dev.mainstay.core.problem.Problem;
import dev.mainstay.core.problem.ProblemException;
import dev.mainstay.core.query.Asked;
import dev.mainstay.core.query.Asked.Field;
import dev.mainstay.core.query.Asked.Item;
import dev.mainstay.core.query.Asked.Join;
import dev.mainstay.core.query.Asked.Shape;
import dev.mainstay.core.query.Expr;
import dev.mainstay.core.query.Filter;
import dev.mainstay.core.query.Link;
import dev.mainstay.core.query.Value;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What a spread lifts is the parent's own, under the related table's policy; groups agree on what
/// orders them; a number that speaks of hidden rows is counted.
class LiftedPlanTest {
  private static final Link ARTIST =
      new Link(ARTISTS, List.of(new Link.Pair(here("artist_id", INT), here("id", INT))), null);
  private static final ColumnType NUMERIC = new ColumnType.Native("numeric");

  @Test
  void aColumnOfAToOneSpreadIsAValueThroughItsRelation() {
    Select select = read(ANON, spread("artist_id", column("name")), column("title"));
    assertThat(select.outputs())
        .containsExactly(
            new Output.Value("name", new Expr.Through(ARTIST, FROM_HERE, here("name", TEXT))),
            new Output.Value("title", here("title", TEXT)));
    assertThat(select.grouped()).isFalse();
  }

  @Test
  void anAggregateOfAToOneSpreadGroupsTheParents() {
    Select select =
        read(
            ANON,
            spread("artist_id", new Item.CountRows("n", null)),
            sum("price"),
            column("title"));
    assertThat(select.outputs())
        .containsExactly(
            new Output.Aggregate(
                "n",
                Asked.Aggregate.COUNT,
                new Expr.Through(
                    ARTIST,
                    FROM_HERE,
                    new Expr.Literal(new Value.Whole(1), new ColumnType.Whole(32))),
                BIGINT,
                null),
            new Output.Aggregate("sum", Asked.Aggregate.SUM, here("price", PRICE), NUMERIC, null),
            new Output.Value("title", here("title", TEXT)));
    assertThat(select.grouped()).isTrue();
  }

  @Test
  void anEmbedOfNothingIsNoOutput() {
    assertThat(read(SERVICE, embed("tags", Join.LEFT)).outputs()).isEmpty();
  }

  @Test
  void anEmbedOfWhichOnlyAnEmbedOfNothingIsAskedIsRowsOfNothing() {
    Select albums = read(SERVICE, embed("tags", Join.LEFT, embed("albums", Join.LEFT)));
    assertThat(albums.outputs())
        .singleElement()
        .isInstanceOfSatisfying(
            Output.Embed.class,
            tags -> {
              assertThat(tags.key()).isEqualTo("tags");
              assertThat(tags.rows().outputs()).isEmpty();
            });
  }

  @Test
  void theOneRelatedRowIsOnAPageOrNot() {
    Select rows = related(read(ANON, paged("artist_id", 5L, null)));
    assertThat(rows.where()).isEqualTo(Filter.TRUE);
    assertThat(rows.limit()).isNull();
    assertThat(related(read(ANON, paged("artist_id", 0L, null))).where()).isEqualTo(Filter.FALSE);
    assertThat(related(read(ANON, paged("artist_id", null, 1L))).where()).isEqualTo(Filter.FALSE);
  }

  @Test
  void anOrderOfGroupsIsByWhatTheyAgreeOn() {
    Item[] byTitle = {column("title"), sum("price")};
    assertThat(ordered("title", byTitle).order())
        .containsExactly(new Select.Key(here("title", TEXT), false, false));
    assertThat(
            catchThrowableOfType(ProblemException.class, () -> ordered("price", byTitle)).problem())
        .isEqualTo(
            new Problem.Database(
                "42803",
                "column \"albums.price\" must appear in the GROUP BY clause or be used in an"
                    + " aggregate function",
                null,
                null));
    // The key settles the row, and so everything of it.
    assertThat(ordered("title", column("id"), sum("price")).order()).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({
    "service, EXACT, , EXACT",
    "service, PLANNED, , PLANNED",
    "service, ESTIMATED, , ESTIMATED",
    "service, PLANNED, artist_id, PLANNED",
    "service, NONE, , NONE",
    // Every album is there for anon, not every artist.
    "anon, PLANNED, , PLANNED",
    "anon, ESTIMATED, , ESTIMATED",
    "anon, PLANNED, artist_id, EXACT",
    "anon, ESTIMATED, tags, EXACT",
    "anon, NONE, tags, NONE"
  })
  void anEstimateIsForWhomItTellsNothingNew(
      String caller, Asked.Count asked, @Nullable String inner, Counting planned) {
    Item item = inner == null ? column("id") : embed(inner, Join.INNER, column("id"));
    Asked.Read read = new Asked.Read(ALBUMS, rows(item), asked);
    Plan.Read plan = planner().read(read, caller.equals("anon") ? ANON : SERVICE);
    assertThat(plan.shape().counting()).isEqualTo(planned);
    assertThat(plan.shape().enough() != null).isEqualTo(planned == Counting.ESTIMATED);
  }

  @Test
  void anEstimateUnderAPolicyIsACount() {
    Asked.Read read = new Asked.Read(ARTISTS, rows(column("id")), Asked.Count.PLANNED);
    assertThat(planner().read(read, ANON).shape().counting()).isEqualTo(Counting.EXACT);
  }

  private static Select related(Select select) {
    return ((Output.Embed) select.outputs().getFirst()).rows();
  }

  private static Item column(String name) {
    return new Item.Column(null, Field.of(name), null, null, null);
  }

  private static Item sum(String name) {
    return new Item.Column(null, Field.of(name), null, Asked.Aggregate.SUM, null);
  }

  private static Item embed(String target, Join join, Item... items) {
    return new Item.Embed(null, target, null, join, Shape.NESTED, rows(items));
  }

  private static Item spread(String target, Item... items) {
    return new Item.Embed(null, target, null, Join.LEFT, Shape.SPREAD, rows(items));
  }

  private static Item paged(String target, @Nullable Long limit, @Nullable Long offset) {
    Asked.Rows rows = new Asked.Rows(List.of(column("id")), List.of(), List.of(), limit, offset);
    return new Item.Embed(null, target, null, Join.LEFT, Shape.NESTED, rows);
  }

  private static Asked.Rows rows(Item... items) {
    return new Asked.Rows(List.of(items), List.of(), List.of(), null, null);
  }

  private static Select read(Caller caller, Item... items) {
    return planner()
        .read(new Asked.Read(ALBUMS, rows(items), Asked.Count.NONE), caller)
        .shape()
        .select();
  }

  private static Select ordered(String column, Item... items) {
    Asked.Ordering key = new Asked.Ordering(null, Field.of(column), false, null);
    Asked.Rows rows = new Asked.Rows(List.of(items), List.of(), List.of(key), null, null);
    return planner().read(new Asked.Read(ALBUMS, rows, Asked.Count.NONE), SERVICE).shape().select();
  }

  private static Planner planner() {
    return Shop.planner(new Limits(1000L, true));
  }
}
