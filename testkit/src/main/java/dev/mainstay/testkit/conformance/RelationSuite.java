package dev.mainstay.testkit.conformance;

import static dev.mainstay.testkit.Ask.as;
import static dev.mainstay.testkit.Ask.asc;
import static dev.mainstay.testkit.Ask.embedded;
import static dev.mainstay.testkit.Ask.everything;
import static dev.mainstay.testkit.Ask.hinted;
import static dev.mainstay.testkit.Ask.of;
import static dev.mainstay.testkit.Where.eq;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mainstay.testkit.Ask;
import dev.mainstay.testkit.Backend;
import dev.mainstay.testkit.Callers;
import dev.mainstay.testkit.Statements;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Each kind of relation is followed in both directions, and as deep as asked.
abstract class RelationSuite extends Suite {
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
  void manyToOneIsAnObjectOrNull() {
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
  void oneToManyIsAnArray() {
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
  void oneToOneIsAnObjectFromBothSides() {
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
  void manyToManyGoesThroughTheJunction() {
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
  void aSelfRelationGoesUpByColumnAndDownByTable() {
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
  void compositeKeysJoinOnAllOfTheirColumns() {
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
  void aHintChoosesBetweenRelations() {
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
  void embedsNestAsDeepAsAsked() {
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
  void aStarStandsBesideEmbedsInTheOrderAsked() {
    assertThat(
            read(
                "tracks",
                of().embed("albums", of("id"))
                    .with(everything().rows().items().getFirst())
                    .where(eq("id", "4"))))
        .isEqualTo(
            "[{\"albums\":{\"id\":2},\"id\":4,\"album_id\":2,\"name\":\"d\",\"seconds\":50}]");
  }

  /// Reads in one statement, whatever the depth.
  private String read(String table, Ask ask) {
    Statements statements = new Statements();
    backend.read(Callers.SERVICE, ask.from(table), statements);
    assertThat(statements.texts()).hasSize(1);
    return backend.read(Callers.SERVICE, ask.from(table));
  }
}
