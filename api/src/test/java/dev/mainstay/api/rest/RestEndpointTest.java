package dev.mainstay.api.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.mainstay.api.http.Request;
import dev.mainstay.api.http.Response;
import dev.mainstay.core.engine.Rows;
import dev.mainstay.core.engine.Written;
import dev.mainstay.core.plan.Plan;
import dev.mainstay.core.problem.Problem;
import dev.mainstay.core.problem.ProblemException;
import dev.mainstay.core.query.Value;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/// From a request to the plan an engine is given, and from what it answers to the response.
class RestEndpointTest {
  final RestHarness rest = new RestHarness();

  // ── reads ──

  @Test
  void reads() {
    rest.engine.rows =
        new Rows(List.of(RestHarness.json("{'name':'a'}"), RestHarness.json("{'name':'b'}")), 7L);
    assertThat(
            rest.answer(
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
            ETag: "zZv3LznzIJJWDcl5nCg1TD7r1T4pa4b-"

            [{"name":"a"},{"name":"b"}]""");
    Plan.Read plan = rest.engine.only(Plan.Read.class);
    assertThat(plan.shape().counting()).isEqualTo(Plan.Counting.EXACT);
    assertThat(plan.values())
        .containsExactly(new Value.Whole(3), new Value.Whole(2), new Value.Whole(4));
    assertThat(rest.observed)
        .map(observation -> observation.getClass().getSimpleName())
        .containsExactly("Parsed", "Planned", "Executed", "Rendered");
  }

  @Test
  void readsTheHeadOnly() {
    rest.engine.rows = new Rows(List.of(RestHarness.json("{'name':'a'}")), null);
    assertThat(rest.answer("HEAD", "/tracks?select=name", "", "range: 5-9"))
        .isEqualTo(
            """
            200
            Content-Range: 0-0/*
            Content-Location: /tracks?select=name
            Content-Type: application/json; charset=utf-8
            Vary: Authorization, apikey, Accept, Prefer, Range
            ETag: "ueudZoeO4dT-OPmX20lNzr8anTnbpC52"

            """);
  }

  @Test
  void readsTheRangeOfAHeader() {
    rest.answer("GET", "/tracks?limit=100", "", "range: 10-19");
    assertThat(rest.engine.only(Plan.Read.class).values())
        .containsExactly(new Value.Whole(10), new Value.Whole(10));
  }

  @Test
  void readsOneObject() {
    String one = "accept: application/vnd.pgrst.object+json";
    rest.engine.rows = new Rows(List.of(RestHarness.json("{'id':1}")), null);
    assertThat(rest.answer("GET", "/tracks?id=eq.1", "", one)).endsWith("\n\n{\"id\":1}");
    rest.engine.rows = new Rows(List.of(), null);
    assertThat(rest.problem("GET", "/tracks?id=eq.2", "", one)).isEqualTo(new Problem.NotOneRow(0));
  }

  @Test
  void explainsInsteadOfReadingOrWriting() {
    rest.settings = RestSettings.DEFAULT.withPlans();
    String plan = "accept: application/vnd.pgrst.plan+json; options=verbose|analyze";
    assertThat(rest.answer("GET", "/tracks?id=eq.1", "", plan, "accept-profile: public"))
        .isEqualTo(
            """
            200
            Content-Type: application/vnd.pgrst.plan+json; for="application/json"; options=analyze|verbose; charset=utf-8
            Content-Profile: public
            Vary: Authorization, apikey, Accept, Prefer, Range

            JSON [ANALYZE, VERBOSE]
            """);
    rest.engine.only(Plan.Read.class);
    for (String method : List.of("POST", "PATCH", "DELETE"))
      assertThat(rest.answer(method, "/tracks?id=eq.1", "{\"plays\":1}", plan))
          .startsWith("200\nContent-Type: application/vnd.pgrst.plan+json;")
          .endsWith("\n\nJSON [ANALYZE, VERBOSE]\n");
    assertThat(rest.engine.plans).hasSize(4);
  }

  // ── inserts ──

  @Test
  void inserts() {
    rest.engine.written = RestHarness.written("{'id':1}", "{'id':2}");
    assertThat(
            rest.answer(
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
    Plan.Insert plan = rest.engine.only(Plan.Insert.class);
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
    rest.engine.written = RestHarness.written("{}");
    assertThat(rest.answer("POST", "/tracks", "{\"name\":\"a\"}"))
        .isEqualTo("201\nContent-Range: */*\n\n");
    assertThat(rest.engine.only(Plan.Insert.class).shape().returning()).isNull();
  }

  @Test
  void saysWhereTheNewRowIs() {
    rest.engine.written = RestHarness.written("{}");
    assertThat(rest.answer("POST", "/tracks", "{\"name\":\"a\"}", "prefer: return=headers-only"))
        .isEqualTo(
            """
            201
            Location: /tracks?id=eq.1
            Content-Range: */*
            Preference-Applied: return=headers-only

            """);
    assertThat(rest.engine.only(Plan.Insert.class).shape().returning()).isNotNull();
  }

  @Test
  void insertsOnlyTheColumnsNamed() {
    rest.engine.written = RestHarness.written("{}");
    rest.answer(
        "POST",
        "/tracks?columns=name,plays",
        "[{\"name\":\"a\",\"other\":1}]",
        "prefer: missing=default");
    Plan.Row row = rest.engine.only(Plan.Insert.class).rows().getFirst();
    assertThat(row.cells()).hasSize(2).startsWith(new Value.Text("a")).endsWith((Value) null);
  }

  @Test
  void insertsNothing() {
    assertThat(rest.answer("POST", "/tracks", "[]", "prefer: return=representation,count=exact"))
        .isEqualTo(
            """
            201
            Content-Range: */0
            Preference-Applied: return=representation, count=exact
            Content-Type: application/json; charset=utf-8

            []""");
    assertThat(rest.engine.only(Plan.Insert.class).rows()).isEmpty();
    assertThat(rest.problem("POST", "/nothing", "[]")).isInstanceOf(Problem.UnknownTable.class);
  }

  @Test
  void insertsOneObjectOrNone() {
    String one = "accept: application/vnd.pgrst.object+json";
    assertThat(rest.problem("POST", "/tracks", "[]", one)).isEqualTo(new Problem.NotOneRow(0));
    assertThat(rest.engine.only(Plan.Insert.class).rows()).isEmpty();
    rest.engine.plans.clear();
    rest.engine.written = RestHarness.written("{}");
    rest.answer("POST", "/tracks", "[{\"name\":\"a\"}]", one);
    assertThat(rest.engine.only(Plan.Insert.class).expected())
        .isEqualTo(new Plan.Expectation(null, true));
  }

  @Test
  void merges() {
    rest.engine.written = new Written(List.of(List.of(new Value.Whole(1))), List.of(), 0);
    assertThat(rest.answer("POST", "/tracks", "{\"id\":1}", "prefer: resolution=merge-duplicates"))
        .isEqualTo("200\nContent-Range: */*\nPreference-Applied: resolution=merge-duplicates\n\n");
    Plan.Conflict conflict = rest.engine.only(Plan.Insert.class).shape().conflict();
    assertThat(conflict).isNotNull();
    assertThat(conflict.target()).map(column -> column.name()).containsExactly("id");
    assertThat(conflict.merge()).map(column -> column.name()).containsExactly("id");
  }

  @Test
  void insertsWhatIsNew() {
    rest.engine.written = Written.NOTHING;
    assertThat(
            rest.answer(
                "POST",
                "/tracks?on_conflict=id",
                "{\"id\":1}",
                "prefer: resolution=ignore-duplicates, count=exact"))
        .startsWith("201\nContent-Range: */0\n");
    assertThat(rest.engine.only(Plan.Insert.class).shape().conflict().merge()).isEmpty();
  }

  @Test
  void puts() {
    rest.engine.written = RestHarness.written("{'id':1}");
    String body = "{\"id\":1,\"name\":\"a\"}";
    assertThat(rest.answer("PUT", "/tracks?id=eq.1", body)).isEqualTo("204\n\n");
    assertThat(
            rest.answer("PUT", "/tracks?id=eq.1&select=id", body, "prefer: return=representation"))
        .isEqualTo(
            """
            201
            Preference-Applied: return=representation
            Content-Type: application/json; charset=utf-8

            [{"id":1}]""");
  }

  @Test
  void undoesWhatItWroteWhereThatIsAllowed() {
    rest.engine.written = RestHarness.written("{'id':1}");
    String rollback = "prefer: tx=rollback";
    assertThat(rest.answer("POST", "/tracks", "{\"name\":\"a\"}", rollback))
        .isEqualTo("201\nContent-Range: */*\n\n");
    assertThat(rest.engine.undone).isZero();
    rest.settings = rest.settings.ending(Ending.COMMIT_ALLOW_OVERRIDE);
    assertThat(rest.answer("POST", "/tracks", "{\"name\":\"a\"}", rollback))
        .isEqualTo("201\nContent-Range: */*\nPreference-Applied: tx=rollback\n\n");
    assertThat(rest.engine.undone).isEqualTo(1);
    rest.answer("POST", "/tracks", "{\"name\":\"a\"}", "prefer: tx=commit");
    assertThat(rest.engine.undone).isEqualTo(1);
  }

  @Test
  void undoesEveryWriteUnlessACallerMaySayOtherwise() {
    rest.engine.written = RestHarness.written("{'id':1}");
    String commit = "prefer: tx=commit";
    rest.settings = rest.settings.ending(Ending.ROLLBACK);
    assertThat(rest.answer("POST", "/tracks", "{\"name\":\"a\"}", commit))
        .isEqualTo("201\nContent-Range: */*\n\n");
    assertThat(rest.answer("DELETE", "/tracks?id=eq.1", "")).startsWith("204");
    assertThat(rest.engine.undone).isEqualTo(2);
    rest.settings = rest.settings.ending(Ending.ROLLBACK_ALLOW_OVERRIDE);
    assertThat(rest.answer("POST", "/tracks", "{\"name\":\"a\"}"))
        .isEqualTo("201\nContent-Range: */*\n\n");
    assertThat(rest.engine.undone).isEqualTo(3);
    assertThat(rest.answer("POST", "/tracks", "{\"name\":\"a\"}", commit))
        .isEqualTo("201\nContent-Range: */*\nPreference-Applied: tx=commit\n\n");
    assertThat(rest.engine.undone).isEqualTo(3);
  }

  // ── updates and deletes ──

  @Test
  void updates() {
    rest.engine.written = RestHarness.written("{'id':1}", "{'id':2}");
    assertThat(
            rest.answer(
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
    assertThat(rest.engine.only(Plan.Update.class).expected())
        .isEqualTo(new Plan.Expectation(9L, false));
  }

  @Test
  void updatesWithTheFirstOfSeveralObjects() {
    rest.engine.written = RestHarness.written("{}");
    assertThat(rest.answer("PATCH", "/tracks?id=eq.1", "[{\"plays\":5},{\"plays\":6}]"))
        .isEqualTo("204\nContent-Range: 0-0/*\n\n");
    assertThat(rest.engine.only(Plan.Update.class).values()).contains(new Value.Whole(5));
  }

  @ParameterizedTest
  @CsvSource({"{}", "[]", "null"})
  void updatesNothing(String body) {
    assertThat(rest.answer("PATCH", "/tracks", body)).isEqualTo("204\nContent-Range: */*\n\n");
    assertThat(rest.answer("PATCH", "/tracks", body, "prefer: return=representation"))
        .startsWith("200\nContent-Range: */*\n")
        .endsWith("\n\n[]");
    assertThat(rest.problem("PATCH", "/tracks", body, "accept: application/vnd.pgrst.object"))
        .isEqualTo(new Problem.NotOneRow(0));
    assertThat(rest.engine.plans)
        .hasSize(3)
        .allSatisfy(plan -> assertThat(((Plan.Update) plan).shape().assignments()).isEmpty());
  }

  @Test
  void deletes() {
    rest.engine.written = RestHarness.written("{}", "{}");
    assertThat(rest.answer("DELETE", "/tracks?or=(id.eq.1,id.eq.2)", "", "prefer: count=exact"))
        .isEqualTo("204\nContent-Range: */2\nPreference-Applied: count=exact\n\n");
    assertThat(rest.engine.only(Plan.Delete.class).expected()).isEqualTo(Plan.Expectation.ANY);
  }

  @Test
  void expectsOneRowWhereOneIsAskedFor() {
    rest.engine.written = RestHarness.written("{'id':1}");
    String accept = "accept: application/vnd.pgrst.object+json";
    assertThat(
            rest.answer("DELETE", "/tracks?id=eq.1", "", "prefer: return=representation", accept))
        .endsWith("\n\n{\"id\":1}");
    assertThat(rest.engine.only(Plan.Delete.class).expected())
        .isEqualTo(new Plan.Expectation(null, true));
  }

  @Test
  void wantsToBeToldWhichRows() {
    assertThat(rest.problem("DELETE", "/tracks", "")).isEqualTo(new Problem.MissingWhere("DELETE"));
    assertThat(rest.problem("PATCH", "/tracks?limit=1", "{\"plays\":1}"))
        .isEqualTo(new Problem.MissingWhere("UPDATE"));
    assertThat(rest.engine.plans).isEmpty();
    rest.settings = RestSettings.DEFAULT.withoutRequiredWhere();
    rest.answer("DELETE", "/tracks", "");
    rest.answer("PATCH", "/tracks", "{\"plays\":1}");
    assertThat(rest.engine.plans).hasSize(2);
  }

  // ── the rest ──

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/tracks | OPTIONS,GET,HEAD,POST,PUT,PATCH,DELETE",
        "/top_tracks | OPTIONS,GET,HEAD",
        "/ | OPTIONS,GET,HEAD"
      })
  void saysWhatCanBeDone(String path, String allowed) {
    assertThat(rest.answer("OPTIONS", path, "")).isEqualTo("200\nAllow: " + allowed + "\n\n");
    assertThat(rest.engine.plans).isEmpty();
  }

  @Test
  void servesSeveralSchemas() {
    rest.settings = RestSettings.DEFAULT.withSchemas(List.of("public", "extra"));
    rest.engine.written = RestHarness.written("{}");
    assertThat(rest.answer("GET", "/tracks", "")).contains("\nContent-Profile: public\n");
    assertThat(rest.answer("GET", "/tracks", "", "accept-profile: public", "content-profile: x"))
        .contains("\nContent-Profile: public\n");
    assertThat(rest.problem("GET", "/tracks", "", "accept-profile: extra"))
        .isEqualTo(new Problem.UnknownTable("extra", "tracks", null));
    Problem unknown = new Problem.UnknownSchema("x", List.of("public", "extra"));
    assertThat(rest.problem("GET", "/tracks", "", "accept-profile: x")).isEqualTo(unknown);
    for (String method : List.of("POST", "PATCH", "DELETE"))
      assertThat(rest.problem(method, "/tracks", "{}", "content-profile: x")).isEqualTo(unknown);
  }

  static List<Arguments> refused() {
    return List.of(
        Arguments.of(RestHarness.request("GET", "/a/b", ""), new Problem.NoSuchPath()),
        Arguments.of(
            RestHarness.request("TRACE", "/tracks", ""), new Problem.MethodNotAllowed("TRACE")),
        Arguments.of(RestHarness.request("POST", "/", ""), new Problem.MethodNotAllowed("POST")),
        Arguments.of(RestHarness.request("PUT", "/rpc/f", ""), new Problem.MethodNotAllowed("PUT")),
        Arguments.of(RestHarness.request("GET", "/", ""), new Problem.NoDescription()),
        Arguments.of(
            RestHarness.request("PUT", "/tracks?id=eq.1&limit=1", "{}"), new Problem.PagedPut()),
        Arguments.of(RestHarness.request("PUT", "/tracks", "{\"id\":1}"), new Problem.NotByKey()),
        Arguments.of(
            RestHarness.request("PUT", "/tracks?id=eq.1", "{\"id\":2,\"name\":\"a\"}"),
            new Problem.OtherKey()),
        Arguments.of(
            RestHarness.request("OPTIONS", "/trakcs", ""),
            new Problem.UnknownTable("public", "trakcs", "tracks")),
        Arguments.of(
            RestHarness.request("GET", "/tracks", "", "accept: text/html"),
            new Problem.NotAcceptable(List.of("text/html"))),
        Arguments.of(
            RestHarness.request("GET", "/tracks", "", "prefer: handling=strict, x=1"),
            new Problem.UnknownPreferences(List.of("x=1"))),
        Arguments.of(
            RestHarness.request("POST", "/tracks", "{}", "prefer: handling=strict, timezone=No"),
            new Problem.UnknownPreferences(List.of("timezone=No"))),
        Arguments.of(
            RestHarness.request(
                "POST", "/tracks?on_conflict=plays", "{}", "prefer: resolution=merge-duplicates"),
            new Problem.Database(
                "42P10",
                "there is no unique or exclusion constraint matching the ON CONFLICT specification",
                null,
                null)),
        Arguments.of(
            RestHarness.request("POST", "/tracks", ""),
            new Problem.UnreadableBody("Empty or invalid json")),
        Arguments.of(
            RestHarness.request(
                "POST", "/tracks", "a=1", "content-type: application/x-www-form-urlencoded"),
            new Problem.UnknownBodyColumn("tracks", "a")),
        Arguments.of(
            RestHarness.request(
                "PATCH", "/tracks?id=eq.1", "a\n1", "content-type: text/CSV; charset=utf-8"),
            new Problem.UnknownBodyColumn("tracks", "a")),
        Arguments.of(
            RestHarness.request("POST", "/tracks", "x", "content-type: text/plain"),
            new Problem.UnreadableBody("Content-Type not acceptable: text/plain")),
        Arguments.of(
            RestHarness.request("POST", "/tracks", "{\"name\":\"" + "x".repeat(60_000) + "\"}"),
            new Problem.Overloaded(1)),
        Arguments.of(
            RestHarness.request("POST", "/tracks", "{\"nmae\":1}"),
            new Problem.UnknownBodyColumn("tracks", "nmae")),
        Arguments.of(
            RestHarness.request("GET", "/tracks?nmae=eq.1", ""),
            new Problem.UnknownColumn("tracks", "nmae")));
  }

  @ParameterizedTest
  @MethodSource("refused")
  void refuses(Request request, Problem problem) {
    assertThat(
            catchThrowableOfType(
                    ProblemException.class, () -> rest.endpoint().answer(request, rest.turn()))
                .problem())
        .isEqualTo(problem);
    assertThat(rest.engine.plans).isEmpty();
  }

  @Test
  void refusesInWordsThatDependOnWhoAsks() {
    Request get = RestHarness.request("GET", "/tracks", "");
    Problem denied = new Problem.PermissionDenied("tracks");
    assertThat(rest.endpoint().refuse(denied, get, RestHarness.SERVICE).status()).isEqualTo(403);
    assertThat(rest.endpoint().refuse(denied, get, RestHarness.ANON).status()).isEqualTo(401);
    assertThat(rest.endpoint().refuse(denied, get, null).status()).isEqualTo(401);
    Response head =
        rest.endpoint()
            .refuse(denied, RestHarness.request("HEAD", "/tracks", ""), RestHarness.SERVICE);
    assertThat(AnswerTest.text(head))
        .isEqualTo(AnswerTest.text(rest.endpoint().refuse(denied, get, RestHarness.SERVICE)))
        .startsWith(
            """
            403
            Content-Type: application/json; charset=utf-8
            Proxy-Status: PostgREST; error=42501

            {"code":"42501\"""");
    Response function =
        rest.endpoint()
            .refuse(
                new Problem.MethodNotAllowed("PUT"),
                RestHarness.request("PUT", "/rpc/f", ""),
                RestHarness.SERVICE);
    assertThat(AnswerTest.text(function)).contains("PGRST101");
  }
}
