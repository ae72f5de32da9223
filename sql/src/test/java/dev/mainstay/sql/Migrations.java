package dev.mainstay.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mainstay.core.model.TableName;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/// What every engine's migrations must do: after each of them the database is that of a fresh
/// installation of the model, and the rows are still there.
public abstract class Migrations extends Migrating {
  protected static final String BEFORE =
      """
      enums: {mood: [sad, ok]}
      tables:
        artists:
          columns:
            id: {type: integer, identity: true, primary_key: true}
            name: {type: text, unique: true}
          seed: artists.csv
        albums:
          columns:
            id: {type: integer, identity: true, primary_key: true}
            title: text
            price: {type: "decimal(6,2)", default: 0.99}
            mood: {type: mood, default: ok}
            code: text
            artist_id: {references: artists, on_delete: cascade}
          unique: [[artist_id, title]]
          checks: {priced: row.price >= 0.0}
          indexes: [title, {name: sad_ones, columns: price, where: row.mood == 'sad'}]
          search: {words: title}
          seed: albums.csv
      views:
        titles: {sql: select title from albums, columns: {title: text}}
      """;
  private static final String ARTISTS = "id,name\n1,AC/DC\n2,Accept\n";
  private static final String ALBUMS =
      """
      id,title,price,mood,code,artist_id
      1,Let There Be Rock,9.99,ok,17,1
      7,Balls to the Wall,8.50,sad,-4,2
      """;

  // ── one change at a time ──

  @Test
  void aColumnIsAddedWithItsDefaultAndRemoved() {
    Empty database = installed(BEFORE);
    String more =
        BEFORE.replace(
            "      code: text\n",
            """
                  note: text?
                  stars: {type: smallint, default: 3}
                  key: {type: uuid, default: uuid7()}
                  twice: {type: "decimal(8,2)", generated: price * 2}
            """);
    assertThat(apply(database, more, true).losses())
        .containsExactly("column albums.code is gone: 2 values");
    isAsFresh(database, more);
    assertThat(rows(database, more, "albums", "title, note, stars, twice"))
        .containsExactly("Balls to the Wall|null|3|17.00", "Let There Be Rock|null|3|19.98");
    assertThat(rows(database, more, "albums", "key"))
        .doesNotHaveDuplicates()
        .allMatch(key -> key.charAt(14) == '7');
  }

  @Test
  void aTypeIsChangedWithItsValues() {
    Empty database = installed(BEFORE);
    String changed =
        BEFORE
            .replace("code: text", "code: bigint")
            .replace("decimal(6,2)", "decimal(9,3)")
            .replace("{type: mood, default: ok}", "{type: text, default: ok}")
            .replace("{type: integer, identity", "{type: bigint, identity");
    apply(database, changed, false);
    isAsFresh(database, changed);
    assertThat(rows(database, changed, "albums", "id, title, price, mood, code, artist_id"))
        .containsExactly("1|Let There Be Rock|9.990|ok|17|1", "7|Balls to the Wall|8.500|sad|-4|2");
  }

  @Test
  void textBecomesAnEnumAndAnEnumGetsLabels() {
    Empty database = installed(BEFORE);
    String changed =
        BEFORE
            .replace("{mood: [sad, ok]}", "{mood: [bad, sad, ok, good], code: ['17', '-4']}")
            .replace("code: text", "code: code");
    apply(database, changed, false);
    isAsFresh(database, changed);
    assertThat(rows(database, changed, "albums", "id, mood, code"))
        .containsExactly("1|ok|17", "7|sad|-4");
  }

  @Test
  void labelsGoWhenNoRowHasThem() {
    Empty database = installed(BEFORE.replace("[sad, ok]", "[sad, ok, good]"));
    String reordered = BEFORE.replace("[sad, ok]", "[ok, sad]");
    apply(database, reordered, false);
    isAsFresh(database, reordered);
    String fewer = BEFORE.replace("[sad, ok]", "[ok]").replace("row.mood == 'sad'", "row.id > 3");
    assertThatThrownBy(() -> apply(database, fewer, true))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining(
            "enum mood has no label 'sad' any more, and 1 row of albums have it in mood");
    isAsFresh(database, reordered);
  }

  @Test
  void tablesAndColumnsAreRenamedWithWhatRefersToThem() {
    Empty database = installed(BEFORE);
    String renamed =
        BEFORE
            .replace("  albums:\n", "  records:\n    renamed_from: albums\n")
            .replace("  artists:\n", "  people:\n    renamed_from: artists\n")
            .replace("title: text\n", "label: {type: text, renamed_from: title}\n")
            .replace("[[artist_id, title]]", "[[artist_id, label]]")
            .replace("[title, {", "[label, {")
            .replace("words: title", "words: label")
            .replace("references: artists", "references: people")
            .replace("select title from albums", "select label as title from records");
    assertThat(apply(database, renamed, false).losses()).isEmpty();
    isAsFresh(database, renamed);
    assertThat(rows(database, renamed, "records", "id, label, artist_id"))
        .containsExactly("1|Let There Be Rock|1", "7|Balls to the Wall|2");
    assertThat(rows(database, renamed, "people", "id, name"))
        .containsExactly("1|AC/DC", "2|Accept");
  }

