package dev.mainstay.api.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.mainstay.api.http.Headers;
import dev.mainstay.api.http.Request;
import dev.mainstay.api.http.Response;
import dev.mainstay.api.http.Turn;
import dev.mainstay.core.engine.Allowance;
import dev.mainstay.core.engine.ByteBudget;
import dev.mainstay.core.engine.Capability;
import dev.mainstay.core.engine.Engine;
import dev.mainstay.core.engine.Rows;
import dev.mainstay.core.engine.Written;
import dev.mainstay.core.model.Model;
import dev.mainstay.core.observe.Observation;
import dev.mainstay.core.plan.Caller;
import dev.mainstay.core.plan.Catalog;
import dev.mainstay.core.plan.Claims;
import dev.mainstay.core.plan.Limits;
import dev.mainstay.core.plan.Plan;
import dev.mainstay.core.plan.Planner;
import dev.mainstay.core.policy.Rules;
import dev.mainstay.core.problem.Problem;
import dev.mainstay.core.problem.ProblemException;
import dev.mainstay.core.query.Value;
import dev.mainstay.core.read.ModelReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/// From a request to the plan an engine is given, and from what it answers to the response.
class RestEndpointTest {
  static final Model MODEL =
      ModelReader.read(
              "backend.yaml",
              """
              tables:
                artists:
                  columns:
                    id: {type: integer, primary_key: true}
                    name: text
                tracks:
                  columns:
                    id: {type: integer, identity: true, primary_key: true}
                    name: text
                    plays: {type: integer, default: 0}
                    artist_id: {references: artists, nullable: true}
              views:
                top_tracks:
                  columns: {id: integer, name: text}
                  sql: select id, name from tracks
              """)
          .orThrow();

  static final Caller.Outside SERVICE = new Caller.Outside("service_role", Claims.NONE);
  static final Caller.Outside ANON = new Caller.Outside("anon", Claims.NONE);

  /// Answers what it was told to, and keeps the plans it was given.
  static final class Told implements Engine {
    final List<Plan> plans = new ArrayList<>();
    Rows rows = new Rows(List.of(), null);
    Written written = new Written(List.of(), List.of());

    @Override
    public Set<Capability> capabilities() {
      return Set.of();
    }

    @Override
    public Rows read(Plan.Read plan, Allowance allowance) {
      plans.add(plan);
      return rows;
    }

    @Override
    public Written write(Plan.Write plan, Allowance allowance) {
      plans.add(plan);
      return written;
    }

    @Override
    public <T> T unit(Allowance allowance, Work<T> work) {
      throw new AssertionError("a request is one plan");
    }

    @Override
    public boolean reachable() {
      return true;
    }

    @Override
    public void close() {}

    <P extends Plan> P only(Class<P> kind) {
      assertThat(plans).hasSize(1);
      return kind.cast(plans.getFirst());
    }
  }

  final Told engine = new Told();
  final List<Observation> observed = new ArrayList<>();
  final ByteBudget budget = new ByteBudget(100_000);
  RestSettings settings = RestSettings.DEFAULT;
  Caller.Outside caller = SERVICE;

  RestEndpoint endpoint() {
    Planner planner =
        new Planner(
            new Catalog(MODEL, new Rules(Map.of(), Map.of(), Map.of())),
            new Limits(1000L, false),
            InstantSource.fixed(Instant.EPOCH),
            new SplittableRandom(7));
    return new RestEndpoint(settings, () -> planner, engine);
  }

  static Request request(String method, String target, String body, String... headers) {
    int mark = target.indexOf('?');
    Map<String, List<String>> values = new LinkedHashMap<>();
    for (String header : headers) {
      String[] parts = header.split(": ", 2);
      values.computeIfAbsent(parts[0], _ -> new ArrayList<>()).add(parts[1]);
    }
    return new Request(
        method,
        mark < 0 ? target : target.substring(0, mark),
        mark < 0 ? null : target.substring(mark + 1),
        new Headers(values),
        body.getBytes(StandardCharsets.UTF_8));
  }

  String answer(String method, String target, String body, String... headers) {
    Turn turn =
        new Turn(caller, new Allowance(Duration.ofSeconds(3), budget.lease(), observed::add));
    return AnswerTest.text(endpoint().answer(request(method, target, body, headers), turn));
  }

  Problem problem(String method, String target, String body, String... headers) {
    return catchThrowableOfType(ProblemException.class, () -> answer(method, target, body, headers))
        .problem();
  }

  static byte[] json(String text) {
    return text.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
  }

  static Written written(String... rows) {
    List<List<Value>> keys = new ArrayList<>();
    List<byte[]> all = new ArrayList<>();
    for (String row : rows) {
      keys.add(List.of(new Value.Whole(keys.size() + 1)));
      all.add(json(row));
    }
    return new Written(keys, all);
  }

