package dev.mainstay.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Many rows in and out of a database, by processes with little memory, of which the first is
/// killed in the middle.
abstract class RowsInBulk extends InBulk {
  /// The address of a new database, or none for SQLite in the project.
  abstract List<String> database();

  @Test
  void aKilledImportGoesOnAndNothingIsLostOrTwice() throws Exception {
    folder = folder.toRealPath();
    Files.writeString(folder.resolve("backend.yaml"), MODEL);
    List<String> database = database();
    if (!database.isEmpty())
      Files.writeString(
          folder.resolve("mainstay.yaml"), "database: {url: \"" + database.getFirst() + "\"}\n");
    Running.serve(
            folder,
            folder.resolve("data"),
            database.isEmpty() ? Map.of() : Map.of("database.url", database.getFirst()))
        .close();
    write(folder.resolve("people.csv"));

    Process killed = start("import", "people.csv", "--batch", "50");
    while (stored() < ROWS / 20) assertThat(killed.isAlive()).as("still importing").isTrue();
    killed.destroyForcibly().waitFor();
    assertThat(stored()).as("not all yet").isLessThan(ROWS);
    assertThat(end("import", "people.csv").lines())
        .first()
        .asString()
        .contains("go on with --resume");

    assertThat(end("import", "people.csv", "--resume").lines())
        .last()
        .isEqualTo(String.format(Locale.ROOT, "people.csv: %,d rows into 'people'", ROWS));
    for (String format : List.of("csv", "jsonl"))
      assertThat(end("export", "people", "--out", "out/", "--format", format).lines())
          .last()
          .isEqualTo(String.format(Locale.ROOT, "out/people.%s: %,d rows", format, ROWS));
    assertThat(Files.mismatch(folder.resolve("people.csv"), folder.resolve("out/people.csv")))
        .as("the first byte that differs")
        .isEqualTo(-1);
  }

  private int stored() {
    var cli = new Cli(folder, folder);
    assertThat(cli.run("export", "people", "--out", "-", "--format", "jsonl").status()).isZero();
    int rows = 0;
    for (byte b : cli.raw.toByteArray()) if (b == '\n') rows++;
    return rows;
  }
}
