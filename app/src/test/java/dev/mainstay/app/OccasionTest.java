package dev.mainstay.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mainstay.api.rest.Ending;
import dev.mainstay.api.rest.RestSettings;
import dev.mainstay.core.model.TableName;
import dev.mainstay.core.plan.Caller;
import dev.mainstay.core.query.JsonText;
import dev.mainstay.testkit.Backend;
import dev.mainstay.testkit.Callers;
import dev.mainstay.testkit.postgres.PostgresVersion;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What SQL of the database's own learns of a request, and what it makes of the response, where the
/// database keeps policies of its own.
@ParameterizedClass
@EnumSource
class OccasionTest {
  private static final Caller.Outside ANN = Callers.user("ann");

  private static final String MODEL =
      """
      tables:
        notes:
          columns:
            id: {type: integer, primary_key: true}
            text: {type: text, nullable: true}
            at: {type: timestamptz, default: '2024-07-01T12:00:00Z'}
        visits:
          columns: {id: {type: integer, primary_key: true}, role: text, path: text}
      functions:
        said:
          arguments: {name: text}
          returns: text
          sql: 'select current_setting(:name, true)'
          allow: everyone
        wish:
          arguments: {status: text?, headers: text?}
          returns: text
          writes: true
          sql: >-
            select concat(set_config('response.status', coalesce(:status, ''), false),
              set_config('response.headers', coalesce(:headers, ''), false))
          allow: everyone
      """;

  private static final String[] DATABASE = {
    """
    CREATE FUNCTION public.told() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
      PERFORM set_config('response.headers', format('[{"X-Note": "%s"}]', NEW.id), true);
      PERFORM set_config('response.status', '202', true);
      RETURN NEW;
    END $$""",
    "CREATE TRIGGER told BEFORE INSERT ON notes FOR EACH ROW EXECUTE FUNCTION told()",
    AsRole.EVERYTHING,
    "CREATE SCHEMA hidden",
    "GRANT USAGE ON SCHEMA hidden TO anon, authenticated",
    """
    CREATE FUNCTION hidden.gate() RETURNS void LANGUAGE plpgsql AS $$ BEGIN
      IF current_setting('request.headers')::json ->> 'x-banned' = 'yes' THEN
        RAISE SQLSTATE 'PT403' USING MESSAGE = 'not you';
      END IF;
      IF current_setting('transaction_read_only') = 'off' THEN
        INSERT INTO public.visits
          SELECT count(*), current_user, current_setting('request.path') FROM public.visits;
      END IF;
    END $$""",
  };

  private final Backend backend;

  OccasionTest(PostgresVersion version) {
    backend = AsRole.backend(version, MODEL, DATABASE);
  }

  @AfterEach
  void close() {
    backend.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          request.method        | GET
          request.path          | /rpc/said
          request.headers       | {"accept-profile":"public","prefer":"timezone=Asia/Kolkata"}
          request.cookies       | {"a":"1","b":"x=y"}
          request.jwt.claims    | {"role":"anon"}
          role                  | anon
          search_path           | "public", "extensions"
          TimeZone              | Asia/Kolkata
          transaction_read_only | on
          """)
  void theDatabaseKnowsTheRequest(String setting, String value) {
    RestCall.Answer answer =
        call(
            "GET",
            "/rpc/said?name=" + setting,
            Callers.ANON,
            "",
            Map.of(
                "Accept-Profile", "public",
                "Prefer", "timezone=Asia/Kolkata",
                "Cookie", "a=1; b=x=y;c"));
    assertThat(text(answer)).isEqualTo(value);
  }

  private static String text(RestCall.Answer answer) {
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    return JsonText.parse(answer.body()).asString();
  }

  @Test
  void momentsAreOnTheClocksOfTheZoneAskedFor() {
    backend.seed("notes", "{\"id\":1}");
    assertThat(
            call("GET", "/notes?select=at", ANN, "", Map.of("Prefer", "timezone=Asia/Kolkata"))
                .body())
        .isEqualTo("[{\"at\":\"2024-07-01T17:30:00+05:30\"}]");
    assertThat(call("GET", "/notes?select=at", ANN, "", Map.of()).body())
        .isEqualTo("[{\"at\":\"2024-07-01T12:00:00+00:00\"}]");
  }

  @Test
  void aTriggerMakesTheResponseToAWrite() {
    RestCall.Answer written = call("POST", "/notes", ANN, "{\"id\":7}", Map.of());
    assertThat(written.text()).isEqualTo("202\n");
    assertThat(written.header("X-Note")).isEqualTo("7");
    RestCall.Answer answered =
        call(
            "POST",
            "/notes?select=id",
            ANN,
            "{\"id\":8}",
            Map.of("Prefer", "return=representation, tx=rollback"));
    assertThat(answered.text()).isEqualTo("202\n[{\"id\":8}]");
    assertThat(answered.header("X-Note")).isEqualTo("8");
    RestCall.Answer read = call("GET", "/notes?select=id", ANN, "", Map.of());
    assertThat(read.text()).isEqualTo("200\n[{\"id\":7}]");
    assertThat(read.header("X-Note")).isNull();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {"status":"418"}                                   | 418 | ok
          {"status":"299","headers":"[{\\"X-A\\":\\"b\\"}]"} | 299 | ok
          {"status":"204"}                                   | 204 | ``
          {"status":"teapot"}                                | 500 | PGRST112
          {"status":"099"}                                   | 500 | PGRST112
          {"headers":"{\\"X-A\\":\\"b\\"}"}                  | 500 | PGRST111
          {"headers":"[{\\"X-A\\":1}]"}                      | 500 | PGRST111
          {"headers":"[{\\"X-A\\":\\"b\\",\\"X-B\\":\\"c\\"}]"} | 500 | PGRST111
          {"headers":"[{\\"X-A\\":\\"b\\\\r\\\\nX-B: c\\"}]"}    | 500 | PGRST111
          {"headers":"[{\\"Content-Length\\":\\"1\\"}]"}     | 500 | PGRST111
          {"headers":"nothing"}                              | 500 | PGRST111
          """)
  void aFunctionMakesTheResponse(String wish, int status, String holds) {
    RestCall.Answer answer = call("POST", "/rpc/wish", ANN, wish, Map.of());
    assertThat(answer.status()).as(answer.body()).isEqualTo(status);
    if (holds.equals("ok")) assertThat(answer.body()).startsWith("\"");
    else assertThat(answer.body()).contains(holds);
    if (wish.contains("299")) assertThat(answer.header("X-A")).isEqualTo("b");
    // What is set for a whole session is not the next request's.
    assertThat(call("GET", "/notes?select=id", ANN, "", Map.of()).text()).isEqualTo("200\n[]");
  }

