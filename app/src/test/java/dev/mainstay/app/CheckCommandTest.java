package dev.mainstay.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mainstay.app.Cli.Outcome;
import dev.mainstay.testkit.postgres.PostgresServer;
import dev.mainstay.testkit.postgres.PostgresVersion;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqlite.SQLiteDataSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// `mainstay check`: what it says in each form, and how it ends.
final class CheckCommandTest {
  private static final String MODEL =
      """
      tables:
        lists:
          columns:
            id: {type: integer, primary_key: true}
            pin: {type: text, hidden_from: [anon, authenticated]}
          policies: {read: {authenticated: true}}
        items:
          columns:
            id: {type: integer, primary_key: true}
            list_id: {references: lists}
            word: text
          policies: {read: true, delete: {authenticated: true}}
      """;

  private static final String VIEW =
      """
      views:
        all_lists:
          sql: SQL
          columns: {id: integer, pin: text}
          policies: {read: true}
      """;

  @TempDir Path folder;
  private Cli cli;

  @BeforeEach
  void inAFolder() throws Exception {
    folder = folder.toRealPath();
    cli = new Cli(folder, folder);
    write("backend.yaml", MODEL);
  }

  @Test
  void adviceAloneIsNoFailureUnlessItIsToBe() {
    Outcome outcome = cli.run("check");
    assertThat(outcome.status()).isZero();
    assertThat(outcome.out())
        .contains(
            folder + "/backend.yaml:7:3: note: no index of 'items' begins with 'list_id'",
            "[missing-index:items.list_id]\n    items:\n    ^\nhint: add to 'items': indexes: [list_id]\n",
            folder
                + "/backend.yaml:12:52: warning: whoever is signed in may delete all of 'items' [open-write:items.delete]\n")
        .endsWith("\n" + folder + "/backend.yaml: 2 tables, no faults, 1 warning, 1 note\n");
    assertThat(cli.run("check", "--strict")).isEqualTo(new Outcome(1, outcome.out(), ""));
    assertThat(folder.resolve("data")).doesNotExist();
  }

  @Test
  void whatIsAcceptedIsNotSaidAndAcceptancesThatAcceptNothingAre() throws Exception {
    write(
        "mainstay.yaml",
        """
        check:
          accept:
            - missing-index:items.list_id because there are few, and for ever
            - open-write:*
        """);
    assertThat(cli.run("check", "--strict"))
        .isEqualTo(new Outcome(0, folder + "/backend.yaml: 2 tables, no faults, 2 accepted\n", ""));
    write(
        "mainstay.yaml",
        "check: {accept: [open-write:items.delete, missing-idex:items.list_id]}\n");
    Outcome outcome = cli.run("check", "--strict", "--set", "rest.max_rows=1");
    assertThat(outcome.status()).isEqualTo(1);
    assertThat(outcome.out())
        .contains(
            "[missing-index:items.list_id]",
            folder
                + "/mainstay.yaml:1:17: note: 'check.accept' names advice that there is not: 'missing-idex' [stale-acceptance:missing-idex:items.list_id]\n"
                + "hint: did you mean 'missing-index'?\n")
        .endsWith("2 tables, no faults, 2 notes, 1 accepted\n");
    cli.environment.put(
        "MAINSTAY_CHECK_ACCEPT", "open-write:items.delete because so, missing-index:items.list_id");
    assertThat(cli.run("check", "--strict").status()).isZero();
  }

  @Test
  void asJson() throws Exception {
    write("mainstay.yaml", "check: {accept: [open-write:items.delete because it is a demo]}\n");
    Outcome outcome = cli.run("check", "--format", "json", "--strict");
    assertThat(outcome.status()).isEqualTo(1);
    assertThat(JsonMapper.shared().readTree(outcome.out()))
        .isEqualTo(
            JsonMapper.shared()
                .readTree(
                    """
                    {"model": "backend.yaml", "tables": 2, "faults": 0, "warnings": 0, "notes": 1,
                     "findings": [
                       {"severity": "note", "code": "missing-index", "subject": "items.list_id",
                        "file": "backend.yaml", "line": 7, "column": 3,
                        "message": "no index of 'items' begins with 'list_id': the foreign key to 'lists' looks for its rows by it",
                        "hint": "add to 'items'", "yaml": "indexes: [list_id]"}],
                     "accepted": [
                       {"severity": "warning", "code": "open-write", "subject": "items.delete",
                        "file": "backend.yaml", "line": 12, "column": 52,
                        "message": "whoever is signed in may delete all of 'items'",
                        "reason": "it is a demo"}]}
                    """));
  }

