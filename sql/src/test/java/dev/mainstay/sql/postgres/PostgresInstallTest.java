package dev.mainstay.sql.postgres;

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
import dev.mainstay.testkit.postgres.PostgresServer;
import dev.mainstay.testkit.postgres.PostgresVersion;
import java.io.ByteArrayInputStream;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PostgresInstallTest {
  private static final String MODEL =
      """
      enums:
        mood: [sad, happy]
      tables:
        albums:
          comment: What an artist made.
          columns:
            id: {type: integer, identity: true, primary_key: true}
            title: {type: text, comment: As on the cover.}
            artist_id: {type: integer, references: artists.id}
            mood: {type: mood, default: happy}
            made: {type: timestamptz, default: now()}
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

  @ParameterizedTest
  @EnumSource
  void theFirstStartMakesAndSeedsAndTheSecondKeeps(PostgresVersion version) throws SQLException {
    String address = PostgresServer.shared(version).database();
    assertThat(install(address, ALBUMS)).isEqualTo(new Installer.Outcome.Made(2, 4));
    assertThat(install(address, "")).isEqualTo(new Installer.Outcome.Kept(1));
    assertThat(
            ask(
                address,
                "SELECT string_agg(id || ' ' || title || ' ' || mood, ', ' ORDER BY id) FROM albums"))
        .isEqualTo("1 Let There Be Rock happy, 2 Balls to the Wall happy");
    assertThat(
            ask(
                address,
                "INSERT INTO albums (title, artist_id) VALUES ('x', 1)"
                    + " RETURNING id || ' ' || obj_description('albums'::regclass)"))
        .isEqualTo("3 What an artist made.");
  }

  @Test
  void aSeedRowThatCannotBeStoredIsShownInItsFileAndNothingIsMade() {
    String address = PostgresServer.shared(PostgresVersion.V18).database();
    String twice = ALBUMS + "{\"id\": 1, \"title\": \"again\", \"artist_id\": 1}\n";
    assertThatThrownBy(() -> install(address, twice))
        .isInstanceOfSatisfying(
            ModelException.class,
            e ->
                assertThat(e.faults())
                    .containsExactly(
                        new Fault(
                            new Position("albums.jsonl", 3, 1),
                            "duplicate key value violates unique constraint \"albums_pkey\": Key"
                                + " (id)=(1) already exists.",
                            null,
                            null)));
    assertThat(install(address, ALBUMS)).isEqualTo(new Installer.Outcome.Made(2, 4));
  }

  @Test
  void namesThatAreTakenAreToldAllAtOnce() {
    PostgresServer server = PostgresServer.shared(PostgresVersion.V18);
    String address = server.database();
    server.execute(
        address.substring(address.lastIndexOf('/') + 1),
        "CREATE TABLE artists (id int, name text)",
        "CREATE TYPE mood AS ENUM ('grim')",
        "CREATE VIEW albums AS SELECT 1 AS x");
    assertThatThrownBy(() -> install(address, ALBUMS))
        .isInstanceOf(StoreException.class)
        .hasMessage(
            """
            The database already holds what the model wants to make:
              - table public.artists
              - type public.mood
              - view public.albums""");
  }

  @Test
  void ofTwoNodesThatStartAtOnceOneInstalls() throws Exception {
    String address = PostgresServer.shared(PostgresVersion.V18).database();
    List<Callable<Installer.Outcome>> nodes = new ArrayList<>();
    for (int i = 0; i < 4; i++) nodes.add(() -> install(address, ALBUMS));
    List<Installer.Outcome> outcomes = new ArrayList<>();
    try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Future<Installer.Outcome> outcome : executor.invokeAll(nodes))
        outcomes.add(outcome.get());
    }
    assertThat(outcomes)
        .containsExactlyInAnyOrder(
            new Installer.Outcome.Made(2, 4),
            new Installer.Outcome.Kept(1),
            new Installer.Outcome.Kept(1),
            new Installer.Outcome.Kept(1));
  }

  @Test
  void aDatabaseOfTheFirstProgramsGoesOn() {
    String address = PostgresServer.shared(PostgresVersion.V18).database();
    install(address, ALBUMS);
    try (PostgresDatabase database = PostgresDatabase.open(PostgresSettings.of(address))) {
      database
          .migratable()
          .alone("ALTER TABLE mainstay.model DROP COLUMN left_behind, DROP COLUMN pending");
    }
    assertThat(install(address, ALBUMS)).isEqualTo(new Installer.Outcome.Kept(1));
  }

  @Test
  void aDatabaseOfANewerProgramIsRefused() {
    String address = PostgresServer.shared(PostgresVersion.V18).database();
    install(address, ALBUMS);
    try (PostgresDatabase database = PostgresDatabase.open(PostgresSettings.of(address));
        Installation installation = database.installation()) {
      installation.record(new Applied(2, 99, "9.0", "", "", null, List.of()));
      installation.commit();
    }
    assertThatThrownBy(() -> install(address, ALBUMS))
        .isInstanceOf(StoreException.class)
        .hasMessage(
            "The database was written by Mainstay 9.0, which is newer than this program (0.1).");
  }

  @Test
  void theProgramsOwnTablesAreMadeWhenAnOlderOneDidNot() throws SQLException {
    String address = PostgresServer.shared(PostgresVersion.V18).database();
    install(address, ALBUMS);
    Model model = ModelReader.read("backend.yaml", MODEL).orThrow();
    Model newer =
        ModelReader.readSystem(
                "system",
                "tables: {mainstay.more: {columns: {id: {type: integer, primary_key: true}}}}")
            .orThrow();
    List<Table> tables = new ArrayList<>(model.tables());
    tables.addAll(newer.tables());
    try (PostgresDatabase database = PostgresDatabase.open(PostgresSettings.of(address))) {
      Installer installer = new Installer(new PostgresDialect(), new PostgresDdl(), "0.2");
      for (int i = 0; i < 2; i++)
        installer.installOwn(database.installation(), model.withTables(tables), NONE);
    }
    assertThat(ask(address, "SELECT count(*) FROM mainstay.more")).isEqualTo("0");
    assertThat(ask(address, "SELECT count(*) FROM albums")).isEqualTo("2");
  }

  private static Installer.Outcome install(String address, String albums) {
    Model model = ModelReader.read("backend.yaml", MODEL).orThrow();
    Map<String, String> files = Map.of("artists.csv", ARTISTS, "albums.jsonl", albums);
    SeedFiles seeds = file -> new ByteArrayInputStream(files.get(file).getBytes(UTF_8));
    try (PostgresDatabase database =
        PostgresDatabase.open(PostgresSettings.of(address).withConnections(1))) {
      return new Installer(new PostgresDialect(), new PostgresDdl(), "0.1")
          .install(database.installation(), model, NONE, MODEL, seeds);
    }
  }

  private static String ask(String address, String sql) throws SQLException {
    try (Connection connection = PostgresServer.connect(address);
        ResultSet result = connection.createStatement().executeQuery(sql)) {
      result.next();
      return result.getString(1);
    }
  }
}
