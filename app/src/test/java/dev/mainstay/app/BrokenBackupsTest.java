package dev.mainstay.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// Backups by processes that are killed, or have no room.
final class BrokenBackupsTest extends BackupProject {
  @Override
  @Nullable String database() {
    return null;
  }

  @Test
  void oneThatIsKilledLeavesNothingThatLooksWhole() throws Exception {
    withMegabytes(30);
    Process process = backup("exec \"$@\"");
    try {
      Await.until(() -> !process.isAlive() || size("backup") > 1 << 20);
    } finally {
      process.destroyForcibly().waitFor();
    }
    assertThat(backups().stream().map(file -> file.getFileName().toString()))
        .allMatch(name -> name.startsWith(".mainstay-"));
    assertThat(done("backup --list a")).startsWith("There are no backups");
    assertThat(done("backup --verify " + backup() + " a")).contains(" is whole");
  }

  @Test
  void oneThatHasNoRoomSaysSoAndLeavesNothing() throws Exception {
    withMegabytes(30);
    // No file may become larger than this, in blocks of a kilobyte.
    Process process = backup("ulimit -f 20000; trap '' XFSZ; exec \"$@\"");
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(said).isEqualTo(1);
    assertThat(said).matches("mainstay: [^\n]*\n");
    assertThat(backups()).isEmpty();
  }

  /// Rows that hardly become smaller.
  private void withMegabytes(int count) throws Exception {
    Random random = new Random(7);
    try (Running running = serve("a", Map.of())) {
      for (int i = 0; i < count; i++) {
        byte[] bytes = new byte[3 << 18];
        random.nextBytes(bytes);
        String body =
            "{\"pair\":\"p%d\",\"side\":\"%s\"}"
                .formatted(i, Base64.getEncoder().encodeToString(bytes));
        assertThat(
                running
                    .send(
                        running
                            .to("/rest/v1/notes", running.service())
                            .header("Content-Type", "application/json")
                            .POST(BodyPublishers.ofString(body)))
                    .statusCode())
            .isEqualTo(201);
      }
    }
  }

  private Process backup(String shell) throws IOException {
    List<String> command = new ArrayList<>(List.of("bash", "-c", shell, "backup"));
    command.addAll(Program.command(List.of("-XX:TieredStopAtLevel=1"), "backup", "a"));
    return new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true).start();
  }

  /// The size of a file of that name among what is not whole yet.
  private long size(String name) {
    try (Stream<Path> files = Files.walk(folder.resolve("a/data"))) {
      return files
          .filter(file -> file.endsWith(name))
          .mapToLong(file -> file.toFile().length())
          .sum();
    } catch (IOException | UncheckedIOException _) {
      return 0;
    }
  }
}
