package dev.mainstay.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mainstay.app.Cli.Outcome;
import dev.mainstay.testkit.postgres.PostgresServer;
import dev.mainstay.testkit.postgres.PostgresVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// How PostgreSQL's own programs are called, and what is said when they cannot be: with programs of
/// that name that only note it.
final class Postgres18BackupsTest extends BackupProject {
  @Override
  String database() {
    return PostgresServer.shared(PostgresVersion.V18).database();
  }

  @Test
  void aProgramThatIsMissingIsNamed() throws Exception {
    served();
    Files.createDirectories(folder.resolve("a/bin"));
    assertThat(run("backup --set backup.programs=bin a"))
        .isEqualTo(
            new Outcome(
                1,
                "",
                "mainstay: pg_dump is not here: install PostgreSQL's client programs"
                    + " (postgresql-client), or say in backup.programs in which folder they are\n"));
    write(
        "a/backend.yaml",
        MODEL.replace("      side: text\n", "").replace("    unique: [[pair, side]]\n", ""));
    assertThat(run("apply --allow-data-loss --set backup.programs=bin a").err())
        .endsWith("So nothing was changed; with --no-backup it is done without a backup\n");
    assertThat(run("plan a").out()).contains("column notes.side is gone: 2 values");
  }

  @Test
  void aProgramThatIsOlderThanTheServerIsRefused() throws Exception {
    served();
    program("pg_dump", "echo 'pg_dump (PostgreSQL) 17.4 (Debian 17.4-1)'");
    assertThat(run("backup --set backup.programs=bin a").err())
        .isEqualTo(
            "mainstay: pg_dump is of PostgreSQL 17, and the server is PostgreSQL 18: install"
                + " postgresql-client-18, or say in backup.programs in which folder it is\n");
    assertThat(backups()).isEmpty();
  }

  @Test
  void whatAProgramSaysIsPassedOn() throws Exception {
    served();
    program(
        "pg_dump",
        """
        [ "$1" = --version ] && echo 'pg_dump (PostgreSQL) 18.1' && exit
        echo 'pg_dump: detail: hm' >&2; echo 'pg_dump: error: no space left' >&2; exit 1\
        """);
    assertThat(run("backup --set backup.programs=bin a").err())
        .isEqualTo("mainstay: pg_dump failed: no space left\n");
    assertThat(backups()).isEmpty();
  }

  @Test
  void aPasswordIsInNoArgument() throws Exception {
    served();
    program(
        "pg_dump",
        """
        [ "$1" = --version ] && echo 'pg_dump (PostgreSQL) 18.1' && exit
        echo "$@" > "$(dirname "$0")/arguments"; env > "$(dirname "$0")/environment"
        for one; do case "$one" in --file=*) echo copy > "${one#--file=}";; esac; done\
        """);
    program("pg_restore", "exit 0");
    String address = Files.readString(folder.resolve("a/mainstay.yaml")).split("\"", -1)[1];
    String secret = address.replace("postgres@", "postgres:hu%20sh@");
    done("backup --set backup.programs=bin --database " + secret + "?sslmode=disable a");
    assertThat(Files.readString(folder.resolve("a/bin/arguments")))
        .startsWith("--format=custom --no-password --lock-wait-timeout=600000 --snapshot=")
        .doesNotContain("hu", "postgres:");
    String database = address.replaceFirst(".*/", "");
    assertThat(Files.readString(folder.resolve("a/bin/environment")).lines())
        .contains(
            "PGPASSWORD=hu sh",
            "PGUSER=postgres",
            "PGHOST=127.0.0.1",
            "PGDATABASE=" + database,
            "PGSSLMODE=disable",
            "LC_ALL=C");
    assertThat(backups()).hasSize(1);
  }

  @Test
  void nothingIsRestoredOverADatabaseOrThroughAPooler() throws Exception {
    served();
    program(
        "pg_dump",
        """
        [ "$1" = --version ] && echo 'pg_dump (PostgreSQL) 18.1' && exit
        for one; do case "$one" in --file=*) echo copy > "${one#--file=}";; esac; done\
        """);
    program("pg_restore", "[ \"$1\" = --version ] && echo 'pg_restore (PostgreSQL) 18.1'; exit 0");
    done("backup --set backup.programs=bin a");
    String restore = "restore " + backups().getFirst() + " --set backup.programs=bin --project a";
    assertThat(run(restore).err())
        .matches(
            "mainstay: The database 127\\.0\\.0\\.1:\\d+/test\\d+ is not empty; make a new one"
                + " \\(createdb\\), and name it with --database\n");
    assertThat(run(restore + " --replace").err())
        .startsWith("mainstay: On PostgreSQL a backup is restored into a new database");
    for (String command : new String[] {"backup a", restore})
      assertThat(run(command + " --set database.pooler=true").err())
          .startsWith("mainstay: Through a pooler nothing can be backed up or restored");
  }

  private void served() throws Exception {
    try (Running running = serve("a", Map.of())) {
      assertThat(add(running, "one")).isEqualTo(201);
    }
  }

  private void program(String name, String script) throws IOException {
    Path file = folder.resolve("a/bin").resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, "#!/bin/sh\n" + script + "\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
  }
}
