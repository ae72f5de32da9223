package dev.mainstay.api.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mainstay.api.http.Response.Body;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class EntityTagTest {
  static Body rows(String... rows) {
    List<byte[]> bytes = new ArrayList<>();
    for (String row : rows) bytes.add(row.getBytes(UTF_8));
    return new Body.JsonArray(bytes);
  }

  static Body bytes(String text) {
    return new Body.Bytes(text.getBytes(UTF_8));
  }

  @Test
  void namesBytesHoweverTheyAreKept() {
    String tag = EntityTag.of(rows("{\"a\":1}", "{\"a\":2}"), "json", "0-1/*");
    assertThat(tag).matches("\"[A-Za-z0-9_-]{32}\"");
    assertThat(EntityTag.of(bytes("[{\"a\":1},{\"a\":2}]"), "json", "0-1/*")).isEqualTo(tag);
    assertThat(EntityTag.of(bytes("[{\"a\":1},{\"a\":3}]"), "json", "0-1/*")).isNotEqualTo(tag);
    assertThat(EntityTag.of(bytes("[{\"a\":1},{\"a\":2}]"), "csv", "0-1/*")).isNotEqualTo(tag);
    assertThat(EntityTag.of(bytes("[{\"a\":1},{\"a\":2}]"), "json", "0-1/2")).isNotEqualTo(tag);
    assertThat(EntityTag.of(new Body.Lines(List.of(new byte[0], new byte[0]))))
        .isEqualTo(EntityTag.of(bytes("\n")));
  }

  static @Nullable String known(String... ifNoneMatch) {
    return EntityTag.known(new Headers(Map.of("if-none-match", List.of(ifNoneMatch))), "\"t\"");
  }

  @Test
  void findsItselfAmongTheTagsAClientHas() {
    assertThat(EntityTag.known(Headers.NONE, "\"t\"")).isNull();
    assertThat(known("\"t\"")).isEqualTo("\"t\"");
    assertThat(known("\"x\" , W/\"t\"")).isEqualTo("W/\"t\"");
    assertThat(known("\"x\"", "\"y\",\"t\"")).isEqualTo("\"t\"");
    assertThat(known("*")).isEqualTo("\"t\"");
    for (String other : List.of("", "t", "\"x\"", "w/\"t\"", "\"t", "\"T\"", "\"a,\"t\"\""))
      assertThat(known(other)).as(other).isNull();
  }

  /// An endpoint that names what it answers, as reads do.
  static Edge answering(String text) throws Exception {
    return Edge.answering(
        (request, turn) -> {
          String tag = EntityTag.of(bytes(text));
          String known = EntityTag.known(request.headers(), tag);
          if (known != null)
            return new Response(
                304, List.of(new Response.Header("ETag", known)), new Body.Empty(), 0);
          return new Response(
              200,
              List.of(
                  new Response.Header("Content-Type", "text/plain"),
                  new Response.Header("ETag", tag)),
              bytes(text),
              0);
        });
  }

  static String tag(HttpResponse<String> answer) {
    return answer.headers().firstValue("etag").orElseThrow();
  }

  @Test
  void isWeakWhereTheBytesAreCompressed() throws Exception {
    for (int length : new int[] {100, 2_000, 500_000})
      try (Edge edge = answering("x".repeat(length))) {
        String strong = EntityTag.of(bytes("x".repeat(length)));
        HttpResponse<String> plain = edge.get("/api/t");
        assertThat(tag(plain)).isEqualTo(strong);
        HttpResponse<String> zipped = edge.get("/api/t", "Accept-Encoding", "gzip");
        boolean isZipped = zipped.headers().firstValue("content-encoding").isPresent();
        assertThat(isZipped).isEqualTo(length > 1024);
        assertThat(tag(zipped)).isEqualTo(isZipped ? "W/" + strong : strong);
        HttpResponse<String> head =
            edge.send(edge.to("/api/t").HEAD().header("Accept-Encoding", "gzip"));
        assertThat(tag(head)).isEqualTo(tag(zipped));

        for (String had : List.of(strong, "W/" + strong))
          for (String encoding : List.of("gzip", "identity")) {
            HttpResponse<String> known =
                edge.get("/api/t", "If-None-Match", had, "Accept-Encoding", encoding);
            assertThat(known.statusCode()).isEqualTo(304);
            assertThat(tag(known)).isEqualTo(had);
            assertThat(known.body()).isEmpty();
            assertThat(known.headers().firstValue("content-encoding")).isEmpty();
          }
      }
  }

  @Test
  void keepsTheConnectionAfterAnAnswerWithoutABody() throws Exception {
    String strong = EntityTag.of(bytes("text"));
    String host = " HTTP/1.1\r\nHost: x\r\n";
    try (Edge edge = answering("text");
        var client = new RawClient(edge.port())) {
      RawClient.Answer known =
          client.say("GET /api/t" + host + "If-None-Match: " + strong + "\r\n\r\n").head();
      assertThat(known.status()).isEqualTo(304);
      assertThat(known.headers()).doesNotContainKeys("content-length", "transfer-encoding");
      RawClient.Answer head = client.say("HEAD /api/t" + host + "\r\n").head();
      assertThat(head.headers()).containsEntry("content-length", "4").containsEntry("etag", strong);
      assertThat(client.say("GET /api/t" + host + "\r\n").answer().text()).isEqualTo("text");
    }
  }
}