  @Test
  void keysChecksIndexesDocumentsAndViewsChange() {
    Empty database = installed(BEFORE);
    String changed =
        BEFORE
            .replace("on_delete: cascade", "on_delete: restrict")
            .replace("[[artist_id, title]]", "[[title]]")
            .replace("row.price >= 0.0", "row.price >= 1.0")
            .replace("row.mood == 'sad'", "row.mood == 'ok'")
            .replace("words: title", "text: [title, code]")
            .replace("select title from albums", "select title from albums where mood = 'ok'")
            .replace("name: {type: text, unique: true}", "name: text?")
            .replace("default: 0.99", "default: 1.99");
    apply(database, changed, false);
    isAsFresh(database, changed);
    assertThat(rows(database, changed, "titles", "title")).containsExactly("Let There Be Rock");
  }

  @Test
  void tablesAndTypesComeAndGo() {
    Empty database = installed(BEFORE);
    String other =
        """
        enums: {size: [s, m]}
        tables:
          artists:
            columns:
              id: {type: integer, identity: true, primary_key: true}
              name: {type: text, unique: true}
          shop.shirts:
            columns:
              id: {type: uuid, primary_key: true, default: uuid()}
              size: size
              artist_id: {references: artists}
            indexes: [size]
        """;
    assertThat(apply(database, other, true).losses())
        .containsExactly("table albums is gone: 2 rows");
    isAsFresh(database, other);
  }

  @Test
  void anotherColumnBecomesThePrimaryKey() {
    Empty database = installed(BEFORE);
    String keyed =
        BEFORE.replace(
            "id: {type: integer, identity: true, primary_key: true}\n      title: text",
            "id: integer\n      title: {type: text, primary_key: true}");
    apply(database, keyed, false);
    isAsFresh(database, keyed);
    assertThat(rows(database, keyed, "albums", "id, title"))
        .containsExactly("1|Let There Be Rock", "7|Balls to the Wall");
  }

  @Test
  void aNewTableIsSeeded() {
    Empty database = installed("tables: {t: {columns: {id: {type: uuid, primary_key: true}}}}");
    assertThat(apply(database, BEFORE, true).losses()).isEmpty();
    isAsFresh(database, BEFORE);
    assertThat(rows(database, BEFORE, "albums", "id, title"))
        .containsExactly("1|Let There Be Rock", "7|Balls to the Wall");
    String table = dialect().table(TableName.inDefaultSchema("albums")).text();
    database
        .migratable()
        .alone("INSERT INTO " + table + " (title, code, artist_id) VALUES ('Restless', '', 2)");
    assertThat(rows(database, BEFORE, "albums", "id")).containsExactly("1", "7", "8");
  }

  @Test
  void aComputedColumnThatIsComputedNoMoreKeepsItsValues() {
    String computed =
        BEFORE.replace("code: text", "code: text\n      twice: {type: integer, generated: id * 2}");
    Empty database = installed(computed);
    String plain = BEFORE.replace("code: text", "code: text\n      twice: integer");
    assertThat(apply(database, plain, false).losses()).isEmpty();
    isAsFresh(database, plain);
    assertThat(rows(database, plain, "albums", "id, twice")).containsExactly("1|2", "7|14");
  }

  @Test
  void rowsStayThoughNothingOfThemIsLeft() {
    Empty database =
        installed(
            "tables: {artists: {columns: {name: {type: text, primary_key: true}}, seed: artists.csv}}",
            "name\na\nb\nc\n",
            "");
    String other =
        "tables: {artists: {columns: {id: {type: integer, identity: true, primary_key: true}}}}";
    assertThat(apply(database, other, true).losses())
        .containsExactly("column artists.name is gone: 3 values");
    isAsFresh(database, other);
    assertThat(rows(database, other, "artists", "id")).containsExactly("1", "2", "3");
  }

  @Test
  void whatOthersHaveRemovedNeedNotBeRemovedOrConverted() {
    Empty database =
        installed(BEFORE.replace("code: text", "code: text\n      old: text?\n      odd: text?"));
    String table = dialect().table(TableName.inDefaultSchema("albums")).text();
    database.migratable().alone("ALTER TABLE " + table + " DROP COLUMN old");
    database.migratable().alone("ALTER TABLE " + table + " DROP COLUMN odd");
    String changed = BEFORE.replace("code: text", "code: text\n      odd: date?");
    Migration done = apply(database, changed, false);
    assertThat(done.losses()).isEmpty();
    assertThat(done.obstacles()).isEmpty();
    isAsFresh(database, changed);
  }

