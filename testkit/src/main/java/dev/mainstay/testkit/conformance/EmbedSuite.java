package dev.mainstay.testkit.conformance;

import static dev.mainstay.testkit.Ask.as;
import static dev.mainstay.testkit.Ask.asc;
import static dev.mainstay.testkit.Ask.desc;
import static dev.mainstay.testkit.Ask.embedded;
import static dev.mainstay.testkit.Ask.hinted;
import static dev.mainstay.testkit.Ask.inner;
import static dev.mainstay.testkit.Ask.of;
import static dev.mainstay.testkit.Ask.spread;
import static dev.mainstay.testkit.Ask.through;
import static dev.mainstay.testkit.Where.eq;
import static dev.mainstay.testkit.Where.isNull;
import static dev.mainstay.testkit.Where.not;
import static dev.mainstay.testkit.Where.or;
import static dev.mainstay.testkit.Where.test;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mainstay.core.engine.Rows;
import dev.mainstay.core.query.Operator;
import dev.mainstay.testkit.Ask;
import dev.mainstay.testkit.Backend;
import dev.mainstay.testkit.Callers;
import dev.mainstay.testkit.Statements;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Related rows have filters, an order and a page of their own, may drop their parents or be lifted
/// into them; always in one statement.
abstract class EmbedSuite extends Suite {
  private Backend backend;

  @BeforeAll
  void open() {
    backend = MusicStore.open(engine());
  }

  @AfterAll
  void close() {
    backend.close();
  }

  @Test
  void anEmbedHasFiltersOrderAndPageOfItsOwn() {
    assertThat(
            read(
                "albums",
                of("title")
                    .embed(
                        "tracks",
                        of("name").where(not(isNull("seconds"))).order(desc("seconds")).limit(1))
                    .order(asc("id"))))
        .isEqualTo(
            """
            [{"title":"One","tracks":[{"name":"b"}]},{"title":"Two","tracks":[{"name":"d"}]},\
            {"title":"Three","tracks":[{"name":"e"}]},{"title":"Four","tracks":[]}]\
            """);
    assertThat(
            read(
                "albums",
                of("title")
                    .embed("tracks", of("name").order(asc("id")).limit(5).offset(1))
                    .order(asc("id"))
                    .limit(2)))
        .isEqualTo(
            """
            [{"title":"One","tracks":[{"name":"b"},{"name":"c"}]},{"title":"Two","tracks":[]}]\
            """);
  }

  @Test
  void nullsArePlacedInsideAnEmbedAsAtTheRoot() {
    assertThat(
            read(
                "albums",
                of().embed("tracks", of("name").order(desc("seconds"))).where(eq("id", "1"))))
        .isEqualTo("[{\"tracks\":[{\"name\":\"c\"},{\"name\":\"b\"},{\"name\":\"a\"}]}]");
  }

  @Test
  void aFilterOnAToOneEmbedEmptiesItAndKeepsTheParent() {
    assertThat(
            read(
                "albums",
                of("title")
                    .embed("artist_id", of("name").where(eq("name", "Bob")))
                    .order(asc("id"))))
        .isEqualTo(
            """
            [{"title":"One","artist_id":null},{"title":"Two","artist_id":null},\
            {"title":"Three","artist_id":{"name":"Bob"}},{"title":"Four","artist_id":null}]\
            """);
  }

  @Test
  void anInnerEmbedDropsParentsWithoutAMatch() {
    assertThat(
            read(
                "albums",
                of("title")
                    .with(inner(embedded("tags", of("name").where(eq("name", "rock")))))
                    .order(asc("id"))))
        .isEqualTo("[{\"title\":\"One\",\"tags\":[{\"name\":\"rock\"}]}]");
    assertThat(
            read(
                "artists",
                of("name")
                    .with(
                        inner(
                            hinted(
                                "artist_id",
                                embedded(
                                    "albums",
                                    of("title")
                                        .with(
                                            inner(
                                                embedded(
                                                    "tracks",
                                                    of("name")
                                                        .where(
                                                            test("seconds", Operator.GE, "200")))))
                                        .order(asc("id"))))))
                    .order(asc("id"))))
        .isEqualTo(
            """
            [{"name":"Ada","albums":[{"title":"One","tracks":[{"name":"b"}]}]},\
            {"name":"Bob","albums":[{"title":"Three","tracks":[{"name":"e"}]}]}]\
            """);
  }

