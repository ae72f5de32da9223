package dev.mainstay.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mainstay.app.Cli.Outcome;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The commands that change a model: what they print, and what they leave.
final class MigrationCommandsTest {
  private static final String MODEL =
      """
      tables:
        notes:
          columns:
            id: {type: integer, identity: true, primary_key: true}
            title: text
            body: text?
          policies: {read: true}
          seed: notes.csv
      """;

  @TempDir Path folder;
  private Cli cli;

  @BeforeEach
  void inAFolder() throws Exception {
    folder = folder.toRealPath();
    cli = new Cli(folder, folder);
    write("backend.yaml", MODEL);
    write("notes.csv", "title,body\none,first\ntwo,second\n");
  }

  @Test
  void thereIsNothingToPlanBeforeTheFirstStart() {
    for (String command : new String[] {"plan", "apply"})
      assertThat(cli.run(command))
          .isEqualTo(
              new Outcome(
                  1, "", "mainstay: There is no database there yet; `mainstay serve` makes it\n"));
  }

  @Test
  void aPlanShowsWhatAnApplicationThenDoes() throws Exception {
    start();
    assertThat(cli.run("plan"))
        .isEqualTo(new Outcome(0, "The database is what the model says.\n", ""));
    write("backend.yaml", MODEL.replace("title: text", "name: {type: text, renamed_from: title}"));
    String text =
        """
        Changes:
          column notes.title is now called name

        Steps:
          CREATE TABLE "mainstay.copy.1" (
            "id" INTEGER PRIMARY KEY AUTOINCREMENT CHECK ("id" BETWEEN -2147483648 AND 2147483647),
            "name" TEXT NOT NULL,
            "body" TEXT
          ) STRICT;
          -- writes to all tables wait
          INSERT INTO "mainstay.copy.1" ("id", "name", "body") SELECT "id", "title", "body" FROM "notes";
          -- writes to all tables wait, less than a second for 2 rows
          INSERT INTO sqlite_sequence (name, seq) SELECT 'mainstay.copy.1', 0 WHERE NOT EXISTS \
        (SELECT 1 FROM sqlite_sequence WHERE name = 'mainstay.copy.1');
          -- writes to all tables wait
          UPDATE sqlite_sequence SET seq = max(seq, coalesce((SELECT seq FROM sqlite_sequence \
        WHERE name = 'notes'), 0)) WHERE name = 'mainstay.copy.1';
          -- writes to all tables wait
          DROP TABLE "notes";
          -- writes to all tables wait, less than a second for 2 rows
          ALTER TABLE "mainstay.copy.1" RENAME TO "notes";
          -- writes to all tables wait
        """;
    assertThat(cli.run("plan")).isEqualTo(new Outcome(0, text, ""));
    assertThat(cli.run("apply")).isEqualTo(new Outcome(0, text, ""));
    assertThat(cli.run("plan"))
        .isEqualTo(new Outcome(0, "The database is what the model says.\n", ""));
    start();
  }

  @Test
  void whatLosesRowsWantsToBeAllowed() throws Exception {
    start();
    write("backend.yaml", MODEL.replace("      body: text?\n", ""));
    assertThat(cli.run("plan").out())
        .startsWith(
            """
            Changes:
              column notes.body is gone

            Would be lost:
              column notes.body is gone: 2 values
            """);
    assertThat(cli.run("apply"))
        .isEqualTo(
            new Outcome(
                1,
                "",
                """
                mainstay: This would be lost, and --allow-data-loss was not said:
                  column notes.body is gone: 2 values
                """));
    assertThat(cli.run("apply", "--allow-data-loss").status()).isZero();
    start();
  }

  @Test
  void aPlanThatCannotBeDoneEndsWithOne() throws Exception {
    start();
    write("backend.yaml", MODEL.replace("body: text?", "body: text?\n      day: date"));
    Outcome outcome = cli.run("plan");
    assertThat(outcome.status()).isEqualTo(1);
    assertThat(outcome.out())
        .contains(
            """
            In the way:
              column notes.day is never null, and 2 rows there have no value for it: give it a default, or let it be null
            """);
  }

