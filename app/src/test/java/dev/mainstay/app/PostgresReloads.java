package dev.mainstay.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mainstay.testkit.postgres.PostgresServer;
import dev.mainstay.testkit.postgres.PostgresVersion;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// What only a database that several processes share has.
abstract class PostgresReloads extends Reloads {
  private static final String NOTES = "/rest/v1/notes";

  private final String address;

  PostgresReloads(PostgresVersion version) {
    this.address = PostgresServer.shared(version).database();
  }

  @Override
  Map<String, String> database() {
    return Map.of("database.url", address);
  }

  @Test
  void aRequestThatWaitsForALockIsAnsweredOnTheModelItBeganWith() throws Exception {
    add(running.service(), NOTES, "{\"title\":\"one\"}");
    String user = running.server.keyFor("authenticated");
    try (Connection other = PostgresServer.connect(address);
        Statement statement = other.createStatement()) {
      other.setAutoCommit(false);
      statement.execute("LOCK TABLE notes IN ACCESS EXCLUSIVE MODE");
      var waiting =
          running.client.sendAsync(
              running.to(NOTES + "?select=title", user).build(),
              HttpResponse.BodyHandlers.ofString());
      Await.until(() -> isWaitedFor(statement));
      assertThat(save(MODEL.replace("{read: {authenticated: true}", "{read: false")))
          .endsWith("; served after 0 ms");
      other.rollback();
      assertThat(waiting.get().body()).isEqualTo("[{\"title\":\"one\"}]");
    }
    assertThat(running.get(NOTES + "?select=title", user).body()).isEqualTo("[]");
  }

  private static boolean isWaitedFor(Statement statement) {
    try (ResultSet rows =
        statement.executeQuery(
            "SELECT 1 FROM pg_locks WHERE relation = 'notes'::regclass AND NOT granted LIMIT 1")) {
      return rows.next();
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }

  /// Another server of the same database.
  private Running second() throws IOException {
    Path elsewhere = Files.createDirectory(folder.resolve("elsewhere"));
    Files.writeString(elsewhere.resolve("backend.yaml"), MODEL);
    return Running.serve(
        elsewhere,
        elsewhere.resolve("data"),
        Map.of("database.url", address, "database.follow", "50ms"));
  }

  @Test
  void aKeyIsMadeAndRevokedForEveryServer() throws Exception {
    add(running.service(), NOTES, "{\"title\":\"one\"}");
    var cli = new Cli(folder, folder);
    try (Running second = second()) {
      Running[] both = {running, second};
      Cli.Outcome made =
          cli.run(
              "keys", "make", "--role", "service_role", "--name", "desk", "--database", address);
      assertThat(made.status()).as(made.err()).isZero();
      String key = made.out().strip();
      for (Running one : both)
        assertThat(one.get(NOTES + "?select=title", key).body()).isEqualTo("[{\"title\":\"one\"}]");
      assertThat(cli.run("keys", "revoke", "desk", "--database", address).status()).isZero();
      for (Running one : both) {
        Await.until(() -> one.get(NOTES, key).statusCode() == 401);
        assertThat(one.get(NOTES, key).body())
            .isEqualTo("{\"message\":\"Invalid authentication credentials\"}");
      }
    }
  }

  @Test
  void whatAnotherProcessAppliesIsFollowed() throws Exception {
    add(running.service(), NOTES, "{\"title\":\"one\",\"body\":\"first\"}");
    try (Running second = second()) {
      save(MODEL.replace("      body: text?\n", ""));
      var cli = new Cli(folder, folder);
      Cli.Outcome applied =
          cli.run("apply", "--allow-data-loss", "--no-backup", "--database", address);
      assertThat(applied.status()).as(applied.err()).isZero();
      for (Running one : new Running[] {running, second}) {
        Await.until(() -> one.server.follower().version() == 2);
        HttpResponse<String> answer = one.get(NOTES + "?select=body", one.service());
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("column notes.body does not exist");
      }
      // And what is saved here is followed there.
      save(
          MODEL
              .replace("      body: text?\n", "")
              .replace("{read: {authenticated: true}", "{read: true"));
      Await.until(() -> second.server.follower().version() == 3);
      assertThat(second.get(NOTES + "?select=title", second.anon()).body())
          .isEqualTo("[{\"title\":\"one\"}]");
    }
  }

  @Test
  void aTableThatCannotBeHadLeavesEverythingAsItWas() throws Exception {
    try (Connection other = PostgresServer.connect(address);
        Statement statement = other.createStatement()) {
      other.setAutoCommit(false);
      statement.execute("SELECT 1 FROM notes");
      assertThat(save(MODEL.replace("body: text?", "body: text?\n      day: date?")))
          .isEqualTo("backend.yaml: not taken up, version 1 is served still (0 ms)");
      other.rollback();
    }
    assertThat(service(NOTES + "?select=title")).isEqualTo("[]");
    save(MODEL);
    assertThat(save(MODEL.replace("body: text?", "body: text?\n      day: date?")))
        .isEqualTo("backend.yaml: column notes.day is new; applied and served after 0 ms");
  }
}