  @Test
  void faultsInEachForm() throws Exception {
    write("backend.yaml", MODEL.replace("references", "refrences"));
    assertThat(cli.run("check", "--strict").status()).isEqualTo(2);
    Outcome json = cli.run("check", "--format", "json");
    assertThat(json.status()).isEqualTo(2);
    assertThat(json.err()).isEmpty();
    JsonNode fault = JsonMapper.shared().readTree(json.out()).get("findings").get(0);
    assertThat(fault.get("severity").stringValue()).isEqualTo("fault");
    assertThat(fault.get("code").stringValue()).isEqualTo("model");
    assertThat(fault.get("line").intValue()).isEqualTo(10);
    assertThat(fault.has("subject")).isFalse();
    assertThat(cli.run("check", "--format", "github").out())
        .startsWith("::error file=backend.yaml,line=10,col=")
        .contains("title=fault::unknown key 'refrences'%0Ahint: did you mean 'references'?");
    cli.environment.put("MAINSTAY_HTTP_PORT", "high");
    json = cli.run("check", "--format", "json");
    assertThat(json.status()).isEqualTo(2);
    assertThat(JsonMapper.shared().readTree(json.out()))
        .isEqualTo(
            JsonMapper.shared()
                .readTree(
                    """
                    {"tables": 0, "faults": 1, "warnings": 0, "notes": 0, "accepted": [],
                     "findings": [
                       {"severity": "fault", "code": "configuration", "file": "MAINSTAY_HTTP_PORT",
                        "message": "'http.port' must be a number from 0 to 65535, not 'high'"}]}
                    """));
  }

  @Test
  void whatTheEngineLacksIsAFault() throws Exception {
    write("backend.yaml", MODEL.replace("word: text", "word: {native: tsvector}"));
    Outcome outcome = cli.run("check");
    assertThat(outcome.status()).isEqualTo(2);
    assertThat(outcome.err()).contains("tsvector", "mainstay: 1 fault; nothing was changed");
    assertThat(cli.run("check", "--database", "postgres://nobody@localhost:1/none").status())
        .isZero();
  }

  @Test
  void asAnnotations() {
    assertThat(cli.run("check", "--format", "github"))
        .isEqualTo(
            new Outcome(
                0,
                """
                ::notice file=backend.yaml,line=7,col=3,title=missing-index%3Aitems.list_id::no index of 'items' begins with 'list_id': the foreign key to 'lists' looks for its rows by it%0Ahint: add to 'items': indexes: [list_id]
                ::warning file=backend.yaml,line=12,col=52,title=open-write%3Aitems.delete::whoever is signed in may delete all of 'items'
                """,
                ""));
  }

  @Test
  void whatAViewReadsIsToldByADatabase() throws Exception {
    write("mainstay.yaml", "check: {accept: ['missing-index:*', 'open-write:*']}\n");
    write("backend.yaml", MODEL + VIEW.replace("SQL", "select id, pin from lists -- not items"));
    assertThat(cli.run("check").out())
        .contains(
            "warning: view 'all_lists' reads 'lists' for 'anon', and no policy there is asked [unguarded-view:all_lists.lists]",
            "warning: view 'all_lists' shows 'anon' and 'authenticated' a column 'pin', which the table it reads hides [shown-column:all_lists.pin]\n    all_lists:\n    ^\nhint: hide it here, too: hidden_from: [anon, authenticated]\n")
        .doesNotContain("items' for");
    write(
        "backend.yaml", MODEL + VIEW.replace("SQL", "select distinct on (id) id, pin from lists"));
    assertThat(cli.run("check").out())
        .contains("view 'all_lists' names, and perhaps reads, 'lists' for 'anon'")
        .doesNotContain("shown-column");
  }

