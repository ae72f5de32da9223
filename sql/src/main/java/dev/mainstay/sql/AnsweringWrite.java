package dev.mainstay.sql;

import dev.mainstay.core.model.TableName;
import dev.mainstay.core.query.Truth;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// One statement that writes rows and tells of them, `WITH w AS (…) SELECT …`, for engines whose
/// writes can stand in a query. It needs no key to find the rows again, and reads no column of them
/// that nothing speaks of.
final class AnsweringWrite {
  private static final Sql NEW = Sql.raw("\"mainstay.new\"");

  private final Dialect dialect;
  private final Terms terms;
  private final TableName table;

  AnsweringWrite(Dialect dialect, Terms terms, TableName table) {
    this.dialect = dialect;
    this.terms = terms;
    this.table = table;
  }

  /// @param write the statement, which answers nothing by itself
  Sql of(Sql write, Wanted wanted) {
    Scope judged = terms.written(table);
    Sql numbers =
        Sql.of(
            "SELECT count(*), {}, {} FROM w AS {}",
            broken(wanted, judged),
            wanted.isNew() == null
                ? Sql.raw("count(*)")
                : Sql.of("count(*) FILTER (WHERE {})", NEW),
            Sql.raw(judged.alias()));
    Scope answered = terms.written(table);
    Sql rows = rows(wanted, new Terms.Path(from(answered), List.of(), answered));
    Set<String> columns = new LinkedHashSet<>(terms.spoken(judged));
    columns.addAll(terms.spoken(answered));
    List<Sql> returned = new ArrayList<>();
    for (String column : columns) {
      Sql name = dialect.quote(column);
      returned.add(
          column.equals(Terms.WHOLE)
              ? Sql.of(
                  "CAST({}.* AS {}) AS {}", Sql.raw(Aliases.first()), dialect.table(table), name)
              : name);
    }
    if (wanted.isNew() != null) returned.add(Sql.of("{} AS {}", wanted.isNew(), NEW));
    if (returned.isEmpty()) returned.add(Sql.raw("1"));
    Sql with = Sql.of("WITH w AS ({} RETURNING {})", write, Sql.join(", ", returned));
    return rows == null
        ? Sql.of("{} {}", with, numbers)
        // The join has one row on its left, so the rows keep their order.
        : Sql.of(
            "{} SELECT c.*, r.* FROM ({}) AS c LEFT JOIN ({}) AS r ON TRUE", with, numbers, rows);
  }

  private @Nullable Sql rows(Wanted wanted, Terms.Path path) {
    if (!wanted.key().isEmpty())
      return Sql.of(
          "SELECT {} FROM {}",
          Sql.join(
              ", ", wanted.key().stream().map(c -> terms.term(c, path.scope()).sql()).toList()),
          path.from());
    return wanted.rows() == null ? null : new Selects(dialect, terms).texts(wanted.rows(), path);
  }

  private Sql broken(Wanted wanted, Scope row) {
    if (!wanted.isJudging()) return Sql.raw("0");
    Sql holds = dialect.is(terms.filter(wanted.check(), row), Truth.TRUE);
    if (wanted.isNew() != null)
      holds =
          Sql.of(
              "CASE WHEN {} THEN {} ELSE {} END",
              NEW,
              holds,
              dialect.is(terms.filter(wanted.merged(), row), Truth.TRUE));
    return Sql.of("count(*) FILTER (WHERE NOT ({}))", holds);
  }

  private static Sql from(Scope scope) {
    return Sql.raw("w AS " + scope.alias());
  }
}