  @Test
  void aServerRefusesAModelThatNeedsAPlanUnlessItIsToldToApplyIt() throws Exception {
    start();
    write("backend.yaml", MODEL.replace("body: text?", "body: text?\n      day: date?"));
    assertThat(cli.run("serve", "--port", "0"))
        .isEqualTo(
            new Outcome(
                1,
                "",
                """
                mainstay: The model file says something else than the database was made of:
                  column notes.day is new
                `mainstay plan` shows what it takes, and `mainstay apply` does it.
                """));
    try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Outcome outcome =
          cli.run("serve", "--apply", "--port", Integer.toString(taken.getLocalPort()));
      assertThat(outcome.out()).startsWith("Changes:\n  column notes.day is new\n");
      assertThat(outcome.err()).contains("is taken");
    }
    start();
  }

  @Test
  void aRollbackBringsBackTheModelBeforeWithTheRows() throws Exception {
    start();
    assertThat(cli.run("rollback").err())
        .isEqualTo("mainstay: The database has its first model; there is none to go back to\n");
    String renamed =
        MODEL
            .replace("  notes:", "  jottings:\n    renamed_from: notes")
            .replace("title: text", "name: {type: text, renamed_from: title}");
    write("backend.yaml", renamed);
    assertThat(cli.run("apply").status()).isZero();
    write(
        "backend.yaml", renamed.replace("body: text?", "text: {type: text?, renamed_from: body}"));
    assertThat(cli.run("apply").status()).isZero();
    assertThat(cli.run("rollback", "--to", "3").err())
        .isEqualTo(
            "mainstay: The database has version 3 of the model, and can go back to 1 to 2\n");
    String changes =
        """
        Changes:
          table jottings is now called notes
          column notes.name is now called title
          column notes.text is now called body
        """;
    assertThat(cli.run("rollback", "--to", "1", "--plan").out()).startsWith(changes);
    assertThat(cli.run("rollback", "--to", "1").out())
        .startsWith(changes)
        .doesNotContain("Would be lost")
        .endsWith("\n\n" + folder.resolve("backend.yaml") + " is the earlier one again.\n");
    assertThat(Files.readString(folder.resolve("backend.yaml"))).isEqualTo(MODEL);
    try (Running running = Running.serve(folder, folder.resolve("data"), Map.of())) {
      assertThat(running.get("/rest/v1/notes?select=title,body", running.anon()).body())
          .isEqualTo(
              "[{\"title\":\"one\",\"body\":\"first\"},{\"title\":\"two\",\"body\":\"second\"}]");
    }
  }

  @Test
  void aRollbackLeavesAFileThatSaysMoreThanTheDatabase() throws Exception {
    start();
    write("backend.yaml", MODEL.replace("body: text?", "body: text?\n      day: date?"));
    assertThat(cli.run("apply").status()).isZero();
    String ahead = MODEL.replace("body: text?", "body: text?\n      hour: time?");
    write("backend.yaml", ahead);
    assertThat(cli.run("rollback").out())
        .endsWith(
            folder.resolve("backend.yaml")
                + " says something else than the database did; it was left as it is.\n");
    assertThat(Files.readString(folder.resolve("backend.yaml"))).isEqualTo(ahead);
  }

  @Test
  void tellsHowTwoModelsDiffer() throws Exception {
    write(
        "after.yaml",
        MODEL
            .replace("title: text", "title: varchar(80)")
            .replace("{read: true}", "{read: {authenticated: true}}"));
    assertThat(cli.run("diff", "backend.yaml", "after.yaml"))
        .isEqualTo(
            new Outcome(
                0,
                """
                ! column notes.title: text becomes character varying(80)
                  the policies of notes are others

                ! the database changes; `mainstay plan` shows how
                """,
                ""));
    assertThat(cli.run("diff", "--markdown", "backend.yaml", "after.yaml"))
        .isEqualTo(
            new Outcome(
                0,
                """
                ### The database changes

                - column notes.title: text becomes character varying(80)

                ### Nothing but the program

                - the policies of notes are others
                """,
                ""));
    assertThat(cli.run("diff", "backend.yaml", "backend.yaml"))
        .isEqualTo(new Outcome(0, "The models say the same.\n", ""));
    write("wrong.yaml", "tables: {t: {}}");
    assertThat(cli.run("diff", "backend.yaml", "wrong.yaml").status()).isEqualTo(2);
  }

  /// Starts a server, which makes or checks the tables, and stops it.
  private void start() {
    Running.serve(folder, folder.resolve("data"), Map.of()).close();
  }

  private void write(String file, String text) throws Exception {
    Files.writeString(folder.resolve(file), text);
  }
}
