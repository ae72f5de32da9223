package dev.mainstay.sql.sqlite;

import dev.mainstay.core.model.ColumnType;
import dev.mainstay.core.problem.Problem;
import dev.mainstay.core.problem.ProblemException;
import dev.mainstay.core.query.Operator;
import dev.mainstay.core.query.Quantifier;
import dev.mainstay.sql.Sql;
import dev.mainstay.sql.Term;
import java.util.ArrayList;
import java.util.List;

/// Comparisons of stored values, with PostgreSQL's meaning.
final class Comparison {
  static Sql test(Term left, Operator operator, Quantifier quantifier, Term right) {
    return switch (quantifier) {
      case ONE -> one(left, operator, right);
      case ANY -> guarded(right, any(left, operator, right));
      case ALL -> guarded(right, all(left, operator, right));
    };
  }

  /// What SQLite compares as PostgreSQL compares the values themselves.
  static Sql sortKey(Sql value, ColumnType type) {
    return switch (type) {
      case ColumnType.Interval _ -> Sql.of("ms_interval_key({})", value);
      case ColumnType.Json _ -> Sql.of("ms_json_key({})", value);
      case ColumnType.ArrayOf _ -> Sql.of("ms_list_key({})", value);
      case ColumnType.Enumerated(String _, String _, List<String> labels) ->
          position(value, labels);
      default -> value;
    };
  }

  /// An element of a stored list in the form a column of its type would have.
  static Sql element(Sql value, ColumnType type) {
    return type instanceof ColumnType.Bytea ? Sql.of("unhex({})", value) : value;
  }

  private static Sql one(Term left, Operator operator, Term right) {
    return switch (operator) {
      case EQ -> infix(left, " = ", right, Comparison::equalityKey);
      case NE -> infix(left, " <> ", right, Comparison::equalityKey);
      case DISTINCT -> infix(left, " IS DISTINCT FROM ", right, Comparison::equalityKey);
      case LT -> infix(left, " < ", right, Comparison::sortKey);
      case LE -> infix(left, " <= ", right, Comparison::sortKey);
      case GT -> infix(left, " > ", right, Comparison::sortKey);
      case GE -> infix(left, " >= ", right, Comparison::sortKey);
      case LIKE -> Sql.of("{} LIKE {} ESCAPE '\\'", left.sql(), right.sql());
      case ILIKE -> ilike(left.sql(), right.sql());
      case MATCH -> Sql.of("ms_match({}, {})", left.sql(), right.sql());
      case IMATCH -> Sql.of("ms_imatch({}, {})", left.sql(), right.sql());
      case CONTAINS -> contains(left, right);
      case CONTAINED -> contains(right, left);
      case OVERLAPS -> overlaps(left, right);
      case RANGE_LEFT_OF, RANGE_RIGHT_OF, RANGE_NOT_RIGHT_OF, RANGE_NOT_LEFT_OF, RANGE_ADJACENT ->
          throw new ProblemException(new Problem.Unsupported("range types"));
    };
  }

  /// ASCII is left to SQLite, which folds nothing else but is several times as fast as a call back
  /// into this process.
  private static Sql ilike(Sql text, Sql pattern) {
    return Sql.of(
        "CASE WHEN length({}) = octet_length({}) AND length({}) = octet_length({}) THEN lower({})"
            + " LIKE lower({}) ESCAPE '\\' ELSE ms_ilike({}, {}) END",
        text,
        text,
        pattern,
        pattern,
        text,
        pattern,
        text,
        pattern);
  }

  private static Sql any(Term left, Operator operator, Term right) {
    Term element = element(right);
    if (operator == Operator.EQ)
      return Sql.of(
          "{} IN (SELECT {} FROM json_each({}))",
          equalityKey(left.sql(), left.type()),
          equalityKey(aligned(element, left), element.type()),
          right.sql());
    return Sql.of(
        "(SELECT CASE WHEN max(c) = 1 THEN 1 WHEN count(*) > count(c) THEN NULL ELSE 0 END"
            + " FROM (SELECT ({}) AS c FROM json_each({})))",
        one(left, operator, element),
        right.sql());
  }

