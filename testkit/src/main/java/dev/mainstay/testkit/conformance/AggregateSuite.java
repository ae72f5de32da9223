package dev.mainstay.testkit.conformance;

import static dev.mainstay.testkit.Ask.aggregate;
import static dev.mainstay.testkit.Ask.as;
import static dev.mainstay.testkit.Ask.asc;
import static dev.mainstay.testkit.Ask.countRows;
import static dev.mainstay.testkit.Ask.desc;
import static dev.mainstay.testkit.Ask.embedded;
import static dev.mainstay.testkit.Ask.of;
import static dev.mainstay.testkit.Ask.spread;
import static dev.mainstay.testkit.Ask.through;
import static dev.mainstay.testkit.Backend.refusal;
import static dev.mainstay.testkit.Callers.SERVICE;
import static dev.mainstay.testkit.Where.eq;
import static dev.mainstay.testkit.Where.test;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mainstay.core.problem.Problem;
import dev.mainstay.core.query.Asked;
import dev.mainstay.core.query.Asked.Item;
import dev.mainstay.core.query.Operator;
import dev.mainstay.testkit.Ask;
import dev.mainstay.testkit.Backend;
import dev.mainstay.testkit.Statements;
import dev.mainstay.testkit.Where;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Rows are put in groups, and added up to the last digit that PostgreSQL gives.
abstract class AggregateSuite extends Suite {
  private Backend backend;

  @BeforeAll
  void open() {
    backend =
        Backend.open(
                engine(),
                """
                enums:
                  mood: [calm, wild, sad]
                tables:
                  owners:
                    columns:
                      id: {type: bigint, primary_key: true}
                      name: text
                  sales:
                    columns:
                      id: {type: bigint, primary_key: true}
                      region: text?
                      owner_id: {type: bigint?, references: owners}
                      small: smallint
                      whole: integer?
                      big: bigint
                      price: decimal(6,2)?
                      rate: decimal(18,10)?
                      ratio: double
                      single: real
                      label: varchar(10)?
                      mood: mood
                      day: date
                      at: timestamptz
                      clock: time
                      span: interval
                      tags: text[]?
                      doc: json?
                      ok: boolean?
                      code: uuid?
                      raw: bytea?
                """)
            .seed("owners", "[{\"id\":1,\"name\":\"Ada\"},{\"id\":2,\"name\":\"Bob\"}]")
            .seed(
                "sales",
                """
                [{"id":1,"region":"north","owner_id":1,"small":1,"whole":10,"big":9223372036854775807,
                  "price":10.00,"rate":0.0000000001,"ratio":0.1,"single":0.1,"label":"b","mood":"calm",
                  "day":"2024-01-31","at":"2024-01-31T10:00:00.5Z","clock":"10:00:00",
                  "span":"1 mon 10 days","tags":["a","b"],"doc":{"k":"x","n":1}},
                 {"id":2,"region":"north","owner_id":1,"small":2,"whole":20,"big":9223372036854775807,
                  "price":0.01,"rate":0.0000000002,"ratio":0.2,"single":0.2,"label":"a","mood":"sad",
                  "day":"2023-12-31","at":"2024-01-31T10:00:00.25Z","clock":"23:59:59.5",
                  "span":"40 days","tags":["a"],"doc":{"k":"x","n":2.0}},
                 {"id":3,"region":"south","owner_id":2,"small":3,"whole":-5,"big":-9223372036854775808,
                  "price":9999.99,"rate":99999999.9999999999,"ratio":0.3,"single":0.3,"label":"Ä",
                  "mood":"wild","day":"2024-02-29","at":"1999-12-31T23:59:59Z","clock":"00:00:00.000001",
                  "span":"-3 days 04:05:06.7","tags":["b"],"doc":{"k":"y","n":2}},
                 {"id":4,"region":"south","small":4,"big":1,"price":0.05,"rate":0.0000000003,
                  "ratio":1e300,"single":16777216,"label":"z","mood":"calm","day":"2024-02-28",
                  "at":"2024-03-01T00:00:00Z","clock":"12:00:00","span":"24:00:00","tags":[],
                  "doc":{"k":"y","n":1}},
                 {"id":5,"owner_id":2,"small":5,"whole":7,"big":2,"ratio":-1e300,"single":1,
                  "mood":"wild","day":"2024-02-28","at":"2024-03-01T00:00:00Z","clock":"12:00:00",
                  "span":"1 day"}]""");
  }

