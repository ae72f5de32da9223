package dev.mainstay.core.problem;

import dev.mainstay.core.problem.Problem.AmbiguousRelationship;
import dev.mainstay.core.problem.Problem.ConstraintViolated;
import dev.mainstay.core.problem.Problem.Database;
import dev.mainstay.core.problem.Problem.TooLarge;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A problem in plain words, in one line without a full stop: for people at a terminal and in the
/// lists of what is wrong with a file. What a protocol's clients read is that protocol's.
public final class ProblemText {
  private ProblemText() {}

  public static String of(Problem problem) {
    return switch (problem) {
      case Problem.UnreadableQuery(String message, String details) -> with(message, details);
      case Problem.UnreadableBody(String message) -> message;
      case Problem.UnknownPreferences(List<String> preferences) ->
          "there are no such preferences: " + String.join(", ", preferences);
      case Problem.NoSuchPath() -> "there is no such path";
      case Problem.NoDescription() -> "the description of the API is switched off";
      case Problem.MethodNotAllowed(String method) -> method + " is not possible here";
      case Problem.NotAcceptable(List<String> mediaTypes) ->
          "none of these media types can be made: " + String.join(", ", mediaTypes);
      case Problem.UnsatisfiableRange(String details) -> with("there is no such range", details);
      case TooLarge(TooLarge.What what, long limit) -> tooLarge(what, limit);
      case Problem.NotByKey() -> "a row is put under all of its primary key and nothing else";
      case Problem.PagedPut() -> "a row that is put has no pages";
      case Problem.OtherKey() -> "the row has another primary key than its address";
      case Problem.AggregatesOff() -> "aggregates are switched off";

      case Problem.UnknownSchema(String schema, List<String> exposed) ->
          "there is no schema " + schema + " among " + String.join(", ", exposed);
      case Problem.UnknownTable(String schema, String table, String nearest) ->
          "there is no table " + schema + "." + table + perhaps(nearest);
      case Problem.UnknownColumn(String table, String column) -> noColumn(table, column);
      case Problem.UnknownBodyColumn(String table, String column) -> noColumn(table, column);
      case Problem.UnknownFunction unknown ->
          "there is no function %s.%s(%s)%s"
              .formatted(
                  unknown.schema(),
                  unknown.function(),
                  String.join(", ", unknown.parameters()),
                  perhaps(unknown.nearest()));
      case Problem.AmbiguousFunction(List<String> candidates) ->
          "it may be any of these functions: " + String.join(", ", candidates);
      case Problem.NoRelationship none ->
          "no relation leads from "
              + none.parent()
              + " to "
              + none.target()
              + perhaps(none.nearest());
      case AmbiguousRelationship(
              String parent,
              String target,
              List<AmbiguousRelationship.Candidate> candidates) ->
          "several relations lead from %s to %s: %s"
              .formatted(
                  parent,
                  target,
                  String.join(
                      ", ",
                      candidates.stream().map(AmbiguousRelationship.Candidate::hint).toList()));
      case Problem.NotEmbedded(String name) -> name + " is not embedded";
      case Problem.BadEmbedFilter(String name) ->
          "an embedded " + name + " is there or not, and nothing else";
      case Problem.BadEmbedOrder(String parent, String target) ->
          parent + " has not one " + target + " to be sorted by";

      case Problem.InvalidValue(String type, String text) ->
          "\"" + text + "\" is no value of the type " + type;
      case Problem.ValueOutOfRange(String _, String message) -> message;
      case Problem.NoSuchOperator(String operator, String left, String right) ->
          "there is no operator " + left + " " + operator + " " + right;

      case Problem.NoKey(boolean given) -> given ? "the key is not known" : "there is no key";
      case Problem.BadToken(String _, String message) -> message;
      case Problem.PermissionDenied(String table) -> "permission denied for table " + table;
      case Problem.CallDenied(String function) -> "permission denied for function " + function;
      case Problem.PolicyViolated(String table) ->
          "a new row breaks the policy of the table " + table;

      case ConstraintViolated(ConstraintViolated.Kind _, String message, String details) ->
          with(message, details);
      case Problem.NotOneRow(long rows) -> "there are " + rows + " rows where one was asked for";
      case Problem.TooManyRows(long rows) ->
          "the write touches " + rows + " rows, more than it may";
      case Problem.NoSetToCount() -> "the function returns no set whose rows could be counted";
      case Problem.BadKey(String why) -> "the Idempotency-Key " + why;
      case Problem.KeyOfAnother() -> "the Idempotency-Key was used for another request";
      case Problem.MissingWhere(String verb) -> verb + " does not say of which rows";

      case Problem.Unsupported(String feature) -> feature + " is not supported";
      case Problem.TimedOut() -> "the database was too busy to answer in time";
      case Problem.Overloaded _ -> "too much is under way; try again later";
      case Problem.Unavailable(String message, int _) -> message;
      case Problem.Outdated() -> "the model was changed meanwhile; try again";
      case Problem.PoolExhausted _ -> "no connection to the database came free in time";
      case Database(String _, String message, String details, String _) -> with(message, details);
    };
  }

  private static String with(String message, @Nullable String details) {
    return details == null || details.isEmpty() ? message : message + ": " + details;
  }

  private static String perhaps(@Nullable String nearest) {
    return nearest == null ? "" : "; perhaps " + nearest;
  }

  private static String noColumn(String table, String column) {
    return "there is no column " + table + "." + column;
  }

  private static String tooLarge(TooLarge.What what, long limit) {
    return switch (what) {
      case BODY -> "the body has more than " + limit + " bytes";
      case URL -> "the URL has more than " + limit + " bytes";
      case HEADERS -> "the headers have more than " + limit + " bytes";
      case QUERY -> "the query has more than " + limit + " parts";
      case ANSWER -> "the answer would have more than " + limit + " bytes";
    };
  }
}
