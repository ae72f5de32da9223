package dev.mainstay.sql.postgres;

import dev.mainstay.core.model.ColumnType;
import dev.mainstay.core.query.Operator;
import dev.mainstay.core.query.Quantifier;
import dev.mainstay.sql.Sql;
import dev.mainstay.sql.Term;

/// Comparisons, which PostgreSQL mostly has as operators.
final class Comparison {
  private Comparison() {}

  static Sql test(Term left, Operator operator, Quantifier quantifier, Term right) {
    return switch (quantifier) {
      case ONE -> one(left, operator, right);
      case ANY -> each(left, operator, right, "ANY");
      case ALL -> each(left, operator, right, "ALL");
    };
  }

  /// Text that sorts by code point, whatever it is made of.
  static Sql sortable(Term term) {
    return Types.isText(term.type()) ? Sql.of("{} COLLATE \"C\"", term.sql()) : term.sql();
  }

  private static Sql one(Term left, Operator operator, Term right) {
    return switch (operator) {
      case DISTINCT -> Sql.of("{} IS DISTINCT FROM {}", left.sql(), right.sql());
      case ILIKE ->
          Sql.of("{} LIKE {}", Computation.lower(left.sql()), Computation.lower(right.sql()));
      default -> Sql.of("{} " + symbol(operator) + " {}", compared(left, operator), right.sql());
    };
  }

  private static Sql each(Term left, Operator operator, Term list, String quantifier) {
    return switch (operator) {
      case DISTINCT, ILIKE -> unnested(left, operator, list, quantifier);
      default ->
          Sql.of(
              "{} " + symbol(operator) + " " + quantifier + " ({})",
              compared(left, operator),
              list.sql());
    };
  }

  /// For what is no operator by itself. A list of nothing is not a null list.
  private static Sql unnested(Term left, Operator operator, Term list, String quantifier) {
    Term element = Term.nullable(Sql.raw("e.v"), new ColumnType.Text());
    boolean isAny = quantifier.equals("ANY");
    Sql aggregate =
        Sql.of(
            "(SELECT CASE WHEN "
                + (isAny ? "bool_or(e.t) THEN TRUE" : "NOT bool_and(e.t) THEN FALSE")
                + " WHEN bool_or(e.t IS NULL) THEN NULL ELSE "
                + !isAny
                + " END FROM (SELECT {} AS t FROM unnest({}) AS e(v)) AS e)",
            one(left, operator, element),
            list.sql());
    return list.nullable()
        ? Sql.of("CASE WHEN {} IS NOT NULL THEN {} END", list.sql(), aggregate)
        : aggregate;
  }

  private static Sql compared(Term left, Operator operator) {
    return switch (operator) {
      // A regular expression's classes are those of ASCII; without regard to case, letters of every
      // alphabet fold.
      case LT, LE, GT, GE, MATCH -> sortable(left);
      case IMATCH -> Sql.of("{} COLLATE \"und-x-icu\"", left.sql());
      default -> left.sql();
    };
  }

  private static String symbol(Operator operator) {
    return switch (operator) {
      case EQ -> "=";
      case NE -> "<>";
      case LT -> "<";
      case LE -> "<=";
      case GT -> ">";
      case GE -> ">=";
      case LIKE -> "LIKE";
      case MATCH -> "~";
      case IMATCH -> "~*";
      case CONTAINS -> "@>";
      case CONTAINED -> "<@";
      case OVERLAPS -> "&&";
      case RANGE_LEFT_OF -> "<<";
      case RANGE_RIGHT_OF -> ">>";
      case RANGE_NOT_RIGHT_OF -> "&<";
      case RANGE_NOT_LEFT_OF -> "&>";
      case RANGE_ADJACENT -> "-|-";
      case DISTINCT, ILIKE -> throw new IllegalStateException("no symbol: " + operator);
    };
  }
}
