package dev.mainstay.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mainstay.app.Cli.Outcome;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What the commands say of migrations in SQL, and leave.
final class SqlMigrationCommandsTest {
  private static final String MODEL =
      """
      tables:
        people:
          columns:
            id: {type: integer, identity: true, primary_key: true}
            name: text
          policies: {read: true}
          seed: people.csv
      """;
  private static final String SPLIT = MODEL.replace("name: text", "first: text\n      last: text");

  @TempDir Path folder;
  private Cli cli;

  @BeforeEach
  void inAFolder() throws Exception {
    folder = folder.toRealPath();
    cli = new Cli(folder, folder);
    write("backend.yaml", MODEL);
    write("people.csv", "name\nAda Lovelace\nJoe Pass\n");
    start();
    Files.createDirectory(folder.resolve("migrations"));
  }

  @Test
  void aPlanTellsWhatWillRunAndAnApplicationRunsIt() throws Exception {
    write("backend.yaml", SPLIT);
    write("migrations/README.md", "What is here");
    write(
        "migrations/0007_split.sql",
        """
        -- mainstay: before
        ALTER TABLE people
          ADD COLUMN first text;
        ALTER TABLE people ADD COLUMN last text;
        UPDATE people SET first = substr(name, 1, 3), last = substr(name, 5);
        """);
    write("migrations/0008_loud.sql", "UPDATE people SET last = upper(last)");
    write("migrations/0009_small.sql", "-- mainstay: alone\nVACUUM");
    write("migrations/0010_later.sql", "-- mainstay: before version 9\nDELETE FROM people");
    Outcome plan = cli.run("plan");
    assertThat(plan.status()).isZero();
    assertThat(plan.out())
        .startsWith(
            """
            Migrations:
              0007_split.sql, before the model's change, in its transaction: 3 statements
                ALTER TABLE people
              0008_loud.sql, after the model's change, in its transaction: 1 statement
                UPDATE people SET last = upper(last)
              0009_small.sql, after the model's change, outside of any transaction: 1 statement
                VACUUM

            Migrations that wait:
              0010_later.sql runs before version 9 of the model

            What follows is planned from the database as it is now, and is planned again behind
            0007_split.sql: what that sees to is then neither lost, nor in the way, nor to be done.

            Changes:
              column people.name is gone
              column people.first is new
              column people.last is new

            Would be lost:
              column people.name is gone: 2 values

            In the way:
              column people.first is never null, and 2 rows there have no value for it: give it a default, or let it be null
            """);
    assertThat(cli.run("serve", "--port", "0").err())
        .startsWith("mainstay: The model file says something else");
    assertThat(cli.run("apply").err()).startsWith("mainstay: This would be lost");
    Outcome done = cli.run("apply", "--allow-data-loss", "--no-backup");
    assertThat(done.err()).isEmpty();
    assertThat(done.out())
        .startsWith("Migrations:\n  0007_split.sql, before")
        .doesNotContain("In the way")
        .contains("\"first\", \"last\") SELECT \"id\", \"first\", \"last\" FROM \"people\";");
    assertThat(cli.run("plan"))
        .isEqualTo(
            new Outcome(
                0,
                """
                The database is what the model says.

                Migrations that wait:
                  0010_later.sql runs before version 9 of the model
                """,
                ""));
    try (Running running = Running.serve(folder, folder.resolve("data"), Map.of())) {
      assertThat(running.get("/rest/v1/people?select=first,last", running.anon()).body())
          .isEqualTo(
              "[{\"first\":\"Ada\",\"last\":\"LOVELACE\"},{\"first\":\"Joe\",\"last\":\"PASS\"}]");
    }
    Outcome back = cli.run("rollback", "--plan");
    assertThat(back.out())
        .endsWith(
            """

            Not undone, for migrations have no way back:
              7_split, which ran on %1$s
              8_loud, which ran on %1$s
              9_small, which ran on %1$s
            """
                .formatted(LocalDate.now(ZoneOffset.UTC)));
  }

