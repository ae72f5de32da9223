package dev.mainstay.app;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mainstay.core.plan.Limits;
import dev.mainstay.testkit.Backend;
import dev.mainstay.testkit.Callers;
import dev.mainstay.testkit.EngineUnderTest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Requests at the limits and beyond them: answered, or refused as the client's fault, on every
/// engine alike.
abstract class RestExtremes {
  private static final String MODEL =
      """
      tables:
        notes:
          columns:
            id: {type: bigint, primary_key: true}
            parent_id: {type: bigint?, references: notes}
            title: {type: text, unique: true}
            size: integer?
            body: text?
            data: json?
      """;

  private Backend backend;
  private RestCall call;

  protected abstract EngineUnderTest engine();

  @BeforeEach
  void open() {
    backend = Backend.open(engine(), MODEL, new Limits(1000L, false));
    backend.seed(
        "notes", "[{\"id\":1,\"title\":\"one\"},{\"id\":2,\"parent_id\":1,\"title\":\"two\"}]");
    call = new RestCall(backend);
  }

  @AfterEach
  void close() {
    backend.close();
  }

  @Test
  void logicOfTenThousandLevels() {
    String deep = "or(".repeat(10_000) + "id.eq.1" + ")".repeat(10_000);
    refused(get("/notes?or=(" + deep + ")"), "PGRST100");
    String nots = "not.and(".repeat(60) + "id.eq.1" + ")".repeat(60);
    assertThat(get("/notes?select=id&and=(" + nots + ")").body()).isEqualTo("[{\"id\":1}]");
  }

  @Test
  void conditionsByTheThousand() {
    String thousand = many(1000, i -> "id.eq." + i);
    assertThat(get("/notes?select=id&order=id&or=(" + thousand + ")").body())
        .isEqualTo("[{\"id\":1},{\"id\":2}]");
    String filters =
        IntStream.range(3, 900).mapToObj(i -> "id=neq." + i).collect(Collectors.joining("&"));
    assertThat(get("/notes?select=id&order=id&" + filters).body())
        .isEqualTo("[{\"id\":1},{\"id\":2}]");
    refused(get("/notes?or=(" + many(10_000, i -> "id.eq." + i) + ")"), "PGRST100");
  }

  @Test
  void valuesByTheHundredThousand() {
    RestCall.Answer answer =
        get("/notes?select=id&order=id&id=in.(" + many(10_000, i -> "" + i) + ")");
    assertThat(answer.body()).isEqualTo("[{\"id\":1},{\"id\":2}]");
    assertThat(answer.statements()).hasSize(1);
    refused(get("/notes?id=in.(" + many(100_000, i -> "" + i) + ")"), "PGRST100");
  }

  @Test
  void columnsAndEmbedsByTheHundred() {
    String columns = many(900, i -> "c" + i + ":id");
    assertThat(get("/notes?id=eq.1&select=" + columns).body())
        .startsWith("[{\"c0\":1,\"c1\":1,")
        .endsWith(",\"c899\":1}]");
    String embeds = many(100, i -> "e" + i + ":parent_id(id,title)");
    assertThat(get("/notes?id=eq.2&select=" + embeds).body())
        .startsWith("[{\"e0\":{\"id\":1,\"title\":\"one\"},")
        .endsWith(",\"e99\":{\"id\":1,\"title\":\"one\"}}]");
  }

  @Test
  void embedsWithinEmbeds() {
    String deep = "parent_id(id,notes(".repeat(7) + "id" + "))".repeat(7);
    RestCall.Answer answer = get("/notes?id=eq.2&select=" + deep);
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    assertThat(answer.body()).startsWith("[{\"parent_id\":{\"id\":1,\"notes\":[{\"parent_id\":");
    refused(get("/notes?select=" + "parent_id(".repeat(100) + "id" + ")".repeat(100)), "PGRST100");
  }

  @Test
  void bytesThatAreNoText() {
    refused(get("/notes?title=eq.%FF%FE"), "PGRST100");
    refused(get("/notes?title=eq.%C3%28"), "PGRST100");
    refused(get("/notes?title=eq.%ED%A0%80"), "PGRST100");
    byte[] body = "{\"id\":9,\"title\":\"\u00ff\"}".getBytes(ISO_8859_1);
    refused(call.make("POST", "/notes", Map.of(), body, Callers.SERVICE), "PGRST102");
    refused(post("{\"id\":9,\"title\":\"\\ud800\"}"), "PGRST102");
    refused(post("{\"id\":9,\"title\":\"\\u0000\"}"), "22P05");
    refused(post("{\"id\":9,\"title\":\"x\",\"data\":{\"a\":\"\\u0000\"}}"), "22P05");
    refused(post("\u0000"), "PGRST102");
    assertThat(backend.stored("notes", "id")).isEqualTo("[{\"id\":1},{\"id\":2}]");
  }

