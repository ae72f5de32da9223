package dev.mainstay.core.plan;

import static dev.mainstay.core.plan.Shop.ALBUMS;
import static dev.mainstay.core.plan.Shop.ANON;
import static dev.mainstay.core.plan.Shop.ARTISTS;
import static dev.mainstay.core.plan.Shop.BIGINT;
import static dev.mainstay.core.plan.Shop.FROM_HERE;
import static dev.mainstay.core.plan.Shop.INT;
import static dev.mainstay.core.plan.Shop.SERVICE;
import static dev.mainstay.core.plan.Shop.TAGGED;
import static dev.mainstay.core.plan.Shop.TEXT;
import static dev.mainstay.core.plan.Shop.here;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.mainstay.core.model.ColumnType;
import dev.mainstay.core.model.TableName;
import dev.mainstay.core.plan.Select.Output;
import dev.mainstay.core.problem.Problem;
import dev.mainstay.core.problem.ProblemException;
import dev.mainstay.core.query.Asked;
import dev.mainstay.core.query.Asked.Condition;
import dev.mainstay.core.query.Asked.Field;
import dev.mainstay.core.query.Asked.Item;
import dev.mainstay.core.query.Asked.Join;
import dev.mainstay.core.query.Expr;
import dev.mainstay.core.query.Filter;
import dev.mainstay.core.query.Link;
import dev.mainstay.core.query.Operator;
import dev.mainstay.core.query.Quantifier;
import dev.mainstay.core.query.Value;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReadPlanTest {
  private static final Item STAR = new Item.Star();

  @Test
  void starIsEveryColumnTheCallerSees() {
    assertThat(keys(read(ARTISTS, ANON, STAR))).containsExactly("id", "name", "country");
    assertThat(keys(read(ARTISTS, SERVICE, STAR))).containsExactly("id", "name", "country", "iban");
  }

  @Test
  void aHiddenColumnIsAnUnknownNameEverywhere() {
    Problem unknown = new Problem.UnknownColumn("artists", "iban");
    assertThat(refusal(rows(column("iban")))).isEqualTo(unknown);
    assertThat(refusal(where(equal("iban", "x")))).isEqualTo(unknown);
    assertThat(refusal(ordered(new Asked.Ordering(null, Field.of("iban"), false, null))))
        .isEqualTo(unknown);
  }

  @Test
  void aRootCarriesTheCallersPolicyApartFromWhatWasAsked() {
    Plan.Read plan = plan(ARTISTS, where(equal("name", "AC/DC")), ANON);
    assertThat(plan.shape().select())
        .isEqualTo(
            new Select(
                ARTISTS,
                List.of(new Output.Value("id", here("id", INT))),
                FROM_HERE,
                Shop.equal("name", TEXT, new Expr.Bind(0, TEXT)),
                List.of(),
                false,
                new Expr.Bind(1, BIGINT),
                null));
    assertThat(plan.values()).containsExactly(new Value.Text("AC/DC"), new Value.Whole(1000));
  }

  @Test
  void shapesAreEqualWhateverTheValues() {
    Plan.Read one = plan(ARTISTS, where(equal("name", "AC/DC")), ANON);
    Plan.Read other = plan(ARTISTS, where(equal("name", "Accept")), ANON);
    assertThat(one.shape()).isEqualTo(other.shape()).hasSameHashCodeAs(other.shape());
    assertThat(plan(ARTISTS, where(equal("name", "AC/DC")), SERVICE).shape())
        .isNotEqualTo(one.shape());
  }

  @Test
  void theLimitIsTheLowerOfTheCallersAndTheServers() {
    assertThat(plan(ARTISTS, page(5L, null), ANON).values()).containsExactly(new Value.Whole(5));
    assertThat(plan(ARTISTS, page(5000L, 3L), ANON).values())
        .containsExactly(new Value.Whole(1000), new Value.Whole(3));
    assertThat(plan(ARTISTS, page(null, 0L), ANON).shape().select().offset()).isNull();
  }

  @Test
  void aToOneEmbedCarriesTheRelatedTablesPolicy() {
    Select select = read(ALBUMS, ANON, embed("artist_id", null, Join.LEFT, column("name")));
    assertThat(select.outputs())
        .containsExactly(
            new Output.Embed(
                "artist_id",
                link(ARTISTS, "artist_id", "id"),
                true,
                new Select(
                    ARTISTS,
                    List.of(new Output.Value("name", here("name", TEXT))),
                    FROM_HERE,
                    Filter.TRUE,
                    List.of(),
                    false,
                    null,
                    null)));
  }

  @Test
  void anInnerEmbedDropsParentsWhoseRelatedRowsTheCallerMayNotSee() {
    Select select =
        read(ALBUMS, ANON, embed("artists", "albums_artist_id_fkey", Join.INNER, column("name")));
    assertThat(select.where())
        .isEqualTo(new Filter.Exists(link(ARTISTS, "artist_id", "id"), FROM_HERE));
  }

  @Test
  void aConditionOnAnEmbedAsksWhetherAVisibleRowIsRelated() {
    Item embed = embed("artist_id", null, Join.LEFT, column("name"));
    Filter exists = new Filter.Exists(link(ARTISTS, "artist_id", "id"), FROM_HERE);
    Condition absent = new Condition.IsNull(Field.of("artist_id"));
    assertThat(plan(ALBUMS, where(absent, embed), ANON).shape().select().where())
        .isEqualTo(new Filter.Not(exists));
    assertThat(refusal(ALBUMS, where(equal("artist_id", "1"), embed)))
        .isEqualTo(new Problem.BadEmbedFilter("artist_id"));
  }

  @Test
  void aJunctionIsPassedOnlyWhereItsOwnPolicyHolds() {
    Select select = read(ALBUMS, ANON, embed("tags", null, Join.LEFT, column("name")));
    Output.Embed tags = (Output.Embed) select.outputs().getFirst();
    assertThat(tags.toOne()).isFalse();
    assertThat(tags.link())
        .isEqualTo(
            new Link(
                Shop.TAGS,
                List.of(new Link.Pair(here("tag_id", INT), here("id", INT))),
                new Link.Via(
                    Shop.ALBUM_TAGS,
                    List.of(new Link.Pair(here("id", INT), here("album_id", INT))),
                    TAGGED)));
  }

  @Test
  void aSelfRelationLeadsDownByTableAndUpByColumn() {
    TableName employees = Shop.EMPLOYEES;
    for (Item item :
        List.of(
            embed("employees", null, Join.LEFT, column("name")),
            embed("employees", "reports_to", Join.LEFT, column("name")),
            embed("employees", "employees_reports_to_fkey", Join.LEFT, column("name")))) {
      Output.Embed down = (Output.Embed) read(employees, ANON, item).outputs().getFirst();
      assertThat(down.toOne()).isFalse();
      assertThat(down.link()).isEqualTo(link(employees, "id", "reports_to"));
    }
    Item manager = embed("reports_to", null, Join.LEFT, column("name"));
    Output.Embed up = (Output.Embed) read(employees, ANON, manager).outputs().getFirst();
    assertThat(up.toOne()).isTrue();
    assertThat(up.link()).isEqualTo(link(employees, "reports_to", "id"));
  }

  @Test
  void severalRelationsAreNamedWithWhatToWriteInstead() {
    assertThat(refusal(ALBUMS, rows(embed("artists", null, Join.LEFT, STAR))))
        .isEqualTo(
            new Problem.AmbiguousRelationship(
                "albums",
                "artists",
                List.of(
                    new Problem.AmbiguousRelationship.Candidate(
                        "many-to-one",
                        "albums with artists",
                        "albums_artist_id_fkey using albums(artist_id) and artists(id)",
                        "artists!albums_artist_id_fkey"),
                    new Problem.AmbiguousRelationship.Candidate(
                        "many-to-one",
                        "albums with artists",
                        "albums_label_id_fkey using albums(label_id) and artists(id)",
                        "artists!albums_label_id_fkey"))));
  }

  @Test
  void manyConditionsStandSideBySideAndFewWithinEachOther() {
    List<Condition> many = Collections.nCopies(1000, equal("name", "AC/DC"));
    Asked.Rows wide = new Asked.Rows(List.of(column("name")), many, List.of(), null, null);
    assertThat(plan(ARTISTS, wide, SERVICE).shape().select().where())
        .isInstanceOfSatisfying(Filter.And.class, and -> assertThat(and.all()).hasSize(1000));
    Condition deep = equal("name", "AC/DC");
    for (int i = 0; i < 10_000; i++) deep = new Condition.Not(deep);
    assertThat(refusal(where(deep)))
        .isEqualTo(new Problem.TooLarge(Problem.TooLarge.What.QUERY, 200));
  }

  @Test
  void noRelationSuggestsTheNearestRelatedTable() {
    assertThat(refusal(ALBUMS, rows(embed("artist", null, Join.LEFT, STAR))))
        .isEqualTo(new Problem.NoRelationship("public", "albums", "artist", null, "artists"));
    assertThat(refusal(ALBUMS, rows(embed("tags", "nope", Join.LEFT, STAR))))
        .isEqualTo(new Problem.NoRelationship("public", "albums", "tags", "nope", null));
  }

  @Test
  void noTableIsSuggestedOfWhichNoPolicySpeaks() {
    assertThat(refusal(ALBUMS, rows(embed("artist", null, Join.LEFT, STAR)), Shop.USER))
        .isEqualTo(new Problem.NoRelationship("public", "albums", "artist", null, null));
  }

  @Test
  void anOrderByARelatedColumnSeesNoMoreThanTheEmbed() {
    Item embed = embed("artist_id", null, Join.LEFT, column("name"));
    Asked.Ordering byName = new Asked.Ordering("artist_id", Field.of("name"), true, null);
    Asked.Rows asked = new Asked.Rows(List.of(embed), List.of(), List.of(byName), null, null);
    assertThat(plan(ALBUMS, asked, ANON).shape().select().order())
        .containsExactly(
            new Select.Key(
                new Expr.Through(link(ARTISTS, "artist_id", "id"), FROM_HERE, here("name", TEXT)),
                true,
                true));
  }

  @Test
  void anOrderNeedsAnEmbedThatIsThereAndToOne() {
    Asked.Ordering byTag = new Asked.Ordering("tags", Field.of("name"), false, null);
    assertThat(refusal(ALBUMS, ordered(byTag))).isEqualTo(new Problem.NotEmbedded("tags"));
    Item tags = embed("tags", null, Join.LEFT, column("name"));
    assertThat(
            refusal(ALBUMS, new Asked.Rows(List.of(tags), List.of(), List.of(byTag), null, null)))
        .isEqualTo(new Problem.BadEmbedOrder("albums", "tags"));
  }

  @Test
  void unknownTablesSuggestOnlyWhatTheCallerHasAPolicyFor() {
    TableName typo = TableName.inDefaultSchema("artist");
    assertThat(refusal(typo, rows(STAR)))
        .isEqualTo(new Problem.UnknownTable("public", "artist", "artists"));
    Caller user = Shop.USER;
    assertThat(refusal(typo, rows(STAR), user))
        .isEqualTo(new Problem.UnknownTable("public", "artist", null));
  }

  @Test
  void systemSchemasDoNotExistForAnybodyOutside() {
    assertThat(refusal(Shop.KEYS, rows(STAR), SERVICE))
        .isEqualTo(new Problem.UnknownTable("mainstay", "api_keys", null));
    Asked.Read asked = new Asked.Read(Shop.KEYS, rows(STAR), Asked.Count.NONE);
    assertThat(Shop.planner().read(asked, new Caller.Inside()).shape().table())
        .isEqualTo(Shop.KEYS);
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          EQ, 1.99, EQ, 1.99
          EQ, 1.9, EQ, 1.90
          EQ, 1.995, NE, self
          NE, 1.995, EQ, self
          LT, 1.995, LE, 1.99
          LE, 1.995, LE, 1.99
          GT, 1.995, GE, 2.00
          GE, -1.995, GE, -1.99
          LT, 1e12, EQ, self
          GT, 1e12, NE, self
          LT, -1e12, NE, self
          GE, -1e12, EQ, self
          LT, 99999999.995, EQ, self
          """)
  void aDecimalIsComparedExactly(Operator asked, String operand, Operator planned, String right) {
    Condition condition =
        new Condition.Compare(Field.of("price"), asked, Quantifier.ONE, List.of(operand));
    Plan.Read plan = plan(ALBUMS, where(condition), ANON);
    Expr price = here("price", Shop.PRICE);
    boolean self = right.equals("self");
    assertThat(plan.shape().select().where())
        .isEqualTo(
            new Filter.Test(
                price, planned, Quantifier.ONE, self ? price : new Expr.Bind(0, Shop.PRICE)));
    if (!self)
      assertThat(plan.values().getFirst())
          .isEqualTo(new Value.Decimal(new java.math.BigDecimal(right)));
  }

  @Test
  void aListIsOneBoundValue() {
    Condition in =
        new Condition.Compare(Field.of("id"), Operator.EQ, Quantifier.ANY, List.of("1", "2"));
    Plan.Read plan = plan(ALBUMS, where(in), ANON);
    assertThat(plan.shape().select().where())
        .isEqualTo(
            new Filter.Test(
                here("id", INT),
                Operator.EQ,
                Quantifier.ANY,
                new Expr.Bind(0, new ColumnType.ArrayOf(INT))));
    assertThat(plan.values().getFirst())
        .isEqualTo(new Value.ListOf(List.of(new Value.Whole(1), new Value.Whole(2))));
  }

  @Test
  void anOperatorTheTypeDoesNotHaveIsRefusedInItsSymbol() {
    Condition like =
        new Condition.Compare(Field.of("id"), Operator.LIKE, Quantifier.ONE, List.of("1%"));
    assertThat(refusal(ALBUMS, where(like)))
        .isEqualTo(new Problem.NoSuchOperator("~~", "integer", "unknown"));
  }

  @Test
  void aggregatesAreOffUntilSwitchedOn() {
    Item count = new Item.CountRows(null, null);
    assertThat(refusal(ALBUMS, rows(count))).isEqualTo(new Problem.AggregatesOff());
    Asked.Read asked = new Asked.Read(ALBUMS, rows(column("title"), count), Asked.Count.NONE);
    Select select = Shop.planner(new Limits(null, true)).read(asked, ANON).shape().select();
    assertThat(select)
        .isEqualTo(
            new Select(
                ALBUMS,
                List.of(
                    new Output.Value("title", here("title", TEXT)),
                    new Output.Aggregate(
                        "count", Asked.Aggregate.COUNT, null, new ColumnType.Whole(64), null)),
                Filter.TRUE,
                Filter.TRUE,
                List.of(),
                true,
                null,
                null));
  }

  @Test
  void aBareCountIsTheNumberOfRowsWhetherOrNotAggregatesAreOn() {
    Select select = read(ALBUMS, ANON, embed("tags", null, Join.LEFT, column("count")));
    Select rows = ((Output.Embed) select.outputs().getFirst()).rows();
    assertThat(rows.outputs())
        .containsExactly(
            new Output.Aggregate(
                "count", Asked.Aggregate.COUNT, null, new ColumnType.Whole(64), null));
    assertThat(rows.grouped()).isTrue();
    assertThat(read(ALBUMS, ANON, column("count")).grouped()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "text from pg_authid",
        "text)",
        "text; drop table albums",
        "\"Mood\"",
        "int[]",
        "1"
      })
  void aCastThatIsNoPlainWordIsNoType(String name) {
    Item cast = new Item.Column(null, Field.of("title"), name, null, null);
    assertThat(refusal(ALBUMS, rows(cast)))
        .isEqualTo(
            new Problem.Database("42704", "type \"" + name + "\" does not exist", null, null));
  }

  @Test
  void aCastMayNameATypeOfTheEnginesOwn() {
    Item cast = new Item.Column(null, Field.of("title"), "citext", null, null);
    assertThat(read(ALBUMS, ANON, cast).outputs())
        .containsExactly(
            new Output.Value(
                "title", new Expr.Cast(here("title", TEXT), new ColumnType.Native("citext"))));
  }

  private static Link link(TableName target, String from, String to) {
    return new Link(target, List.of(new Link.Pair(here(from, INT), here(to, INT))), null);
  }

  private static Item column(String name) {
    return new Item.Column(null, Field.of(name), null, null, null);
  }

  private static Item embed(String target, @Nullable String hint, Join join, Item... items) {
    return new Item.Embed(null, target, hint, join, Asked.Shape.NESTED, rows(items));
  }

  private static Condition equal(String column, String text) {
    return new Condition.Compare(Field.of(column), Operator.EQ, Quantifier.ONE, List.of(text));
  }

  private static Asked.Rows rows(Item... items) {
    return new Asked.Rows(List.of(items), List.of(), List.of(), null, null);
  }

  private static Asked.Rows where(Condition condition, Item... items) {
    List<Item> all = items.length == 0 ? List.of(column("id")) : List.of(items);
    return new Asked.Rows(all, List.of(condition), List.of(), null, null);
  }

  private static Asked.Rows ordered(Asked.Ordering ordering) {
    return new Asked.Rows(List.of(column("id")), List.of(), List.of(ordering), null, null);
  }

  private static Asked.Rows page(@Nullable Long limit, @Nullable Long offset) {
    return new Asked.Rows(List.of(column("id")), List.of(), List.of(), limit, offset);
  }

  private static Plan.Read plan(TableName table, Asked.Rows rows, Caller caller) {
    return Shop.planner().read(new Asked.Read(table, rows, Asked.Count.NONE), caller);
  }

  private static Select read(TableName table, Caller caller, Item... items) {
    return plan(table, rows(items), caller).shape().select();
  }

  private static List<String> keys(Select select) {
    return select.outputs().stream().map(output -> ((Output.Value) output).key()).toList();
  }

  private static Problem refusal(Asked.Rows rows) {
    return refusal(ARTISTS, rows);
  }

  private static Problem refusal(TableName table, Asked.Rows rows) {
    return refusal(table, rows, ANON);
  }

  private static Problem refusal(TableName table, Asked.Rows rows, Caller caller) {
    return catchThrowableOfType(ProblemException.class, () -> plan(table, rows, caller)).problem();
  }
}
