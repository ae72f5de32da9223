package dev.mainstay.sql.postgres;

import dev.mainstay.core.model.Column;
import dev.mainstay.core.model.ColumnType;
import dev.mainstay.core.model.Table;
import dev.mainstay.core.model.TableName;
import dev.mainstay.core.query.Asked;
import dev.mainstay.core.query.Expr;
import dev.mainstay.core.query.Grammar;
import dev.mainstay.core.query.JsonStep;
import dev.mainstay.core.query.Operator;
import dev.mainstay.core.query.Quantifier;
import dev.mainstay.core.query.Truth;
import dev.mainstay.core.query.Value;
import dev.mainstay.core.query.ValueText;
import dev.mainstay.sql.Dialect;
import dev.mainstay.sql.Query;
import dev.mainstay.sql.Slot;
import dev.mainstay.sql.Sql;
import dev.mainstay.sql.Term;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// PostgreSQL's words. Answer form is JSON as text. Every value is bound as text, and the cast
/// around its placeholder says of what type it is.
public final class PostgresDialect implements Dialect {
  @Override
  public String name() {
    return "postgres";
  }

  @Override
  public Sql quote(String identifier) {
    return Types.quote(identifier);
  }

  @Override
  public Sql table(TableName table) {
    return Sql.of("{}.{}", quote(table.schema()), quote(table.name()));
  }

  @Override
  public Sql literal(Value value, ColumnType type) {
    return Sql.raw(
        switch (value) {
          case Value.Null _ -> "NULL::" + Types.of(type);
          case Value.Bool(boolean bool) -> bool ? "TRUE" : "FALSE";
          default -> Types.text(ValueText.text(type, value)) + "::" + Types.of(type);
        });
  }

  @Override
  public Sql pattern(Value value, ColumnType type) {
    return literal(value, type);
  }

  @Override
  public Sql slot(Slot slot) {
    return Sql.slot(
        switch (slot) {
          case Slot.Bound(int _, ColumnType type) -> Types.read("?", type);
          case Slot.Pattern(int _, ColumnType type) -> Types.read("?", type);
          case Slot.Claim(List<String> _, ColumnType type) -> Types.read("?", type);
          case Slot.Cell(int _, ColumnType type) -> Types.read("?", type);
          case Slot.Now(ColumnType type) -> Types.read("?", type);
          case Slot.Rows _, Slot.Keys _, Slot.Result _ -> "?::json";
        },
        slot);
  }

  @Override
  public Sql fill(Column column) {
    return Sql.raw("DEFAULT");
  }

  @Override
  public Sql fresh(Column column) {
    String expression = Fills.expression(column);
    return Sql.raw(expression == null ? "NULL::" + Types.of(column.type()) : expression);
  }

  @Override
  public Sql constant(Truth truth) {
    return Sql.raw(
        switch (truth) {
          case TRUE -> "TRUE";
          case FALSE -> "FALSE";
          case UNKNOWN -> "NULL::boolean";
        });
  }

  @Override
  public Sql is(Sql condition, Truth truth) {
    return Sql.of("{} IS " + truth, condition);
  }

  @Override
  public Sql test(Term left, Operator operator, Quantifier quantifier, Term right) {
    return Comparison.test(left, operator, quantifier, right);
  }

  @Override
  public Sql search(Term text, Grammar grammar, @Nullable Term language, Term query) {
    String function =
        switch (grammar) {
          case OPERATORS -> "to_tsquery";
          case PLAIN -> "plainto_tsquery";
          case PHRASE -> "phraseto_tsquery";
          case WEB -> "websearch_to_tsquery";
        };
    Sql configuration = language == null ? Sql.raw("") : Sql.of("{}, ", language.sql());
    Sql vector =
        text.type() instanceof ColumnType.Native
            ? text.sql()
            : Sql.of("to_tsvector({}{})", configuration, text.sql());
    return Sql.of("{} @@ " + function + "({}{})", vector, configuration, query.sql());
  }

