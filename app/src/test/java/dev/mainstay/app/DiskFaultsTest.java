package dev.mainstay.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A server on SQLite whose disk refuses to write under load, and takes writes again later. What
/// refuses is a limit on the size of its files, which SQLite tells as an error of the disk; that a
/// full one is told as full is tried where the engine's writer is.
final class DiskFaultsTest {
  private static final String NOTES = "/rest/v1/notes";

  private static final String REFUSED =
      "503 retry after 1 {\"code\":\"PGRST000\",\"message\":\"the disk does not answer\","
          + "\"details\":null,\"hint\":null}";

  private static final String MODEL =
      """
      tables:
        notes:
          columns: {id: {type: bigint, primary_key: true}}
      """;

  /// How large the write-ahead log may become at first, in bytes: about a hundred pages.
  private static final String ROOM = "400000";

  private static final Pattern ADDRESS = Pattern.compile("http://127\\.0\\.0\\.1:\\d+");

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  @TempDir private Path folder;

  @Test
  void refusesWritesUntilTheDiskTakesThemAndKeepsWhatWasAnswered() throws Exception {
    Files.writeString(folder.resolve("backend.yaml"), MODEL);
    Path data = folder.resolve("data");
    String key;
    try (Running first = Running.serve(folder, data, Map.of())) {
      key = first.service();
    }
    Process process = serve();
    try {
      String url = address(process) + NOTES;
      allow(process, ROOM);
      Writers writers = Writers.start(rows -> send(url, key, "POST", rows));
      Await.until(() -> writers.refused.size() > 20);
      int id = writers.written.getFirst();
      assertThat(send(url + "?id=eq." + id, key, "GET", "").body())
          .isEqualTo("[{\"id\":%d}]".formatted(id));

      allow(process, "unlimited");
      writers.more(100);
      writers.stop();

      assertThat(writers.refused).containsOnly(REFUSED);
      List<Long> stored = ids(data.resolve("mainstay.db"));
      writers.assertWhole(stored);
      assertThat(stored).hasSize(2 * writers.written.size());
    } finally {
      client.shutdownNow();
      process.destroyForcibly().waitFor();
    }
  }

  private Process serve() throws IOException {
    List<String> all = new ArrayList<>(List.of("bash", "-c", "trap '' XFSZ; exec \"$@\"", "serve"));
    all.addAll(
        Program.command(
            List.of("-XX:TieredStopAtLevel=1"),
            "serve",
            "--set",
            "http.port=0",
            "--set",
            "log.level=error"));
    return new ProcessBuilder(all).directory(folder.toFile()).redirectErrorStream(true).start();
  }

  /// Where it listens, once it does.
  private static String address(Process process) throws IOException {
    var said = new StringBuilder();
    var reader =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    for (String line = reader.readLine(); line != null; line = reader.readLine()) {
      said.append(line).append('\n');
      Matcher address = ADDRESS.matcher(line);
      if (address.find()) return address.group();
    }
    throw new AssertionError("ended: " + said);
  }

  /// How large its files may become.
  private static void allow(Process process, String bytes) throws Exception {
    Process limiting =
        new ProcessBuilder("prlimit", "--pid", "" + process.pid(), "--fsize=" + bytes + ":")
            .redirectErrorStream(true)
            .start();
    String said = new String(limiting.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(limiting.waitFor()).as(said).isZero();
  }

  private HttpResponse<String> send(String url, String key, String method, String body)
      throws Exception {
    return client.send(
        HttpRequest.newBuilder(URI.create(url))
            .header("apikey", key)
            .header("Content-Type", "application/json")
            .method(method, HttpRequest.BodyPublishers.ofString(body))
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }

  private static List<Long> ids(Path file) throws SQLException {
    List<Long> ids = new ArrayList<>();
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT id FROM notes")) {
      while (rows.next()) ids.add(rows.getLong(1));
    }
    return ids;
  }
}
