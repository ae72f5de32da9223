package dev.mainstay.sql;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mainstay.core.migration.MigrationReader;
import dev.mainstay.core.migration.SqlMigration;
import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/// What migrations in SQL do on every engine: each once, in its place beside the model's change,
/// and all of it or nothing.
public abstract class SqlMigrations extends Migrating {
  protected static final String PEOPLE =
      """
      tables:
        people:
          columns:
            id: {type: integer, identity: true, primary_key: true}
            name: text
          seed: people.csv
        notes:
          columns:
            id: {type: integer, identity: true, primary_key: true}
            text: text
            of: {references: people}
      """;
  protected static final String SPLIT =
      PEOPLE.replace("name: text", "first: varchar(20)\n      last: {type: text, default: '?'}");

  private static final String TO_SPLIT =
      """
      -- People have two names.
      -- mainstay: before
      ALTER TABLE people ADD COLUMN first text;
      ALTER TABLE people ADD COLUMN last text;
      UPDATE people SET first = substr(name, 1, 3), last = substr(name, 5);
      """;

  // ── a split of a column ──

  @Test
  void aColumnIsSplitByOneApplication() {
    Empty database = installed(PEOPLE);
    Migration plan = plan(database, SPLIT, "1_split.sql", TO_SPLIT);
    assertThat(files(plan.agenda().before())).containsExactly("1_split.sql");
    assertThat(plan.isInTheWay()).isFalse();
    assertThatThrownBy(() -> apply(database, SPLIT, false, "1_split.sql", TO_SPLIT))
        .isInstanceOf(StoreException.class)
        .hasMessage(
            """
            This would be lost, and --allow-data-loss was not said:
              column people.name is gone: 2 values""");
    isAsFresh(database, PEOPLE);
    assertThat(ran(database)).isEmpty();
    apply(database, SPLIT, true, "1_split.sql", TO_SPLIT);
    isAsFresh(database, SPLIT);
    assertThat(rows(database, SPLIT, "people", "id, first, last"))
        .containsExactly("1|Ada|Lovelace", "2|Joe|Pass");
    assertThat(ran(database)).containsExactly("1_split at 2");
    isDone(plan(database, SPLIT, "1_split.sql", TO_SPLIT));
  }

  @Test
  void whatAMigrationHasLeftEmptyIsInTheWay() {
    Empty database = installed(PEOPLE);
    String half = TO_SPLIT.replace("last = substr", "name = substr");
    assertThatThrownBy(() -> apply(database, SPLIT, true, "1_split.sql", half))
        .isInstanceOf(StoreException.class)
        .hasMessage(
            """
            The model cannot be applied:
              column people.last is never null, and there are 2 rows where it is null""");
    isAsFresh(database, PEOPLE);
  }

  @Test
  void aColumnThatAMigrationMadeEarlierIsTakenOver() {
    Empty database = installed(PEOPLE);
    String early = TO_SPLIT.replace("-- mainstay: before\n", "");
    apply(database, PEOPLE, false, "1_split.sql", early);
    assertThat(ran(database)).containsExactly("1_split at 1");
    assertThat(plan(database, PEOPLE, "1_split.sql", early).drift()).isEmpty();
    String both = SPLIT.replace("first:", "name: text\n      first:");
    assertThat(apply(database, both, false, "1_split.sql", early).losses()).isEmpty();
    isAsFresh(database, both);
    assertThat(rows(database, both, "people", "name, first, last"))
        .containsExactly("Ada Lovelace|Ada|Lovelace", "Joe Pass|Joe|Pass");
  }

  @Test
  void aTableIsSplitInTwo() {
    Empty database = installed(PEOPLE);
    String two =
        PEOPLE.replace("      name: text\n    seed: people.csv\n", "")
            + """
              names:
                columns:
                  person_id: {references: people, on_delete: cascade}
                  kind: {type: kind, default: legal}
                  text: text
                  note: text?
                primary_key: [person_id, kind]
                indexes: [text]
                seed: names.csv
            enums: {kind: [legal, stage]}
            """;
    String split =
        """
        -- mainstay: before
        CREATE TABLE names (person_id integer, kind text, text text);
        INSERT INTO names SELECT id, 'legal', name FROM people;
        """;
    apply(database, two, true, "3_names.sql", split);
    isAsFresh(database, two);
    assertThat(rows(database, two, "names", "text, kind, person_id, note"))
        .containsExactly("Ada Lovelace|legal|1|null", "Joe Pass|legal|2|null");
    isDone(plan(database, two, "3_names.sql", split));
  }

  // ── once, in order, all or nothing ──