  @Test
  void aServerWaitsForAMigrationUnlessItIsToldToApplyIt() throws Exception {
    write("migrations/1_loud.sql", "UPDATE people SET name = upper(name);\n");
    assertThat(cli.run("serve", "--port", "0"))
        .isEqualTo(
            new Outcome(
                1,
                "",
                """
                mainstay: A migration has not run yet:
                  1_loud.sql
                `mainstay plan` shows what it takes, and `mainstay apply` does it.
                """));
    assertThat(cli.run("apply").out())
        .isEqualTo(
            """
            Migrations:
              1_loud.sql, after the model's change, in its transaction: 1 statement
                UPDATE people SET name = upper(name)
            """);
    start();
    write("migrations/1_loud.sql", "UPDATE people SET name = lower(name);\n");
    Outcome plan = cli.run("plan");
    assertThat(plan.status()).isEqualTo(1);
    assertThat(plan.out())
        .startsWith(
            "The database is what the model says.\n\nIn the way:\n  migration 1_loud.sql is not what it was");
    start();
    Files.delete(folder.resolve("migrations/1_loud.sql"));
    assertThat(cli.run("plan").out())
        .contains("Migrations that ran and are gone from the folder:\n  1_loud, on ");
  }

  @Test
  void whatIsWrongWithFilesIsToldAtOnce() throws Exception {
    write("migrations/split.sql", "SELECT 1");
    write("migrations/2_b.sql", "-- mainstay: befor\nCOMMIT;\n");
    for (String command : new String[] {"plan", "apply", "serve", "check"}) {
      Outcome outcome = cli.run(command);
      assertThat(outcome.status()).as(command).isEqualTo(2);
      assertThat(outcome.err())
          .isEqualTo(
              """
              migrations/2_b.sql:1:14: unknown directive 'befor'
                  -- mainstay: befor
                               ^
              hint: did you mean 'before'?

              migrations/2_b.sql:2:1: a migration may not COMMIT
                  COMMIT;
                  ^
              hint: it runs within a transaction, which is committed when everything is done

              migrations/split.sql: a migration is not called that
              hint: a number, an underscore and a name: 0007_backfill.sql, or 0007_backfill.postgres.sql for one engine alone

              mainstay: 3 faults; nothing was changed
              """
                  .replace("migrations/", folder + "/migrations/"));
    }
  }

  @Test
  void anErrorIsToldAtItsStatement() throws Exception {
    write(
        "migrations/1_a.sql", "UPDATE people SET name = 'x';\n\nUPDATE people\nSET nome = 'x';\n");
    assertThat(cli.run("apply"))
        .isEqualTo(
            new Outcome(
                1,
                "",
                """
                mainstay: Nothing was changed, for this migration failed:
                %s/migrations/1_a.sql:3:1: no such column: nome
                    UPDATE people
                    ^
                """
                    .formatted(folder)));
    Files.delete(folder.resolve("migrations/1_a.sql"));
    assertThat(cli.run("plan").out()).isEqualTo("The database is what the model says.\n");
  }

  @Test
  void aNewDatabaseIsMadeWithWhatTheModelDoesNotHold() throws Exception {
    write("migrations/1_gone.sql", "UPDATE nothing SET a = b");
    write(
        "migrations/2_trigger.sql",
        """
        -- mainstay: also on a new database
        CREATE TRIGGER loud AFTER UPDATE OF name ON people BEGIN
          UPDATE people SET name = upper(name) WHERE id = new.id;
        END;
        UPDATE people SET name = 'eve' WHERE id = 1;
        """);
    try (Running running = Running.serve(folder, folder.resolve("new"), Map.of())) {
      assertThat(running.get("/rest/v1/people?select=name&order=id", running.anon()).body())
          .isEqualTo("[{\"name\":\"EVE\"},{\"name\":\"Joe Pass\"}]");
    }
    assertThat(cli.run("plan", "--data", "new").out())
        .isEqualTo("The database is what the model says.\n");
  }

  private void start() {
    Running.serve(folder, folder.resolve("data"), Map.of()).close();
  }

  private void write(String file, String text) throws Exception {
    Files.writeString(folder.resolve(file), text);
  }
}