  @Test
  void jsonOfTenThousandLevels() {
    String deep = "[".repeat(10_000) + "]".repeat(10_000);
    refused(post("{\"id\":9,\"title\":\"x\",\"data\":" + deep + "}"), "PGRST102");
    refused(post(deep), "PGRST102");
  }

  @Test
  void numbersThatAreTooLarge() {
    refused(post("{\"id\":9,\"title\":\"x\",\"size\":2147483648}"), "22003");
    refused(post("{\"id\":9,\"title\":\"x\",\"size\":1e400}"), "22P02");
    refused(post("{\"id\":9,\"title\":\"x\",\"size\":1.5}"), "22P02");
    refused(post("{\"id\":99999999999999999999,\"title\":\"x\"}"), "22003");
    refused(get("/notes?id=eq.99999999999999999999"), "22003");
  }

  @Test
  void aTextOfAMegabyte() {
    String text = "0123456789abcde😀".repeat(1 << 16);
    assertThat(post("{\"id\":9,\"title\":\"x\",\"body\":\"" + text + "\"}").status())
        .isEqualTo(201);
    assertThat(get("/notes?select=body&id=eq.9").body()).isEqualTo("[{\"body\":\"" + text + "\"}]");
  }

  @Test
  void aThousandRowsAtOnce() {
    String rows = many(1000, i -> "{\"id\":%1$d,\"title\":\"t%1$d\"}".formatted(i + 100));
    RestCall.Answer answer =
        call.make(
            "POST",
            "/notes?select=id",
            Map.of("Prefer", "return=representation,count=exact"),
            ("[" + rows + "]").getBytes(UTF_8),
            Callers.SERVICE);
    assertThat(answer.status()).isEqualTo(201);
    assertThat(answer.header("Content-Range")).isEqualTo("*/1000");
    assertThat(answer.body()).startsWith("[{\"id\":100},{\"id\":101},").endsWith(",{\"id\":1099}]");
  }

  @Test
  void oneClashFailsItsOwnRequestAndNoOther() throws Exception {
    List<Integer> statuses = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<RestCall.Answer>> answers = new ArrayList<>();
      for (int i = 0; i < 64; i++) {
        int id = 1000 + 10 * i;
        String last = i % 8 == 0 ? "one" : "last of " + i;
        String rows =
            "[{\"id\":%d,\"title\":\"first of %d\"},{\"id\":%d,\"title\":\"%s\"}]"
                .formatted(id, i, id + 1, last);
        answers.add(threads.submit(() -> post(rows)));
      }
      for (Future<RestCall.Answer> answer : answers) statuses.add(answer.get(30, SECONDS).status());
    }
    assertThat(statuses).containsOnly(201, 409).filteredOn(status -> status == 409).hasSize(8);
    assertThat(get("/notes?select=id&id=gte.1000&limit=1").status()).isEqualTo(200);
    assertThat(
            call.make(
                    "HEAD",
                    "/notes?id=gte.1000",
                    Map.of("Prefer", "count=exact"),
                    new byte[0],
                    Callers.SERVICE)
                .header("Content-Range"))
        .isEqualTo("0-111/112");
  }

  private RestCall.Answer get(String target) {
    return call.make("GET", target, Map.of(), new byte[0], Callers.SERVICE);
  }

  private RestCall.Answer post(String body) {
    return call.make("POST", "/notes", Map.of(), body.getBytes(UTF_8), Callers.SERVICE);
  }

  private static void refused(RestCall.Answer answer, String code) {
    assertThat(answer.status()).as(answer.body()).isEqualTo(400);
    assertThat(answer.body()).startsWith("{\"code\":\"" + code + "\",");
    assertThat(answer.statements()).isEmpty();
  }

  private static String many(int count, IntFunction<String> part) {
    return IntStream.range(0, count).mapToObj(part).collect(Collectors.joining(","));
  }
}