  @Test
  void eachRunsOnceAfterTheModelsChange() {
    Empty database = installed(PEOPLE);
    String more =
        PEOPLE.replace("name: text", "name: text\n      size: {type: integer, default: 0}");
    String[] files = {
      "0002_more.sql",
      "UPDATE people SET size = size * 2",
      "1_fill.sql",
      "UPDATE people SET size = size + length(name)"
    };
    assertThat(files(apply(database, more, false, files).agenda().after()))
        .containsExactly("1_fill.sql", "0002_more.sql");
    apply(database, more, false, files);
    assertThat(rows(database, more, "people", "id, size")).containsExactly("1|24", "2|16");
    assertThat(ran(database)).containsExactly("1_fill at 2", "2_more at 2");
    isDone(plan(database, more, files));
    apply(database, more, false, "0003_again.sql", "UPDATE people SET size = 1");
    assertThat(ran(database)).contains("3_again at 2");
    assertThat(version(database)).isEqualTo(2);
  }

  @Test
  void aMigrationThatFailsUndoesEverything() {
    Empty database = installed(PEOPLE);
    String more =
        PEOPLE.replace("name: text", "name: text\n      size: {type: integer, default: 0}");
    assertThatThrownBy(
            () ->
                apply(
                    database,
                    more,
                    false,
                    "1_fill.sql",
                    "UPDATE people SET size = 7;",
                    "2_wrong.sql",
                    "-- why\nUPDATE people SET size = 8;\n\nUPDATE people\n  SET sise = 9;\n"))
        .isInstanceOf(StoreException.class)
        .hasMessageStartingWith(
            "Nothing was changed, for this migration failed:\nmigrations/2_wrong.sql:")
        .hasMessageContaining("sise");
    isAsFresh(database, PEOPLE);
    assertThat(ran(database)).isEmpty();
    assertThat(version(database)).isEqualTo(1);
  }

  @Test
  void whatHasChangedSinceItRanIsRefused() {
    Empty database = installed(PEOPLE);
    String[] first = {"1_a.sql", "DELETE FROM notes;\r\n", "2_b.sql", "DELETE FROM notes"};
    apply(database, PEOPLE, false, first);
    isDone(plan(database, PEOPLE, "1_a.sql", "DELETE FROM notes;\n", "2_b.sql", first[3]));
    String[] changed = {"1_a.sql", "DELETE FROM people", "2_c.sql", "DELETE FROM notes"};
    Migration plan = plan(database, PEOPLE, changed);
    assertThat(plan.isInTheWay()).isTrue();
    assertThat(plan.agenda().obstacles())
        .satisfiesExactly(
            one ->
                assertThat(one)
                    .matches(
                        "migration 1_a.sql is not what it was when it ran, on 20..-..-..: bring it back as it was, and write what is yet to be done into a file of its own"),
            one ->
                assertThat(one)
                    .matches(
                        "migration 2_c.sql has the number of 2_b, which ran on 20..-..-..: give it another number"));
    assertThatThrownBy(() -> apply(database, PEOPLE, true, changed))
        .isInstanceOf(StoreException.class)
        .hasMessageStartingWith("The model cannot be applied:\n  migration 1_a.sql is not");
    Migration without = plan(database, PEOPLE, "1_a.sql", first[1]);
    assertThat(without.agenda().gone()).extracting(RanMigration::title).containsExactly("2_b");
    assertThat(without.isInTheWay()).isFalse();
  }

  @Test
  void aVersionIsWaitedFor() {
    Empty database = installed(PEOPLE);
    String[] files = {
      "1_a.sql", "-- mainstay: before version 3\nUPDATE people SET name = name || '1'",
      "2_b.sql", "-- mainstay: after version 3\nUPDATE people SET name = name || '2'",
      "3_c.sql", "-- mainstay: after version 1\nUPDATE people SET name = name || '3'"
    };
    String second = PEOPLE.replace("text: text", "text: text?");
    assertThat(files(plan(database, second, files).agenda().later()))
        .containsExactly("1_a.sql", "2_b.sql");
    apply(database, second, false, files);
    assertThat(rows(database, second, "people", "name"))
        .containsExactly("Ada Lovelace3", "Joe Pass3");
    install(database, second, files);
    assertThat(version(database)).isEqualTo(2);
    String third = second + "roles: [clerk]\n";
    assertThatThrownBy(() -> install(database, third, files))
        .hasMessageStartingWith("Migrations have not run yet:\n  1_a.sql\n  2_b.sql\n");
    apply(database, third, false, files);
    assertThat(rows(database, third, "people", "name"))
        .containsExactly("Ada Lovelace312", "Joe Pass312");
    assertThat(ran(database)).containsExactly("1_a at 3", "2_b at 3", "3_c at 2");
    String late = "-- mainstay: before version 3\nUPDATE people SET name = ''";
    assertThatThrownBy(() -> apply(database, third, false, "4_d.sql", late))
        .hasMessageContaining(
            "migration 4_d.sql is to run before version 3 of the model, and the database has version 3: it comes too late");
  }