  @Test
  void aLiveDatabaseTellsOfDriftOnSqlite() throws Exception {
    assertThat(cli.run("check", "--live"))
        .isEqualTo(
            new Outcome(
                1, "", "mainstay: There is no database there yet; `mainstay serve` makes it\n"));
    write(
        "mainstay.yaml",
        "check: {accept: ['missing-index:*', 'open-write:*', 'unused-index:*']}\n");
    try (Running running = Running.serve(folder, folder.resolve("data"), Map.of())) {
      Outcome outcome = cli.run("check", "--live", "--strict");
      assertThat(outcome.status()).isEqualTo(1);
      assertThat(outcome.out()).contains("[stale-acceptance:unused-index:*]");
      write("mainstay.yaml", "check: {accept: ['missing-index:*', 'open-write:*']}\n");
      assertThat(cli.run("check", "--live", "--strict").status()).isZero();
      assertThat(running.get("/health/ready", null).statusCode()).isEqualTo(200);
    }
    SQLiteDataSource source = new SQLiteDataSource();
    source.setUrl("jdbc:sqlite:" + folder.resolve("data/mainstay.db"));
    try (var connection = source.getConnection();
        var statement = connection.createStatement()) {
      statement.execute("CREATE INDEX strange ON items (word)");
    }
    Outcome outcome = cli.run("check", "--live");
    assertThat(outcome)
        .isEqualTo(
            new Outcome(
                0,
                """
                warning: index strange was added to the database [drift:index strange]
                hint: `mainstay plan` shows what would be done about it

                %s/backend.yaml: 2 tables, no faults, 1 warning, 2 accepted
                """
                    .formatted(folder),
                ""));
    assertThat(cli.run("check", "--set", "check.accept=drift:index strange").status()).isZero();
  }

  @Test
  void aLiveDatabaseTellsOfDriftAndOfViewsOnPostgres() throws Exception {
    PostgresServer server = PostgresServer.shared(PostgresVersion.V18);
    String address = server.database();
    String database = address.substring(address.lastIndexOf('/') + 1);
    write("mainstay.yaml", "check: {accept: ['missing-index:*', 'open-write:*']}\n");
    write(
        "backend.yaml",
        MODEL + VIEW.replace("SQL", "select distinct on (id) id, pin from lists -- items"));
    Running.serve(folder, folder.resolve("data"), Map.of("database.url", address)).close();
    Outcome outcome = cli.run("check", "--live", "--database", address);
    assertThat(outcome.out())
        .contains(
            "view 'all_lists' reads 'lists' for 'anon', and no policy there is asked [unguarded-view:all_lists.lists]",
            "[shown-column:all_lists.pin]")
        .doesNotContain("drift", "perhaps");
    server.execute(database, "ALTER TABLE items ALTER word DROP NOT NULL", "DROP VIEW all_lists");
    outcome = cli.run("check", "--live", "--format", "json", "--database", address);
    assertThat(outcome.status()).isZero();
    List<String> drift =
        JsonMapper.shared()
            .readTree(outcome.out())
            .get("findings")
            .valueStream()
            .filter(finding -> finding.get("code").stringValue().equals("drift"))
            .map(finding -> finding.get("message").stringValue())
            .toList();
    assertThat(drift)
        .contains(
            "column public.items.word was changed in the database",
            "view public.all_lists was removed from the database");
  }

  @Test
  void theExampleHasNoAdviceThatIsNotAccepted() {
    Outcome outcome =
        new Cli(Path.of("..").toAbsolutePath().normalize(), folder)
            .run("check", "--strict", "examples/chinook");
    assertThat(outcome.out()).endsWith("examples/chinook/backend.yaml: 11 tables, no faults\n");
    assertThat(outcome.status()).isZero();
  }

  private void write(String file, String text) throws Exception {
    Files.writeString(folder.resolve(file), text);
  }
}
