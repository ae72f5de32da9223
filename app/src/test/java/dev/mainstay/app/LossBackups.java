package dev.mainstay.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mainstay.app.Cli.Outcome;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Before a change loses something, there is a backup of it.
abstract class LossBackups extends BackupProject {
  private static final String LESS =
      MODEL
          .replace("      body: text?\n", "")
          .replace("    search: {words: {columns: [body], language: english}}\n", "");

  @Test
  void whatAnApplicationLosesIsInABackup() throws Exception {
    withRows();
    write("a/backend.yaml", LESS);
    String said = done("apply --allow-data-loss a");
    Path backup = backups().getFirst();
    assertThat(said)
        .startsWith("The database as it was is in " + backup + ": ")
        .contains(", version 1 of the model\n\nChanges:\n  column notes.body is gone\n");
    assertThat(backup.getFileName().toString()).endsWith("-v1-before-loss.zip");
    project("b");
    done("restore " + backup + " --project b");
    try (Running running = serve("b", Map.of())) {
      assertThat(running.get("/rest/v1/notes?select=body&side=eq.left", running.anon()).body())
          .isEqualTo("[{\"body\":\"walks\"}]");
    }
  }

  @Test
  void whatARollbackLosesIsInABackup() throws Exception {
    withRows();
    write(
        "a/backend.yaml",
        MODEL.replace("body: text?", "body: text?\n      more: {type: text, default: x}"));
    assertThat(done("apply --allow-data-loss a")).startsWith("Changes:");
    assertThat(backups()).isEmpty();
    assertThat(run("rollback a").err()).contains("column notes.more is gone: 2 values");
    assertThat(done("rollback --allow-data-loss a"))
        .startsWith("The database as it was is in " + backups().getFirst() + ": ");
    assertThat(backups().getFirst().getFileName().toString()).endsWith("-v2-before-loss.zip");
  }

  @Test
  void withoutABackupNothingIsLostUnlessThatIsSaid() throws Exception {
    withRows();
    write("a/backend.yaml", LESS);
    write("a/file", "");
    Outcome outcome = run("apply --allow-data-loss --set backup.folder=file a");
    assertThat(outcome)
        .isEqualTo(
            new Outcome(
                1,
                "",
                ("mainstay: No backup can be made in %s: a file is in the way. So nothing was"
                        + " changed; with --no-backup it is done without a backup\n")
                    .formatted(folder.resolve("a/file"))));
    assertThat(run("plan a").out()).contains("column notes.body is gone: 1 value");
    assertThat(run("apply --no-backup a").err()).contains("--allow-data-loss was not said");
    assertThat(done("apply --allow-data-loss --no-backup --set backup.folder=file a"))
        .startsWith("Changes:");
    assertThat(Files.exists(folder.resolve("a/data/backups"))).isFalse();
  }

  private void withRows() throws Exception {
    try (Running running = serve("a", Map.of())) {
      assertThat(add(running, "one")).isEqualTo(201);
    }
  }
}
