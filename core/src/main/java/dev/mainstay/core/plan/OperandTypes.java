package dev.mainstay.core.plan;

import dev.mainstay.core.model.ColumnType;
import dev.mainstay.core.problem.Problem;
import dev.mainstay.core.problem.ProblemException;
import dev.mainstay.core.query.Operator;

/// Which operators a type has, and of what type the other side then is.
final class OperandTypes {
  private OperandTypes() {}

  /// @throws ProblemException [Problem.NoSuchOperator], in PostgreSQL's symbols
  static ColumnType of(Operator operator, ColumnType left) {
    // A native type has the operators its engine says it has.
    if (left instanceof ColumnType.Native) return left;
    return switch (operator) {
      case EQ, NE, GT, GE, LT, LE, DISTINCT ->
          left instanceof ColumnType.Varchar ? new ColumnType.Text() : left;
      case LIKE, ILIKE, MATCH, IMATCH ->
          switch (left) {
            case ColumnType.Text _, ColumnType.Varchar _ -> new ColumnType.Text();
            default -> throw missing(operator, left);
          };
      case CONTAINS, CONTAINED ->
          switch (left) {
            case ColumnType.ArrayOf _, ColumnType.Json _ -> left;
            default -> throw missing(operator, left);
          };
      case OVERLAPS ->
          switch (left) {
            case ColumnType.ArrayOf _ -> left;
            default -> throw missing(operator, left);
          };
      case RANGE_LEFT_OF, RANGE_RIGHT_OF, RANGE_NOT_RIGHT_OF, RANGE_NOT_LEFT_OF, RANGE_ADJACENT ->
          throw missing(operator, left);
    };
  }

  /// The type as PostgreSQL names it in a message: without what bounds its values.
  static String name(ColumnType type) {
    return switch (type) {
      case ColumnType.Decimal _ -> "numeric";
      case ColumnType.Varchar _ -> "character varying";
      case ColumnType.ArrayOf(ColumnType element) -> name(element) + "[]";
      default -> type.toString();
    };
  }

  private static ProblemException missing(Operator operator, ColumnType left) {
    return new ProblemException(
        new Problem.NoSuchOperator(symbol(operator), name(left), "unknown"));
  }

  private static String symbol(Operator operator) {
    return switch (operator) {
      case EQ -> "=";
      case NE -> "<>";
      case GT -> ">";
      case GE -> ">=";
      case LT -> "<";
      case LE -> "<=";
      case DISTINCT -> "IS DISTINCT FROM";
      case LIKE -> "~~";
      case ILIKE -> "~~*";
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
    };
  }
}
