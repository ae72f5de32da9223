package dev.mainstay.sql.sqlite;

import dev.mainstay.core.model.Column;
import dev.mainstay.core.model.ColumnType;
import dev.mainstay.core.model.Fill;
import dev.mainstay.core.model.Table;
import dev.mainstay.core.model.TableName;
import dev.mainstay.core.problem.Problem;
import dev.mainstay.core.problem.ProblemException;
import dev.mainstay.core.query.Asked;
import dev.mainstay.core.query.Expr;
import dev.mainstay.core.query.Grammar;
import dev.mainstay.core.query.JsonStep;
import dev.mainstay.core.query.Operator;
import dev.mainstay.core.query.Quantifier;
import dev.mainstay.core.query.Truth;
import dev.mainstay.core.query.Value;
import dev.mainstay.sql.Dialect;
import dev.mainstay.sql.PathCode;
import dev.mainstay.sql.Query;
import dev.mainstay.sql.Slot;
import dev.mainstay.sql.Sql;
import dev.mainstay.sql.Term;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// SQLite's words. Answer form is JSON text, put together by concatenation: `json_object` would
/// need every nested value parsed again at each level.
///
/// Functions named `ms_…` are Mainstay's own; [HostFunctions] adds them to each connection.
public final class SqliteDialect implements Dialect {
  /// An operator chain is as deep as it is long, and SQLite bounds the depth.
  private static final int CHAIN = 100;

  @Override
  public String name() {
    return "sqlite";
  }

  @Override
  public Sql quote(String identifier) {
    return Sql.raw('"' + identifier.replace("\"", "\"\"") + '"');
  }

  /// A schema is a prefix of the name: no foreign key crosses an attached database.
  @Override
  public Sql table(TableName table) {
    return quote(plainName(table));
  }

  /// The table's name in the file.
  static String plainName(TableName table) {
    return table.schema().equals(TableName.DEFAULT_SCHEMA) ? table.name() : table.toString();
  }

  @Override
  public Sql literal(Value value, ColumnType type) {
    return Sql.raw(
        switch (Storage.stored(value, type)) {
          case null -> "NULL";
          case String text -> text(text);
          case byte[] bytes -> "x'" + HexFormat.of().formatHex(bytes) + "'";
          case Double infinite when infinite.isInfinite() -> infinite > 0 ? "9e999" : "-9e999";
          case Object number -> number.toString();
        });
  }

  @Override
  public Sql pattern(Value value, ColumnType type) {
    return literal(value, type);
  }

  @Override
  public Sql slot(Slot slot) {
    return Sql.slot("?", slot);
  }

  @Override
  public Sql fill(Column column) {
    if (column.fill() instanceof Fill.Now) return slot(new Slot.Now(column.type()));
    String expression = Fills.expression(column);
    return Sql.raw(expression == null ? "NULL" : expression);
  }

  @Override
  public Sql fresh(Column column) {
    return column.fill() instanceof Fill.Identity ? Sql.raw("NULL") : fill(column);
  }

  @Override
  public Sql constant(Truth truth) {
    return Sql.raw(
        switch (truth) {
          case TRUE -> "TRUE";
          case FALSE -> "FALSE";
          case UNKNOWN -> "NULL";
        });
  }

  @Override
  public Sql is(Sql condition, Truth truth) {
    return Sql.of(
        switch (truth) {
          case TRUE -> "{} IS TRUE";
          case FALSE -> "{} IS FALSE";
          case UNKNOWN -> "{} IS NULL";
        },
        condition);
  }

  @Override
  public Sql test(Term left, Operator operator, Quantifier quantifier, Term right) {
    return Comparison.test(left, operator, quantifier, right);
  }

  @Override
  public Sql search(Term text, Grammar grammar, @Nullable Term language, Term query) {
    throw new ProblemException(
        new Problem.Unsupported(
            "full-text search in a column: declare a search document over it in the model"));
  }

  @Override
  public Sql finds(String alias, Table table, Table.Search document, Term query) {
    return Documents.finds(alias, table, document, query.sql());
  }

  @Override
  public Sql matches(String alias, Table.Search document, Term query) {
    return Documents.matches(alias, document, query.sql());
  }

  @Override
  public Sql fenced(Sql first, Sql second) {
    // Said twice: an index can serve what stands outside of the CASE.
    return Sql.of("({} AND CASE WHEN {} THEN {} END)", first, first, second);
  }

