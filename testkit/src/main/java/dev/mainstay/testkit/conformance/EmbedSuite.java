package dev.mainstay.testkit.conformance;

import static dev.mainstay.testkit.Ask.as;
import static dev.mainstay.testkit.Ask.asc;
import static dev.mainstay.testkit.Ask.desc;
import static dev.mainstay.testkit.Ask.embedded;
import static dev.mainstay.testkit.Ask.everything;
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

/// Related rows: each kind of relation, in both directions and deep, with filters, order and page
/// of their own; always in one statement.
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

  // ── kinds of relation ──

  @Test
  void many_to_one_is_an_object_or_null() {
    assertThat(
            read(
                "albums",
                of("title").with(as("artist", embedded("artist_id", of("name")))).order(asc("id"))))
        .isEqualTo(
            """
            [{"title":"One","artist":{"name":"Ada"}},{"title":"Two","artist":{"name":"Ada"}},\
            {"title":"Three","artist":{"name":"Bob"}},{"title":"Four","artist":null}]\
            """);
  }

  @Test
  void one_to_many_is_an_array() {
    assertThat(
            read(
                "albums",
                of("title").embed("tracks", of("name").order(asc("id"))).order(asc("id"))))
        .isEqualTo(
            """
            [{"title":"One","tracks":[{"name":"a"},{"name":"b"},{"name":"c"}]},\
            {"title":"Two","tracks":[{"name":"d"}]},\
            {"title":"Three","tracks":[{"name":"e"}]},\
            {"title":"Four","tracks":[]}]\
            """);
  }

  @Test
  void one_to_one_is_an_object_from_both_sides() {
    assertThat(read("artists", of("name").embed("profiles", of("bio")).order(asc("id"))))
        .isEqualTo(
            """
            [{"name":"Ada","profiles":{"bio":"born 1815"}},{"name":"Bob","profiles":null},\
            {"name":"Cyd","profiles":null}]\
            """);
    assertThat(read("profiles", of("bio").embed("artists", of("name"))))
        .isEqualTo(
            """
            [{"bio":"born 1815","artists":{"name":"Ada"}}]\
            """);
  }

  @Test
  void many_to_many_goes_through_the_junction() {
    assertThat(
            read(
                "albums",
                of("title").embed("tags", of("name").order(asc("name"))).order(asc("id"))))
        .isEqualTo(
            """
            [{"title":"One","tags":[{"name":"jazz"},{"name":"rock"}]},{"title":"Two","tags":[]},\
            {"title":"Three","tags":[{"name":"jazz"}]},{"title":"Four","tags":[]}]\
            """);
    assertThat(
            read("tags", of("name").embed("albums", of("title").order(asc("id"))).order(asc("id"))))
        .isEqualTo(
            """
            [{"name":"rock","albums":[{"title":"One"}]},\
            {"name":"jazz","albums":[{"title":"One"},{"title":"Three"}]},\
            {"name":"folk","albums":[]}]\
            """);
  }

  @Test
  void a_self_relation_goes_up_by_column_and_down_by_table() {
    assertThat(
            read(
                "employees",
                of("name")
                    .with(as("boss", embedded("boss_id", of("name"))))
                    .with(as("reports", embedded("employees", of("name").order(asc("id")))))
                    .order(asc("id"))))
        .isEqualTo(
            """
            [{"name":"Root","boss":null,"reports":[{"name":"Mid"}]},\
            {"name":"Mid","boss":{"name":"Root"},"reports":[{"name":"Leaf"},{"name":"Twig"}]},\
            {"name":"Leaf","boss":{"name":"Mid"},"reports":[]},\
            {"name":"Twig","boss":{"name":"Mid"},"reports":[]}]\
            """);
  }

  @Test
  void composite_keys_join_on_all_of_their_columns() {
    assertThat(
            read(
                "album_tags",
                of("album_id", "tag_id")
                    .embed("tag_notes", of("note").order(asc("id")))
                    .order(asc("album_id"), asc("tag_id"))))
        .isEqualTo(
            """
            [{"album_id":1,"tag_id":1,"tag_notes":[{"note":"loud"}]},\
            {"album_id":1,"tag_id":2,"tag_notes":[]},\
            {"album_id":3,"tag_id":2,"tag_notes":[{"note":"blue"},{"note":"slow"}]}]\
            """);
    assertThat(
            read(
                "tag_notes",
                of("note").embed("album_tags", of("album_id", "tag_id")).order(asc("id"))))
        .isEqualTo(
            """
            [{"note":"loud","album_tags":{"album_id":1,"tag_id":1}},\
            {"note":"blue","album_tags":{"album_id":3,"tag_id":2}},\
            {"note":"slow","album_tags":{"album_id":3,"tag_id":2}},\
            {"note":"none","album_tags":null}]\
            """);
  }

  @Test
  void a_hint_chooses_between_relations() {
    Ask producers =
        of("title")
            .with(
                as("producer", hinted("albums_producer_id_fkey", embedded("artists", of("name")))));
    assertThat(read("albums", producers.where(eq("id", "1"))))
        .isEqualTo("[{\"title\":\"One\",\"producer\":{\"name\":\"Bob\"}}]");
    assertThat(
            read(
                "artists",
                of("name")
                    .with(
                        as(
                            "produced",
                            hinted(
                                "producer_id", embedded("albums", of("title").order(asc("id"))))))
                    .order(asc("id"))))
        .isEqualTo(
            """
            [{"name":"Ada","produced":[]},{"name":"Bob","produced":[{"title":"One"},{"title":"Three"}]},\
            {"name":"Cyd","produced":[]}]\
            """);
  }

  @Test
  void embeds_nest_as_deep_as_asked() {
    assertThat(
            read(
                "tracks",
                of("name")
                    .embed(
                        "albums",
                        of("title")
                            .embed("artist_id", of("name").embed("profiles", of("bio")))
                            .embed(
                                "tags",
                                of("name")
                                    .embed("albums", of("id").order(asc("id")))
                                    .order(asc("id"))))
                    .where(eq("id", "2"))))
        .isEqualTo(
            """
            [{"name":"b","albums":{"title":"One","artist_id":{"name":"Ada","profiles":{"bio":"born 1815"}},\
            "tags":[{"name":"rock","albums":[{"id":1}]},{"name":"jazz","albums":[{"id":1},{"id":3}]}]}}]\
            """);
  }

  @Test
  void a_star_stands_beside_embeds_in_the_order_asked() {
    assertThat(
            read(
                "tracks",
                of().embed("albums", of("id"))
                    .with(everything().rows().items().getFirst())
                    .where(eq("id", "4"))))
        .isEqualTo(
            "[{\"albums\":{\"id\":2},\"id\":4,\"album_id\":2,\"name\":\"d\",\"seconds\":50}]");
  }

  // ── rows of an embed ──

  @Test
  void an_embed_has_filters_order_and_page_of_its_own() {
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
  void nulls_are_placed_inside_an_embed_as_at_the_root() {
    assertThat(
            read(
                "albums",
                of().embed("tracks", of("name").order(desc("seconds"))).where(eq("id", "1"))))
        .isEqualTo("[{\"tracks\":[{\"name\":\"c\"},{\"name\":\"b\"},{\"name\":\"a\"}]}]");
  }

  @Test
  void a_filter_on_a_to_one_embed_empties_it_and_keeps_the_parent() {
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
  void an_inner_embed_drops_parents_without_a_match() {
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
  void an_embed_that_is_null_finds_the_parents_without_one() {
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
  void an_embed_without_columns_filters_and_answers_nothing() {
    assertThat(
            read(
                "albums",
                of("title")
                    .with(inner(embedded("artist_id", of().where(eq("name", "Ada")))))
                    .order(asc("id"))))
        .isEqualTo("[{\"title\":\"One\"},{\"title\":\"Two\"}]");
  }

  @Test
  void parents_sort_by_a_to_one_embed() {
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
  void one_relation_may_be_embedded_twice() {
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
  void a_to_one_spread_lifts_its_columns_into_the_parent() {
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
  void a_to_many_spread_lifts_its_columns_as_arrays_in_one_order() {
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
  void a_count_is_of_all_matching_rows_and_costs_one_more_statement() {
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
    assertThat(new String(rows.rows().getFirst(), java.nio.charset.StandardCharsets.UTF_8))
        .isEqualTo("{\"title\":\"Two\"}");
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
