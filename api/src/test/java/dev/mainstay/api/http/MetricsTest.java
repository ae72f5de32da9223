package dev.mainstay.api.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mainstay.core.engine.ByteBudget;
import dev.mainstay.services.keys.Tokens;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class MetricsTest {
  private static final Tokens TOKENS = new Tokens(Edge.SECRET, null, Clock.systemUTC());

  private final ByteBudget budget = new ByteBudget(1000);
  private final Authenticator authenticator =
      new Authenticator(TOKENS, key -> null, /* requireKey= */ true);

  @Test
  void countsRequestsStagesAndWhatIsHeld() {
    try (var metrics = new Metrics(budget, () -> 3);
        var lease = budget.lease()) {
      lease.take(700);
      var stages = List.of(new Access.Stage("execute", 1_500_000));
      metrics.over(
          new Access(
              "GET", "/rest/v1/{table}", 200, "anon", 1, 0, 9, stages, 3_000_000, false, null));
      assertThat(text(metrics.open().answer(request())))
          .contains(
              "mainstay_http_requests_seconds_bucket{method=\"GET\",route=\"/rest/v1/{table}\",status=\"200\",le=\"0.002\"} 0",
              "mainstay_http_requests_seconds_bucket{method=\"GET\",route=\"/rest/v1/{table}\",status=\"200\",le=\"0.005\"} 1",
              "mainstay_http_stage_seconds_count{stage=\"execute\"} 1",
              "mainstay_bytes_held 700.0",
              "mainstay_requests_running 3.0",
              "jvm_memory_used_bytes");
    }
  }

  @Test
  void areForTheServiceKey() {
    try (var metrics = new Metrics(budget, () -> 0)) {
      Page page = metrics.page(authenticator);
      assertThat(page.answer(request()).status()).isEqualTo(401);
      assertThat(page.answer(request("apikey", TOKENS.sign(Map.of("role", "anon")))).status())
          .isEqualTo(401);
      assertThat(page.answer(request("apikey", "nonsense")).status()).isEqualTo(401);
      String key = TOKENS.sign(Map.of("role", "service_role"));
      assertThat(page.answer(request("apikey", key)).status()).isEqualTo(200);
      assertThat(page.answer(request("authorization", "Bearer " + key)).status()).isEqualTo(200);
    }
  }

  private static String text(Response response) {
    return response.body() instanceof Response.Body.Bytes(byte[] bytes)
        ? new String(bytes, StandardCharsets.UTF_8)
        : "";
  }

  private static Request request(String... header) {
    var headers =
        header.length == 0 ? Headers.NONE : new Headers(Map.of(header[0], List.of(header[1])));
    return new Request("GET", "/metrics", null, headers, new byte[0]);
  }
}
