package dev.mainstay.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mainstay.app.Cli.Outcome;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Writes that are stopped by hand beside a server, and started again.
abstract class StoppedWrites {
  private static final String MODEL =
      """
      tables:
        notes:
          columns:
            id: {type: integer, primary_key: true}
            text: text
          policies: {read: true, insert: true, update: true, delete: true}
      functions:
        many:
          arguments: {}
          returns: bigint
          sql: select count(*) from notes
          allow: everyone
        clear:
          sql: delete from notes
          writes: true
          allow: everyone
      """;

  @TempDir Path folder;
  private Cli cli;
  private Running server;

  /// The address of a new database, or null for SQLite in the project.
  abstract @Nullable String database();

  @BeforeEach
  void serve() throws Exception {
    folder = folder.toRealPath();
    cli = new Cli(folder, folder);
    Files.writeString(folder.resolve("backend.yaml"), MODEL);
    String database = database();
    if (database != null)
      Files.writeString(folder.resolve("mainstay.yaml"), "database: {url: \"" + database + "\"}\n");
    server =
        Running.serve(
            folder,
            folder.resolve("data"),
            database == null ? Map.of() : Map.of("database.url", database));
    assertThat(write("POST", "/notes", "{\"id\":1,\"text\":\"a\"}").statusCode()).isEqualTo(201);
  }

  @AfterEach
  void close() {
    server.close();
  }

  @Test
  void everyWriteIsAnsweredWith503AndEveryReadAsBefore() throws Exception {
    assertThat(run("writes status").out()).isEqualTo("Everybody may write.\n");
    assertThat(run("writes stop --reason maintenance").status()).isZero();
    Await.until(() -> write("PATCH", "/notes?id=eq.1", "{\"text\":\"a\"}").statusCode() == 503);

    HttpResponse<String> refused = write("POST", "/notes", "{\"id\":2,\"text\":\"b\"}");
    assertThat(refused.statusCode()).isEqualTo(503);
    assertThat(refused.headers().firstValue("Retry-After")).hasValue("30");
    assertThat(refused.body())
        .isEqualTo(
            "{\"code\":\"PGRST000\",\"message\":\"Writes are stopped: maintenance\",\"details\":null,\"hint\":null}");
    assertThat(write("PUT", "/notes?id=eq.1", "{\"id\":1,\"text\":\"c\"}").statusCode())
        .isEqualTo(503);
    assertThat(write("DELETE", "/notes?id=eq.1", "").statusCode()).isEqualTo(503);
    assertThat(write("POST", "/rpc/clear", "{}").statusCode()).isEqualTo(503);
    assertThat(write("POST", "/rpc/many", "{}").body()).isEqualTo("1");
    HttpResponse<String> read = server.get("/rest/v1/notes", server.anon());
    assertThat(read.body()).isEqualTo("[{\"id\":1,\"text\":\"a\"}]");
    assertThat(run("writes status").out())
        .matches(
            "Writes are stopped since \\S+\\. Callers are told: Writes are stopped: maintenance\n");

    assertThat(run("writes start")).isEqualTo(new Outcome(0, "Everybody may write again.\n", ""));
    Await.until(() -> write("POST", "/notes", "{\"id\":3,\"text\":\"c\"}").statusCode() == 201);
    assertThat(write("POST", "/rpc/clear", "{}").statusCode()).isEqualTo(204);
    assertThat(run("writes start")).isEqualTo(new Outcome(0, "Everybody may write.\n", ""));
  }

  @Test
  void commandsWriteNothingEither() throws Exception {
    assertThat(run("writes stop").status()).isZero();
    String sentence = "mainstay: Writes are stopped for a while\n";
    assertThat(run("keys make --role anon --name n")).isEqualTo(new Outcome(1, "", sentence));
    Files.writeString(folder.resolve("notes.csv"), "id,text\n5,e\n");
    assertThat(run("import notes.csv")).isEqualTo(new Outcome(1, "", sentence));
    server.close();
    Files.writeString(folder.resolve("backend.yaml"), MODEL.replace("text: text", "text: text?"));
    assertThat(run("apply").err())
        .isEqualTo(
            "mainstay: Writes are stopped for a while; `mainstay writes status` says more\n");
    assertThat(run("writes start").status()).isZero();
    assertThat(run("apply").status()).isZero();
    assertThat(run("import notes.csv").out()).isEqualTo("notes.csv: 1 row into 'notes'\n");
  }

  private Outcome run(String line) {
    return cli.run(line.split(" ", -1));
  }

  private HttpResponse<String> write(String method, String path, String body) {
    try {
      return server.send(
          server
              .to("/rest/v1" + path, server.anon())
              .header("Content-Type", "application/json")
              .method(method, BodyPublishers.ofString(body)));
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}
