package dev.mainstay.app;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.io.TempDir;

/// Many rows, and commands in processes of their own with little memory, which may be killed.
/// `-Dmainstay.rows=1000000` for a million; then it prints how long each took.
abstract class InBulk {
  static final int ROWS = Integer.getInteger("mainstay.rows", 20_000);
  private static final boolean IS_TOLD = Integer.getInteger("mainstay.rows") != null;

  static final String MODEL =
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

  static void write(Path file) throws IOException {
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

  /// Runs a command in a process of its own to its end, and answers what it said.
  String end(String... command) throws Exception {
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

  Process start(String... command) throws IOException {
    List<String> all = Program.command(List.of("-Xmx64m", "-XX:+UseSerialGC"), command);
    return new ProcessBuilder(all).directory(folder.toFile()).redirectErrorStream(true).start();
  }
}
