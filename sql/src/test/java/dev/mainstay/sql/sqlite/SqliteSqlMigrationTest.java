package dev.mainstay.sql.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mainstay.core.engine.Allowance;
import dev.mainstay.core.engine.ByteBudget;
import dev.mainstay.core.observe.Observer;
import dev.mainstay.sql.Sql;
import dev.mainstay.sql.SqlMigrations;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SqliteSqlMigrationTest extends SqlMigrations {
  @TempDir Path folder;

  @Override
  protected Empty open() {
    return SqliteEmpty.in(folder);
  }

  @Override
  protected Parts parts() {
    return SqliteEmpty.PARTS;
  }

  @Test
  void aTriggerIsOneStatement() {
    Empty database = installed(PEOPLE);
    String trigger =
        """
        CREATE TRIGGER people_told AFTER UPDATE OF name ON people
        WHEN new.name <> old.name BEGIN
          INSERT INTO notes (text, of) VALUES (CASE WHEN old.name > 'B' THEN 'b' ELSE 'a' END, new.id);
          INSERT INTO notes (text, of) VALUES ('was; ' || old.name, new.id);
        END;
        UPDATE people SET name = 'Joseph' WHERE id = 2;
        """;
    apply(database, PEOPLE, false, "1_told.sql", trigger);
    assertThat(rows(database, PEOPLE, "notes", "text")).containsExactly("b", "was; Joe Pass");
  }

  @Test
  void aTableThatGetsAnotherNameTakesAlongWhatRefersToIt() {
    Empty database = installed(PEOPLE);
    apply(
        database,
        PEOPLE,
        false,
        "1_away.sql",
        """
        INSERT INTO notes (text, of) VALUES ('n', 1);
        ALTER TABLE people RENAME TO folk;
        ALTER TABLE folk RENAME TO people;
        """);
    isAsFresh(database, PEOPLE);
  }

  @Test
  void foreignKeysDoNothingButAreLookedAt() {
    Empty database = installed(PEOPLE);
    database.migratable().alone("INSERT INTO notes (text, of) VALUES ('n', 1)");
    assertThatThrownBy(
            () -> apply(database, PEOPLE, false, "1_gone.sql", "DELETE FROM people WHERE id = 1"))
        .hasMessageContaining("1 row of notes refer to rows of people that are not there");
    String alone = "-- mainstay: alone\nDELETE FROM people WHERE id = 1";
    assertThatThrownBy(() -> apply(database, PEOPLE, false, "1_gone.sql", alone))
        .hasMessageContaining("migrations/1_gone.sql:2:1: FOREIGN KEY constraint failed");
  }

  @Test
  void whatCannotBePartOfATransactionSaysSo() {
    Empty database = installed(PEOPLE);
    assertThatThrownBy(() -> apply(database, PEOPLE, false, "1_small.sql", "\nVACUUM;"))
        .hasMessage(
            """
            Nothing was changed, for this migration failed:
            migrations/1_small.sql:2:1: cannot VACUUM from within a transaction
                VACUUM;
                ^
            hint: say '-- mainstay: alone' in its first line""");
    apply(database, PEOPLE, false, "1_small.sql", "-- mainstay: alone\nVACUUM;\nPRAGMA optimize;");
    assertThat(ran(database)).containsExactly("1_small at 1");
  }

  @Test
  void whatAMigrationSetsEndsWithIt() {
    SqliteEmpty database = (SqliteEmpty) installed(PEOPLE);
    apply(
        database,
        PEOPLE,
        false,
        "1_alone.sql",
        """
        -- mainstay: alone
        PRAGMA foreign_keys = OFF;
        PRAGMA recursive_triggers = ON;
        CREATE TEMP TABLE people (id integer);
        """,
        "2_within.sql",
        "CREATE TEMP TABLE notes (id integer); INSERT INTO temp.notes VALUES (1);");
    assertThat(ran(database)).hasSize(2);
    assertThat(written(database, "SELECT count(*) FROM people")).isEqualTo(2);
    assertThat(written(database, "SELECT count(*) FROM notes")).isZero();
    assertThat(written(database, "SELECT recursive_triggers FROM pragma_recursive_triggers"))
        .isZero();
    assertThat(written(database, "SELECT foreign_keys FROM pragma_foreign_keys")).isEqualTo(1);
  }

  /// A number that the connection answers on which everybody writes.
  private static long written(SqliteEmpty database, String query) {
    try (ByteBudget.Lease lease = new ByteBudget(1 << 20).lease()) {
      return database
          .database()
          .writer()
          .write(
              new Allowance(Duration.ofSeconds(30), lease, Observer.NOBODY),
              session -> {
                try {
                  return session.number(Sql.raw(query), Arguments.NONE);
                } catch (SQLException e) {
                  throw Errors.translate(e);
                }
              });
    }
  }

  @Test
  void aStatementThatUndoesEverythingByItselfIsToldAsAnyOther() {
    Empty database = installed(PEOPLE);
    assertThatThrownBy(
            () ->
                apply(
                    database,
                    PEOPLE,
                    false,
                    "1_a.sql",
                    "UPDATE people SET name = 'x';\nINSERT OR ROLLBACK INTO people VALUES (1, 'y');"))
        .hasMessageStartingWith(
            "Nothing was changed, for this migration failed:\nmigrations/1_a.sql:2:1:");
    assertThat(rows(database, PEOPLE, "people", "name"))
        .containsExactly("Ada Lovelace", "Joe Pass");
  }

  @Test
  void whatTheUserRaisesIsToldWithItsHint() {
    Empty database = installed(PEOPLE);
    String raise =
        "SELECT raise_error('P0001', 'there are ' || count(*) || ' people', '', 'fewer') FROM people";
    assertThatThrownBy(() -> apply(database, PEOPLE, false, "1_a.sql", raise))
        .hasMessageContaining("migrations/1_a.sql:1:1: there are 2 people")
        .hasMessageEndingWith("hint: fewer");
  }
}
