package dev.mainstay.api.rest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mainstay.api.http.Response;
import dev.mainstay.core.problem.Problem;
import dev.mainstay.core.problem.Problem.ConstraintViolated.Kind;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class RefusalsTest {
  /// @param body with `'` for `"`, and `` ` `` for `'`
  static Arguments refusal(Problem problem, int status, String body) {
    return Arguments.of(problem, status, body.replace('\'', '"').replace('`', '\''));
  }

  static List<Arguments> refusals() {
    return List.of(
        refusal(
            new Problem.UnreadableQuery("\"failed\" (line 1, column 1)", "unexpected \"x\""),
            400,
            "{'code':'PGRST100','message':'\\'failed\\' (line 1, column 1)','details':'unexpected"
                + " \\'x\\'','hint':null}"),
        refusal(
            new Problem.UnreadableBody("Empty or invalid json"),
            400,
            "{'code':'PGRST102','message':'Empty or invalid json','details':null,'hint':null}"),
        refusal(
            new Problem.UnknownPreferences(List.of("a", "b")),
            400,
            "{'code':'PGRST122','message':'Invalid preferences given with handling=strict',"
                + "'details':'Invalid preferences: a, b','hint':null}"),
        refusal(
            new Problem.BadKey("is empty"),
            400,
            "{'code':'MST001','message':'The Idempotency-Key is empty','details':null,"
                + "'hint':'Send one key of 1 to 255 visible ASCII characters, such as a UUID.'}"),
        refusal(
            new Problem.KeyOfAnother(),
            422,
            "{'code':'MST002','message':'The Idempotency-Key was used for another request',"
                + "'details':null,'hint':'Send a new key with each new request, and the same one"
                + " only to try it again.'}"),
        refusal(
            new Problem.NoSuchPath(),
            404,
            "{'code':'PGRST125','message':'Invalid path specified in request URL','details':null,"
                + "'hint':null}"),
        refusal(
            new Problem.NoDescription(),
            404,
            "{'code':'PGRST126','message':'Root endpoint metadata is disabled','details':null,"
                + "'hint':null}"),
        refusal(
            new Problem.MethodNotAllowed("TRACE"),
            405,
            "{'code':'PGRST117','message':'Unsupported HTTP method: TRACE','details':null,"
                + "'hint':null}"),
        refusal(
            new Problem.NotAcceptable(List.of("text/html", "image/png")),
            406,
            "{'code':'PGRST107','message':'None of these media types are available: text/html,"
                + " image/png','details':null,'hint':null}"),
        refusal(
            new Problem.UnsatisfiableRange("Limit"),
            416,
            "{'code':'PGRST103','message':'Requested range not satisfiable','details':'Limit',"
                + "'hint':null}"),
        refusal(
            new Problem.TooLarge(Problem.TooLarge.What.BODY, 10),
            413,
            "{'code':'54000','message':'The request has a body of more than 10 bytes',"
                + "'details':null,'hint':null}"),
        refusal(
            new Problem.TooLarge(Problem.TooLarge.What.URL, 10),
            414,
            "{'code':'54000','message':'The request has a URL of more than 10 bytes',"
                + "'details':null,'hint':null}"),
        refusal(
            new Problem.TooLarge(Problem.TooLarge.What.HEADERS, 10),
            431,
            "{'code':'54000','message':'The request has headers of more than 10 bytes',"
                + "'details':null,'hint':null}"),
        refusal(
            new Problem.TooLarge(Problem.TooLarge.What.QUERY, 10),
            400,
            "{'code':'54000','message':'The request has a query of more than 10 parts',"
                + "'details':null,'hint':null}"),
        refusal(
            new Problem.TooLarge(Problem.TooLarge.What.ANSWER, 10),
            400,
            "{'code':'54000','message':'The answer would have to be of more than 10 bytes',"
                + "'details':null,'hint':'Ask for fewer rows or columns.'}"),
        refusal(
            new Problem.NotByKey(),
            405,
            "{'code':'PGRST105','message':'Filters must include all and only primary key columns"
                + " with `eq` operators','details':null,'hint':null}"),
        refusal(
            new Problem.PagedPut(),
            400,
            "{'code':'PGRST114','message':'limit/offset querystring parameters are not allowed for"
                + " PUT','details':null,'hint':null}"),
        refusal(
            new Problem.OtherKey(),
            400,
            "{'code':'PGRST115','message':'Payload values do not match URL in primary key"
                + " column(s)','details':null,'hint':null}"),
        refusal(
            new Problem.AggregatesOff(),
            400,
            "{'code':'PGRST123','message':'Use of aggregate functions is not allowed',"
                + "'details':null,'hint':null}"),
        refusal(
            new Problem.UnknownSchema("x", List.of("public", "extra")),
            406,
            "{'code':'PGRST106','message':'Invalid schema: x','details':null,'hint':'Only the"
                + " following schemas are exposed: public, extra'}"),
        refusal(
            new Problem.UnknownTable("public", "trakcs", "tracks"),
            404,
            "{'code':'PGRST205','message':'Could not find the table `public.trakcs` in the schema"
                + " cache','details':null,'hint':'Perhaps you meant the table `public.tracks`'}"),
        refusal(
            new Problem.UnknownTable("public", "x", null),
            404,
            "{'code':'PGRST205','message':'Could not find the table `public.x` in the schema"
                + " cache','details':null,'hint':null}"),
        refusal(
            new Problem.UnknownColumn("t", "x"),
            400,
            "{'code':'42703','message':'column t.x does not exist','details':null,'hint':null}"),
        refusal(
            new Problem.UnknownBodyColumn("t", "x"),
            400,
            "{'code':'PGRST204','message':'Could not find the `x` column of `t` in the schema"
                + " cache','details':null,'hint':null}"),
        refusal(
            new Problem.UnknownFunction("public", "f", List.of("a", "b"), null, "g"),
            404,
            "{'code':'PGRST202','message':'Could not find the function public.f(a, b) in the"
                + " schema cache','details':'Searched for the function public.f with parameters a,"
                + " b, but no matches were found in the schema cache.','hint':'Perhaps you meant"
                + " to call the function public.g'}"),
        refusal(
            new Problem.UnknownFunction("public", "f", List.of(), "json/jsonb", null),
            404,
            "{'code':'PGRST202','message':'Could not find the function public.f without parameters"
                + " in the schema cache','details':'Searched for the function public.f without"
                + " parameters or with a single unnamed json/jsonb parameter, but no matches were"
                + " found in the schema cache.','hint':null}"),
        refusal(
            new Problem.UnknownFunction("public", "f", List.of(), "text", null),
            404,
            "{'code':'PGRST202','message':'Could not find the function public.f in the schema"
                + " cache','details':'Searched for the function public.f with a single unnamed"
                + " text parameter, but no matches were found in the schema cache.','hint':null}"),
        refusal(
            new Problem.AmbiguousFunction(
                List.of("public.f(a => integer)", "public.f(a => integer, b => text)")),
            300,
            "{'code':'PGRST203','message':'Could not choose the best candidate function between:"
                + " public.f(a => integer), public.f(a => integer, b => text)','details':null,"
                + "'hint':'Try renaming the parameters or the function itself in the database so"
                + " function overloading can be resolved'}"),
        refusal(
            new Problem.CallDenied("f"),
            403,
            "{'code':'42501','message':'permission denied for function f','details':null,"
                + "'hint':null}"),
        refusal(
            new Problem.NoSetToCount(),
            400,
            "{'code':'PGRST128','message':'Function must return SETOF or TABLE when max-affected"
                + " preference is used with handling=strict','details':null,'hint':null}"),
        refusal(
            new Problem.NoRelationship("public", "a", "b", "h", "c"),
            400,
            "{'code':'PGRST200','message':'Could not find a relationship between `a` and `b` in"
                + " the schema cache','details':'Searched for a foreign key relationship between"
                + " `a` and `b` using the hint `h` in the schema `public`, but no matches were"
                + " found.','hint':'Perhaps you meant `c` instead of `b`.'}"),
        refusal(
            new Problem.NoRelationship("public", "a", "b", null, null),
            400,
            "{'code':'PGRST200','message':'Could not find a relationship between `a` and `b` in"
                + " the schema cache','details':'Searched for a foreign key relationship between"
                + " `a` and `b` in the schema `public`, but no matches were found.','hint':null}"),
        refusal(
            new Problem.AmbiguousRelationship(
                "orders",
                "addresses",
                List.of(
                    new Problem.AmbiguousRelationship.Candidate(
                        "many-to-one",
                        "orders with addresses",
                        "billing using orders(billing_id) and addresses(id)",
                        "addresses!billing"),
                    new Problem.AmbiguousRelationship.Candidate(
                        "many-to-one",
                        "orders with addresses",
                        "shipping using orders(shipping_id) and addresses(id)",
                        "addresses!shipping"))),
            300,
            "{'code':'PGRST201','message':'Could not embed because more than one relationship was"
                + " found for `orders` and `addresses`','details':[{'cardinality':'many-to-one',"
                + "'embedding':'orders with addresses','relationship':'billing using"
                + " orders(billing_id) and addresses(id)'},{'cardinality':'many-to-one',"
                + "'embedding':'orders with addresses','relationship':'shipping using"
                + " orders(shipping_id) and addresses(id)'}],'hint':'Try changing `addresses` to"
                + " one of the following: `addresses!billing`, `addresses!shipping`. Find the"
                + " desired relationship in the `details` key.'}"),
        refusal(
            new Problem.NotEmbedded("x"),
            400,
            "{'code':'PGRST108','message':'`x` is not an embedded resource in this request',"
                + "'details':null,'hint':'Verify that `x` is included in the `select` query"
                + " parameter.'}"),
        refusal(
            new Problem.BadEmbedFilter("x"),
            400,
            "{'code':'PGRST120','message':'Bad operator on the `x` embedded resource','details':"
                + "'Only is null or not is null filters are allowed on embedded resources',"
                + "'hint':null}"),
        refusal(
            new Problem.BadEmbedOrder("a", "b"),
            400,
            "{'code':'PGRST118','message':'A related order on `b` is not possible','details':'`a`"
                + " and `b` do not form a many-to-one or one-to-one relationship','hint':null}"),
        refusal(
            new Problem.InvalidValue("integer", "x"),
            400,
            "{'code':'22P02','message':'invalid input syntax for type integer: \\'x\\'',"
                + "'details':null,'hint':null}"),
        refusal(
            new Problem.InvalidValue("json", "{"),
            400,
            "{'code':'22P02','message':'invalid input syntax for type json',"
                + "'details':null,'hint':null}"),
        refusal(
            new Problem.InvalidValue("date", "x"),
            400,
            "{'code':'22007','message':'invalid input syntax for type date: \\'x\\'',"
                + "'details':null,'hint':null}"),
        refusal(
            new Problem.ValueOutOfRange("22003", "out of range"),
            400,
            "{'code':'22003','message':'out of range','details':null,'hint':null}"),
        refusal(
            new Problem.NoSuchOperator("~~", "integer", "unknown"),
            404,
            "{'code':'42883','message':'operator does not exist: integer ~~ unknown','details':"
                + "null,'hint':'No operator matches the given name and argument types. You might"
                + " need to add explicit type casts.'}"),
        refusal(new Problem.NoKey(false), 401, "{'message':'No API key found in request'}"),
        refusal(new Problem.NoKey(true), 401, "{'message':'Invalid authentication credentials'}"),
        refusal(
            new Problem.BadToken("PGRST303", "JWT expired"),
            401,
            "{'code':'PGRST303','message':'JWT expired','details':null,'hint':null}"),
        refusal(
            new Problem.PermissionDenied("t"),
            403,
            "{'code':'42501','message':'permission denied for table t','details':null,"
                + "'hint':null}"),
        refusal(
            new Problem.PolicyViolated("t"),
            403,
            "{'code':'42501','message':'new row violates row-level security policy for table"
                + " \\'t\\'','details':null,'hint':null}"),
        refusal(
            new Problem.ConstraintViolated(
                Kind.UNIQUE,
                "duplicate key value violates unique constraint \"t_pkey\"",
                "Key (id)=(1) already exists."),
            409,
            "{'code':'23505','message':'duplicate key value violates unique constraint"
                + " \\'t_pkey\\'','details':'Key (id)=(1) already exists.','hint':null}"),
        refusal(
            new Problem.ConstraintViolated(Kind.FOREIGN_KEY, "m", null),
            409,
            "{'code':'23503','message':'m','details':null,'hint':null}"),
        refusal(
            new Problem.ConstraintViolated(Kind.NOT_NULL, "m", null),
            400,
            "{'code':'23502','message':'m','details':null,'hint':null}"),
        refusal(
            new Problem.ConstraintViolated(Kind.CHECK, "m", null),
            400,
            "{'code':'23514','message':'m','details':null,'hint':null}"),
        refusal(
            new Problem.NotOneRow(3),
            406,
            "{'code':'PGRST116','message':'Cannot coerce the result to a single JSON object',"
                + "'details':'The result contains 3 rows','hint':null}"),
        refusal(
            new Problem.TooManyRows(3),
            400,
            "{'code':'PGRST124','message':'Query result exceeds max-affected preference"
                + " constraint','details':'The query affects 3 rows','hint':null}"),
        refusal(
            new Problem.MissingWhere("DELETE"),
            400,
            "{'code':'21000','message':'DELETE requires a WHERE clause','details':null,"
                + "'hint':null}"),
        refusal(
            new Problem.Unsupported("ranges"),
            400,
            "{'code':'PGRST127','message':'Feature not implemented','details':'ranges',"
                + "'hint':null}"),
        refusal(
            new Problem.TimedOut(),
            500,
            "{'code':'57014','message':'canceling statement due to statement timeout',"
                + "'details':null,'hint':null}"),
        refusal(
            new Problem.Overloaded(1),
            503,
            "{'code':'53000','message':'Too many requests are under way','details':null,"
                + "'hint':'Try again later.'}"),
        refusal(
            new Problem.Unavailable("The database is away", 1),
            503,
            "{'code':'PGRST000','message':'The database is away','details':null,'hint':null}"),
        refusal(
            new Problem.PoolExhausted(1),
            504,
            "{'code':'PGRST003','message':'Timed out acquiring connection from connection pool.',"
                + "'details':null,'hint':null}"),
        refusal(
            new Problem.Outdated(),
            503,
            "{'code':'PGRST002','message':'The model was changed meanwhile. Try again.',"
                + "'details':null,'hint':null}"),
        refusal(
            new Problem.Database("22P05", "m", "d", "h"),
            400,
            "{'code':'22P05','message':'m','details':'d','hint':'h'}"));
  }

  @ParameterizedTest
  @MethodSource("refusals")
  void speaksAsPostgrestDoes(Problem problem, int status, String body) {
    Response response = Refusals.response(problem, true, false);
    assertThat(text(response)).isEqualTo(body);
    assertThat(response.status()).isEqualTo(status);
  }

  @Test
  void hasWordsForEveryProblem() {
    List<String> all =
        Arrays.stream(Problem.class.getPermittedSubclasses()).map(Class::getSimpleName).toList();
    List<String> tried =
        refusals().stream().map(row -> row.get()[0].getClass().getSimpleName()).toList();
    assertThat(new TreeSet<>(tried)).isEqualTo(new TreeSet<>(all));
  }

  static String text(Response response) {
    return new String(((Response.Body.Bytes) response.body()).bytes(), StandardCharsets.UTF_8);
  }

  static List<Arguments> headers() {
    String json = "Content-Type: application/json; charset=utf-8";
    return List.of(
        Arguments.of(
            new Problem.NoSuchPath(),
            true,
            List.of(json, "Proxy-Status: PostgREST; error=PGRST125")),
        Arguments.of(
            new Problem.PermissionDenied("t"),
            true,
            List.of(json, "Proxy-Status: PostgREST; error=42501")),
        Arguments.of(
            new Problem.PermissionDenied("t"),
            false,
            List.of(json, "Proxy-Status: PostgREST; error=42501", "WWW-Authenticate: Bearer")),
        Arguments.of(
            new Problem.BadToken("PGRST303", "JWT expired"),
            false,
            List.of(
                json,
                "Proxy-Status: PostgREST; error=PGRST303",
                "WWW-Authenticate: Bearer error=\"invalid_token\", error_description=\"JWT"
                    + " expired\"")),
        Arguments.of(
            new Problem.Overloaded(7),
            false,
            List.of(json, "Proxy-Status: PostgREST; error=53000", "Retry-After: 7")));
  }

  @ParameterizedTest
  @MethodSource("headers")
  void sendsWhatClientsGoBy(Problem problem, boolean known, List<String> headers) {
    assertThat(Refusals.response(problem, known, false).headers())
        .map(header -> header.name() + ": " + header.value())
        .isEqualTo(headers);
  }

  @Test
  void tellsAnonymousCallersToSignIn() {
    assertThat(Refusals.response(new Problem.PolicyViolated("t"), false, false).status())
        .isEqualTo(401);
    assertThat(Refusals.response(new Problem.PolicyViolated("t"), true, false).status())
        .isEqualTo(403);
  }

  @Test
  void speaksOfFunctionsDifferently() {
    assertThat(text(Refusals.response(new Problem.MethodNotAllowed("PUT"), true, true)))
        .isEqualTo(
            "{\"code\":\"PGRST101\",\"message\":\"Cannot use the PUT method on RPC\","
                + "\"details\":null,\"hint\":null}");
  }

  @Test
  void tellsNoMoreOfABugThanItsNumber() {
    Response response = Refusals.broken("4711");
    assertThat(response.status()).isEqualTo(500);
    assertThat(text(response))
        .isEqualTo(
            "{\"code\":\"PGRSTX00\",\"message\":\"Something went wrong here; it is noted as"
                + " incident 4711\",\"details\":null,\"hint\":null}");
  }
}
