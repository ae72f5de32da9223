package dev.mainstay.sql;

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
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How one engine writes what [SqlCompiler] says. One final class an engine, without a parent.
///
/// The compiler knows tables, scopes, policies and the form of a statement; a dialect knows types.
/// Expressions are of the engine's own storage form everywhere, except what [#encode] and the
/// methods below it make: that is the dialect's *answer form*, JSON in whatever SQL type suits it
/// (text, json), never SQL null, and turned into text at the root by [#text].
///
/// A method throws [dev.mainstay.core.problem.Problem.Unsupported] for what its engine lacks.
public interface Dialect {
  /// `sqlite`, `postgres`: the name under which a model keeps text for this engine.
  String name();

  // ── names and values ──

  Sql quote(String identifier);

  Sql table(TableName table);

  /// A value of the model's own text, written into the statement. Also stands in DDL.
  Sql literal(Value value, ColumnType type);

  /// A regular expression of the model's own text, or a list of them.
  Sql pattern(Value value, ColumnType type);

  /// A placeholder, with a cast to the slot's type where the engine would guess another.
  Sql slot(Slot slot);

  /// What an UPDATE sets a column to when it is told to take its fill: `DEFAULT`, or the expression
  /// itself.
  Sql fill(Column column);

  /// What a new row has in a column that it does not name, as an expression: for the number that an
  /// identity will give, null, which no other row refers to either.
  Sql fresh(Column column);

  // ── conditions: SQL booleans, null for unknown ──

  Sql constant(Truth truth);

  /// Never null.
  Sql is(Sql condition, Truth truth);

  /// With [Quantifier#ANY] or `ALL`, `right` is a list; an empty one answers false or true, a null
  /// one null, whatever `left` is.
  Sql test(Term left, Operator operator, Quantifier quantifier, Term right);

  /// Full-text search as the engine itself has it; null where `text` is.
  Sql search(Term text, Grammar grammar, @Nullable Term language, Term query);

  /// Whether the row under `alias` (or whose columns are bare when it is empty) is what `query`
  /// looks for in its search document. Never null, and never raises.
  Sql finds(String alias, Table table, Table.Search document, Term query);

  /// The same of a row that is only like those of the document's table: its own texts are searched,
  /// and not what is stored under its key. Raises where they do.
  Sql matches(String alias, Table.Search document, Term query);

  /// Both, `second` being evaluated only where `first` is true: `second` may raise, and what it
  /// says must not tell of a row that `first` keeps back.
  Sql fenced(Sql first, Sql second);

  // ── expressions ──

  Sql apply(Expr.Function function, List<Term> arguments, ColumnType type);

  Sql cast(Term value, ColumnType type);

  Sql jsonAt(Sql json, List<JsonStep> path, boolean asText);

  // ── groups ──

  /// An aggregate, of that type; `of` null counts rows.
  Sql aggregate(Asked.Aggregate function, @Nullable Term of, ColumnType type);

  /// What equal values have in common, for GROUP BY.
  Sql groupKey(Term value);

  // ── order and page ──

  /// Whether ORDER BY with LIMIT makes the whole answer of rows that it then leaves out.
  boolean sortsAnswers();

  /// One key of an ORDER BY, compared as [Operator#LT] compares.
  Sql order(Term key, boolean descending, boolean nullsFirst);

  /// What follows an ORDER BY, with a space before it; empty when both are null.
  Sql page(@Nullable Sql limit, @Nullable Sql offset);

  // ── answers ──

  /// The value as JSON; `null` for null.
  Sql encode(Term value);

  /// A JSON object of these members, in order.
  Sql object(List<Member> members);

  /// The JSON that the scalar query (without parentheses) answers, or JSON `null` when it finds no
  /// row.
  Sql orNull(Sql query);

  /// The JSON array of what the query answers, which is in answer form, in its order; `[]` when it
  /// finds nothing.
  Sql array(Query query);

  /// Answer form as the text or bytes that are read from the result.
  Sql text(Sql json);

  // ── rows by key ──

  /// A FROM item over the keys in [Slot.Keys]: columns `c0`, `c1`, … of the given types, and `n`,
  /// which orders them as they came.
  Sql keys(String alias, List<ColumnType> types);

  // ── functions ──

  /// The same over what a function's last statement answered, in [Slot.Result].
  Sql results(String alias, List<ColumnType> types);

  /// What the user's SQL gives for a value of the type, as one: what is none is converted, or
  /// raises. An error's text does not repeat it.
  Sql declared(Sql value, ColumnType type);

  record Member(String key, Sql json) {}
}