  // ── reads ──

  @Test
  void reads() {
    engine.rows = new Rows(List.of(json("{'name':'a'}"), json("{'name':'b'}")), 7L);
    assertThat(
            answer(
                "GET",
                "/tracks?select=name&plays=gt.3&order=name&limit=2&offset=4",
                "",
                "prefer: count=exact"))
        .isEqualTo(
            """
            206
            Content-Range: 4-5/7
            Content-Location: /tracks?limit=2&offset=4&order=name&plays=gt.3&select=name
            Content-Type: application/json; charset=utf-8
            Preference-Applied: count=exact
            Vary: Authorization, apikey, Accept, Prefer, Range

            [{"name":"a"},{"name":"b"}]""");
    Plan.Read plan = engine.only(Plan.Read.class);
    assertThat(plan.shape().counted()).isTrue();
    assertThat(plan.values())
        .containsExactly(new Value.Whole(3), new Value.Whole(2), new Value.Whole(4));
    assertThat(observed)
        .map(observation -> observation.getClass().getSimpleName())
        .containsExactly("Parsed", "Planned", "Executed", "Rendered");
  }

  @Test
  void readsTheHeadOnly() {
    engine.rows = new Rows(List.of(json("{'name':'a'}")), null);
    assertThat(answer("HEAD", "/tracks?select=name", "", "range: 5-9"))
        .isEqualTo(
            """
            200
            Content-Range: 0-0/*
            Content-Location: /tracks?select=name
            Content-Type: application/json; charset=utf-8
            Vary: Authorization, apikey, Accept, Prefer, Range

            """);
  }

  @Test
  void readsTheRangeOfAHeader() {
    answer("GET", "/tracks?limit=100", "", "range: 10-19");
    assertThat(engine.only(Plan.Read.class).values())
        .containsExactly(new Value.Whole(10), new Value.Whole(10));
  }

  @Test
  void readsOneObject() {
    String one = "accept: application/vnd.pgrst.object+json";
    engine.rows = new Rows(List.of(json("{'id':1}")), null);
    assertThat(answer("GET", "/tracks?id=eq.1", "", one)).endsWith("\n\n{\"id\":1}");
    engine.rows = new Rows(List.of(), null);
    assertThat(problem("GET", "/tracks?id=eq.2", "", one)).isEqualTo(new Problem.NotOneRow(0));
  }

  // ── inserts ──

  @Test
  void inserts() {
    engine.written = written("{'id':1}", "{'id':2}");
    assertThat(
            answer(
                "POST",
                "/tracks?select=id",
                "[{\"name\":\"a\",\"plays\":1},{\"plays\":null,\"name\":\"b\"}]",
                "prefer: return=representation"))
        .isEqualTo(
            """
            201
            Content-Range: */*
            Preference-Applied: return=representation
            Content-Type: application/json; charset=utf-8

            [{"id":1},{"id":2}]""");
    Plan.Insert plan = engine.only(Plan.Insert.class);
    assertThat(plan.shape().columns())
        .map(column -> column.name())
        .containsExactly("name", "plays");
    assertThat(plan.rows())
        .map(Plan.Row::cells)
        .containsExactly(
            List.of(new Value.Text("a"), new Value.Whole(1)),
            List.of(new Value.Text("b"), Value.NULL));
    assertThat(plan.shape().returning()).isNotNull();
  }

  @Test
  void insertsWithoutSayingWhat() {
    engine.written = written("{}");
    assertThat(answer("POST", "/tracks", "{\"name\":\"a\"}"))
        .isEqualTo("201\nContent-Range: */*\n\n");
    assertThat(engine.only(Plan.Insert.class).shape().returning()).isNull();
  }

  @Test
  void saysWhereTheNewRowIs() {
    engine.written = written("{}");
    assertThat(answer("POST", "/tracks", "{\"name\":\"a\"}", "prefer: return=headers-only"))
        .isEqualTo(
            """
            201
            Location: /tracks?id=eq.1
            Content-Range: */*
            Preference-Applied: return=headers-only

            """);
    assertThat(engine.only(Plan.Insert.class).shape().returning()).isNotNull();
  }

  @Test
  void insertsOnlyTheColumnsNamed() {
    engine.written = written("{}");
    answer(
        "POST",
        "/tracks?columns=name,plays",
        "[{\"name\":\"a\",\"other\":1}]",
        "prefer: missing=default");
    Plan.Row row = engine.only(Plan.Insert.class).rows().getFirst();
    assertThat(row.cells()).hasSize(2).startsWith(new Value.Text("a")).endsWith((Value) null);
  }

