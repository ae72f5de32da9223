package dev.mainstay.sql;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// A query for one column, in its parts: an engine may make a list of rows otherwise than by
/// putting the query into another one.
///
/// @param alias of the table in `from` that the others speak of
/// @param where conditions, all of which must hold
/// @param order keys of an ORDER BY
public record Query(
    Sql answer,
    Sql from,
    Sql alias,
    List<Sql> where,
    List<Sql> order,
    @Nullable Sql limit,
    @Nullable Sql offset) {
  public Query {
    where = List.copyOf(where);
    order = List.copyOf(order);
  }

  /// As one statement, of which the column is named `j`.
  public Sql sql(Dialect dialect) {
    Sql found = Sql.of("{}{}", from, conditions());
    Sql keys = order.isEmpty() ? Sql.raw("") : Sql.of(" ORDER BY {}", Sql.join(", ", order));
    Sql page = dialect.page(limit, offset);
    boolean isPage = limit != null || offset != null;
    if (!isPage || order.isEmpty() || !dialect.sortsAnswers())
      return Sql.of("SELECT {} AS j FROM {}{}{}", answer, found, keys, page);
    return Sql.of(
        "SELECT {} AS j FROM (SELECT {}.* FROM {}{}{}) AS {}",
        answer,
        alias,
        found,
        keys,
        page,
        alias);
  }

  /// WHERE with a space before it, or nothing.
  public Sql conditions() {
    return where.isEmpty() ? Sql.raw("") : Sql.of(" WHERE {}", Sql.join(" AND ", where));
  }
}