  @Test
  void oneThatRunsAloneKeepsTheOthersInOrder() {
    Empty database = installed(PEOPLE);
    String append = "UPDATE people SET name = name || '%s'";
    String[] files = {
      "1_a.sql", "-- mainstay: before\n" + append.formatted("1"),
      "2_b.sql", "-- mainstay: before, alone\n" + append.formatted("2"),
      "3_c.sql", "-- mainstay: before\n" + append.formatted("3"),
      "4_d.sql", append.formatted("4"),
      "5_e.sql", "-- mainstay: alone\n" + append.formatted("5"),
      "6_f.sql", append.formatted("6")
    };
    Agenda agenda = plan(database, PEOPLE, files).agenda();
    assertThat(files(agenda.ahead())).containsExactly("1_a.sql", "2_b.sql");
    assertThat(files(agenda.before())).containsExactly("3_c.sql");
    assertThat(files(agenda.after())).containsExactly("4_d.sql");
    assertThat(files(agenda.behind())).containsExactly("5_e.sql", "6_f.sql");
    apply(database, PEOPLE, false, files);
    assertThat(rows(database, PEOPLE, "people", "name"))
        .containsExactly("Ada Lovelace123456", "Joe Pass123456");
    assertThat(ran(database)).hasSize(6);
  }

  @Test
  void aMigrationThatFailsAfterOneAloneSaysWhatStays() {
    Empty database = installed(PEOPLE);
    assertThatThrownBy(
            () ->
                apply(
                    database,
                    PEOPLE,
                    false,
                    "1_a.sql",
                    "-- mainstay: before, alone\nUPDATE people SET name = 'x'",
                    "2_b.sql",
                    "UPDATE people SET nome = 'x'"))
        .hasMessageStartingWith(
            "What ran alone stays (1_a.sql), and the rest was undone, for this migration failed:\n");
    assertThat(ran(database)).containsExactly("1_a at 1");
  }

  @Test
  void anApplicationThatIsKilledAnywhereIsBegunAgain() {
    String[] files = {
      "1_a.sql",
      TO_SPLIT,
      "2_b.sql",
      "-- mainstay: before, alone\nDELETE FROM notes WHERE text = 'a';\nDELETE FROM notes WHERE text = 'b'",
      "3_c.sql",
      "-- mainstay: before\nUPDATE people SET last = last || '!'",
      "4_d.sql",
      "UPDATE people SET last = last || '?'; UPDATE people SET first = first || '?'",
      "5_e.sql",
      "-- mainstay: alone\nDELETE FROM notes WHERE text = 'c'",
      "6_f.sql",
      "UPDATE people SET last = last || '.'"
    };
    String keyed = SPLIT.replace("of: {references", "with: text?\n      of: {references");
    Killed never = new Killed(installed(PEOPLE).migratable(), Integer.MAX_VALUE);
    migrator().apply(never, goal(keyed, files), true);
    assertThat(never.taken()).isGreaterThan(15);
    for (int statements = 0; statements < never.taken(); statements++) {
      Empty database = installed(PEOPLE);
      Killed killed = new Killed(database.migratable(), statements);
      assertThatThrownBy(() -> migrator().apply(killed, goal(keyed, files), true))
          .isInstanceOf(Killed.Now.class);
      apply(database, keyed, true, files);
      isAsFresh(database, keyed);
      assertThat(rows(database, keyed, "people", "id, first, last"))
          .as("killed after %d statements", statements)
          .containsExactly("1|Ada?|Lovelace!?.", "2|Joe?|Pass!?.");
      assertThat(ran(database)).hasSize(6);
      isDone(plan(database, keyed, files));
    }
  }

  // ── a new database, and a server ──

  @Test
  void aNewDatabaseNeedsOnlyWhatSaysSo() {
    Empty database = open();
    String[] files = {
      "1_old.sql",
      "UPDATE nothing SET is = there",
      "2_rule.sql",
      "-- mainstay: also on a new database\nUPDATE people SET name = 'x' WHERE id = 1",
      "3_alone.sql",
      "-- mainstay: also on a new database\n-- mainstay: alone\nUPDATE people SET name = 'y' WHERE id = 2"
    };
    install(database, PEOPLE, files);
    assertThat(ran(database)).containsExactly("1_old not needed", "2_rule at 1");
    migrator().finishNew(database.migratable(), goal(PEOPLE, files));
    assertThat(ran(database)).containsExactly("1_old not needed", "2_rule at 1", "3_alone at 1");
    assertThat(rows(database, PEOPLE, "people", "name")).containsExactly("x", "y");
    isDone(plan(database, PEOPLE, files));
    install(database, PEOPLE, files);
    files[1] = "-- What has not run may still be written.\nSELECT 1";
    isDone(plan(database, PEOPLE, files));
    database.close();
  }