  @Override
  public Sql apply(Expr.Function function, List<Term> arguments, ColumnType type) {
    return Computation.apply(function, arguments, type);
  }

  @Override
  public Sql cast(Term value, ColumnType type) {
    return Casts.cast(value, type);
  }

  @Override
  public Sql jsonAt(Sql json, List<JsonStep> path, boolean asText) {
    if (asText) return Sql.of("ms_json_text({}, {})", json, Sql.raw(text(PathCode.of(path))));
    StringBuilder steps = new StringBuilder("$");
    for (JsonStep step : path) {
      // An index into a scalar is another matter to SQLite than to PostgreSQL.
      if (!(step instanceof JsonStep.Key(String name)))
        return Sql.of("ms_json_at({}, {})", json, Sql.raw(text(PathCode.of(path))));
      Storage.append(steps.append('.'), name);
    }
    return Sql.of("({} -> {})", json, Sql.raw(text(steps.toString())));
  }

  @Override
  public Sql aggregate(Asked.Aggregate function, @Nullable Term of, ColumnType type) {
    return Aggregates.sql(function, of, type);
  }

  @Override
  public Sql groupKey(Term value) {
    return Comparison.equalityKey(value.sql(), value.type());
  }

  /// A row that sorts before all those so far is made whole before it goes into the sort.
  @Override
  public boolean sortsAnswers() {
    return true;
  }

  @Override
  public Sql order(Term key, boolean descending, boolean nullsFirst) {
    Sql compared = Comparison.sortKey(key.sql(), key.type());
    String direction = descending ? " DESC" : "";
    boolean nullsFirstAnyway = !descending;
    if (!key.nullable() || nullsFirst == nullsFirstAnyway)
      return Sql.of("{}" + direction, compared);
    return Sql.of("{}" + direction + (nullsFirst ? " NULLS FIRST" : " NULLS LAST"), compared);
  }

  @Override
  public Sql page(@Nullable Sql limit, @Nullable Sql offset) {
    if (offset != null)
      return Sql.of(" LIMIT {} OFFSET {}", limit == null ? Sql.raw("-1") : limit, offset);
    return limit == null ? Sql.raw("") : Sql.of(" LIMIT {}", limit);
  }

  @Override
  public Sql encode(Term value) {
    return Encoding.json(value);
  }

  @Override
  public Sql object(List<Member> members) {
    if (members.isEmpty()) return Sql.raw("'{}'");
    List<Sql> groups = new ArrayList<>();
    List<Sql> pieces = new ArrayList<>();
    for (Member member : members) {
      StringBuilder key = new StringBuilder(groups.isEmpty() && pieces.isEmpty() ? "{" : ",");
      Storage.append(key, member.key());
      pieces.add(Sql.raw(text(key.append(':').toString())));
      pieces.add(member.json());
      if (pieces.size() >= CHAIN) {
        groups.add(Sql.of("({})", Sql.join(" || ", pieces)));
        pieces.clear();
      }
    }
    groups.addAll(pieces);
    return Sql.of("({} || '}')", Sql.join(" || ", groups));
  }

  @Override
  public Sql orNull(Sql query) {
    return Sql.of("coalesce(({}), 'null')", query);
  }

  @Override
  public Sql array(Query query) {
    return Sql.of(
        "(SELECT '[' || coalesce(group_concat(j, ','), '') || ']' FROM ({}))", query.sql(this));
  }

  @Override
  public Sql text(Sql json) {
    return json;
  }

  @Override
  public Sql keys(String alias, List<ColumnType> types) {
    return rows(alias, types, new Slot.Keys(types));
  }

  @Override
  public Sql results(String alias, List<ColumnType> types) {
    return rows(alias, types, new Slot.Result(types));
  }

  @Override
  public Sql declared(Sql value, ColumnType type) {
    return Declared.value(value, type);
  }

  private Sql rows(String alias, List<ColumnType> types, Slot rows) {
    List<Sql> columns = new ArrayList<>();
    for (int i = 0; i < types.size(); i++)
      columns.add(
          Sql.of(
              "{} AS c" + i, Comparison.element(Sql.raw("(value ->> " + i + ")"), types.get(i))));
    return Sql.of(
        "(SELECT {}, key AS n FROM json_each({})) AS " + alias,
        Sql.join(", ", columns),
        slot(rows));
  }

  static String text(String text) {
    return "'" + text.replace("'", "''") + "'";
  }
}