  @AfterAll
  void close() {
    backend.close();
  }

  // ── each function of each type ──

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '\'',
      value = {
        "sum, small, 15",
        "sum, whole, 32",
        // Beyond 64 bits.
        "sum, big, 9223372036854775809",
        "sum, price, 10010.05",
        // Beyond 18 digits.
        "sum, rate, 100000000.0000000005",
        "sum, ratio, 0",
        "sum, single, 1.6777216e+07",
        "sum, span, '\"1 mon 48 days 28:05:06.7\"'",
        "sum, clock, '\"57:59:59.500001\"'",
        "avg, small, 3.0000000000000000",
        "avg, whole, 8.0000000000000000",
        "avg, big, 1844674407370955162",
        "avg, price, 2502.5125000000000000",
        "avg, rate, 25000000.000000000125",
        "avg, single, 3355443.5200000033",
        "avg, span, '\"15 days 20:01:01.34\"'",
        "avg, clock, '\"11:35:59.9\"'",
        "count, whole, 4",
        "count, doc, 4",
        "count, ok, 0",
        "max, label, '\"Ä\"'",
        "min, label, '\"a\"'",
        "max, region, '\"south\"'",
        "max, mood, '\"sad\"'",
        "min, mood, '\"calm\"'",
        "max, day, '\"2024-02-29\"'",
        "min, day, '\"2023-12-31\"'",
        "max, at, '\"2024-03-01T00:00:00+00:00\"'",
        "min, at, '\"1999-12-31T23:59:59+00:00\"'",
        "max, clock, '\"23:59:59.5\"'",
        "min, clock, '\"00:00:00.000001\"'",
        "max, span, '\"40 days\"'",
        "min, span, '\"-3 days +04:05:06.7\"'",
        "max, tags, '[\"b\"]'",
        "min, tags, '[]'",
        "max, price, 9999.99",
        "min, price, 0.01",
        "max, rate, 99999999.9999999999",
        "max, big, 9223372036854775807",
        "max, ratio, 1e+300",
        "min, single, 0.1"
      })
  void ofEveryRow(String function, String column, String json) {
    // Of two equal intervals, which one is told is nobody's promise.
    Ask ask = of().with(aggregate("v", function(function), column));
    if (column.equals("span") && function.equals("max"))
      ask = ask.where(test("id", Operator.NE, "1"));
    assertThat(read(ask)).isEqualTo("[{\"v\":" + json + "}]");
  }

  @ParameterizedTest
  @CsvSource({
    "avg, small, 1.00000000000000000000, 1",
    "avg, price, 0.03000000000000000000, 2 4",
    "avg, rate, 0.0000000002000000000000000000, 1 2 4",
    "avg, big, 9223372036854775807, 1 2",
    "avg, whole, 12.3333333333333333, 1 2 5",
    "sum, ratio, 0.6000000000000001, 1 2 3",
    "avg, ratio, 0.20000000000000004, 1 2 3",
    "sum, single, 0.6, 1 2 3",
    "avg, single, 0.2000000054637591, 1 2 3",
    "sum, price, , 5",
    "avg, price, , 5",
    "max, price, , 5",
    "max, label, , 5",
    "max, tags, , 5",
    "count, price, 0, 5",
    "sum, whole, , 99",
    "avg, span, , 99",
    "max, mood, , 99",
    "count, whole, 0, 99"
  })
  void ofSomeRows(String function, String column, @Nullable String json, String ids) {
    Ask ask =
        of().with(aggregate("v", function(function), column)).where(Where.in("id", ids.split(" ")));
    assertThat(read(ask)).isEqualTo("[{\"v\":" + json + "}]");
  }

  @ParameterizedTest
  @CsvSource({
    "sum, region, text",
    "sum, label, character varying",
    "avg, ok, boolean",
    "sum, day, date",
    "avg, doc, jsonb",
    "max, ok, boolean",
    "max, doc, jsonb",
    "min, code, uuid",
    "max, raw, bytea",
    "sum, tags, text[]"
  })
  void whatCannotBeAggregatedIsRefused(String function, String column, String type) {
    Ask ask = of().with(aggregate("v", function(function), column));
    assertThat(refusal(() -> read(ask)))
        .isEqualTo(
            new Problem.Database(
                "42883",
                "function " + function + "(" + type + ") does not exist",
                null,
                "No function matches the given name and argument types. You might need to add"
                    + " explicit type casts."));
  }

  @Test
  void whatOverflowsIsRefused() {
    assertThat(refusal(() -> read(of().with(aggregate("v", Asked.Aggregate.AVG, "ratio")))))
        .isEqualTo(new Problem.Database("22003", "value out of range: overflow", null, null));
  }

  @Test
  void whatComesOfItMayBeCast() {
    assertThat(
            read(
                of().with(cast("a", Asked.Aggregate.SUM, "big", "text"))
                    .with(cast("b", Asked.Aggregate.AVG, "big", "bigint"))
                    .with(cast("c", Asked.Aggregate.AVG, "whole", "int4"))
                    .with(cast("d", Asked.Aggregate.SUM, "price", "float8"))
                    .with(new Item.CountRows("e", "text"))))
        .isEqualTo(
            """
            [{"a":"9223372036854775809","b":1844674407370955162,"c":8,"d":10010.05,"e":"5"}]""");
    assertThat(refusal(() -> read(of().with(cast("v", Asked.Aggregate.SUM, "big", "bigint")))))
        .isEqualTo(new Problem.Database("22003", "bigint out of range", null, null));
  }

  // ── groups ──

  @Test
  void otherColumnsAreWhatIsGroupedBy() {
    assertThat(
            read(
                of("region")
                    .with(countRows())
                    .with(aggregate("total", Asked.Aggregate.SUM, "whole"))
                    .with(aggregate("mean", Asked.Aggregate.AVG, "price"))
                    .order(asc("region"))))
        .isEqualTo(
            """
            [{"region":"north","count":2,"total":30,"mean":5.0050000000000000},\
            {"region":"south","count":2,"total":-5,"mean":5000.0200000000000000},\
            {"region":null,"count":1,"total":7,"mean":null}]""");
    assertThat(
            read(
                of("mood", "region")
                    .with(countRows())
                    .order(desc("mood"), asc("region"))
                    .limit(2)
                    .offset(1)))
        .isEqualTo(
            """
            [{"mood":"wild","region":"south","count":1},{"mood":"wild","region":null,"count":1}]""");
  }

  @Test
  void aPathIntoJsonIsGroupedByItsValue() {
    assertThat(read(of("doc->n").with(countRows()).order(Ask.nullsFirst(asc("doc->n"))).limit(2)))
        .isEqualTo("[{\"n\":null,\"count\":1},{\"n\":1,\"count\":2}]");
    assertThat(
            read(
                of("doc->>k")
                    .with(aggregate("sum", Asked.Aggregate.SUM, "small"))
                    .order(asc("doc->>k"))))
        .isEqualTo("[{\"k\":\"x\",\"sum\":3},{\"k\":\"y\",\"sum\":7},{\"k\":null,\"sum\":5}]");
  }

  @Test
  void groupsOfNothingAreNone() {
    Ask nothing = of().with(countRows()).where(eq("id", "99"));
    assertThat(read(nothing)).isEqualTo("[{\"count\":0}]");
    assertThat(read(of("region").with(countRows()).where(eq("id", "99")))).isEqualTo("[]");
  }

  @Test
  void whatAGroupDoesNotAgreeOnCannotOrderIt() {
    assertThat(refusal(() -> read(of("region").with(countRows()).order(asc("small")))))
        .isEqualTo(ungrouped("sales.small"));
    assertThat(refusal(() -> read(of().with(countRows()).order(asc("id")))))
        .isEqualTo(ungrouped("sales.id"));
    assertThat(
            read(
                of("id")
                    .with(aggregate("sum", Asked.Aggregate.SUM, "whole"))
                    .order(desc("region"), desc("small"))
                    .limit(2)))
        .isEqualTo("[{\"id\":5,\"sum\":7},{\"id\":4,\"sum\":null}]");
  }

  @Test
  void groupsAreCountedAsRowsAre() {
    Ask groups = of("region").with(countRows()).order(asc("region")).limit(1);
    assertThat(backend.rows(SERVICE, groups.countedFrom("sales")).total()).isEqualTo(3);
    Ask one = of().with(countRows());
    assertThat(backend.rows(SERVICE, one.countedFrom("sales")).total()).isEqualTo(1);
    Ask none = of("region").with(countRows()).where(eq("id", "99"));
    assertThat(backend.rows(SERVICE, none.countedFrom("sales")).total()).isZero();
  }

  // ── with related rows ──

  @Test
  void anEmbedIsGroupedByWhatItShows() {
    assertThat(
            read(
                of().with(as("owner", embedded("owners", of("name"))))
                    .with(aggregate("sum", Asked.Aggregate.SUM, "small"))
                    .embed("owner_id", of())
                    .with(as("o", embedded("owners", of())))
                    .order(through("owner", asc("name")))
                    .with(spread(as("s", embedded("owners", of("name")))))))
        .isEqualTo(
            """
            [{"owner":{"name":"Ada"},"sum":3,"name":"Ada"},{"owner":{"name":"Bob"},"sum":8,"name":"Bob"},\
            {"owner":null,"sum":4,"name":null}]""");
  }

  @Test
  void insideAnEmbedTheRelatedRowsAreGrouped() {
    assertThat(
            read(
                "owners",
                of("name")
                    .embed(
                        "sales",
                        of("region")
                            .with(countRows())
                            .with(aggregate("m", Asked.Aggregate.MAX, "small"))
                            .order(asc("region")))
                    .order(asc("id"))))
        .isEqualTo(
            """
            [{"name":"Ada","sales":[{"region":"north","count":2,"m":2}]},\
            {"name":"Bob","sales":[{"region":"south","count":1,"m":3},{"region":null,"count":1,"m":5}]}]""");
    assertThat(
            read(
                of("id")
                    .embed("owners", of().with(countRows()))
                    .where(Where.in("id", "3", "4"))
                    .order(asc("id"))))
        .isEqualTo("[{\"id\":3,\"owners\":{\"count\":1}},{\"id\":4,\"owners\":{\"count\":0}}]");
  }

  @Test
  void aggregatesOfAToOneSpreadAreOverTheParentsRows() {
    assertThat(
            read(
                of("region")
                    .with(
                        spread(
                            embedded(
                                "owners",
                                of().with(aggregate("last", Asked.Aggregate.MAX, "name"))
                                    .with(aggregate("ids", Asked.Aggregate.SUM, "id"))
                                    .with(countRows()))))
                    .order(asc("region"))))
        .isEqualTo(
            """
            [{"region":"north","last":"Ada","ids":2,"count":2},{"region":"south","last":"Bob","ids":2,"count":1},\
            {"region":null,"last":"Bob","ids":2,"count":1}]""");
    assertThat(
            read(
                of().with(aggregate("sum", Asked.Aggregate.SUM, "small"))
                    .with(spread(embedded("owners", of().with(Ask.column("owner", "name", null)))))
                    .order(through("owners", desc("owner")))))
        .isEqualTo(
            """
            [{"sum":4,"owner":null},{"sum":8,"owner":"Bob"},{"sum":3,"owner":"Ada"}]""");
  }

  @Test
  void aggregatesOfAToManySpreadAreRefused() {
    assertThat(
            refusal(
                () ->
                    read(
                        "owners",
                        of("name").with(spread(embedded("sales", of().with(countRows())))))))
        .isEqualTo(
            new Problem.Unsupported(
                "Aggregates are not implemented for one-to-many or many-to-many spreads."));
  }

  private static Problem ungrouped(String column) {
    return new Problem.Database(
        "42803",
        "column \""
            + column
            + "\" must appear in the GROUP BY clause or be used in an aggregate function",
        null,
        null);
  }

  private static Asked.Aggregate function(String name) {
    return Asked.Aggregate.valueOf(name.toUpperCase(Locale.ROOT));
  }

  private static Item cast(String alias, Asked.Aggregate function, String field, String cast) {
    return new Item.Column(alias, Where.field(field), null, function, cast);
  }

  private String read(Ask ask) {
    return read("sales", ask);
  }

  private String read(String table, Ask ask) {
    Statements statements = new Statements();
    backend.read(SERVICE, ask.from(table), statements);
    assertThat(statements.texts()).hasSize(1);
    return backend.read(SERVICE, ask.from(table));
  }
}