  @Test
  void insertsNothing() {
    assertThat(answer("POST", "/tracks", "[]", "prefer: return=representation,count=exact"))
        .isEqualTo(
            """
            201
            Content-Range: */0
            Preference-Applied: return=representation, count=exact
            Content-Type: application/json; charset=utf-8

            []""");
    assertThat(engine.plans).isEmpty();
    assertThat(problem("POST", "/nothing", "[]")).isInstanceOf(Problem.UnknownTable.class);
  }

  @Test
  void insertsOneObjectOrNone() {
    assertThat(
            problem(
                "POST",
                "/tracks",
                "[{\"name\":\"a\"},{\"name\":\"b\"}]",
                "accept: application/vnd.pgrst.object+json"))
        .isEqualTo(new Problem.NotOneRow(2));
    assertThat(engine.plans).isEmpty();
  }

  // ── updates and deletes ──

  @Test
  void updates() {
    engine.written = written("{'id':1}", "{'id':2}");
    assertThat(
            answer(
                "PATCH",
                "/tracks?plays=eq.0&select=id",
                "{\"plays\":5}",
                "prefer: return=representation,count=exact,handling=strict,max-affected=9"))
        .isEqualTo(
            """
            200
            Content-Range: 0-1/2
            Preference-Applied: return=representation, count=exact, handling=strict, max-affected=9
            Content-Type: application/json; charset=utf-8

            [{"id":1},{"id":2}]""");
    assertThat(engine.only(Plan.Update.class).expected())
        .isEqualTo(new Plan.Expectation(9L, false));
  }

  @Test
  void updatesWithTheFirstOfSeveralObjects() {
    engine.written = written("{}");
    assertThat(answer("PATCH", "/tracks?id=eq.1", "[{\"plays\":5},{\"plays\":6}]"))
        .isEqualTo("204\nContent-Range: 0-0/*\n\n");
    assertThat(engine.only(Plan.Update.class).values()).contains(new Value.Whole(5));
  }

  @ParameterizedTest
  @CsvSource({"{}", "[]", "null"})
  void updatesNothing(String body) {
    assertThat(answer("PATCH", "/tracks", body)).isEqualTo("204\nContent-Range: */*\n\n");
    assertThat(answer("PATCH", "/tracks", body, "prefer: return=representation"))
        .startsWith("200\nContent-Range: */*\n")
        .endsWith("\n\n[]");
    assertThat(problem("PATCH", "/tracks", body, "accept: application/vnd.pgrst.object"))
        .isEqualTo(new Problem.NotOneRow(0));
    assertThat(engine.plans).isEmpty();
  }

  @Test
  void deletes() {
    engine.written = written("{}", "{}");
    assertThat(answer("DELETE", "/tracks?or=(id.eq.1,id.eq.2)", "", "prefer: count=exact"))
        .isEqualTo("204\nContent-Range: */2\nPreference-Applied: count=exact\n\n");
    assertThat(engine.only(Plan.Delete.class).expected()).isEqualTo(Plan.Expectation.ANY);
  }

  @Test
  void expectsOneRowWhereOneIsAskedFor() {
    engine.written = written("{'id':1}");
    String accept = "accept: application/vnd.pgrst.object+json";
    assertThat(answer("DELETE", "/tracks?id=eq.1", "", "prefer: return=representation", accept))
        .endsWith("\n\n{\"id\":1}");
    assertThat(engine.only(Plan.Delete.class).expected())
        .isEqualTo(new Plan.Expectation(null, true));
  }

  @Test
  void wantsToBeToldWhichRows() {
    assertThat(problem("DELETE", "/tracks", "")).isEqualTo(new Problem.MissingWhere("DELETE"));
    assertThat(problem("PATCH", "/tracks?limit=1", "{\"plays\":1}"))
        .isEqualTo(new Problem.MissingWhere("UPDATE"));
    assertThat(engine.plans).isEmpty();
    settings = new RestSettings("/", List.of("public"), false);
    answer("DELETE", "/tracks", "");
    answer("PATCH", "/tracks", "{\"plays\":1}");
    assertThat(engine.plans).hasSize(2);
  }

