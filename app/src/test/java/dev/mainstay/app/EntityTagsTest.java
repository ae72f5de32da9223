package dev.mainstay.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a cache between a client and the server goes by.
final class EntityTagsTest {
  private static final String MODEL =
      """
      tables:
        notes:
          columns:
            id: {type: integer, identity: true, primary_key: true}
            title: text
            public: {type: boolean, default: true}
          policies:
            read: {anon: row.public}
      """;
  private static final String NOTES = "/rest/v1/notes?select=title&order=id";

  @TempDir Path folder;
  private Running running;

  @BeforeEach
  void start() throws Exception {
    folder = folder.toRealPath();
    Files.writeString(folder.resolve("backend.yaml"), MODEL);
    running = Running.serve(folder, folder.resolve("data"), Map.of());
    add("{\"title\":\"" + "long ".repeat(1000) + "\"}");
  }

  @AfterEach
  void stop() {
    running.close();
  }

  private void add(String json) throws Exception {
    var request =
        running
            .to("/rest/v1/notes", running.service())
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(json));
    assertThat(running.send(request).statusCode()).isEqualTo(201);
  }

  private HttpResponse<String> get(String key, String... headers) throws Exception {
    var request = running.to(NOTES, key);
    if (headers.length > 0) request.headers(headers);
    return running.send(request);
  }

  private static String tag(HttpResponse<String> answer) {
    return answer.headers().firstValue("etag").orElseThrow();
  }

  @Test
  void aClientKeepsWhatHasNotChanged() throws Exception {
    HttpResponse<String> first = get(running.anon(), "Accept-Encoding", "gzip");
    assertThat(first.headers().firstValue("content-encoding")).hasValue("gzip");
    assertThat(first.headers().firstValue("vary").orElseThrow())
        .contains("Authorization, apikey, Accept, Prefer, Range")
        .contains("Accept-Encoding");
    assertThat(tag(first)).startsWith("W/\"");

    HttpResponse<String> again =
        get(running.anon(), "Accept-Encoding", "gzip", "If-None-Match", tag(first));
    assertThat(again.statusCode()).isEqualTo(304);
    assertThat(again.body()).isEmpty();
    assertThat(tag(again)).isEqualTo(tag(first));
    assertThat(again.headers().firstValue("vary").orElseThrow())
        .contains("Authorization, apikey, Accept, Prefer, Range");

    add("{\"title\":\"another\"}");
    HttpResponse<String> changed = get(running.anon(), "If-None-Match", tag(first));
    assertThat(changed.statusCode()).isEqualTo(200);
    assertThat(changed.body()).endsWith("{\"title\":\"another\"}]");
  }

  @Test
  void whatOneMayNotSeeDoesNotChangeWhatOneHas() throws Exception {
    HttpResponse<String> first = get(running.anon());
    add("{\"title\":\"hidden\",\"public\":false}");
    assertThat(get(running.anon(), "If-None-Match", tag(first)).statusCode()).isEqualTo(304);
    HttpResponse<String> all = get(running.service(), "If-None-Match", tag(first));
    assertThat(all.statusCode()).isEqualTo(200);
    assertThat(tag(all)).isNotEqualTo(tag(first));
  }

  @Test
  void theHeadOfAnAnswerTellsItsLengthAndTag() throws Exception {
    HttpResponse<String> whole = get(running.anon());
    HttpResponse<String> head = running.send(running.to(NOTES, running.anon()).HEAD());
    assertThat(head.body()).isEmpty();
    assertThat(head.headers().firstValueAsLong("content-length")).hasValue(whole.body().length());
    assertThat(tag(head)).isEqualTo(tag(whole));
    HttpResponse<String> refused =
        running.send(running.to("/rest/v1/nothing", running.anon()).HEAD());
    assertThat(refused.statusCode()).isEqualTo(404);
    assertThat(refused.body()).isEmpty();
    assertThat(refused.headers().firstValueAsLong("content-length").orElseThrow()).isPositive();
  }
}
