package dev.mainstay.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mainstay.core.model.FaultPrinter;
import dev.mainstay.core.model.ModelException;
import dev.mainstay.testkit.postgres.PostgresServer;
import dev.mainstay.testkit.postgres.PostgresVersion;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/// A database that somebody else has made, served as it is, and followed as it changes.
@ParameterizedClass
@EnumSource
class ExistingDatabaseTest {
  private static final String[] DATABASE = {
    """
    DO $$ BEGIN CREATE ROLE anon; EXCEPTION WHEN duplicate_object THEN NULL; END $$""",
    """
    DO $$ BEGIN CREATE ROLE authenticated; EXCEPTION WHEN duplicate_object THEN NULL; END $$""",
    """
    DO $$ BEGIN CREATE ROLE service_role BYPASSRLS; EXCEPTION WHEN duplicate_object THEN NULL; END $$""",
    "CREATE TABLE notes (id integer PRIMARY KEY, text text, owner text, pin text)",
    "INSERT INTO notes VALUES (1, 'one', 'ann', '1111'), (2, 'two', 'bob', '2222')",
    "ALTER TABLE notes ENABLE ROW LEVEL SECURITY",
    "CREATE POLICY first ON notes FOR SELECT TO anon USING (id = 1)",
    "CREATE POLICY every ON notes FOR SELECT TO authenticated USING (true)",
    "CREATE TABLE closed (id integer PRIMARY KEY)",
    "CREATE FUNCTION doubled(n integer) RETURNS integer LANGUAGE sql IMMUTABLE AS 'SELECT n * 2'",
    "GRANT SELECT ON notes TO anon, authenticated",
    "GRANT ALL ON ALL TABLES IN SCHEMA public TO service_role",
  };

  private final String address;

  @TempDir private Path folder;

  ExistingDatabaseTest(PostgresVersion version) {
    PostgresServer server = PostgresServer.shared(version);
    address = server.database();
    server.execute(address.substring(address.lastIndexOf('/') + 1), DATABASE);
  }

  private Running serve(Map<String, String> more) {
    Map<String, String> settings = new HashMap<>(more);
    settings.put("database.url", address);
    settings.putIfAbsent("database.follow", "0s");
    return Running.serve(folder, folder.resolve("data"), settings);
  }

  private Running serve(String model) throws Exception {
    Files.writeString(folder.resolve("backend.yaml"), model);
    return serve(Map.of());
  }

  private void change(String... statements) throws SQLException {
    try (Connection connection = PostgresServer.connect(address);
        Statement statement = connection.createStatement()) {
      for (String sql : statements) statement.execute(sql);
    }
  }

  private static String answer(HttpResponse<String> response) {
    return response.statusCode() + " " + response.body();
  }

  private static String get(Running running, String path, String key) throws Exception {
    return answer(running.get("/rest/v1" + path, key));
  }

