package dev.mainstay.sql.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What was acknowledged survives the death of the process. `-Dmainstay.kills=20` kills twenty.
final class CrashTest {
  private static final int THREADS = 32;
  private static final Pattern ACK = Pattern.compile("ack (\\d+) (\\d+)");

  @TempDir Path folder;

  @Test
  void everyAcknowledgedWriteIsThereOnceAfterKill9() throws Exception {
    Random random = new Random();
    Map<Integer, Integer> acknowledged = new HashMap<>();
    for (int kill = Integer.getInteger("mainstay.kills", 1); kill > 0; kill--) {
      Path data = folder.resolve("data" + kill);
      acknowledged.clear();
      runUntilKilled(List.of(), data, THREADS, 200 + random.nextInt(3000), acknowledged);
      verify(data, acknowledged);
    }
  }

  /// strace sees the order of things: between two acknowledgements to one thread, which writes only
  /// when it has the first, the log must have reached the disk.
  @Test
  void anFsyncLiesBeforeEveryAcknowledgement() throws Exception {
    Path trace = folder.resolve("trace");
    List<String> strace =
        List.of(
            "strace",
            "-f",
            "-y",
            "-s",
            "64",
            "-o",
            "" + trace,
            "-e",
            "trace=fsync,fdatasync,write");
    runUntilKilled(strace, folder.resolve("data"), 4, 200, new HashMap<>());
    Pattern begun = Pattern.compile("^(\\d+) +f(?:data)?sync\\(\\d+<[^>]*-wal>(.*)");
    Pattern resumed = Pattern.compile("^(\\d+) +<\\.\\.\\. f(?:data)?sync resumed>.* = 0");
    Pattern ack = Pattern.compile("write\\(1<[^>]*>, \"ack (\\d+) \\d+\\\\n\"");
    Set<String> underWay = new HashSet<>();
    Map<String, Integer> syncsBeforeLastAck = new HashMap<>();
    List<String> early = new ArrayList<>();
    int syncs = 0;
    int acks = 0;
    for (String line : Files.readAllLines(trace)) {
      Matcher sync = begun.matcher(line);
      if (sync.find()) {
        if (sync.group(2).contains("<unfinished")) underWay.add(sync.group(1));
        else syncs++;
      }
      Matcher done = resumed.matcher(line);
      if (done.find() && underWay.remove(done.group(1))) syncs++;
      Matcher told = ack.matcher(line);
      if (!told.find()) continue;
      acks++;
      Integer before = syncsBeforeLastAck.put(told.group(1), syncs);
      if (syncs == (before == null ? 0 : before)) early.add(line);
    }
    assertThat(acks).isGreaterThanOrEqualTo(200);
    assertThat(early).isEmpty();
  }

  /// Starts a writer, reads so many acknowledgements, kills it, and reads those already under way.
  private static void runUntilKilled(
      List<String> under, Path data, int threads, int acks, Map<Integer, Integer> acknowledged)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(under);
    command.addAll(
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "--enable-native-access=ALL-UNNAMED",
            "-XX:+UseSerialGC",
            "-cp",
            System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
            CrashWriter.class.getName(),
            data.toString(),
            "" + threads));
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    try (BufferedReader output = process.inputReader()) {
      String line;
      for (int seen = 0; (line = output.readLine()) != null; seen++) {
        Matcher ack = ACK.matcher(line);
        if (ack.matches())
          acknowledged.merge(
              Integer.valueOf(ack.group(1)), Integer.valueOf(ack.group(2)), Math::max);
        if (seen == acks) kill(process);
      }
    } finally {
      kill(process);
      process.waitFor();
    }
  }

  /// By handle: `Process` would close the output too. strace ends when the process it watches does.
  private static void kill(Process process) {
    List<ProcessHandle> watched = process.descendants().toList();
    if (watched.isEmpty()) process.toHandle().destroyForcibly();
    else watched.forEach(ProcessHandle::destroyForcibly);
  }

  private static void verify(Path data, Map<Integer, Integer> acknowledged) throws SQLException {
    assertThat(acknowledged).isNotEmpty();
    SqliteDatabase.open(data, SqliteSettings.defaults()).close();
    try (Connection connection =
            DriverManager.getConnection("jdbc:sqlite:" + data.resolve("mainstay.db"));
        Statement statement = connection.createStatement()) {
      assertThat(text(statement, "PRAGMA integrity_check")).isEqualTo("ok");
      assertThat(
              text(
                  statement,
                  "SELECT count(*) - count(DISTINCT worker || '.' || number) FROM writes"))
          .as("writes that are there twice")
          .isEqualTo("0");
      // A thread's numbers have no holes, and its counter agrees: both or neither were committed.
      assertThat(
              text(
                  statement,
                  "SELECT count(*) FROM counters c WHERE c.number <> (SELECT count(*) FROM writes w"
                      + " WHERE w.worker = c.worker)"))
          .isEqualTo("0");
      for (Map.Entry<Integer, Integer> last : acknowledged.entrySet())
        assertThat(
                Integer.parseInt(
                    text(
                        statement,
                        "SELECT count(*) FROM writes WHERE number <= %d AND worker = %d"
                            .formatted(last.getValue(), last.getKey()))))
            .as("what worker %d was told", last.getKey())
            .isEqualTo(last.getValue());
    }
  }

  private static String text(Statement statement, String sql) throws SQLException {
    try (ResultSet result = statement.executeQuery(sql)) {
      return result.getString(1);
    }
  }
}