  // ── the rest ──

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/tracks | OPTIONS,GET,HEAD,POST,PATCH,DELETE",
        "/top_tracks | OPTIONS,GET,HEAD",
        "/ | OPTIONS,GET,HEAD"
      })
  void saysWhatCanBeDone(String path, String allowed) {
    assertThat(answer("OPTIONS", path, "")).isEqualTo("200\nAllow: " + allowed + "\n\n");
    assertThat(engine.plans).isEmpty();
  }

  @Test
  void servesSeveralSchemas() {
    settings = new RestSettings("/", List.of("public", "extra"), true);
    engine.written = written("{}");
    assertThat(answer("GET", "/tracks", "")).contains("\nContent-Profile: public\n");
    assertThat(answer("GET", "/tracks", "", "accept-profile: public", "content-profile: x"))
        .contains("\nContent-Profile: public\n");
    assertThat(problem("GET", "/tracks", "", "accept-profile: extra"))
        .isEqualTo(new Problem.UnknownTable("extra", "tracks", null));
    Problem unknown = new Problem.UnknownSchema("x", List.of("public", "extra"));
    assertThat(problem("GET", "/tracks", "", "accept-profile: x")).isEqualTo(unknown);
    for (String method : List.of("POST", "PATCH", "DELETE"))
      assertThat(problem(method, "/tracks", "{}", "content-profile: x")).isEqualTo(unknown);
  }

  static List<Arguments> refused() {
    return List.of(
        Arguments.of(request("GET", "/a/b", ""), new Problem.NoSuchPath()),
        Arguments.of(request("TRACE", "/tracks", ""), new Problem.MethodNotAllowed("TRACE")),
        Arguments.of(request("POST", "/", ""), new Problem.MethodNotAllowed("POST")),
        Arguments.of(request("PUT", "/rpc/f", ""), new Problem.MethodNotAllowed("PUT")),
        Arguments.of(request("GET", "/", ""), new Problem.Unsupported("the OpenAPI description")),
        Arguments.of(request("POST", "/rpc/f", ""), new Problem.Unsupported("functions (RPC)")),
        Arguments.of(request("PUT", "/tracks?id=eq.1", "{}"), new Problem.Unsupported("PUT")),
        Arguments.of(
            request("OPTIONS", "/trakcs", ""),
            new Problem.UnknownTable("public", "trakcs", "tracks")),
        Arguments.of(
            request("GET", "/tracks", "", "accept: text/html"),
            new Problem.NotAcceptable(List.of("text/html"))),
        Arguments.of(
            request("GET", "/tracks", "", "prefer: count=planned"),
            new Problem.Unsupported("count=planned")),
        Arguments.of(
            request("GET", "/tracks", "", "prefer: handling=strict, x=1"),
            new Problem.UnknownPreferences(List.of("x=1"))),
        Arguments.of(
            request("POST", "/tracks", "{}", "prefer: handling=strict, timezone=UTC"),
            new Problem.Unsupported("Prefer: timezone")),
        Arguments.of(
            request("POST", "/tracks", "{}", "prefer: resolution=merge-duplicates"),
            new Problem.Unsupported("upsert")),
        Arguments.of(
            request("POST", "/tracks", ""), new Problem.UnreadableBody("Empty or invalid json")),
        Arguments.of(
            request("POST", "/tracks", "a=1", "content-type: application/x-www-form-urlencoded"),
            new Problem.Unsupported("bodies of application/x-www-form-urlencoded")),
        Arguments.of(
            request("PATCH", "/tracks?id=eq.1", "a", "content-type: text/CSV; charset=utf-8"),
            new Problem.Unsupported("bodies of text/csv")),
        Arguments.of(
            request("POST", "/tracks", "x", "content-type: text/plain"),
            new Problem.UnreadableBody("Content-Type not acceptable: text/plain")),
        Arguments.of(
            request("POST", "/tracks", "{\"name\":\"" + "x".repeat(60_000) + "\"}"),
            new Problem.Overloaded(1)),
        Arguments.of(
            request("POST", "/tracks", "{\"nmae\":1}"),
            new Problem.UnknownBodyColumn("tracks", "nmae")),
        Arguments.of(
            request("GET", "/tracks?nmae=eq.1", ""), new Problem.UnknownColumn("tracks", "nmae")));
  }

  @ParameterizedTest
  @MethodSource("refused")
  void refuses(Request request, Problem problem) {
    Turn turn =
        new Turn(caller, new Allowance(Duration.ofSeconds(3), budget.lease(), observed::add));
    assertThat(
            catchThrowableOfType(ProblemException.class, () -> endpoint().answer(request, turn))
                .problem())
        .isEqualTo(problem);
    assertThat(engine.plans).isEmpty();
  }

  @Test
  void refusesInWordsThatDependOnWhoAsks() {
    Request get = request("GET", "/tracks", "");
    Problem denied = new Problem.PermissionDenied("tracks");
    assertThat(endpoint().refuse(denied, get, SERVICE).status()).isEqualTo(403);
    assertThat(endpoint().refuse(denied, get, ANON).status()).isEqualTo(401);
    assertThat(endpoint().refuse(denied, get, null).status()).isEqualTo(401);
    Response head = endpoint().refuse(denied, request("HEAD", "/tracks", ""), SERVICE);
    assertThat(AnswerTest.text(head))
        .isEqualTo(
            """
            403
            Content-Type: application/json; charset=utf-8
            Proxy-Status: PostgREST; error=42501

            """);
    Response function =
        endpoint()
            .refuse(new Problem.MethodNotAllowed("PUT"), request("PUT", "/rpc/f", ""), SERVICE);
    assertThat(AnswerTest.text(function)).contains("PGRST101");
  }
}
