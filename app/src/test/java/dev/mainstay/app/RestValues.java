package dev.mainstay.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mainstay.core.plan.Caller;
import dev.mainstay.core.query.JsonText;
import dev.mainstay.testkit.Backend;
import dev.mainstay.testkit.Callers;
import dev.mainstay.testkit.EngineUnderTest;
import dev.mainstay.testkit.conformance.Samples;
import dev.mainstay.testkit.conformance.Samples.Sample;
import java.net.URLEncoder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The edge values of each type over REST, in the same words on every engine, whichever way they
/// take: in by POST, PATCH and PUT; out at the root, within other rows, and found by what they are.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class RestValues {
  /// A longer value is not said in an address.
  private static final int LONGEST_FILTER = 2000;

  /// What no column of these types takes, and why.
  private static final List<String> BEYOND =
      List.of(
          "boolean 2 22P02",
          "smallint 32768 22003",
          "smallint -32769 22003",
          "integer 2147483648 22003",
          "integer -2147483649 22003",
          "bigint 9223372036854775808 22003",
          "bigint -9223372036854775809 22003",
          "bigint 1.5 22P02",
          "decimal 10000000000.00 22003",
          "decimal 9999999999.995 22003",
          "whole_decimal 1000000000000000000 22003",
          "fine_decimal 1 22003",
          "real 1e39 22003",
          "double 1e309 22003",
          "varchar \"abcd\" 22001",
          "varchar \"😀😀😀😀\" 22001",
          "text \"\\u0000\" 22P05",
          "uuid \"00000000-0000-0000-0000-00000000000g\" 22P02",
          "date \"2023-02-29\" 22008",
          "date \"2024-13-01\" 22008",
          "time \"25:00:00\" 22008",
          "timestamp \"2100-02-29T00:00:00\" 22008",
          "timestamptz \"2024-02-30T00:00:00Z\" 22008",
          "mood \"Sad\" 22P02",
          "integers [2147483648] 22003",
          "moods [\"sad\",\"\"] 22P02");

  private Backend backend;
  private RestCall call;

  protected abstract EngineUnderTest engine();

  @BeforeAll
  void open() {
    StringBuilder yaml =
        new StringBuilder(
            """
            roles: [stranger]
            enums:
              mood: [sad, 'it''s "ok"', happy]
            tables:
              parents:
                columns:
                  id: {type: bigint, primary_key: true}
            """);
    for (Samples samples : Samples.ALL)
      yaml.append(
          """
            %1$s_values:
              columns:
                id: {type: bigint, primary_key: true}
                parent_id: {type: bigint, references: parents}
                v: {type: '%2$s', nullable: true}
            %1$s_refs:
              columns:
                id: {type: bigint, primary_key: true}
                value_id: {type: bigint, references: %1$s_values}
          """
              .formatted(samples.name(), samples.type()));
    backend = Backend.open(engine(), yaml.toString()).seed("parents", "[{\"id\":1},{\"id\":2}]");
    call = new RestCall(backend);
  }

  @AfterAll
  void close() {
    backend.close();
  }

  @TestFactory
  Stream<DynamicTest> comeBackAsTheyWere() {
    return Samples.ALL.stream()
        .map(samples -> DynamicTest.dynamicTest(samples.type(), () -> comeBack(samples)));
  }

  private void comeBack(Samples samples) {
    String values = "/" + samples.name() + "_values";
    List<Sample> all =
        Stream.concat(samples.samples().stream(), Stream.of(new Sample("null", "null"))).toList();
    String answered = list(all, "{\"v\":%s}");

    // In all at once, which the answer says and the rows then are.
    expect(samples, "POST", values + "?select=v", rows(all), 201, answered);
    expect(samples, "GET", values + "?select=v&order=id", "", 200, answered);
    assertThat(call("GET", values, "", RestScenarios.STRANGER).body()).isEqualTo("[]");

    // Within the row that they refer to, and within those that refer to them.
    expect(
        samples,
        "GET",
        "/parents?id=eq.1&select=%1$s(v)&%1$s.order=id".formatted(values.substring(1)),
        "",
        200,
        "[{\"%s\":%s}]".formatted(values.substring(1), answered));
    backend.seed(
        samples.name() + "_refs",
        IntStream.rangeClosed(1, all.size())
            .mapToObj(i -> "{\"id\":%1$d,\"value_id\":%1$d}".formatted(i))
            .collect(joining(",", "[", "]")));
    expect(
        samples,
        "GET",
        "/%s_refs?select=%s(v)&order=id".formatted(samples.name(), values.substring(1)),
        "",
        200,
        list(all, "{\"" + values.substring(1) + "\":{\"v\":%s}}"));

    // Each over none, over another, and in the place of a whole row.
    for (int i = 0; i < all.size(); i++) {
      Sample sample = all.get(i);
      String one = "[{\"v\":" + sample.answered() + "}]";
      String at = values + "?id=eq." + (1000 + i);
      String row = "{\"id\":%d,\"parent_id\":2,\"v\":%s}";
      expect(samples, "POST", values + "?select=v", row.formatted(1000 + i, "null"), 201, null);
      String change = "{\"v\":" + sample.given() + "}";
      expect(samples, "PATCH", at + "&select=v", change, 200, one);
      expect(samples, "GET", at + "&select=v", "", 200, one);
      String other = "{\"v\":" + all.get((i + 1) % all.size()).given() + "}";
      expect(samples, "PATCH", at + "&select=v", other, 200, null);
      expect(samples, "PUT", at, row.formatted(1000 + i, sample.given()), 200, null);
      expect(samples, "GET", at + "&select=v", "", 200, one);
    }
    found(samples, values, all);
  }

  /// Each value, written as text, finds the rows that hold it and no others.
  private void found(Samples samples, String values, List<Sample> all) {
    String nulls = "[{\"id\":" + all.size() + "}]";
    expect(samples, "GET", values + "?parent_id=eq.1&v=is.null&select=id", "", 200, nulls);
    String texts = call("GET", values + "?parent_id=eq.1&select=v::text&order=id", "").body();
    int i = 0;
    for (JsonNode row : JsonMapper.shared().readTree(texts)) {
      String answered = all.get(i++).answered();
      String text = row.path("v").stringValue(null);
      if (text == null) continue;
      if (text.length() > LONGEST_FILTER) continue;
      List<String> same = new ArrayList<>();
      for (int other = 0; other < all.size(); other++)
        if (all.get(other).answered().equals(answered)) same.add("{\"id\":" + (other + 1) + "}");
      expect(
          samples,
          "GET",
          values + "?parent_id=eq.1&select=id&order=id&v=eq." + URLEncoder.encode(text, UTF_8),
          "",
          200,
          "[" + String.join(",", same) + "]");
    }
    assertThat(i).isEqualTo(all.size());
  }

  @TestFactory
  Stream<DynamicTest> whatIsBeyondIsTheClientsFault() {
    return BEYOND.stream().map(line -> DynamicTest.dynamicTest(line, () -> refused(line)));
  }

  private void refused(String line) {
    String table = "/" + line.substring(0, line.indexOf(' ')) + "_values";
    String value = line.substring(line.indexOf(' ') + 1, line.lastIndexOf(' '));
    String code = line.substring(line.lastIndexOf(' ') + 1);
    String row = "{\"id\":99999,\"parent_id\":1,\"v\":" + value + "}";
    for (String method : List.of("POST", "PUT")) {
      RestCall.Answer answer =
          call(method, table + (method.equals("PUT") ? "?id=eq.99999" : ""), row);
      assertThat(answer.status()).as(answer.body()).isEqualTo(400);
      assertThat(answer.body()).startsWith("{\"code\":\"" + code + "\",");
    }
    assertThat(call("GET", table + "?id=eq.99999", "").body()).isEqualTo("[]");
  }

  // ── requests ──

  /// @param expected the whole body, or null when any will do
  private void expect(
      Samples samples,
      String method,
      String target,
      String body,
      int status,
      @Nullable String expected) {
    RestCall.Answer answer = call(method, target, body);
    String what = method + " " + target.substring(0, Math.min(200, target.length()));
    assertThat(answer.status()).as("%s: %s", what, answer.body()).isEqualTo(status);
    if (expected != null)
      assertThat(compact(samples, answer.body())).as(what).isEqualTo(compact(samples, expected));
  }

  private RestCall.Answer call(String method, String target, String body) {
    return call(method, target, body, Callers.SERVICE);
  }

  private RestCall.Answer call(String method, String target, String body, Caller.Outside caller) {
    Map<String, String> headers = Map.of("Prefer", "return=representation");
    return call.make(method, target, headers, body.getBytes(UTF_8), caller);
  }

  private static String rows(List<Sample> samples) {
    return IntStream.range(0, samples.size())
        .mapToObj(
            i -> "{\"id\":%d,\"parent_id\":1,\"v\":%s}".formatted(i + 1, samples.get(i).given()))
        .collect(joining(",", "[", "]"));
  }

  private static String list(List<Sample> samples, String row) {
    return samples.stream()
        .map(sample -> row.formatted(sample.answered()))
        .collect(joining(",", "[", "]"));
  }

  /// JSON columns may be spaced as the engine likes; nothing else may.
  private static String compact(Samples samples, String json) {
    return samples.type().equals("json") ? JsonText.canonical(json) : json;
  }
}
