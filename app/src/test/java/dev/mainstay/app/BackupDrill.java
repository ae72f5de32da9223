package dev.mainstay.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The drill: a backup is made while many write, and somewhere else everything goes on from it.
abstract class BackupDrill extends BackupProject {
  private static final int CLIENTS = 8;

  @Test
  void whatWasAcknowledgedBeforeIsThereAndAllGoesOn() throws Exception {
    Set<String> acknowledged = ConcurrentHashMap.newKeySet();
    Set<String> before;
    String anon;
    String key;
    Path backup;
    try (Running running = serve("a", Map.of())) {
      anon = running.anon();
      key = done("keys make --role editor --name desk --project a").strip();
      AtomicBoolean isOver = new AtomicBoolean();
      try (var threads = Executors.newFixedThreadPool(CLIENTS)) {
        List<Future<?>> clients = new ArrayList<>();
        for (int i = 0; i < CLIENTS; i++) {
          String client = "c" + i;
          clients.add(threads.submit(() -> writeUntil(isOver, client, running, acknowledged)));
        }
        Await.until(() -> acknowledged.size() >= 200);
        before = Set.copyOf(acknowledged);
        backup = backup();
        int during = acknowledged.size();
        Await.until(() -> acknowledged.size() > during);
        isOver.set(true);
        for (Future<?> client : clients) client.get();
      }
    }
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(backup)))
        .isEqualTo("rw-------");
    assertThat(done("backup --verify " + backup + " a"))
        .startsWith(backup + " is whole: version 1 of the model, made ");

    project("b");
    assertThat(done("restore " + backup + " --project b"))
        .contains(
            " is as it was at ",
            "/b/data/secrets.json is the backup's",
            "/b/backend.yaml is the backup's model.");
    assertThat(done("plan b")).isEqualTo("The database is what the model says.\n");
    try (Running running = serve("b", Map.of())) {
      JsonNode rows =
          JsonMapper.shared()
              .readTree(running.get("/rest/v1/notes?select=id,pair,side&order=id", anon).body());
      Map<String, Integer> sides = new HashMap<>();
      for (JsonNode row : rows) sides.merge(row.get("pair").asString(), 1, Integer::sum);
      assertThat(sides).containsKeys(before.toArray(String[]::new));
      assertThat(Set.copyOf(sides.values())).containsExactly(2);

      long last = rows.get(rows.size() - 1).get("id").asLong();
      HttpResponse<String> next =
          running.send(
              running
                  .to("/rest/v1/notes?select=id", key)
                  .header("Content-Type", "application/json")
                  .header("Prefer", "return=representation")
                  .POST(BodyPublishers.ofString("{\"pair\":\"new\",\"side\":\"x\"}")));
      assertThat(next.statusCode()).isEqualTo(201);
      long id = JsonMapper.shared().readTree(next.body()).get(0).get("id").asLong();
      assertThat(id).isGreaterThan(last);
      HttpResponse<String> found =
          running.send(
              running
                  .to("/rest/v1/notes?words=fts.walking", anon)
                  .method("HEAD", BodyPublishers.noBody())
                  .header("Prefer", "count=exact"));
      assertThat(found.headers().firstValue("content-range").orElse(""))
          .endsWith("/" + sides.size());
    }
  }

  private static void writeUntil(
      AtomicBoolean isOver, String client, Running running, Set<String> acknowledged) {
    try {
      for (int i = 0; !isOver.get(); i++) {
        String pair = client + "-" + i;
        if (add(running, pair) == 201) acknowledged.add(pair);
      }
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}
