package dev.mainstay.core.problem;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// Why a request is refused or failed, in no protocol's words. `WIRE.md` §1.18 gives the REST
/// codes.
///
/// Bugs are not problems: they are `IllegalStateException`, and the caller sees an incident number
/// only.
public sealed interface Problem {
  // ── the request cannot be read ──

  /// The query string does not parse (`PGRST100`).
  record UnreadableQuery(String message, String details) implements Problem {}

  /// The body does not parse, or is of a kind that is not accepted (`PGRST102`).
  record UnreadableBody(String message) implements Problem {}

  /// Preferences that are not known, under `handling=strict` (`PGRST122`).
  record UnknownPreferences(List<String> preferences) implements Problem {}

  /// No such path (`PGRST125`).
  record NoSuchPath() implements Problem {}

  /// The root tells nothing here (`PGRST126`).
  record NoDescription() implements Problem {}

  record MethodNotAllowed(String method) implements Problem {}

  /// None of the media types asked for can be made (`PGRST107`).
  record NotAcceptable(List<String> mediaTypes) implements Problem {}

  /// The range or page asked for does not exist (`PGRST103`).
  record UnsatisfiableRange(String details) implements Problem {}

  /// Something is longer or larger than is read at all.
  record TooLarge(What what, long limit) implements Problem {
    public enum What {
      BODY,
      URL,
      HEADERS,
      /// The parts of a query: conditions, values of a list, nesting.
      QUERY,
      /// The answer that would have to be held in memory.
      ANSWER
    }
  }

  /// A row put where its URL does not name all of its primary key and nothing else (`PGRST105`).
  record NotByKey() implements Problem {}

  /// A page asked for of the one row that is put (`PGRST114`).
  record PagedPut() implements Problem {}

  /// A row put whose primary key is not the one in its URL (`PGRST115`).
  record OtherKey() implements Problem {}

  /// Aggregates are switched off (`PGRST123`).
  record AggregatesOff() implements Problem {}

  /// An `Idempotency-Key` that is none (`MST001`).
  record BadKey(String why) implements Problem {}

  /// An `Idempotency-Key` under which something else was asked before (`MST002`).
  record KeyOfAnother() implements Problem {}

  // ── names ──

  record UnknownSchema(String schema, List<String> exposed) implements Problem {}

  record UnknownTable(String schema, String table, @Nullable String nearest) implements Problem {}

  /// A column named in select, filter or order (`42703`).
  record UnknownColumn(String table, String column) implements Problem {}

  /// A column named in a body or in `columns` (`PGRST204`).
  record UnknownBodyColumn(String table, String column) implements Problem {}

  /// No function of that name takes these arguments (`PGRST202`).
  ///
  /// @param body the kind of body that could have been an argument by itself, as PostgREST calls
  ///   it: `json/jsonb`, `text`, `xml`, `bytea`; or null
  /// @param nearest the function, or the arguments with it, that were perhaps meant
  record UnknownFunction(
      String schema,
      String function,
      List<String> parameters,
      @Nullable String body,
      @Nullable String nearest)
      implements Problem {}

  /// Several functions of that name take these arguments (`PGRST203`).
  ///
  /// @param candidates each as `public.f(a => integer)`
  record AmbiguousFunction(List<String> candidates) implements Problem {}

  record NoRelationship(
      String schema, String parent, String target, @Nullable String hint, @Nullable String nearest)
      implements Problem {}

  record AmbiguousRelationship(String parent, String target, List<Candidate> candidates)
      implements Problem {
    /// @param cardinality `many-to-one`, `one-to-many`, `one-to-one` or `many-to-many`
    /// @param relationship the keys it goes by, in PostgREST's words
    /// @param hint what to write instead, `T!hint`
    public record Candidate(
        String cardinality, String embedding, String relationship, String hint) {}
  }

  /// A filter or order on an embed that `select` does not name (`PGRST108`).
  record NotEmbedded(String name) implements Problem {}

  /// An operator other than `is.null` on an embed (`PGRST120`).
  record BadEmbedFilter(String name) implements Problem {}

  /// An order by a relation that is not to-one (`PGRST118`).
  record BadEmbedOrder(String parent, String target) implements Problem {}

  // ── values ──

  /// Text that is no value of the type (`22P02`).
  record InvalidValue(String type, String text) implements Problem {}

  /// A value that the type cannot hold, by SQLSTATE and message: `22003` range, `22001` length,
  /// `22008` date, `22015` interval, `22P02` a label the enum does not have, `22021` NUL in text.
  record ValueOutOfRange(String sqlState, String message) implements Problem {}

  /// An operator that the type does not have (`42883`).
  record NoSuchOperator(String operator, String leftType, String rightType) implements Problem {}

  // ── rights ──

  /// No key, or none that is known.
  record NoKey(boolean given) implements Problem {}

  /// A token that is not accepted (`PGRST301`, `PGRST303`), in PostgREST's words.
  record BadToken(String code, String message) implements Problem {}

  /// The caller's role may not do this to the table at all, or not write this column (`42501`).
  record PermissionDenied(String table) implements Problem {}

  /// The caller's role may not call the function (`42501`).
  record CallDenied(String function) implements Problem {}

  /// A new row fails its policy (`42501`).
  record PolicyViolated(String table) implements Problem {}

  // ── what is stored ──

  /// A constraint refused a write.
  ///
  /// @param message and
  /// @param details as PostgreSQL words them; details never name a value of a row the caller did
  ///   not send
  record ConstraintViolated(Kind kind, String message, @Nullable String details)
      implements Problem {
    public enum Kind {
      UNIQUE("23505"),
      FOREIGN_KEY("23503"),
      NOT_NULL("23502"),
      CHECK("23514");

      private final String sqlState;

      Kind(String sqlState) {
        this.sqlState = sqlState;
      }

      public String sqlState() {
        return sqlState;
      }
    }
  }

  /// One row was asked for and there were none or several (`PGRST116`).
  record NotOneRow(long rows) implements Problem {}

  /// A write touched more rows than it said it would (`PGRST124`).
  record TooManyRows(long rows) implements Problem {}

  /// A most number of rows for a function that does not return a set (`PGRST128`).
  record NoSetToCount() implements Problem {}

  /// A write of all rows that did not say so (`21000`).
  record MissingWhere(String verb) implements Problem {}

  // ── the service ──

  /// A feature this engine does not have, or that is switched off (`PGRST127`).
  record Unsupported(String feature) implements Problem {}

  /// Cancelled after its time was up (`57014`).
  record TimedOut() implements Problem {}

  /// Too much is under way; worth another try after that many seconds.
  record Overloaded(int retryAfterSeconds) implements Problem {}

  /// The database cannot be reached, or did not keep up (`PGRST000`).
  record Unavailable(String message, int retryAfterSeconds) implements Problem {}

  /// No connection came free in time (`PGRST003`).
  record PoolExhausted(int retryAfterSeconds) implements Problem {}

  /// The model was changed while the request was under way, so nothing was done: on the one in
  /// force now it may be asked once more (`PGRST002`).
  record Outdated() implements Problem {}

  /// The database's own refusal, passed on.
  record Database(String sqlState, String message, @Nullable String details, @Nullable String hint)
      implements Problem {}
}
