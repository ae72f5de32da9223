package dev.mainstay.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mainstay.core.plan.Caller;
import dev.mainstay.testkit.Backend;
import dev.mainstay.testkit.Callers;
import dev.mainstay.testkit.EngineUnderTest;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// How requests would be carried out, where that may be asked (`WIRE.md` §1.13).
abstract class RestPlans {
  static final String PLAN = "application/vnd.pgrst.plan";
  static final Caller.Outside ALICE = Callers.user("aaaaaaaa-0000-4000-8000-000000000001");

  Backend backend;
  private RestCall call;

  protected abstract EngineUnderTest engine();

  @BeforeEach
  void open() {
    backend = World.MUSIC.open(engine());
    call = new RestCall(backend, World.MUSIC.settings().withPlans());
  }

  @AfterEach
  void close() {
    backend.close();
  }

  RestCall.Answer ask(String method, String target, String accept, String body) {
    return ask(method, target, accept, body, ALICE);
  }

  RestCall.Answer ask(
      String method, String target, String accept, String body, Caller.Outside caller) {
    return call.make(
        method,
        target,
        Map.of("Accept", accept, "Prefer", "return=representation"),
        body.getBytes(UTF_8),
        caller);
  }

  /// A plan as JSON, which is a list and ends its line.
  static JsonNode json(RestCall.Answer answer) {
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    assertThat(answer.body()).endsWith("]\n");
    return JsonMapper.shared().readTree(answer.body());
  }

  static void refused(RestCall.Answer answer, String feature) {
    assertThat(answer.body())
        .isEqualTo(
            "{\"code\":\"PGRST127\",\"message\":\"Feature not implemented\",\"details\":\""
                + feature
                + "\",\"hint\":null}");
    assertThat(answer.statements()).isEmpty();
  }

  @Test
  void tellsHowAReadWouldBeCarriedOutInsteadOfDoingSo() {
    RestCall.Answer answer =
        ask("GET", "/albums?select=id,tracks(name)&order=title&limit=2", PLAN, "");
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    assertThat(answer.header("Content-Type"))
        .isEqualTo("application/vnd.pgrst.plan+text; for=\"application/json\"; charset=utf-8");
    assertThat(answer.header("Content-Range")).isNull();
    assertThat(answer.header("ETag")).isNull();
    assertThat(answer.body()).endsWith("\n").doesNotContain("alpha");
    assertThat(answer.statements()).hasSize(1);
    assertThat(answer.statements().getFirst()).startsWith("EXPLAIN ");
  }

  @Test
  void tellsItAsJson() {
    RestCall.Answer answer =
        ask("GET", "/albums?id=eq.1", PLAN + "+json; for=\"text/csv\"; options=nonsense", "");
    assertThat(json(answer).isArray()).isTrue();
    assertThat(answer.header("Content-Type"))
        .isEqualTo("application/vnd.pgrst.plan+json; for=\"text/csv\"; charset=utf-8");
  }

  @Test
  void writesNothing() {
    Map<String, String> before = Stored.rows(backend);
    json(ask("PATCH", "/playlists?id=eq.1", PLAN + "+json", "{\"name\":\"other\"}"));
    json(ask("DELETE", "/playlists?id=eq.1", PLAN + "+json", ""));
    ask("POST", "/playlists", PLAN + "+json", "[{\"name\":\"new\"},{\"mood\":\"sad\"}]");
    ask("DELETE", "/playlists?id=eq.1", PLAN + "; options=analyze", "");
    ask("POST", "/playlists", PLAN + "; options=analyze", "{\"name\":\"new\"}");
    assertThat(Stored.changes(before, Stored.rows(backend))).isEmpty();
  }

  @Test
  void tellsHowAFunctionWouldBeCalledInsteadOfCallingIt() {
    Map<String, String> before = Stored.rows(backend);
    RestCall.Answer read = ask("GET", "/rpc/playlists_like?word=e&select=id", PLAN, "");
    assertThat(read.status()).as(read.body()).isEqualTo(200);
    assertThat(read.header("Content-Type"))
        .isEqualTo("application/vnd.pgrst.plan+text; for=\"application/json\"; charset=utf-8");
    assertThat(read.header("Content-Range")).isNull();
    assertThat(read.statements()).hasSize(1);
    assertThat(read.statements().getFirst()).startsWith("EXPLAIN ");
    json(ask("POST", "/rpc/add", PLAN + "+json", "{\"a\":1}"));
    json(ask("POST", "/rpc/album_ids", PLAN + "+json; for=\"text/csv\"", ""));
    json(ask("POST", "/rpc/add_playlist", PLAN + "+json", "{\"name\":\"new\"}"));
    json(ask("POST", "/rpc/forget", PLAN + "+json", "{\"id\":1}"));
    json(ask("POST", "/rpc/sneak", PLAN + "+json", "{}"));
    assertThat(Stored.changes(before, Stored.rows(backend))).isEmpty();
  }

  @Test
  void hasNoPlanOfSeveralStatements() {
    refused(ask("POST", "/rpc/play_all", PLAN, ""), "the plan of a function of several statements");
  }

  @Test
  void isForWhoMayCall() {
    assertThat(ask("GET", "/rpc/me", PLAN, "", Callers.ANON).status()).isEqualTo(401);
    assertThat(ask("POST", "/rpc/secret", PLAN, "").status()).isEqualTo(403);
    assertThat(ask("GET", "/rpc/playlists_like?word=e&select=nope", PLAN, "").body())
        .contains("column playlists.nope does not exist");
  }

  @Test
  void isHeldToTheSameNames() {
    RestCall.Answer hidden = ask("GET", "/artists?select=iban", PLAN, "", Callers.ANON);
    assertThat(hidden.status()).isEqualTo(400);
    assertThat(hidden.body()).contains("column artists.iban does not exist");
    assertThat(ask("PATCH", "/playlists?id=eq.1", PLAN, "{\"plays\":1}").status()).isEqualTo(403);
  }

  @Test
  void isOffUnlessSwitchedOn() {
    RestCall off = new RestCall(backend);
    assertThat(off.make("GET", "/albums", Map.of("Accept", PLAN), new byte[0], ALICE).body())
        .contains("PGRST107");
  }
}
