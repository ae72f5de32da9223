package dev.mainstay.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Many rows in and out of a database, by processes with little memory, of which the first is
/// killed in the middle. `-Dmainstay.rows=1000000` for a million; then it prints how long each
/// took.
abstract class RowsInBulk {
  private static final int ROWS = Integer.getInteger("mainstay.rows", 20_000);
  private static final boolean IS_TOLD = Integer.getInteger("mainstay.rows") != null;

  private static final String MODEL =
      """
      tables:
        people:
          columns:
            id: {type: bigint, identity: true, primary_key: true}
            name: {type: text, unique: true}
            age: {type: smallint, nullable: true}
            note: {type: text, nullable: true}
            joined: timestamptz
            balance: "decimal(12,2)"
            tags: text[]
            data: json
      """;

  @TempDir Path folder;

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

  private static void write(Path file) throws IOException {
    try (BufferedWriter out = Files.newBufferedWriter(file)) {
      out.write("id,name,age,note,joined,balance,tags,data\n");
      for (int i = 1; i <= ROWS; i++) {
        out.write(i + ",person " + i + ",");
        if (i % 3 != 0) out.write("" + i % 100);
        out.write(
            i % 5 == 0
                ? ","
                : i % 7 == 0 ? ",\"\"" : ",\"a note, of \"\"" + i + "\"\"\nin two lines\"");
        out.write(
            ",2024-02-29T12:00:00.%06d+00:00,%d.%02d"
                .formatted(1 + i % 9 * 111_111, i, i % 100)
                .replaceFirst("(\\.\\d*?)0+\\+", "$1+"));
        out.write(
            ",\"{a" + i + ",\"\"b c\"\"}\",\"{\"\"n\"\": " + i + ", \"\"of\"\": [1.50, null]}\"\n");
      }
    }
  }

  private int stored() {
    var cli = new Cli(folder, folder);
    assertThat(cli.run("export", "people", "--out", "-", "--format", "jsonl").status()).isZero();
    int rows = 0;
    for (byte b : cli.raw.toByteArray()) if (b == '\n') rows++;
    return rows;
  }

  /// Runs a command in a process of its own to its end, and answers what it said.
  private String end(String... command) throws Exception {
    Instant start = Instant.now();
    Process process = start(command);
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    process.waitFor();
    if (IS_TOLD)
      System.out.printf(
          Locale.ROOT,
          "%s: %.1f s%n",
          String.join(" ", command),
          Duration.between(start, Instant.now()).toMillis() / 1e3);
    return said;
  }

  private Process start(String... command) throws IOException {
    List<String> all = new ArrayList<>();
    all.addAll(
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "--enable-native-access=ALL-UNNAMED",
            "-Xmx64m",
            "-XX:+UseSerialGC",
            "-cp",
            System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
            Main.class.getName()));
    all.addAll(List.of(command));
    return new ProcessBuilder(all).directory(folder.toFile()).redirectErrorStream(true).start();
  }
}
