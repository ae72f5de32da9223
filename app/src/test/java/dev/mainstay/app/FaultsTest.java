package dev.mainstay.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mainstay.testkit.postgres.PostgresServer;
import dev.mainstay.testkit.postgres.PostgresVersion;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A database that goes away, cuts a connection, or has none to spare: what a client is told, and
/// that all is well again without a restart, with nothing half-written.
class FaultsTest {
  private static final String NOTES = "/rest/v1/notes";

  private static final String AWAY =
      "503 retry after 1 {\"code\":\"PGRST000\",\"message\":\"The database cannot be reached.\","
          + "\"details\":null,\"hint\":null}";

  private static final String MODEL =
      """
      tables:
        notes:
          columns: {id: {type: bigint, primary_key: true}}
      """;

  private PostgresServer database;
  private String address;
  private Running running;

  @TempDir private Path folder;

  @BeforeEach
  void serve() throws Exception {
    Files.writeString(folder.resolve("backend.yaml"), MODEL);
    database = PostgresServer.start(PostgresVersion.V18, Map.of());
    address = database.database();
    running =
        Running.serve(
            folder,
            folder.resolve("data"),
            Map.of("database.url", address, "database.pool_size", "4", "log.level", "error"));
  }

  @AfterEach
  void stop() {
    running.close();
    database.close();
  }

  private HttpRequest.Builder insert(String rows) {
    return running
        .to(NOTES, running.service())
        .header("Content-Type", "application/json")
        .POST(HttpRequest.BodyPublishers.ofString(rows));
  }

  private String stored() throws Exception {
    return running.get(NOTES + "?select=id&order=id", running.service()).body();
  }

  @Test
  void aDatabaseThatIsRestartedUnderLoadLosesNothingThatWasAnswered() throws Exception {
    Writers writers = Writers.start(rows -> running.send(insert(rows)));
    writers.more(100);
    database.kill();
    Await.until(() -> writers.refused.size() > 8);
    database.restart();
    writers.more(100);
    writers.stop();

    assertThat(writers.refused).containsOnly(AWAY);
    writers.assertWhole(ids());
  }

  private List<Long> ids() throws SQLException {
    List<Long> ids = new ArrayList<>();
    try (Connection connection = PostgresServer.connect(address);
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT id FROM notes")) {
      while (rows.next()) ids.add(rows.getLong(1));
    }
    return ids;
  }

  @Test
  void aConnectionThatIsCutInTheMiddleOfAStatementIsToldAndReplaced() throws Exception {
    try (Connection other = PostgresServer.connect(address);
        Statement statement = other.createStatement()) {
      other.setAutoCommit(false);
      statement.execute("LOCK TABLE notes IN ACCESS EXCLUSIVE MODE");
      CompletableFuture<HttpResponse<String>> waiting =
          running.client.sendAsync(
              insert("{\"id\":1}").build(), HttpResponse.BodyHandlers.ofString());
      Await.until(() -> cut(statement));
      assertThat(Writers.answer(waiting.get())).isEqualTo(AWAY);
      other.rollback();
    }
    assertThat(stored()).isEqualTo("[]");
    assertThat(Writers.answer(running.send(insert("{\"id\":2}")))).isEqualTo("201 ");
    assertThat(stored()).isEqualTo("[{\"id\":2}]");
  }

  /// Whether somebody waited for the table, who is cut off now.
  private static boolean cut(Statement statement) throws SQLException {
    try (ResultSet rows =
        statement.executeQuery(
            "SELECT pg_terminate_backend(pid) FROM pg_locks"
                + " WHERE relation = 'notes'::regclass AND NOT granted")) {
      return rows.next();
    }
  }

  @Test
  void whoFindsNoConnectionFreeIsToldToComeAgain() throws Exception {
    try (Connection other = PostgresServer.connect(address);
        Statement statement = other.createStatement()) {
      other.setAutoCommit(false);
      statement.execute("LOCK TABLE notes IN ACCESS EXCLUSIVE MODE");
      List<CompletableFuture<HttpResponse<String>>> waiting = new ArrayList<>();
      for (int id = 1; id <= 4; id++)
        waiting.add(
            running.client.sendAsync(
                insert("{\"id\":%d}".formatted(id)).build(), HttpResponse.BodyHandlers.ofString()));
      Await.until(() -> waiters(statement) == 4);
      assertThat(Writers.answer(running.send(insert("{\"id\":5}"))))
          .isEqualTo(
              "504 retry after 1 {\"code\":\"PGRST003\",\"message\":\"Timed out acquiring"
                  + " connection from connection pool.\",\"details\":null,\"hint\":null}");
      other.rollback();
      for (CompletableFuture<HttpResponse<String>> each : waiting)
        assertThat(Writers.answer(each.get())).isEqualTo("201 ");
    }
    assertThat(Writers.answer(running.send(insert("{\"id\":6}")))).isEqualTo("201 ");
    assertThat(stored()).isEqualTo("[{\"id\":1},{\"id\":2},{\"id\":3},{\"id\":4},{\"id\":6}]");
  }

  private static int waiters(Statement statement) throws SQLException {
    try (ResultSet rows =
        statement.executeQuery(
            "SELECT count(*) FROM pg_locks WHERE relation = 'notes'::regclass AND NOT granted")) {
      rows.next();
      return rows.getInt(1);
    }
  }
}
