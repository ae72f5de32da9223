package dev.mainstay.sql.sqlite;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mainstay.core.model.Fault;
import dev.mainstay.core.model.Model;
import dev.mainstay.core.model.ModelException;
import dev.mainstay.core.model.Position;
import dev.mainstay.core.model.Table;
import dev.mainstay.core.policy.Rules;
import dev.mainstay.core.read.ModelReader;
import dev.mainstay.sql.Applied;
import dev.mainstay.sql.Installation;
import dev.mainstay.sql.Installer;
import dev.mainstay.sql.SeedFiles;
import dev.mainstay.sql.StoreException;
import java.io.ByteArrayInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class InstallTest {
  private static final String MODEL =
      """
      tables:
        albums:
          columns:
            id: {type: integer, identity: true, primary_key: true}
            title: text
            artist_id: {type: integer, references: artists.id}
          seed: albums.jsonl
        artists:
          columns:
            id: {type: integer, primary_key: true}
            name: {type: text, unique: true}
          indexes:
            - [name]
          seed: artists.csv
      """;
  private static final String ARTISTS = "id,name\n1,AC/DC\n2,Accept\n";
  private static final String ALBUMS =
      """
      {"id": 1, "title": "Let There Be Rock", "artist_id": 1}
      {"title": "Balls to the Wall", "artist_id": 2}
      """;
  private static final Rules NONE = new Rules(Map.of(), Map.of(), Map.of());

  @TempDir Path folder;

  @Test
  void theFirstStartMakesAndSeedsAndTheSecondKeeps() throws Exception {
    assertThat(install(MODEL, ARTISTS, ALBUMS)).isEqualTo(new Installer.Outcome.Made(2, 4));
    assertThat(install(MODEL, "", "")).isEqualTo(new Installer.Outcome.Kept(1));
    assertThat(count("albums")).isEqualTo(2);
  }

  @Test
  void theProgramsOwnTablesAreMadeWhenAnOlderOneDidNot() throws Exception {
    install(MODEL, ARTISTS, ALBUMS);
    Model model = ModelReader.read("backend.yaml", MODEL).orThrow();
    Model newer =
        ModelReader.readSystem(
                "system",
                "tables: {mainstay.more: {columns: {id: {type: integer, primary_key: true}}}}")
            .orThrow();
    List<Table> tables = new ArrayList<>(withSystem(model).tables());
    tables.addAll(newer.tables());
    try (SqliteDatabase database = SqliteDatabase.open(folder, SqliteSettings.defaults())) {
      Installer installer = new Installer(new SqliteDialect(), new SqliteDdl(), "0.2");
      for (int i = 0; i < 2; i++)
        installer.installOwn(database.installation(), model.withTables(tables), NONE);
    }
    assertThat(count("\"mainstay.more\"")).isZero();
    assertThat(count("albums")).isEqualTo(2);
  }

  @Test
  void aSeedRowThatCannotBeStoredIsShownInItsFileAndNothingIsMade() throws Exception {
    assertThat(faults("id,name\n1,AC/DC\n2,AC/DC\n", ALBUMS))
        .isEqualTo(
            new Fault(
                new Position("artists.csv", 3, 1),
                "duplicate key value violates unique constraint \"artists_name_key\": Key"
                    + " (name)=(AC/DC) already exists.",
                null,
                null));
    assertThat(
            faults(
                ARTISTS,
                "{\"title\": \"x\", \"artist_id\": 1}\n{\"title\": \"y\", \"artist_id\": 9}"))
        .isEqualTo(
            new Fault(
                new Position("albums.jsonl", 2, 1),
                "artist_id (9) is not in the table 'artists'",
                null,
                null));
    assertThat(install(MODEL, ARTISTS, ALBUMS)).isEqualTo(new Installer.Outcome.Made(2, 4));
  }

  @Test
  void aHarmlessChangeIsRecordedAndOneOfTheTablesRefused() {
    install(MODEL, ARTISTS, ALBUMS);
    String opened = MODEL + "    policies:\n      read: true\n";
    assertThat(install(opened, ARTISTS, ALBUMS)).isEqualTo(new Installer.Outcome.Kept(2));
    assertThat(install(opened, ARTISTS, ALBUMS)).isEqualTo(new Installer.Outcome.Kept(2));
    assertThatThrownBy(() -> install(MODEL.replace("title: text", "name: text"), ARTISTS, ALBUMS))
        .isInstanceOf(StoreException.class)
        .hasMessage(
            """
            The model file says something else than the database was made of:
              column albums.title is gone
              column albums.name is new
            `mainstay plan` shows what it takes, and `mainstay apply` does it.""");
  }

  @Test
  void aDatabaseOfANewerProgramIsRefused() {
    install(MODEL, ARTISTS, ALBUMS);
    try (SqliteDatabase database = SqliteDatabase.open(folder, SqliteSettings.defaults());
        Installation installation = database.installation()) {
      installation.record(new Applied(2, 99, "9.0", "", "", null, List.of()));
      installation.commit();
    }
    assertThatThrownBy(() -> install(MODEL, ARTISTS, ALBUMS))
        .isInstanceOf(StoreException.class)
        .hasMessage(
            "The database was written by Mainstay 9.0, which is newer than this program (0.1).");
  }

  @Test
  void aDatabaseOfTheFirstProgramsGoesOn() throws Exception {
    install(MODEL, ARTISTS, ALBUMS);
    try (SqliteDatabase database = SqliteDatabase.open(folder, SqliteSettings.defaults())) {
      database.migratable().alone("ALTER TABLE \"mainstay.model\" DROP COLUMN left_behind");
      database.migratable().alone("ALTER TABLE \"mainstay.model\" DROP COLUMN pending");
    }
    assertThat(install(MODEL, "", "")).isEqualTo(new Installer.Outcome.Kept(1));
    assertThat(count("albums")).isEqualTo(2);
  }

  @Test
  void aFolderServesOneServerAtATimeButAToolBesideIt() {
    install(MODEL, ARTISTS, ALBUMS);
    try (SqliteDatabase database = SqliteDatabase.open(folder, SqliteSettings.defaults())) {
      assertThat(database.isAnswering()).isTrue();
      assertThatThrownBy(() -> SqliteDatabase.open(folder, SqliteSettings.defaults()))
          .isInstanceOf(StoreException.class)
          .hasMessage("The data folder " + folder + " is in use by another server.");
      try (SqliteDatabase beside = SqliteDatabase.openBeside(folder, SqliteSettings.defaults());
          Installation installation = beside.installation()) {
        assertThat(Objects.requireNonNull(installation.applied()).version()).isEqualTo(1);
      }
    }
  }

  @Test
  void aFolderOrAFileThatIsNoneIsRefusedInOneSentence() throws Exception {
    Path file = Files.createFile(folder.resolve("file"));
    assertThatThrownBy(() -> SqliteDatabase.open(file, SqliteSettings.defaults()))
        .isInstanceOf(StoreException.class)
        .hasMessage("The data folder " + file + " cannot be written: it is a file.");
    Files.writeString(folder.resolve("mainstay.db"), "no database".repeat(100));
    assertThatThrownBy(() -> SqliteDatabase.open(folder, SqliteSettings.defaults()))
        .isInstanceOf(StoreException.class)
        .hasMessageStartingWith("The database " + folder.resolve("mainstay.db"));
  }

  private Installer.Outcome install(String yaml, String artists, String albums) {
    Model model = withSystem(ModelReader.read("backend.yaml", yaml).orThrow());
    Map<String, String> files = Map.of("artists.csv", artists, "albums.jsonl", albums);
    SeedFiles seeds = file -> new ByteArrayInputStream(files.get(file).getBytes(UTF_8));
    try (SqliteDatabase database = SqliteDatabase.open(folder, SqliteSettings.defaults())) {
      return new Installer(new SqliteDialect(), new SqliteDdl(), "0.1")
          .install(database.installation(), model, NONE, yaml, seeds);
    }
  }

  /// As it is served: with tables of the program's own, which no file declares.
  private static Model withSystem(Model model) {
    Model system =
        ModelReader.readSystem(
                "system",
                "tables: {mainstay.keys: {columns: {id: {type: integer, primary_key: true}}}}")
            .orThrow();
    List<Table> tables = new ArrayList<>(model.tables());
    tables.addAll(system.tables());
    return model.withTables(tables);
  }

  private Fault faults(String artists, String albums) {
    try {
      install(MODEL, artists, albums);
    } catch (ModelException e) {
      assertThat(e.faults()).hasSize(1);
      return e.faults().getFirst();
    }
    throw new AssertionError("nothing was wrong");
  }

  private long count(String table) throws Exception {
    try (SqliteDatabase database = SqliteDatabase.open(folder, SqliteSettings.defaults());
        Session session = database.reader()) {
      return session.number(
          dev.mainstay.sql.Sql.raw("SELECT count(*) FROM " + table), Arguments.NONE);
    }
  }
}
