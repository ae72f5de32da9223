package dev.mainstay.api.rest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mainstay.core.query.Asked;
import dev.mainstay.core.query.Asked.Condition;
import dev.mainstay.core.query.Asked.Field;
import dev.mainstay.core.query.Asked.Item;
import dev.mainstay.core.query.Asked.Ordering;
import dev.mainstay.core.query.Grammar;
import dev.mainstay.core.query.JsonStep;
import dev.mainstay.core.query.Operator;
import dev.mainstay.core.query.Quantifier;
import dev.mainstay.core.query.Truth;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class QueryReaderTest {
  static Asked.Rows rows(String query) {
    QueryReader read = QueryReader.read(QueryString.read(query));
    return read.rows().read(Page.ALL.and(read.rows().page()));
  }

  static Asked.Rows rows(List<Item> items, List<Condition> where) {
    return new Asked.Rows(items, where, List.of(), null, null);
  }

  static Item star() {
    return new Item.Star();
  }

  static Item column(String name) {
    return new Item.Column(null, Field.of(name), null, null, null);
  }

  static Item embed(String target, Asked.Rows rows) {
    return new Item.Embed(null, target, null, Asked.Join.LEFT, Asked.Shape.NESTED, rows);
  }

  static Condition compare(String field, Operator operator, String operand) {
    return new Condition.Compare(Field.of(field), operator, Quantifier.ONE, List.of(operand));
  }

  static Condition in(String field, String... operands) {
    return new Condition.Compare(Field.of(field), Operator.EQ, Quantifier.ANY, List.of(operands));
  }

  static Condition not(Condition condition) {
    return new Condition.Not(condition);
  }

  // ── select ──

  static List<Arguments> selects() {
    Asked.Rows all = rows(List.of(star()), List.of());
    return List.of(
        Arguments.of("", List.of(star())),
        Arguments.of("*", List.of(star())),
        Arguments.of(" id , name ", List.of(column("id"), column("name"))),
        Arguments.of("a b", List.of(column("a b"))),
        Arguments.of("some-name", List.of(column("some-name"))),
        Arguments.of("\"odd, \\\"name\\\"\"", List.of(column("odd, \"name\""))),
        Arguments.of("şehir", List.of(column("şehir"))),
        Arguments.of("n:name", List.of(new Item.Column("n", Field.of("name"), null, null, null))),
        Arguments.of(
            "\"n:1\":name::text",
            List.of(new Item.Column("n:1", Field.of("name"), "text", null, null))),
        Arguments.of(
            "price::numeric(10)".replace("(10)", ""),
            List.of(new Item.Column(null, Field.of("price"), "numeric", null, null))),
        Arguments.of(
            "total:price::int.sum()::text",
            List.of(
                new Item.Column("total", Field.of("price"), "int", Asked.Aggregate.SUM, "text"))),
        Arguments.of(
            "a.avg(),b.count(),c.max(),d.min()",
            List.of(
                new Item.Column(null, Field.of("a"), null, Asked.Aggregate.AVG, null),
                new Item.Column(null, Field.of("b"), null, Asked.Aggregate.COUNT, null),
                new Item.Column(null, Field.of("c"), null, Asked.Aggregate.MAX, null),
                new Item.Column(null, Field.of("d"), null, Asked.Aggregate.MIN, null))),
        Arguments.of("count()", List.of(new Item.CountRows(null, null))),
        Arguments.of("n:count()::text", List.of(new Item.CountRows("n", "text"))),
        Arguments.of("count", List.of(column("count"))),
        Arguments.of(
            "data->tags->>-1",
            List.of(
                new Item.Column(
                    null,
                    new Field("data", List.of(new JsonStep.Key("tags"), new JsonStep.At(-1)), true),
                    null,
                    null,
                    null))),
        Arguments.of(
            "x:data->\"a.b\"->1st->!@#$%^&*_a::text",
            List.of(
                new Item.Column(
                    "x",
                    new Field(
                        "data",
                        List.of(
                            new JsonStep.Key("a.b"),
                            new JsonStep.Key("1st"),
                            new JsonStep.Key("!@#$%^&*_a")),
                        false),
                    "text",
                    null,
                    null))),
        Arguments.of("rel(*)", List.of(embed("rel", all))),
        Arguments.of("rel()", List.of(embed("rel", rows(List.of(), List.of())))),
        Arguments.of(
            "rel(data->0)",
            List.of(
                embed(
                    "rel",
                    rows(
                        List.of(
                            new Item.Column(
                                null,
                                new Field("data", List.of(new JsonStep.At(0)), false),
                                null,
                                null,
                                null)),
                        List.of())))),
        Arguments.of(
            "id, a : rel ! fk ! inner (x, deep(*) ) ".replace(" ! ", "!").replace(" (", "("),
            List.of(
                column("id"),
                new Item.Embed(
                    "a",
                    "rel",
                    "fk",
                    Asked.Join.INNER,
                    Asked.Shape.NESTED,
                    rows(List.of(column("x"), embed("deep", all)), List.of())))),
        Arguments.of(
            "rel!left!fk(*)",
            List.of(new Item.Embed(null, "rel", "fk", Asked.Join.LEFT, Asked.Shape.NESTED, all))),
        Arguments.of(
            "rel!inner_fk(*)",
            List.of(
                new Item.Embed(null, "rel", "inner_fk", Asked.Join.LEFT, Asked.Shape.NESTED, all))),
        Arguments.of(
            "...rel!fk(*)",
            List.of(new Item.Embed(null, "rel", "fk", Asked.Join.LEFT, Asked.Shape.SPREAD, all))));
  }

  @ParameterizedTest
  @MethodSource("selects")
  void readsSelect(String select, List<Item> items) {
    assertThat(rows("select=" + QueryString.escaped(select))).isEqualTo(rows(items, List.of()));
  }

  // ── filters ──

  static List<Arguments> filters() {
    return List.of(
        Arguments.of("id=eq.5", compare("id", Operator.EQ, "5")),
        Arguments.of("id=neq.5", compare("id", Operator.NE, "5")),
        Arguments.of("id=gt.5", compare("id", Operator.GT, "5")),
        Arguments.of("id=gte.5", compare("id", Operator.GE, "5")),
        Arguments.of("id=lt.5", compare("id", Operator.LT, "5")),
        Arguments.of("id=lte.5", compare("id", Operator.LE, "5")),
        Arguments.of("id=isdistinct.5", compare("id", Operator.DISTINCT, "5")),
        Arguments.of("n=like.*a%25b*", compare("n", Operator.LIKE, "%a%b%")),
        Arguments.of("n=ilike.%page%", compare("n", Operator.ILIKE, "%page%")),
        Arguments.of("n=match.^a*", compare("n", Operator.MATCH, "^a*")),
        Arguments.of("n=imatch.x", compare("n", Operator.IMATCH, "x")),
        Arguments.of("n=cs.{a,b}", compare("n", Operator.CONTAINS, "{a,b}")),
        Arguments.of("n=cd.[1,3)", compare("n", Operator.CONTAINED, "[1,3)")),
        Arguments.of("n=ov.{a}", compare("n", Operator.OVERLAPS, "{a}")),
        Arguments.of("n=sl.x", compare("n", Operator.RANGE_LEFT_OF, "x")),
        Arguments.of("n=sr.x", compare("n", Operator.RANGE_RIGHT_OF, "x")),
        Arguments.of("n=nxr.x", compare("n", Operator.RANGE_NOT_RIGHT_OF, "x")),
        Arguments.of("n=nxl.x", compare("n", Operator.RANGE_NOT_LEFT_OF, "x")),
        Arguments.of("n=adj.x", compare("n", Operator.RANGE_ADJACENT, "x")),
        Arguments.of("n=eq.", compare("n", Operator.EQ, "")),
        Arguments.of("n=eq.a,b", compare("n", Operator.EQ, "a,b")),
        Arguments.of("n=eq.\"x\"", compare("n", Operator.EQ, "\"x\"")),
        Arguments.of("n=eq.a+b%2Bc", compare("n", Operator.EQ, "a b+c")),
        Arguments.of("n=eq.a%0Ab", compare("n", Operator.EQ, "a\nb")),
        Arguments.of("n=eq.Zo%C3%AB%F0%9F%8E%B8", compare("n", Operator.EQ, "Zoë🎸")),
        Arguments.of("n=eq.ZoÃ«", compare("n", Operator.EQ, "Zoë")),
        Arguments.of("n=not.eq.5", not(compare("n", Operator.EQ, "5"))),
        Arguments.of("id=in.(1,2)", in("id", "1", "2")),
        Arguments.of("id=in.()", in("id")),
        Arguments.of("n=in.( a, b )", in("n", "a", " b ")),
        Arguments.of("id=in.(,)", in("id", "", "")),
        Arguments.of("n=in.(\"a,b\",c\"d,\"e\\\"\\\\\")", in("n", "a,b", "c\"d", "e\"\\")),
        Arguments.of("n=in.(\"a\"b,c d )", in("n", "\"a\"b", "c d ")),
        Arguments.of("id=not.in.(1)", not(in("id", "1"))),
        Arguments.of("n=is.null", new Condition.IsNull(Field.of("n"))),
        Arguments.of("n=not.is.NULL", not(new Condition.IsNull(Field.of("n")))),
        Arguments.of("n=is.not_null", not(new Condition.IsNull(Field.of("n")))),
        Arguments.of("n=is.TRUE", new Condition.Is(Field.of("n"), Truth.TRUE)),
        Arguments.of("n=is.False", new Condition.Is(Field.of("n"), Truth.FALSE)),
        Arguments.of("n=is.unknown", new Condition.Is(Field.of("n"), Truth.UNKNOWN)),
        Arguments.of(
            "n=fts.a%26b", new Condition.Search(Field.of("n"), Grammar.OPERATORS, null, "a&b")),
        Arguments.of(
            "n=plfts(french).le chat",
            new Condition.Search(Field.of("n"), Grammar.PLAIN, "french", "le chat")),
        Arguments.of("n=phfts.x", new Condition.Search(Field.of("n"), Grammar.PHRASE, null, "x")),
        Arguments.of(
            "n=not.wfts.x", not(new Condition.Search(Field.of("n"), Grammar.WEB, null, "x"))),
        Arguments.of(
            "n=like(any).{O*,\"P, *\",a\\,b}",
            new Condition.Compare(
                Field.of("n"), Operator.LIKE, Quantifier.ANY, List.of("O%", "P, %", "a,b"))),
        Arguments.of(
            "n=gt(all).{ 1, 2 }",
            new Condition.Compare(Field.of("n"), Operator.GT, Quantifier.ALL, List.of("1", "2"))),
        Arguments.of(
            "n=eq(any).{a,null,\"NULL\",n\\ull}",
            new Condition.Compare(
                Field.of("n"),
                Operator.EQ,
                Quantifier.ANY,
                Arrays.asList("a", null, "NULL", "null"))),
        Arguments.of(
            "n=eq(any).{}",
            new Condition.Compare(Field.of("n"), Operator.EQ, Quantifier.ANY, List.of())),
        Arguments.of(
            "data->a->>b=eq.1",
            new Condition.Compare(
                new Field("data", List.of(new JsonStep.Key("a"), new JsonStep.Key("b")), true),
                Operator.EQ,
                Quantifier.ONE,
                List.of("1"))),
        Arguments.of("\"a.b\"=eq.1", compare("a.b", Operator.EQ, "1")));
  }

  @ParameterizedTest
  @MethodSource("filters")
  void readsFilters(String query, Condition condition) {
    assertThat(rows(query)).isEqualTo(rows(List.of(star()), List.of(condition)));
  }

  static List<Arguments> logic() {
    Condition a = compare("a", Operator.EQ, "1");
    Condition b = compare("b", Operator.GT, "2");
    return List.of(
        Arguments.of("or=(a.eq.1,b.gt.2)", new Condition.Or(List.of(a, b))),
        Arguments.of(
            "and=( a.eq.1 , b.gt.2)",
            new Condition.And(List.of(compare("a", Operator.EQ, "1 "), b))),
        Arguments.of("not.or=(a.eq.1)", not(new Condition.Or(List.of(a)))),
        Arguments.of("not.and=(a.eq.1)", not(new Condition.And(List.of(a)))),
        Arguments.of(
            "or=(a.eq.1,and(b.gt.2,c.not.is.null),not.or(a.eq.1,and(b.gt.2)))",
            new Condition.Or(
                List.of(
                    a,
                    new Condition.And(List.of(b, not(new Condition.IsNull(Field.of("c"))))),
                    not(new Condition.Or(List.of(a, new Condition.And(List.of(b)))))))),
        Arguments.of(
            "or=(n.eq.\"a,b)\",n.in.(x,\"y,z\"),n.cs.{p,q})",
            new Condition.Or(
                List.of(
                    compare("n", Operator.EQ, "a,b)"),
                    in("n", "x", "y,z"),
                    compare("n", Operator.CONTAINS, "{p,q}")))),
        Arguments.of(
            "or=(and.eq.1,or.eq.2,not.eq.3)",
            new Condition.Or(
                List.of(
                    compare("and", Operator.EQ, "1"),
                    compare("or", Operator.EQ, "2"),
                    compare("not", Operator.EQ, "3")))),
        Arguments.of(
            "or=(data->0->>x.eq.1,a.eq.)",
            new Condition.Or(
                List.of(
                    new Condition.Compare(
                        new Field("data", List.of(new JsonStep.At(0), new JsonStep.Key("x")), true),
                        Operator.EQ,
                        Quantifier.ONE,
                        List.of("1")),
                    compare("a", Operator.EQ, "")))),
        Arguments.of(
            "or=(n.like(any).{a*,b},n.fts(english).x)",
            new Condition.Or(
                List.of(
                    new Condition.Compare(
                        Field.of("n"), Operator.LIKE, Quantifier.ANY, List.of("a%", "b")),
                    new Condition.Search(Field.of("n"), Grammar.OPERATORS, "english", "x")))));
  }

  @ParameterizedTest
  @MethodSource("logic")
  void readsLogicTrees(String query, Condition condition) {
    assertThat(rows(query)).isEqualTo(rows(List.of(star()), List.of(condition)));
  }

  // ── order ──

  static List<Arguments> orders() {
    return List.of(
        Arguments.of("name", List.of(new Ordering(null, Field.of("name"), false, null))),
        Arguments.of(
            "name.asc, id.desc",
            List.of(
                new Ordering(null, Field.of("name"), false, null),
                new Ordering(null, Field.of("id"), true, null))),
        Arguments.of(
            "a.nullsfirst,b.desc.nullslast,c.asc.nullsfirst",
            List.of(
                new Ordering(null, Field.of("a"), false, true),
                new Ordering(null, Field.of("b"), true, false),
                new Ordering(null, Field.of("c"), false, true))),
        Arguments.of(
            "data->a->>0.desc",
            List.of(
                new Ordering(
                    null,
                    new Field("data", List.of(new JsonStep.Key("a"), new JsonStep.At(0)), true),
                    true,
                    null))),
        Arguments.of(
            "album(title).desc,artist(data->0)",
            List.of(
                new Ordering("album", Field.of("title"), true, null),
                new Ordering(
                    "artist",
                    new Field("data", List.of(new JsonStep.At(0)), false),
                    false,
                    null))));
  }

  @ParameterizedTest
  @MethodSource("orders")
  void readsOrder(String order, List<Ordering> terms) {
    assertThat(rows("order=" + order))
        .isEqualTo(new Asked.Rows(List.of(star()), List.of(), terms, null, null));
  }

  // ── where parameters go ──

  @Test
  void putsParametersToTheEmbedTheyName() {
    Asked.Rows read =
        rows(
            "select=name,al:albums!inner(title,tracks(*))&al.title=like.A*&albums.year=gt.1990"
                + "&al.tracks.order=name.desc&al.tracks.limit=3&albums.tracks.offset=6"
                + "&al.or=(a.eq.1)&albums.tracks.not.and=(b.eq.2)&albums=not.is.null&limit=10");
    Asked.Rows tracks =
        new Asked.Rows(
            List.of(star()),
            List.of(not(new Condition.And(List.of(compare("b", Operator.EQ, "2"))))),
            List.of(new Ordering(null, Field.of("name"), true, null)),
            3L,
            6L);
    Asked.Rows albums =
        rows(
            List.of(column("title"), embed("tracks", tracks)),
            List.of(
                compare("title", Operator.LIKE, "A%"),
                compare("year", Operator.GT, "1990"),
                new Condition.Or(List.of(compare("a", Operator.EQ, "1")))));
    assertThat(read)
        .isEqualTo(
            new Asked.Rows(
                List.of(
                    column("name"),
                    new Item.Embed(
                        "al", "albums", null, Asked.Join.INNER, Asked.Shape.NESTED, albums)),
                List.of(not(new Condition.IsNull(Field.of("albums")))),
                List.of(),
                10L,
                null));
  }

  @Test
  void ignoresWhatHasNoValueAndWhatIsNoNumber() {
    assertThat(rows("id&limit=many&offset=1.5&&rel.limit&select"))
        .isEqualTo(rows(List.of(star()), List.of()));
  }

  @Test
  void takesTheFirstOrderAndSelectAndTheLastLimit() {
    assertThat(rows("select=a&select=b&order=a&order=b&limit=1&limit=2"))
        .isEqualTo(
            new Asked.Rows(
                List.of(column("a")),
                List.of(),
                List.of(new Ordering(null, Field.of("a"), false, null)),
                2L,
                null));
  }

  @Test
  void readsTheColumnsOfAWrite() {
    QueryReader read =
        QueryReader.read(QueryString.read("columns=\"a\",b-c, \"d,e\" ,a&on_conflict=a,b"));
    assertThat(read.columns()).containsExactly("a", "b-c", "d,e");
    assertThat(read.onConflict()).containsExactly("a", "b");
  }

  @Test
  void writesTheQueryInOneCanonicalForm() {
    assertThat(QueryString.read("b=eq.1&a=x+y%2c%C3%AB&c&a=2").canonical())
        .isEqualTo("a=x%20y%2C%C3%AB&a=2&b=eq.1&c=");
  }
}
