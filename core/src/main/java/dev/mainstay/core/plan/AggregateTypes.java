package dev.mainstay.core.plan;

import dev.mainstay.core.model.ColumnType;
import dev.mainstay.core.problem.Problem;
import dev.mainstay.core.problem.ProblemException;
import dev.mainstay.core.query.Asked;
import java.util.Locale;

/// Which types can be aggregated, and what type comes of it: as in PostgreSQL, of the functions
/// that all its versions have.
final class AggregateTypes {
  /// An exact number of as many digits as it takes.
  private static final ColumnType NUMERIC = new ColumnType.Native("numeric");

  private static final ColumnType BIGINT = new ColumnType.Whole(64);

  private AggregateTypes() {}

  /// @throws ProblemException `42883` for a type that the function does not take
  static ColumnType of(Asked.Aggregate function, ColumnType type) {
    // Of a native type, only its engine knows.
    return switch (function) {
      case COUNT -> BIGINT;
      case SUM ->
          switch (type) {
            case ColumnType.Whole(int bits) -> bits < 64 ? BIGINT : NUMERIC;
            case ColumnType.Decimal _ -> NUMERIC;
            case ColumnType.Time _ -> new ColumnType.Interval();
            case ColumnType.Floating _, ColumnType.Interval _, ColumnType.Native _ -> type;
            default -> throw missing(function, type);
          };
      case AVG ->
          switch (type) {
            case ColumnType.Whole _, ColumnType.Decimal _ -> NUMERIC;
            case ColumnType.Floating _ -> new ColumnType.Floating(64);
            case ColumnType.Time _ -> new ColumnType.Interval();
            case ColumnType.Interval _, ColumnType.Native _ -> type;
            default -> throw missing(function, type);
          };
      case MAX, MIN ->
          switch (type) {
            case ColumnType.Varchar _ -> new ColumnType.Text();
            case ColumnType.Bool _,
                ColumnType.Uuid _,
                ColumnType.Json _,
                // From PostgreSQL 18 on.
                ColumnType.Bytea _ ->
                throw missing(function, type);
            default -> type;
          };
    };
  }

  private static ProblemException missing(Asked.Aggregate function, ColumnType type) {
    String name = function.name().toLowerCase(Locale.ROOT);
    String argument = type instanceof ColumnType.Varchar ? "character varying" : type.toString();
    return new ProblemException(
        new Problem.Database(
            "42883",
            "function " + name + "(" + argument + ") does not exist",
            null,
            "No function matches the given name and argument types. You might need to add explicit"
                + " type casts."));
  }
}
