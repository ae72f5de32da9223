package dev.mainstay.core.read;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mainstay.core.model.Change;
import dev.mainstay.core.model.Model;
import dev.mainstay.core.model.ModelDiff;
import dev.mainstay.core.model.ModelText;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ModelDiffTest {
  private static final String MODEL =
      """
      roles: [editor]
      enums: {mood: [sad, ok]}
      tables:
        artists:
          columns: {id: {type: integer, primary_key: true}, name: text}
        albums:
          columns:
            id: {type: uuid, primary_key: true, default: uuid7()}
            title: {type: text, comment: As printed}
            mood: {type: mood, default: ok}
            artist_id: {references: artists}
          unique: {one: [title]}
          checks: {titled: row.title != ''}
          indexes: [mood, {name: part, columns: title, where: row.mood == 'ok'}]
          search: {words: {columns: title, language: english}}
          policies: {read: {anon: true}}
          seed: albums.csv
      views:
        titles: {sql: select title from albums, columns: {title: text}}
      functions:
        find:
          - {arguments: {word: text}, returns: {set_of: albums}, sql: "select :word", allow: anon}
          - {sql: select 1}
      """;

  private static Model model(String text) {
    return ModelReader.read("backend.yaml", text).orThrow();
  }

  @ParameterizedTest(name = "{0} → {1}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "roles: [editor]           | roles: []                   | + role editor is gone",
        "roles: [editor]           | roles: [editor, x]          | + role x is new",
        "ok]}                      | ok, happy]}                 | - enum mood: (sad, ok) becomes"
            + " (sad, ok, happy)",
        "enums: {                  | enums: {size: [s, m],       | - enum size is new",
        "'  artists:\\n"
            + "'           | '  bands: {columns: {id: {type: integer, primary_key: true}}}\\n"
            + "  artists:\\n"
            + "' | - table bands is new",
        "name: text                | name: varchar(9)            | - column artists.name: text"
            + " becomes character varying(9)",
        "name: text                | name: text?                 | - column artists.name may be"
            + " null",
        "name: text                | name: {type: text, default: x} | - column artists.name: no"
            + " default becomes default 'x'",
        "name: text                | label: text                 | - column artists.name is gone; -"
            + " column artists.label is new",
        "name: text                | name: {type: text, hidden_from: anon} | + column artists.name"
            + " is hidden from or read-only for others",
        "name: text                | name: {type: text, read_only_for: anon} | + column"
            + " artists.name is hidden from or read-only for others",
        "uuid7()                   | uuid()                      | - column albums.id: default"
            + " uuid7() becomes default uuid()",
        "default: uuid7()          | default: auth.uid           | + column albums.id: default"
            + " uuid7() becomes default auth.uid",
        "allow: anon               | allow: everyone             | + function find(word) is"
            + " another",
        "word: text                | word: text?                 | + function find(word) is"
            + " another",
        "set_of: albums            | row_of: albums              | + function find(word) is"
            + " another",
        "{sql: select 1}           | {sql: select 2}             | + function find() is another",
        "{sql: select 1}           | '{sql: select :b, arguments: {b: text}}' | + function find()"
            + " is gone; + function find(b) is new",
        "As printed                | As sung                     | + the comment of albums.title is"
            + " another",
        "albums:\\n"
            + "                | 'albums:\\n"
            + "    comment: x\\n"
            + "' | + the comment of albums is another",
        "{type: integer, primary_key: true}, name: text | {type: integer}, name: {type: text,"
            + " primary_key: true} | - primary key of artists: (id) becomes (name); - column"
            + " albums.artist_id: integer becomes text; - foreign key albums_artist_id_fkey of"
            + " albums is gone; - foreign key albums_artist_id_fkey of albums is new",
        "{one: [title]}            | {one: [mood]}               | - unique constraint one of"
            + " albums is gone; - unique constraint one of albums is new",
        "references: artists       | references: artists, on_delete: cascade | - foreign key"
            + " albums_artist_id_fkey of albums is gone; - foreign key albums_artist_id_fkey of"
            + " albums is new",
        "references: artists       | references: artists, as: by | + the relations of albums are"
            + " others, or have other names",
        "row.title != ''           | row.title > ''              | - check albums_titled_check of"
            + " albums is gone; - check albums_titled_check of albums is new",
        "[mood, {                  | [mood desc, {               | - index albums_mood_idx of"
            + " albums is gone; - index albums_mood_idx of albums is new",
        "row.mood == 'ok'          | row.mood == 'sad'           | - index part of albums is gone;"
            + " - index part of albums is new",
        "language: english         | language: simple            | - search document words of"
            + " albums is gone; - search document words of albums is new",
        "{anon: true}              | true                        | + the policies of albums are"
            + " others",
        "albums.csv                | [albums.csv, b.csv]         | + the seeds of albums are"
            + " others",
        "select title              | select distinct title       | - view titles is another query"
            + " or has other columns",
        "{title: text}             | {title: text, n: integer}   | - view titles is another query"
            + " or has other columns",
        "{title: text}             | {title: text}, primary_key: title | + the relations of titles"
            + " are others, or have other names",
      })
  void tellsWhatChanges(String written, String instead, String sentences) {
    String was = unescaped(written);
    assertThat(MODEL).contains(was);
    Model before = model(MODEL);
    Model after = model(MODEL.replace(was, unescaped(instead)));
    List<Change> changes = ModelDiff.between(before, after);
    assertThat(changes.stream().map(ModelDiffTest::line))
        .containsExactly(sentences.split("; ", -1));
    assertThat(ModelText.checksum(after)).isNotEqualTo(ModelText.checksum(before));
  }

  private static String line(Change change) {
    return (change.harmless() ? "+ " : "- ") + change.sentence();
  }

  private static String unescaped(String text) {
    String plain = text.startsWith("'") ? text.substring(1, text.length() - 1) : text;
    return plain.replace("\\n", "\n");
  }

  @Test
  void tellsOfColumnsInAnotherOrder() {
    Model before = model("tables: {t: {primary_key: a, columns: {a: uuid, b: text, c: text}}}");
    Model after =
        model("tables: {t: {primary_key: a, columns: {a: uuid, c: text, d: text, b: text}}}");
    assertThat(ModelDiff.between(before, after).stream().map(ModelDiffTest::line))
        .containsExactly("- column t.d is new", "+ the columns of t are in another order");
  }

  @Test
  void whatTheNextModelSaysWasRenamedIsTheSameUnderAnotherName() {
    Model before = model(MODEL);
    Model after =
        model(
            MODEL
                .replace("  albums:\n", "  records:\n    renamed_from: albums\n")
                .replace("title: {type: text,", "name: {renamed_from: title, type: text,")
                .replace("unique: {one: [title]}", "unique: {one: [name]}")
                .replace("row.title", "row.name")
                .replace("columns: title,", "columns: name,")
                .replace("from albums", "from records")
                .replace("set_of: albums", "set_of: records"));
    assertThat(ModelDiff.between(before, after).stream().map(ModelDiffTest::line))
        .containsExactly(
            "- table albums is now called records",
            "- column records.title is now called name",
            "- foreign key albums_artist_id_fkey of records is now called records_artist_id_fkey",
            "+ the relations of records are others, or have other names",
            "- check albums_titled_check of records is gone",
            "- check records_titled_check of records is new",
            "- index albums_mood_idx of records is now called records_mood_idx",
            "- view titles is another query or has other columns",
            "+ function find(word) is another");
    assertThat(ModelDiff.between(after, after)).isEmpty();
  }

  @Test
  void aRenameIsTheTableThatRefersToToo() {
    Model before = model(MODEL);
    Model after =
        model(
            MODEL
                .replace("  artists:\n", "  people:\n    renamed_from: artists\n")
                .replace("{id: {type: integer,", "{number: {renamed_from: id, type: integer,")
                .replace("references: artists", "references: people, inverse: albums"));
    assertThat(ModelDiff.between(before, after).stream().map(ModelDiffTest::line))
        .containsExactly(
            "- table artists is now called people", "- column people.id is now called number");
  }

  @Test
  void aRenameSaysNothingOfModelsThatNeverHadTheOldName() {
    Model before = model("tables: {t: {primary_key: a, columns: {a: uuid}}}");
    Model after =
        model(
            "tables: {t: {primary_key: a, columns: {a: uuid, c: {type: text, renamed_from: b}}},"
                + " v: {renamed_from: u, primary_key: a, columns: {a: uuid}}}");
    assertThat(ModelDiff.between(before, after).stream().map(ModelDiffTest::line))
        .containsExactly("- column t.c is new", "- table v is new");
  }

  @Test
  void aTableThatBecomesAViewIsGoneAndNew() {
    Model before = model("tables: {x.t: {primary_key: a, columns: {a: uuid}}}");
    Model after = model("views: {x.t: {sql: select 1 as a, columns: {a: uuid}}}");
    assertThat(ModelDiff.between(before, after).stream().map(ModelDiffTest::line))
        .containsExactly("- table x.t is gone", "- view x.t is new");
  }

  @Test
  void theSameModelWrittenInAnotherWayIsTheSame() {
    Model before = model(MODEL);
    Model after =
        model(
            "# a comment\n"
                + MODEL
                    .replace("name: text", "'name': {type: \"text\", nullable: false}")
                    .replace("unique: {one: [title]}", "unique: {one: title}"));
    assertThat(ModelDiff.between(before, after)).isEmpty();
    assertThat(ModelText.canonical(after)).isEqualTo(ModelText.canonical(before));
  }

  @Test
  void theCanonicalTextIsOneFactALine() {
    assertThat(ModelText.canonical(model(MODEL)))
        .isEqualTo(
            """
            role "anon" "bound"
            role "authenticated" "bound"
            role "service_role" "bypassing"
            role "editor" "bound"
            enum "mood" ["sad", "ok"]
            table "public" "artists"
             column "id" ["integer"] "not null" [] [] [] []
             column "name" ["text"] "not null" [] [] [] []
             primary key ["id"]
            table "public" "albums"
             column "id" ["uuid"] "not null" ["uuid7"] [] [] []
             column "title" ["text"] "not null" [] [] [] ["As printed"]
             column "mood" ["enum", "mood"] "not null" ["literal", "ok"] [] [] []
             column "artist_id" ["integer"] "not null" [] [] [] []
             primary key ["id"]
             unique "one" ["title"]
             foreign key "albums_artist_id_fkey" ["artist_id"] ["public", "artists"] ["id"] \
            "NO_ACTION" "NO_ACTION" "artist" "albums"
             check "albums_titled_check" "row.title != ''"
             index "albums_mood_idx" "plain" ["mood"] ["asc"] []
             index "part" "plain" ["title"] ["asc"] ["row.mood == 'ok'"]
             search "words" ["title"] "english"
             policy "READ" ["anon"] "true"
             seed "albums.csv"
            view "public" "titles" "select title from albums"
             column "title" ["text"] "not null" [] [] [] []
             primary key []
            function "public" "find" "reads" ["anon"] []
             argument "word" ["text"] "ONE" ["required"] []
             returns rows of "SET" "public" "albums"
             sql ["select :word"]
            function "public" "find" "reads" [] []
             returns nothing
             sql ["select 1"]
            """);
    assertThat(ModelText.checksum(model("")))
        .isEqualTo(ModelText.checksum(model("tables: {}\n")))
        .hasSize(64);
  }
}