  @Test
  void anEmbedThatIsNullFindsTheParentsWithoutOne() {
    assertThat(
            read("albums", of("title").embed("tags", of()).where(isNull("tags")).order(asc("id"))))
        .isEqualTo("[{\"title\":\"Two\"},{\"title\":\"Four\"}]");
    assertThat(
            read(
                "albums",
                of("title").embed("tags", of()).where(not(isNull("tags"))).order(asc("id"))))
        .isEqualTo("[{\"title\":\"One\"},{\"title\":\"Three\"}]");
    assertThat(
            read(
                "albums",
                of("title")
                    .embed("tags", of().where(eq("name", "rock")))
                    .embed("tracks", of().where(eq("name", "e")))
                    .where(or(not(isNull("tags")), not(isNull("tracks"))))
                    .order(asc("id"))))
        .isEqualTo("[{\"title\":\"One\"},{\"title\":\"Three\"}]");
  }

  @Test
  void anEmbedWithoutColumnsFiltersAndAnswersNothing() {
    assertThat(
            read(
                "albums",
                of("title")
                    .with(inner(embedded("artist_id", of().where(eq("name", "Ada")))))
                    .order(asc("id"))))
        .isEqualTo("[{\"title\":\"One\"},{\"title\":\"Two\"}]");
  }

  @Test
  void parentsSortByAToOneEmbed() {
    assertThat(
            read(
                "albums",
                of("title")
                    .embed("artist_id", of())
                    .order(through("artist_id", desc("name")), asc("id"))))
        .isEqualTo(
            "[{\"title\":\"Four\"},{\"title\":\"Three\"},{\"title\":\"One\"},{\"title\":\"Two\"}]");
  }

  @Test
  void oneRelationMayBeEmbeddedTwice() {
    assertThat(
            read(
                "albums",
                of().with(
                        as(
                            "short",
                            embedded(
                                "tracks", of("name").where(test("seconds", Operator.LT, "150")))))
                    .with(
                        as(
                            "long",
                            embedded(
                                "tracks", of("name").where(test("seconds", Operator.GE, "150")))))
                    .where(eq("id", "1"))))
        .isEqualTo("[{\"short\":[{\"name\":\"a\"}],\"long\":[{\"name\":\"b\"}]}]");
  }

  @Test
  void aToOneSpreadLiftsItsColumnsIntoTheParent() {
    assertThat(
            read(
                "albums",
                of("title")
                    .with(
                        spread(
                            embedded("artist_id", of().with(Ask.column("artist", "name", null)))))
                    .order(asc("id"))))
        .isEqualTo(
            """
            [{"title":"One","artist":"Ada"},{"title":"Two","artist":"Ada"},\
            {"title":"Three","artist":"Bob"},{"title":"Four","artist":null}]\
            """);
  }

  @Test
  void aToManySpreadLiftsItsColumnsAsArraysInOneOrder() {
    assertThat(
            read(
                "albums",
                of("title")
                    .with(spread(embedded("tracks", of("name", "seconds").order(desc("name")))))
                    .order(asc("id"))))
        .isEqualTo(
            """
            [{"title":"One","name":["c","b","a"],"seconds":[null,200,100]},\
            {"title":"Two","name":["d"],"seconds":[50]},\
            {"title":"Three","name":["e"],"seconds":[300]},\
            {"title":"Four","name":[],"seconds":[]}]\
            """);
  }

  // ── counts ──

  @Test
  void aCountIsOfAllMatchingRowsAndCostsOneMoreStatement() {
    Statements statements = new Statements();
    Rows rows =
        backend.read(
            Callers.SERVICE,
            of("title")
                .with(inner(embedded("tracks", of())))
                .order(asc("id"))
                .limit(1)
                .offset(1)
                .countedFrom("albums"),
            statements);
    assertThat(new String(rows.rows().getFirst(), UTF_8)).isEqualTo("{\"title\":\"Two\"}");
    assertThat(rows.total()).isEqualTo(3);
    assertThat(statements.count()).isLessThanOrEqualTo(2);
  }

  /// Reads in one statement, whatever the depth.
  private String read(String table, Ask ask) {
    Statements statements = new Statements();
    backend.read(Callers.SERVICE, ask.from(table), statements);
    assertThat(statements.texts()).hasSize(1);
    return backend.read(Callers.SERVICE, ask.from(table));
  }
}