  @Override
  public Sql finds(String alias, Table table, Table.Search document, Term query) {
    return Sql.of(
        "{} @@ to_tsquery({}, {})",
        Sql.raw((alias.isEmpty() ? "" : alias + ".") + Types.quoted(document.name())),
        Sql.raw(Documents.configuration(document)),
        query.sql());
  }

  @Override
  public Sql matches(String alias, Table.Search document, Term query) {
    return Sql.of(
        "{} @@ to_tsquery({}, {})",
        Sql.raw(Documents.vector(document, alias.isEmpty() ? "" : alias + ".")),
        Sql.raw(Documents.configuration(document)),
        query.sql());
  }

  /// CASE keeps the order; the condition beside it is for the indexes.
  @Override
  public Sql fenced(Sql first, Sql second) {
    return Sql.of("({} AND CASE WHEN {} THEN {} END)", first, first, second);
  }

  @Override
  public Sql apply(Expr.Function function, List<Term> arguments, ColumnType type) {
    return Computation.apply(function, arguments, type);
  }

  @Override
  public Sql cast(Term value, ColumnType type) {
    String name =
        type instanceof ColumnType.Decimal || type instanceof ColumnType.Varchar
            ? type.toString()
            : Types.of(type);
    return Sql.of("CAST({} AS {})", value.sql(), Sql.raw(name));
  }

  @Override
  public Sql jsonAt(Sql json, List<JsonStep> path, boolean asText) {
    StringBuilder steps = new StringBuilder();
    for (int i = 0; i < path.size(); i++) {
      steps.append(asText && i == path.size() - 1 ? " ->> " : " -> ");
      switch (path.get(i)) {
        case JsonStep.Key(String name) -> steps.append(Types.text(name));
        case JsonStep.At(int index) -> steps.append(index < 0 ? "(" + index + ")" : "" + index);
      }
    }
    return Sql.of("({}{})", json, Sql.raw(steps.toString()));
  }

  @Override
  public Sql aggregate(Asked.Aggregate function, @Nullable Term of, ColumnType type) {
    return Computation.aggregate(function, of);
  }

  @Override
  public Sql groupKey(Term value) {
    return value.sql();
  }

  /// What costs more than a few operators is evaluated after the sort.
  @Override
  public boolean sortsAnswers() {
    return false;
  }

  @Override
  public Sql order(Term key, boolean descending, boolean nullsFirst) {
    String direction = descending ? " DESC" : "";
    // What is PostgreSQL's own way anyhow is left out, so that an index is seen to give it.
    if (key.nullable() && nullsFirst != descending)
      direction += nullsFirst ? " NULLS FIRST" : " NULLS LAST";
    return Sql.of("{}" + direction, Comparison.sortable(key));
  }

  @Override
  public Sql page(@Nullable Sql limit, @Nullable Sql offset) {
    Sql most = limit == null ? Sql.raw("") : Sql.of(" LIMIT {}", limit);
    return offset == null ? most : Sql.of("{} OFFSET {}", most, offset);
  }

  @Override
  public Sql encode(Term value) {
    return Encoding.json(value);
  }

  @Override
  public Sql object(List<Member> members) {
    return Encoding.object(members);
  }

  @Override
  public Sql orNull(Sql query) {
    return Sql.of("COALESCE(({}), 'null')", query);
  }

  @Override
  public Sql array(Query query) {
    return Encoding.array(query.sql(this));
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
    Sql cast = cast(Term.nullable(value, type), type);
    return Types.isText(type) ? Sql.of("({} COLLATE \"C\")", cast) : cast;
  }

  private Sql rows(String alias, List<ColumnType> types, Slot rows) {
    List<Sql> columns = new ArrayList<>();
    for (int i = 0; i < types.size(); i++)
      columns.add(Sql.raw("(e.v ->> " + i + ")::" + Types.of(types.get(i)) + " AS c" + i));
    return Sql.of(
        "(SELECT {}, e.n FROM json_array_elements({}) WITH ORDINALITY AS e(v, n)) AS " + alias,
        Sql.join(", ", columns),
        slot(rows));
  }
}
