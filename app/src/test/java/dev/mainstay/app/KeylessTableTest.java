package dev.mainstay.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mainstay.testkit.postgres.PostgresServer;
import dev.mainstay.testkit.postgres.PostgresVersion;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/// A table without a key, of a database that is there already, with policies declared over its own
/// rights: its rows are written, judged and answered like any others.
@ParameterizedClass
@EnumSource
class KeylessTableTest {
  private static final String[] DATABASE = {
    "DO $$ BEGIN CREATE ROLE anon; EXCEPTION WHEN duplicate_object THEN NULL; END $$",
    "CREATE TABLE lines (said text NOT NULL, twice text DEFAULT 'no')",
    "CREATE FUNCTION loud(lines) RETURNS text LANGUAGE sql STABLE AS 'SELECT upper($1.said)'",
    "GRANT SELECT, INSERT, UPDATE, DELETE ON lines TO anon",
  };

  private static final String MODEL =
      """
      from: database
      tables:
        lines:
          policies:
            read: {anon: 'true'}
            insert: {anon: new.said != 'never'}
            update: {anon: new.said != 'never'}
            delete: {anon: row.said != 'kept'}
      """;

  private static final String REFUSED =
      "401 {\"code\":\"42501\",\"message\":\"new row violates row-level security policy for table"
          + " \\\"lines\\\"\",\"details\":null,\"hint\":null}";

  private final String address;

  @TempDir private Path folder;

  KeylessTableTest(PostgresVersion version) {
    PostgresServer server = PostgresServer.shared(version);
    address = server.database();
    server.execute(address.substring(address.lastIndexOf('/') + 1), DATABASE);
  }

  @Test
  void isWrittenJudgedAndAnswered() throws Exception {
    Files.writeString(folder.resolve("backend.yaml"), MODEL);
    Map<String, String> settings = Map.of("database.url", address, "database.follow", "0s");
    try (Running running = Running.serve(folder, folder.resolve("data"), settings)) {
      String rows = "return=representation";
      assertThat(
              send(
                  running,
                  "POST",
                  "/lines?select=said,loud",
                  "[{\"said\":\"a\"},{\"said\":\"b\"}]",
                  rows))
          .isEqualTo("201 [{\"said\":\"a\",\"loud\":\"A\"},{\"said\":\"b\",\"loud\":\"B\"}]");
      assertThat(
              send(
                  running,
                  "POST",
                  "/lines",
                  "[{\"said\":\"c\"},{\"said\":\"never\"}]",
                  "count=exact"))
          .isEqualTo(REFUSED);
      assertThat(
              send(running, "PATCH", "/lines?said=eq.a&select=*,loud", "{\"said\":\"kept\"}", rows))
          .isEqualTo("200 [{\"said\":\"kept\",\"twice\":\"no\",\"loud\":\"KEPT\"}]");
      assertThat(send(running, "PATCH", "/lines?said=eq.b", "{\"said\":\"never\"}", ""))
          .isEqualTo(REFUSED);
      HttpResponse<String> added =
          response(running, "POST", "/lines", "{\"said\":\"d\"}", "return=headers-only");
      assertThat(added.statusCode()).isEqualTo(201);
      assertThat(added.headers().firstValue("Location")).isEmpty();
      String different = "[{\"said\":\"e\",\"twice\":\"yes\"},{\"said\":\"f\"}]";
      String columns = "/lines?columns=said,twice";
      assertThat(send(running, "POST", columns, different, "missing=default, " + rows))
          .isEqualTo("201 [{\"said\":\"e\",\"twice\":\"yes\"},{\"said\":\"f\",\"twice\":\"no\"}]");
      assertThat(
              send(running, "POST", columns + "&order=said", different, "missing=default, " + rows))
          .startsWith("400 {\"code\":\"PGRST127\"")
          .contains("of a table without a key");
      assertThat(send(running, "DELETE", "/lines?said=in.(kept,b,d)&select=loud", "", rows))
          .isEqualTo("200 [{\"loud\":\"B\"},{\"loud\":\"D\"}]");
      assertThat(send(running, "GET", "/lines?select=said&order=said", "", ""))
          .isEqualTo("200 [{\"said\":\"e\"},{\"said\":\"f\"},{\"said\":\"kept\"}]");
    }
  }

  private static String send(
      Running running, String method, String path, String body, String prefer) throws Exception {
    HttpResponse<String> response = response(running, method, path, body, prefer);
    return response.statusCode() + " " + response.body();
  }

  private static HttpResponse<String> response(
      Running running, String method, String path, String body, String prefer) throws Exception {
    return running.send(
        running
            .to("/rest/v1" + path, running.anon())
            .header("Content-Type", "application/json")
            .header("Prefer", prefer)
            .method(method, BodyPublishers.ofString(body)));
  }
}
