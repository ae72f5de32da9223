package dev.mainstay.api.rest;

import dev.mainstay.core.problem.Problem;
import dev.mainstay.core.problem.Problem.AmbiguousRelationship.Candidate;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A problem in PostgREST's words (`WIRE.md` §1.18).
///
/// @param code null for the two answers that a gateway gives, which have a message only
/// @param candidates what `details` lists instead of text, or null
record ProblemBody(
    int status,
    @Nullable String code,
    String message,
    @Nullable String details,
    @Nullable List<Candidate> candidates,
    @Nullable String hint) {
  /// Types whose malformed values have a SQLSTATE of their own.
  private static final Set<String> DATES =
      Set.of(
          "date",
          "time without time zone",
          "timestamp without time zone",
          "timestamp with time zone",
          "interval");

  private static final String JSON_BODY = "json/jsonb";

  /// @param known whether the caller is somebody, not `anon`
  /// @param function whether the request was for a function, not a table
  static ProblemBody of(Problem problem, boolean known, boolean function) {
    return switch (problem) {
      case Problem.UnreadableQuery(String message, String details) ->
          of(400, "PGRST100", message, details, null);
      case Problem.UnreadableBody(String message) -> of(400, "PGRST102", message, null, null);
      case Problem.UnknownPreferences(List<String> preferences) ->
          of(
              400,
              "PGRST122",
              "Invalid preferences given with handling=strict",
              "Invalid preferences: " + String.join(", ", preferences),
              null);
      case Problem.NoSuchPath() ->
          of(404, "PGRST125", "Invalid path specified in request URL", null, null);
      case Problem.NoDescription() ->
          of(404, "PGRST126", "Root endpoint metadata is disabled", null, null);
      case Problem.MethodNotAllowed(String method) ->
          function
              ? of(405, "PGRST101", "Cannot use the " + method + " method on RPC", null, null)
              : of(405, "PGRST117", "Unsupported HTTP method: " + method, null, null);
      case Problem.NotAcceptable(List<String> mediaTypes) ->
          of(
              406,
              "PGRST107",
              "None of these media types are available: " + String.join(", ", mediaTypes),
              null,
              null);
      case Problem.UnsatisfiableRange(String details) ->
          of(416, "PGRST103", "Requested range not satisfiable", details, null);
      case Problem.TooLarge(Problem.TooLarge.What what, long limit) -> tooLarge(what, limit);
      case Problem.NotByKey() ->
          of(
              405,
              "PGRST105",
              "Filters must include all and only primary key columns with 'eq' operators",
              null,
              null);
      case Problem.PagedPut() ->
          of(
              400,
              "PGRST114",
              "limit/offset querystring parameters are not allowed for PUT",
              null,
              null);
      case Problem.OtherKey() ->
          of(
              400,
              "PGRST115",
              "Payload values do not match URL in primary key column(s)",
              null,
              null);
      case Problem.AggregatesOff() ->
          of(400, "PGRST123", "Use of aggregate functions is not allowed", null, null);

      case Problem.UnknownSchema(String schema, List<String> exposed) ->
          of(
              406,
              "PGRST106",
              "Invalid schema: " + schema,
              null,
              "Only the following schemas are exposed: " + String.join(", ", exposed));
      case Problem.UnknownTable(String schema, String table, String nearest) ->
          of(
              404,
              "PGRST205",
              "Could not find the table '" + schema + "." + table + "' in the schema cache",
              null,
              nearest == null
                  ? null
                  : "Perhaps you meant the table '" + schema + "." + nearest + "'");
      case Problem.UnknownColumn(String table, String column) ->
          sql("42703", "column " + table + "." + column + " does not exist", null, null, known);
      case Problem.UnknownBodyColumn(String table, String column) ->
          of(
              400,
              "PGRST204",
              "Could not find the '" + column + "' column of '" + table + "' in the schema cache",
              null,
              null);
      case Problem.UnknownFunction unknown -> unknownFunction(unknown);
      case Problem.AmbiguousFunction(List<String> candidates) ->
          of(
              300,
              "PGRST203",
              "Could not choose the best candidate function between: "
                  + String.join(", ", candidates),
              null,
              "Try renaming the parameters or the function itself in the database so function"
                  + " overloading can be resolved");
      case Problem.NoRelationship none -> noRelationship(none);
      case Problem.AmbiguousRelationship(
              String parent,
              String target,
              List<Candidate> candidates) ->
          new ProblemBody(
              300,
              "PGRST201",
              "Could not embed because more than one relationship was found for '"
                  + parent
                  + "' and '"
                  + target
                  + "'",
              null,
              candidates,
              "Try changing '"
                  + target
                  + "' to one of the following: "
                  + String.join(
                      ", ",
                      candidates.stream().map(candidate -> "'" + candidate.hint() + "'").toList())
                  + ". Find the desired relationship in the 'details' key.");
      case Problem.NotEmbedded(String name) ->
          of(
              400,
              "PGRST108",
              "'" + name + "' is not an embedded resource in this request",
              null,
              "Verify that '" + name + "' is included in the 'select' query parameter.");
      case Problem.BadEmbedFilter(String name) ->
          of(
              400,
              "PGRST120",
              "Bad operator on the '" + name + "' embedded resource",
              "Only is null or not is null filters are allowed on embedded resources",
              null);
      case Problem.BadEmbedOrder(String parent, String target) ->
          of(
              400,
              "PGRST118",
              "A related order on '" + target + "' is not possible",
              "'"
                  + parent
                  + "' and '"
                  + target
                  + "' do not form a many-to-one or one-to-one relationship",
              null);

      case Problem.InvalidValue(String type, String text) ->
          sql(
              DATES.contains(type) ? "22007" : "22P02",
              "invalid input syntax for type "
                  + type
                  // PostgreSQL does not repeat what may be a long document.
                  + (type.equals("json") ? "" : ": \"" + text + "\""),
              null,
              null,
              known);
      case Problem.ValueOutOfRange(String state, String message) ->
          sql(state, message, null, null, known);
      case Problem.NoSuchOperator(String operator, String left, String right) ->
          sql(
              "42883",
              "operator does not exist: " + left + " " + operator + " " + right,
              null,
              "No operator matches the given name and argument types. You might need to add"
                  + " explicit type casts.",
              known);

      case Problem.NoKey(boolean given) ->
          of(
              401,
              null,
              given ? "Invalid authentication credentials" : "No API key found in request",
              null,
              null);
      case Problem.BadToken(String code, String message) -> of(401, code, message, null, null);
      case Problem.PermissionDenied(String table) ->
          sql("42501", "permission denied for table " + table, null, null, known);
      case Problem.CallDenied(String denied) ->
          sql("42501", "permission denied for function " + denied, null, null, known);
      case Problem.PolicyViolated(String table) ->
          sql(
              "42501",
              "new row violates row-level security policy for table \"" + table + "\"",
              null,
              null,
              known);

      case Problem.ConstraintViolated(
              Problem.ConstraintViolated.Kind kind,
              String message,
              String details) ->
          sql(kind.sqlState(), message, details, null, known);
      case Problem.NotOneRow(long rows) ->
          of(
              406,
              "PGRST116",
              "Cannot coerce the result to a single JSON object",
              "The result contains " + rows + " rows",
              null);
      case Problem.TooManyRows(long rows) ->
          of(
              400,
              "PGRST124",
              "Query result exceeds max-affected preference constraint",
              "The query affects " + rows + " rows",
              null);
      case Problem.NoSetToCount() ->
          of(
              400,
              "PGRST128",
              "Function must return SETOF or TABLE when max-affected preference is used with"
                  + " handling=strict",
              null,
              null);
      case Problem.MissingWhere(String verb) ->
          sql("21000", verb + " requires a WHERE clause", null, null, known);

      case Problem.BadKey(String why) ->
          of(
              400,
              "MST001",
              "The Idempotency-Key " + why,
              null,
              "Send one key of 1 to 255 visible ASCII characters, such as a UUID.");
      case Problem.KeyOfAnother() ->
          of(
              422,
              "MST002",
              "The Idempotency-Key was used for another request",
              null,
              "Send a new key with each new request, and the same one only to try it again.");
      case Problem.Unsupported(String feature) ->
          of(400, "PGRST127", "Feature not implemented", feature, null);
      case Problem.TimedOut() ->
          sql("57014", "canceling statement due to statement timeout", null, null, known);
      case Problem.Overloaded _ ->
          sql("53000", "Too many requests are under way", null, "Try again later.", known);
      case Problem.Unavailable(String message, int _) -> of(503, "PGRST000", message, null, null);
      case Problem.PoolExhausted _ ->
          of(504, "PGRST003", "Timed out acquiring connection from connection pool.", null, null);
      case Problem.Outdated() ->
          of(503, "PGRST002", "The model was changed meanwhile. Try again.", null, null);
      case Problem.Database(String state, String message, String details, String hint) ->
          state.equals(Raised.CODE)
              ? Raised.of(message, details).body()
              : sql(state, message, details, hint, known);
    };
  }

  private static ProblemBody of(
      int status,
      @Nullable String code,
      String message,
      @Nullable String details,
      @Nullable String hint) {
    return new ProblemBody(status, code, message, details, null, hint);
  }

  private static ProblemBody sql(
      String state,
      String message,
      @Nullable String details,
      @Nullable String hint,
      boolean known) {
    return of(SqlStates.status(state, message, known), state, message, details, hint);
  }

  private static ProblemBody tooLarge(Problem.TooLarge.What what, long limit) {
    String most = " of more than " + limit;
    return switch (what) {
      case BODY -> of(413, "54000", "The request has a body" + most + " bytes", null, null);
      case URL -> of(414, "54000", "The request has a URL" + most + " bytes", null, null);
      case HEADERS -> of(431, "54000", "The request has headers" + most + " bytes", null, null);
      case QUERY -> of(400, "54000", "The request has a query" + most + " parts", null, null);
      case ANSWER ->
          of(
              400,
              "54000",
              "The answer would have to be" + most + " bytes",
              null,
              "Ask for fewer rows or columns.");
    };
  }

  private static ProblemBody noRelationship(Problem.NoRelationship none) {
    String between = "'" + none.parent() + "' and '" + none.target() + "'";
    String using = none.hint() == null ? "" : " using the hint '" + none.hint() + "'";
    return of(
        400,
        "PGRST200",
        "Could not find a relationship between " + between + " in the schema cache",
        "Searched for a foreign key relationship between "
            + between
            + using
            + " in the schema '"
            + none.schema()
            + "', but no matches were found.",
        none.nearest() == null
            ? null
            : "Perhaps you meant '" + none.nearest() + "' instead of '" + none.target() + "'.");
  }

  private static ProblemBody unknownFunction(Problem.UnknownFunction unknown) {
    String name = unknown.schema() + "." + unknown.function();
    boolean isWhole = unknown.body() != null && !unknown.body().equals(JSON_BODY);
    boolean none = unknown.parameters().isEmpty();
    String names = String.join(", ", unknown.parameters());
    String plural = unknown.parameters().size() > 1 ? "s " : " ";
    String called = none ? " without parameters" : "(" + names + ")";
    String searched = none ? " without parameters" : " with parameter" + plural + names;
    String whole = " with a single unnamed " + unknown.body() + " parameter";
    return of(
        404,
        "PGRST202",
        "Could not find the function " + name + (isWhole ? "" : called) + " in the schema cache",
        "Searched for the function "
            + name
            + (isWhole ? whole : unknown.body() == null ? searched : searched + " or" + whole)
            + ", but no matches were found in the schema cache.",
        unknown.nearest() == null
            ? null
            : "Perhaps you meant to call the function "
                + unknown.schema()
                + "."
                + unknown.nearest());
  }
}