  private static String post(Running running, String path, String key, String body)
      throws Exception {
    return answer(
        running.send(
            running
                .to("/rest/v1" + path, key)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body))));
  }

  @Test
  void isServedWithoutAFileUnderItsOwnPolicies() throws Exception {
    try (Running running = serve(Map.of())) {
      assertThat(get(running, "/notes?select=id,text", running.anon()))
          .isEqualTo("200 [{\"id\":1,\"text\":\"one\"}]");
      assertThat(get(running, "/notes?select=id&order=id", running.service()))
          .isEqualTo("200 [{\"id\":1},{\"id\":2}]");
      assertThat(get(running, "/closed", running.anon()))
          .isEqualTo(
              "401 {\"code\":\"42501\",\"message\":\"permission denied for table closed\","
                  + "\"details\":null,\"hint\":null}");
      assertThat(get(running, "/rpc/doubled?n=4", running.anon())).isEqualTo("200 8");
      assertThat(post(running, "/closed", running.service(), "{\"id\":5}")).isEqualTo("201 ");
      Cli.Outcome made =
          new Cli(folder, folder)
              .run("keys", "make", "--role", "anon", "--name", "web", "--database", address);
      assertThat(made.err()).isEmpty();
      assertThat(get(running, "/notes?select=id", made.out().strip()))
          .isEqualTo("200 [{\"id\":1}]");
    }
  }

  @Test
  void takesNoMoreThanAPlaceForItsOwnTables() throws Exception {
    change(
        """
        DO $$ BEGIN CREATE ROLE authenticator LOGIN NOINHERIT; EXCEPTION WHEN duplicate_object THEN NULL; END $$""",
        "GRANT anon, authenticated, service_role TO authenticator",
        "GRANT CREATE ON DATABASE %s TO authenticator"
            .formatted(address.substring(address.lastIndexOf('/') + 1)));
    List<String> before = things();
    try (Running running =
        Running.serve(
            folder,
            folder.resolve("data"),
            Map.of("database.url", address.replace("postgres@", "authenticator@")))) {
      assertThat(get(running, "/notes?select=id", running.anon())).isEqualTo("200 [{\"id\":1}]");
    }
    assertThat(things()).isEqualTo(before);
  }

  /// What there is outside the schema that the program has for itself.
  private List<String> things() throws SQLException {
    List<String> things = new ArrayList<>();
    try (Connection connection = PostgresServer.connect(address);
        Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                """
                SELECT oid::regclass::text FROM pg_class
                WHERE relnamespace NOT IN (SELECT oid FROM pg_namespace WHERE nspname IN ('mainstay', 'pg_toast'))
                UNION ALL SELECT oid::regprocedure::text FROM pg_proc
                UNION ALL SELECT nspname FROM pg_namespace WHERE nspname <> 'mainstay' ORDER BY 1""")) {
      while (rows.next()) things.add(rows.getString(1));
    }
    return things;
  }

  @Test
  void whatAFileSaysIsKeptBackAsWell() throws Exception {
    try (Running running =
        serve(
            """
            from: database
            tables:
              notes:
                columns: {pin: {hidden_from: [anon, authenticated]}}
                policies: {read: {anon: row.owner == 'bob', authenticated: row.owner == 'bob'}}
            functions:
              doubled: {allow: authenticated}
            """)) {
      String user = running.server.keyFor("authenticated");
      // The database lets anon see only the first, and the file only bob's.
      assertThat(get(running, "/notes", running.anon())).isEqualTo("200 []");
      assertThat(get(running, "/notes", user))
          .isEqualTo("200 [{\"id\":2,\"text\":\"two\",\"owner\":\"bob\"}]");
      assertThat(get(running, "/notes?pin=eq.2222", user))
          .isEqualTo(
              "400 {\"code\":\"42703\",\"message\":\"column notes.pin does not exist\","
                  + "\"details\":null,\"hint\":null}");
      assertThat(get(running, "/notes?select=pin&order=id", running.service()))
          .isEqualTo("200 [{\"pin\":\"1111\"},{\"pin\":\"2222\"}]");
      assertThat(get(running, "/rpc/doubled?n=4", user)).isEqualTo("200 8");
      assertThat(get(running, "/rpc/doubled?n=4", running.anon()))
          .startsWith("401 {\"code\":\"42501\"");
    }
  }

  @Test
  void withDeclaredPoliciesWhatNoneAllowsIsClosed() throws Exception {
    try (Running running =
        serve(
            """
            from: database
            policies: declared
            tables:
              notes: {policies: {read: {anon: row.id == 2}}}
            """)) {
      assertThat(get(running, "/notes?select=id", running.anon())).isEqualTo("200 [{\"id\":2}]");
      assertThat(get(running, "/notes?select=id", running.server.keyFor("authenticated")))
          .isEqualTo("200 []");
      assertThat(get(running, "/rpc/doubled?n=4", running.anon()))
          .startsWith("401 {\"code\":\"42501\"");
      assertThat(get(running, "/rpc/doubled?n=4", running.service())).isEqualTo("200 8");
    }
  }

  @Test
  void whatTheFileNamesTheDatabaseMustHave() throws Exception {
    assertThatThrownBy(() -> serve("{from: database, tables: {note: {comment: x}}}"))
        .isInstanceOfSatisfying(
            ModelException.class,
            e ->
                assertThat(FaultPrinter.print(e.faults()))
                    .isEqualTo(
                        """
                        %s:1:27: the database has no table 'note'
                            {from: database, tables: {note: {comment: x}}}
                                                      ^
                        hint: did you mean 'notes'?
                        """
                            .formatted(folder.resolve("backend.yaml"))));
  }

  @Test
  void aNoticeHasItLookedAtAgain() throws Exception {
    try (Running running = serve(Map.of())) {
      assertThat(get(running, "/later", running.service()))
          .startsWith("404 {\"code\":\"PGRST205\"");
      change(
          "CREATE TABLE later (id integer)",
          "GRANT ALL ON later TO service_role",
          "NOTIFY pgrst, 'reload schema'");
      Await.until(() -> get(running, "/later", running.service()).equals("200 []"));
      change("ALTER TABLE later ADD COLUMN text text");
      Cli.Outcome told = new Cli(folder, folder).run("reload", "--database", address);
      assertThat(told.status()).as(told.err()).isZero();
      Await.until(() -> get(running, "/later?select=text", running.service()).equals("200 []"));
    }
  }

  @Test
  void itIsLookedAtAgainFromTimeToTime() throws Exception {
    try (Running running = serve(Map.of("database.follow", "50ms"))) {
      change("CREATE TABLE later (id integer)", "GRANT ALL ON later TO service_role");
      Await.until(() -> get(running, "/later", running.service()).equals("200 []"));
      change("DROP TABLE later");
      Await.until(
          () -> get(running, "/later", running.service()).startsWith("404 {\"code\":\"PGRST205\""));
    }
  }

  @Test
  void aRequestThatDoesNotFitAnyMoreIsTriedOnceMore() throws Exception {
    try (Running running = serve(Map.of())) {
      String rows = "/notes?select=*&id=eq.1";
      assertThat(get(running, rows, running.service()))
          .isEqualTo("200 [{\"id\":1,\"text\":\"one\",\"owner\":\"ann\",\"pin\":\"1111\"}]");
      change("ALTER TABLE notes RENAME COLUMN text TO body");
      assertThat(get(running, rows, running.service()))
          .isEqualTo("200 [{\"id\":1,\"body\":\"one\",\"owner\":\"ann\",\"pin\":\"1111\"}]");
    }
  }

  @Test
  void whatCannotBeServedLeavesWhatWas() throws Exception {
    try (Running running =
        serve("{from: database, tables: {notes: {policies: {read: row.owner == 'ann'}}}}")) {
      change("ALTER TABLE notes RENAME COLUMN owner TO keeper", "NOTIFY pgrst");
      assertThat(get(running, "/notes?select=id", running.service()))
          .isEqualTo("200 [{\"id\":1},{\"id\":2}]");
      assertThat(get(running, "/notes?select=id", running.anon()))
          .startsWith("400 {\"code\":\"42703\"");
      change("ALTER TABLE notes RENAME COLUMN keeper TO owner", "NOTIFY pgrst");
      Await.until(
          () -> get(running, "/notes?select=id", running.anon()).equals("200 [{\"id\":1}]"));
    }
  }

  @Test
  void itIsWrittenAsAModel() throws Exception {
    String model =
        """
        tables:
          closed:
            columns:
              id: {type: integer, primary_key: true}
          notes:
            columns:
              id: {type: integer, primary_key: true}
              text: text?
              owner: text?
              pin: text?
        # The database's functions are not written:
        # - public.doubled(n)
        """;
    var cli = new Cli(folder, folder);
    String command = "pull";
    Cli.Outcome shown = cli.run(command, "--database", address);
    assertThat(shown.status()).as(shown.err()).isZero();
    assertThat(shown.out().lines().skip(1).toList())
        .startsWith(model.lines().toArray(String[]::new));
    Cli.Outcome written = cli.run(command, "--out", "pulled.yaml", "--database", address);
    assertThat(written.out()).isEqualTo("Wrote 2 tables and views to pulled.yaml\n");
    assertThat(Files.readString(folder.resolve("pulled.yaml"))).endsWith(model);
    assertThat(cli.run(command, "--out", "pulled.yaml", "--database", address).err())
        .endsWith("pulled.yaml is there already, and stays as it is\n");
    assertThat(cli.run(command).err())
        .isEqualTo(
            "mainstay: There is nothing to pull: database.url names no PostgreSQL database\n");
  }

  @Test
  void itsTablesAreNotOursToChange() throws Exception {
    Files.writeString(folder.resolve("backend.yaml"), "from: database\n");
    for (String command : new String[] {"plan", "apply", "test"}) {
      Cli.Outcome refused = new Cli(folder, folder).run(command, "--database", address);
      assertThat(refused.err())
          .as(command)
          .contains(
              "says 'from: database': its tables are the database's own, and nothing here makes or"
                  + " changes them");
      assertThat(refused.status()).as(command).isNotZero();
    }
  }
}