  @Test
  void aHeaderOfTheDatabaseTakesThePlaceOfOurs() {
    RestCall.Answer answer =
        call(
            "POST",
            "/rpc/wish",
            ANN,
            "{\"headers\":\"[{\\\"content-type\\\":\\\"text/plain\\\"},{\\\"Set-Cookie\\\":\\\"a=1\\\"},"
                + "{\\\"Set-Cookie\\\":\\\"b=2\\\"}]\"}",
            Map.of());
    assertThat(answer.headers().stream().map(h -> h.name() + ": " + h.value()))
        .contains("content-type: text/plain", "Set-Cookie: a=1", "Set-Cookie: b=2")
        .noneMatch(header -> header.startsWith("Content-Type"));
  }

  @Test
  void aFunctionOfTheDatabaseGoesAheadOfEveryRequest() {
    RestSettings settings =
        RestSettings.DEFAULT
            .ending(Ending.COMMIT_ALLOW_OVERRIDE)
            .withPreRequest(new TableName("hidden", "gate"));
    RestCall gated = new RestCall(backend, settings);
    Map<String, String> banned = Map.of("X-Banned", "yes");
    String refused =
        "403\n{\"code\":\"PT403\",\"message\":\"not you\",\"details\":null,\"hint\":null}";
    assertThat(make(gated, "GET", "/notes", "", banned)).isEqualTo(refused);
    assertThat(make(gated, "POST", "/notes", "{\"id\":1}", banned)).isEqualTo(refused);
    assertThat(
            make(
                gated,
                "POST",
                "/notes",
                "{\"id\":1}",
                Map.of("X-Banned", "yes", "Prefer", "tx=rollback")))
        .isEqualTo(refused);
    assertThat(make(gated, "POST", "/rpc/wish", "{}", banned)).isEqualTo(refused);
    assertThat(make(gated, "POST", "/notes", "[]", banned)).isEqualTo(refused);
    assertThat(make(gated, "PATCH", "/notes?id=eq.1", "{}", banned)).isEqualTo(refused);
    assertThat(make(gated, "GET", "/notes?select=id", "", Map.of())).isEqualTo("200\n[]");
    assertThat(make(gated, "POST", "/notes", "{\"id\":1}", Map.of())).startsWith("202");
    assertThat(make(gated, "PATCH", "/notes?id=eq.1", "{\"text\":\"a\"}", Map.of()))
        .startsWith("204");
    assertThat(backend.stored("visits"))
        .isEqualTo(
            "[{\"id\":0,\"role\":\"authenticated\",\"path\":\"/notes\"},"
                + "{\"id\":1,\"role\":\"authenticated\",\"path\":\"/notes\"}]");
  }

  @ParameterizedTest
  @ValueSource(strings = {"none", "nobody_knows"})
  void aRoleThatIsNoneIsNobodys(String role) {
    RestCall.Answer answer =
        call("POST", "/notes", Callers.outside(role, Map.of()), "{\"id\":1}", Map.of());
    assertThat(answer.text())
        .isEqualTo(
            "401\n{\"code\":\"22023\",\"message\":\"role \\\""
                + role
                + "\\\" does not exist\",\"details\":null,\"hint\":null}");
    assertThat(call("POST", "/notes", Callers.outside(role, Map.of()), "[]", Map.of()).status())
        .isEqualTo(401);
    assertThat(backend.stored("notes")).isEqualTo("[]");
  }

  private RestCall.Answer call(
      String method,
      String target,
      Caller.Outside caller,
      String body,
      Map<String, String> headers) {
    return new RestCall(backend, RestSettings.DEFAULT.ending(Ending.COMMIT_ALLOW_OVERRIDE))
        .make(method, target, headers, body.getBytes(UTF_8), caller);
  }

  private static String make(
      RestCall call, String method, String target, String body, Map<String, String> headers) {
    return call.make(method, target, headers, body.getBytes(UTF_8), ANN).text();
  }
}