  private static Sql all(Term left, Operator operator, Term right) {
    if (operator == Operator.NE) return Sql.of("NOT ({})", any(left, Operator.EQ, right));
    return Sql.of(
        "(SELECT CASE WHEN min(c) = 0 THEN 0 WHEN count(*) > count(c) THEN NULL ELSE 1 END"
            + " FROM (SELECT ({}) AS c FROM json_each({})))",
        one(left, operator, element(right)),
        right.sql());
  }

  private static Sql guarded(Term list, Sql test) {
    return list.nullable()
        ? Sql.of("CASE WHEN {} IS NULL THEN NULL ELSE {} END", list.sql(), test)
        : test;
  }

  private static Term element(Term list) {
    ColumnType type = elementType(list.type());
    return Term.nullable(element(Sql.raw("value"), type), type);
  }

  private static ColumnType elementType(ColumnType list) {
    if (list instanceof ColumnType.ArrayOf(ColumnType element)) return element;
    throw new IllegalStateException("not a list: " + list);
  }

  private static Sql infix(Term left, String operator, Term right, Key key) {
    return Sql.of(
        "{}" + operator + "{}",
        key.of(aligned(left, right), left.type()),
        key.of(aligned(right, left), right.type()));
  }

  /// What equal values have in common.
  static Sql equalityKey(Sql value, ColumnType type) {
    return type instanceof ColumnType.Enumerated || type instanceof ColumnType.ArrayOf
        ? value
        : sortKey(value, type);
  }

  /// The term as a number of the same unit as `other`, where both are numbers stored differently.
  private static Sql aligned(Term term, Term other) {
    int own = scale(term.type());
    int wanted = scale(other.type());
    if (own > 0 && other.type() instanceof ColumnType.Floating)
      return Sql.of("({} / 1" + "0".repeat(own) + ".0)", term.sql());
    if (own < 0 || wanted <= own) return term.sql();
    return Sql.of("({} * 1" + "0".repeat(wanted - own) + ")", term.sql());
  }

  private static int scale(ColumnType type) {
    return switch (type) {
      case ColumnType.Whole _ -> 0;
      case ColumnType.Decimal(int _, int scale) -> scale;
      default -> -1;
    };
  }

  private static Sql contains(Term outer, Term inner) {
    if (outer.type() instanceof ColumnType.Json)
      return Sql.of("ms_json_contains({}, {})", outer.sql(), inner.sql());
    requireList(outer.type());
    return Sql.of(
        "CASE WHEN {} IS NOT NULL AND {} IS NOT NULL THEN NOT EXISTS (SELECT 1 FROM json_each({})"
            + " AS r WHERE NOT EXISTS (SELECT 1 FROM json_each({}) AS l WHERE l.value = r.value))"
            + " END",
        outer.sql(),
        inner.sql(),
        inner.sql(),
        outer.sql());
  }

  private static Sql overlaps(Term left, Term right) {
    requireList(left.type());
    return Sql.of(
        "CASE WHEN {} IS NOT NULL AND {} IS NOT NULL THEN EXISTS (SELECT 1 FROM json_each({}) AS"
            + " l, json_each({}) AS r WHERE l.value = r.value) END",
        left.sql(),
        right.sql(),
        left.sql(),
        right.sql());
  }

  private static void requireList(ColumnType type) {
    if (!(type instanceof ColumnType.ArrayOf))
      throw new ProblemException(new Problem.Unsupported("range types"));
  }

  private static Sql position(Sql value, List<String> labels) {
    List<Sql> cases = new ArrayList<>();
    for (int i = 0; i < labels.size(); i++)
      cases.add(Sql.raw(" WHEN " + SqliteDialect.text(labels.get(i)) + " THEN " + i));
    return Sql.of("CASE {}{} END", value, Sql.join("", cases));
  }

  @FunctionalInterface
  private interface Key {
    Sql of(Sql value, ColumnType type);
  }

  private Comparison() {}
}
