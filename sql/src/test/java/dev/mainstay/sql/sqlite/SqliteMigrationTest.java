package dev.mainstay.sql.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mainstay.core.model.TableName;
import dev.mainstay.sql.Installation;
import dev.mainstay.sql.Migratable;
import dev.mainstay.sql.Migrations;
import dev.mainstay.sql.StoreException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SqliteMigrationTest extends Migrations {
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
  void whatOthersHaveAddedToATableThatIsMadeAnewIsALoss() {
    String notes =
        "tables: {notes: {columns: {id: {type: integer, primary_key: true}, title: text}}}";
    Empty database = installed(notes, "", "");
    Migratable tables = database.migratable();
    tables.alone("INSERT INTO notes (id, title) VALUES (1, 'one'), (2, 'two')");
    tables.alone("ALTER TABLE notes ADD COLUMN mine TEXT");
    tables.alone("ALTER TABLE notes ADD COLUMN unused TEXT");
    tables.alone("CREATE INDEX quick ON notes (mine)");
    tables.alone("CREATE TRIGGER told AFTER INSERT ON notes BEGIN SELECT 1; END");
    tables.alone("UPDATE notes SET mine = 'x' WHERE id = 1");
    String more = notes.replace("title: text", "title: text, body: text?");
    assertThat(plan(database, more).losses())
        .containsExactly(
            "column notes.mine, which somebody else has added: 1 value",
            "index quick of notes, which somebody else has added",
            "trigger told of notes, which somebody else has added");
    assertThatThrownBy(() -> apply(database, more, false))
        .isInstanceOf(StoreException.class)
        .hasMessageStartingWith("This would be lost");
    apply(database, more, true);
    isAsFresh(database, more);
    String taken = notes.replace("title: text", "title: text, mine: text?");
    Empty other = installed(notes, "", "");
    other.migratable().alone("ALTER TABLE notes ADD COLUMN mine TEXT");
    other.migratable().alone("INSERT INTO notes (id, title, mine) VALUES (1, 'one', 'x')");
    assertThat(apply(other, taken, false).losses()).isEmpty();
    assertThat(rows(other, taken, "notes", "id, mine")).containsExactly("1|x");
  }

  @Test
  void aPlanHoldsUpNobody() {
    String notes = "tables: {notes: {columns: {id: {type: integer, primary_key: true}}}}";
    Empty database = installed(notes, "", "");
    try (Installation looking = database.migratable().look();
        SqliteDatabase beside =
            SqliteDatabase.openBeside(only(folder), SqliteSettings.defaults())) {
      assertThat(looking.has(TableName.inDefaultSchema("notes"))).isTrue();
      beside.migratable().alone("INSERT INTO notes (id) VALUES (1)");
    }
    assertThat(rows(database, notes, "notes", "id")).containsExactly("1");
  }

  private static Path only(Path folder) {
    try (var folders = Files.list(folder)) {
      return folders.findFirst().orElseThrow();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
