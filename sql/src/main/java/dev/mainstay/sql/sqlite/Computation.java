package dev.mainstay.sql.sqlite;

import dev.mainstay.core.model.ColumnType;
import dev.mainstay.core.query.Expr;
import dev.mainstay.sql.Slot;
import dev.mainstay.sql.Sql;
import dev.mainstay.sql.Term;
import java.util.List;

/// Arithmetic and text functions over stored values. What could overflow or divide by zero goes
/// through a function of ours: SQLite would answer a float, or null.
final class Computation {
  static Sql apply(Expr.Function function, List<Term> arguments, ColumnType type) {
    return switch (function) {
      case ADD -> arithmetic("ms_add", arguments, type);
      case SUBTRACT -> arithmetic("ms_subtract", arguments, type);
      case MULTIPLY -> arithmetic("ms_multiply", arguments, type);
      case DIVIDE -> arithmetic("ms_divide", arguments, type);
      case REMAINDER -> arithmetic("ms_remainder", arguments, type);
      case NEGATE -> arithmetic("ms_negate", arguments, type);
      case CONCAT -> Sql.of("({})", Sql.join(" || ", sql(arguments)));
      case SIZE -> size(arguments.getFirst());
      case LOWER -> Sql.of("ms_lower({})", arguments.getFirst().sql());
      case UPPER -> Sql.of("ms_upper({})", arguments.getFirst().sql());
      case ESCAPED ->
          Sql.of(
              "replace(replace(replace({}, '\\', '\\\\'), '%', '\\%'), '_', '\\_')",
              arguments.getFirst().sql());
      case TO_JSON -> Encoding.present(arguments.getFirst());
      case NOW -> Sql.slot("?", new Slot.Now(type));
    };
  }

  /// The sides are of the result's type, save that an interval moves a moment.
  private static Sql arithmetic(String name, List<Term> arguments, ColumnType type) {
    boolean isTurned =
        arguments.getFirst().type() instanceof ColumnType.Interval
            && !(type instanceof ColumnType.Interval);
    Sql sides = Sql.join(", ", sql(isTurned ? arguments.reversed() : arguments));
    return switch (type) {
      case ColumnType.Whole(int bits) -> Sql.of(name + "({}, " + bits + ")", sides);
      case ColumnType.Decimal(int _, int scale) ->
          Sql.of(name + "_decimal({}, " + scale + ")", sides);
      case ColumnType.Floating _ -> Sql.of(name + "_float({})", sides);
      case ColumnType.Interval _ -> Sql.of(name + "_interval({})", sides);
      default -> Sql.of(name + "_moment({})", sides);
    };
  }

  private static List<Sql> sql(List<Term> terms) {
    return terms.stream().map(Term::sql).toList();
  }

  private static Sql size(Term of) {
    return of.type() instanceof ColumnType.ArrayOf
        ? Sql.of("json_array_length({})", of.sql())
        : Sql.of("length({})", of.sql());
  }

  private Computation() {}
}
