package dev.mainstay.sql.postgres;

import dev.mainstay.core.model.ColumnType;
import dev.mainstay.core.query.Asked;
import dev.mainstay.core.query.Expr;
import dev.mainstay.sql.Sql;
import dev.mainstay.sql.Term;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Arithmetic, text functions and aggregates.
final class Computation {
  private Computation() {}

  static Sql apply(Expr.Function function, List<Term> arguments, ColumnType type) {
    return switch (function) {
      case ADD -> arithmetic(" + ", arguments, type);
      case SUBTRACT -> arithmetic(" - ", arguments, type);
      case MULTIPLY -> arithmetic(" * ", arguments, type);
      case DIVIDE -> arithmetic(" / ", arguments, type);
      case REMAINDER -> arithmetic(" % ", arguments, type);
      case NEGATE -> Sql.of("(- {})", typed(arguments.getFirst(), type));
      case CONCAT -> Sql.of("({})", Sql.join(" || ", arguments.stream().map(Term::sql).toList()));
      case SIZE -> size(arguments.getFirst());
      case LOWER -> lower(arguments.getFirst().sql());
      case UPPER -> Sql.of("upper({} COLLATE \"und-x-icu\")", arguments.getFirst().sql());
      case ESCAPED ->
          Sql.of(
              "regexp_replace({}, {}, {}, 'g')",
              arguments.getFirst().sql(),
              Sql.raw(Types.text("([%_\\\\])")),
              Sql.raw(Types.text("\\\\\\1")));
      case TO_JSON -> Sql.of("to_jsonb({})", arguments.getFirst().sql());
      case NOW -> Sql.raw("now()");
    };
  }

  /// In Unicode's lower case, whatever the database's own collation is.
  static Sql lower(Sql text) {
    return Sql.of("lower({} COLLATE \"und-x-icu\")", text);
  }

  static Sql aggregate(Asked.Aggregate function, @Nullable Term of) {
    if (of == null) return Sql.raw("count(*)");
    return switch (function) {
      case COUNT -> Sql.of("count({})", of.sql());
      case MAX -> Sql.of("max({})", Comparison.sortable(of));
      case MIN -> Sql.of("min({})", Comparison.sortable(of));
      case SUM -> Sql.of("sum({})", of.sql());
      case AVG -> Sql.of("avg({})", of.sql());
    };
  }

  private static Sql arithmetic(String operator, List<Term> arguments, ColumnType type) {
    List<Sql> typed = arguments.stream().map(argument -> typed(argument, type)).toList();
    Sql result = Sql.of("({})", Sql.join(operator, typed));
    return type instanceof ColumnType.Decimal ? Sql.of("{}::" + type, result) : result;
  }

  /// The argument as wide as the result, so that only a result that does not fit raises.
  private static Sql typed(Term argument, ColumnType type) {
    return argument.type().equals(type) || !isNumber(type)
        ? argument.sql()
        : Sql.of("{}::" + Types.of(type), argument.sql());
  }

  private static boolean isNumber(ColumnType type) {
    return type instanceof ColumnType.Whole
        || type instanceof ColumnType.Decimal
        || type instanceof ColumnType.Floating;
  }

  private static Sql size(Term of) {
    return switch (of.type()) {
      case ColumnType.ArrayOf _ -> Sql.of("cardinality({})::bigint", of.sql());
      case ColumnType.Bytea _ -> Sql.of("octet_length({})::bigint", of.sql());
      default -> Sql.of("char_length({})::bigint", of.sql());
    };
  }
}