  // ── what is refused ──

  @Test
  void nothingIsLostWithoutLeave() {
    Empty database = installed(BEFORE);
    assertThatThrownBy(() -> apply(database, BEFORE.replace("      code: text\n", ""), false))
        .isInstanceOf(StoreException.class)
        .hasMessage(
            """
            This would be lost, and --allow-data-loss was not said:
              column albums.code is gone: 2 values""");
    isAsFresh(database, BEFORE);
    String rounded = BEFORE.replace("decimal(6,2)", "decimal(6,1)");
    assertThat(plan(database, rounded).losses())
        .containsExactly("column albums.price: numeric(6,2) becomes numeric(6,1): 2 values");
  }

  @Test
  void whatTheRowsDoNotAllowIsToldBeforehand() {
    Empty database = installed(BEFORE.replace("code: text", "code: text?"));
    String impossible =
        BEFORE
            .replace("code: text", "code: varchar(1)\n      added: date")
            .replace("price: {type: \"decimal(6,2)\", default: 0.99}", "price: bytea")
            .replace("{priced: row.price >= 0.0}", "{}");
    assertThat(plan(database, impossible).obstacles())
        .anyMatch(
            text ->
                text.equals(
                    "column albums.added is never null, and 2 rows there have no value for it: give"
                        + " it a default, or let it be null"))
        .anyMatch(
            text ->
                text.equals(
                    "column albums.code: text becomes character varying(1), and there are 2 rows"
                        + " of more than 1 characters"))
        .anyMatch(
            text ->
                text.startsWith(
                    "column albums.price: numeric(6,2) becomes bytea: there is no cast"));
    assertThatThrownBy(() -> apply(database, impossible, true))
        .isInstanceOf(StoreException.class)
        .hasMessageStartingWith("The model cannot be applied:");
  }

  @Test
  void aStepThatFailsChangesNothing() {
    Empty database = installed(BEFORE.replace("17,1", "seventeen,1"));
    String changed = BEFORE.replace("code: text", "code: integer\n      more: text?");
    Empty worded = installed(BEFORE, ARTISTS, ALBUMS.replace(",17,", ",seventeen,"));
    assertThatThrownBy(() -> apply(worded, changed, true))
        .isInstanceOf(StoreException.class)
        .hasMessageStartingWith("Nothing was changed, for this step failed:")
        .hasMessageContaining("seventeen");
    isAsFresh(worded, BEFORE);
    apply(database, changed, false);
  }

  // ── the database as it is ──

  @Test
  void whatOthersHaveChangedIsShownAndMended() {
    Empty database = installed(BEFORE);
    String name = dialect().table(TableName.inDefaultSchema("albums")).text();
    database.migratable().alone("DROP INDEX albums_title_idx");
    database.migratable().alone("CREATE INDEX mine ON " + name + " (code)");
    Migration plan = plan(database, BEFORE);
    assertThat(plan.changes()).isEmpty();
    assertThat(plan.drift().stream().map(Drift::sentence))
        .containsExactly(
            "index albums_title_idx was removed from the database",
            "index mine was added to the database");
    apply(database, BEFORE, false);
    assertThat(plan(database, BEFORE).steps()).isEmpty();
    database.migratable().alone("DROP INDEX mine");
    isAsFresh(database, BEFORE);
  }

  @Test
  void aModelThatIsAppliedTwiceHasNoMoreToDo() {
    Empty database = installed(BEFORE);
    assertThat(plan(database, BEFORE).steps()).isEmpty();
    String more = BEFORE.replace("code: text", "code: text?");
    apply(database, more, false);
    assertThat(plan(database, more).steps()).isEmpty();
    try (Installation installation = database.installation()) {
      assertThat(Objects.requireNonNull(installation.applied()).version()).isEqualTo(2);
      assertThat(Objects.requireNonNull(installation.applied(1)).source()).isEqualTo(BEFORE);
    }
  }

  @Test
  void theNumbersOfAnIdentityGoOn() {
    Empty database = installed(BEFORE);
    String table = dialect().table(TableName.inDefaultSchema("albums")).text();
    database.migratable().alone("DELETE FROM " + table + " WHERE id = 7");
    String more = BEFORE.replace("code: text", "code: text?");
    apply(database, more, false);
    database
        .migratable()
        .alone("INSERT INTO " + table + " (title, artist_id) VALUES ('Restless and Wild', 2)");
    assertThat(rows(database, more, "albums", "id, price")).containsExactly("1|9.99", "8|0.99");
  }

  @Override
  protected SeedFiles seeds() {
    return files(ARTISTS, ALBUMS);
  }

  protected Empty installed(String yaml) {
    return installed(yaml, ARTISTS, ALBUMS);
  }
}
