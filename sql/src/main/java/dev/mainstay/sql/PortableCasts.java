package dev.mainstay.sql;

import dev.mainstay.core.model.ColumnType;
import dev.mainstay.core.problem.Problem;
import dev.mainstay.core.problem.ProblemException;
import dev.mainstay.core.query.Casting;
import java.util.Set;

/// Which casts there are on engines that leave them to [Casting].
public final class PortableCasts {
  /// Types that PostgreSQL has besides the portable ones, as far as people cast to them.
  private static final Set<String> KNOWN_TO_POSTGRES =
      Set.of(
          "bit",
          "box",
          "bpchar",
          "char",
          "cidr",
          "circle",
          "citext",
          "daterange",
          "inet",
          "int4range",
          "int8range",
          "jsonpath",
          "line",
          "lseg",
          "macaddr",
          "money",
          "name",
          "numrange",
          "oid",
          "path",
          "point",
          "polygon",
          "regclass",
          "regtype",
          "tsquery",
          "tsrange",
          "tstzrange",
          "tsvector",
          "varbit",
          "xml",
          "timetz");

  private PortableCasts() {}

  /// @throws ProblemException when there is no such cast, in PostgreSQL's words
  public static void require(ColumnType from, ColumnType to) {
    if (from.equals(to)) return;
    if (to instanceof ColumnType.Native(String name, boolean _) && !to.equals(Casting.NUMERIC))
      throw KNOWN_TO_POSTGRES.contains(name) || name.startsWith("_")
          ? new ProblemException(new Problem.Unsupported("a cast to " + name))
          : refused("42704", "type \"" + name + "\" does not exist");
    if (!Casting.exists(from, to))
      throw refused("42846", "cannot cast type " + name(from) + " to " + name(to));
  }

  private static ProblemException refused(String sqlState, String message) {
    return new ProblemException(new Problem.Database(sqlState, message, null, null));
  }

  /// As PostgreSQL says it: without what bounds a value.
  private static String name(ColumnType type) {
    return switch (type) {
      case ColumnType.Decimal _ -> "numeric";
      case ColumnType.Varchar _ -> "character varying";
      case ColumnType.ArrayOf(ColumnType element) -> name(element) + "[]";
      default -> type.toString();
    };
  }
}