  @Test
  void aNewDatabaseIsNotMadeWhenItsMigrationFails() {
    Empty database = open();
    assertThatThrownBy(
            () ->
                install(
                    database,
                    PEOPLE,
                    "1_a.sql",
                    "-- mainstay: also on a new database\nUPDATE nobody SET x = 1"))
        .hasMessageStartingWith(
            "The database was not made, for this migration failed:\nmigrations/1_a.sql:2:");
    try (Installation installation = database.installation()) {
      assertThat(installation.applied()).isNull();
    }
    database.close();
  }

  @Test
  void aServerRefusesToStartBeforeAMigrationHasRun() {
    Empty database = installed(PEOPLE);
    assertThatThrownBy(() -> install(database, PEOPLE, "1_a.sql", "DELETE FROM notes"))
        .isInstanceOf(StoreException.class)
        .hasMessage(
            """
            A migration has not run yet:
              1_a.sql
            `mainstay plan` shows what it takes, and `mainstay apply` does it.""");
    install(database, PEOPLE, "1_a.sql", "-- mainstay: before version 2\nDELETE FROM notes");
  }

  @Test
  void whatAMigrationAddsIsNotDrift() {
    Empty database = installed(PEOPLE);
    String[] files = {
      "1_a.sql", "CREATE INDEX people_name ON people (name)",
      "2_b.sql", "-- mainstay: alone\nCREATE INDEX notes_text ON notes (text)",
      "3_c.sql", "CREATE TABLE mine (id integer)"
    };
    apply(database, PEOPLE, false, files);
    isDone(plan(database, PEOPLE, files));
    database.migratable().alone("DROP INDEX people_name");
    assertThat(plan(database, PEOPLE, files).drift())
        .extracting(Drift::sentence)
        .containsExactly("index people_name was removed from the database");
  }

  @Test
  void aWayBackLooksAtNoMigrations() {
    Empty database = installed(PEOPLE);
    apply(database, PEOPLE.replace("text: text", "text: text?"), false);
    Migration back = migrator().apply(database.migratable(), goal(PEOPLE), false);
    assertThat(back.agenda()).isEqualTo(Agenda.NOTHING);
    assertThat(version(database)).isEqualTo(3);
  }

  // ── what it takes ──

  private static void isDone(Migration plan) {
    assertThat(plan.steps()).isEmpty();
    assertThat(plan.drift()).isEmpty();
    assertThat(plan.agenda().due()).isEmpty();
    assertThat(plan.agenda().obstacles()).isEmpty();
  }

  @Override
  protected SeedFiles seeds() {
    return file ->
        new ByteArrayInputStream(
            (file.startsWith("people") ? "name\nAda Lovelace\nJoe Pass\n" : "").getBytes(UTF_8));
  }

  protected Empty installed(String yaml) {
    return installed(yaml, seeds());
  }

  protected Migration plan(Empty database, String yaml, String... files) {
    return migrator().plan(database.migratable(), goal(yaml, files));
  }

  protected Migration apply(Empty database, String yaml, boolean mayLose, String... files) {
    return migrator().apply(database.migratable(), goal(yaml, files), mayLose);
  }

  private void install(Empty database, String yaml, String... files) {
    new Installer(dialect(), ddl(), "under test")
        .install(database.installation(), goal(yaml, files));
  }

  private Migrator.Goal goal(String yaml, String... files) {
    List<MigrationReader.File> all = new ArrayList<>();
    for (int i = 0; i < files.length; i += 2)
      all.add(new MigrationReader.File(files[i], files[i + 1].getBytes(UTF_8)));
    List<SqlMigration> migrations = MigrationReader.read("migrations", all, dialect().name());
    Migrator.Goal goal = goal(yaml);
    return new Migrator.Goal(goal.model(), goal.rules(), yaml, seeds(), migrations);
  }

  protected static List<String> ran(Empty database) {
    try (Installation installation = database.installation()) {
      return installation.migrations().stream()
          .map(ran -> ran.title() + (ran.hasRun() ? " at " + ran.version() : " not needed"))
          .toList();
    }
  }

  private static long version(Empty database) {
    try (Installation installation = database.installation()) {
      return Objects.requireNonNull(installation.applied()).version();
    }
  }

  private static List<String> files(List<SqlMigration> migrations) {
    return migrations.stream().map(SqlMigration::file).toList();
  }
}
