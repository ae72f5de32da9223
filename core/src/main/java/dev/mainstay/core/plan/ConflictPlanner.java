package dev.mainstay.core.plan;

import dev.mainstay.core.model.Column;
import dev.mainstay.core.model.ColumnType;
import dev.mainstay.core.model.Fill;
import dev.mainstay.core.model.Index;
import dev.mainstay.core.model.Table;
import dev.mainstay.core.policy.Guard;
import dev.mainstay.core.problem.Problem;
import dev.mainstay.core.problem.ProblemException;
import dev.mainstay.core.query.Asked;
import dev.mainstay.core.query.Asked.Condition;
import dev.mainstay.core.query.Expr;
import dev.mainstay.core.query.Filter;
import dev.mainstay.core.query.Operator;
import dev.mainstay.core.query.Quantifier;
import dev.mainstay.core.query.Value;
import dev.mainstay.core.query.ValueReader;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Settles what becomes of a row that is there already when another is written under its key.
final class ConflictPlanner {
  private final Sight sight;

  ConflictPlanner(Sight sight) {
    this.sight = sight;
  }

  /// @param given the columns to overwrite, if any: those that the request names, since what the
  ///   planner fills is for new rows only
  Plan.Conflict conflict(Table table, Asked.Conflict asked, List<Column> given) {
    List<Expr.Column> target = target(table, asked.columns());
    List<Expr.Column> merge = new ArrayList<>(given.size());
    if (asked.merge())
      for (Column column : given) {
        WritePlanner.requireGiven(column, "update");
        merge.add(sight.here(table.name(), column.name()));
      }
    Guard guard = sight.guard(table);
    return new Plan.Conflict(
        target,
        merge,
        Filter.and(guard.read(), guard.updateOld()),
        Filter.and(guard.updateNew(), guard.read()));
  }

  private List<Expr.Column> target(Table table, List<String> named) {
    List<Expr.Column> target = new ArrayList<>();
    for (String name : named) {
      Column column = sight.find(table, name);
      if (column == null) throw refused("42703", "column \"" + name + "\" does not exist", null);
      if (column.fill() instanceof Fill.Generated)
        throw new ProblemException(new Problem.Unsupported("on_conflict of a generated column"));
      target.add(sight.here(table.name(), name));
    }
    if (named.isEmpty())
      for (String name : table.primaryKey()) target.add(sight.here(table.name(), name));
    else if (!isKey(table, Set.copyOf(named)))
      throw refused(
          "42P10",
          "there is no unique or exclusion constraint matching the ON CONFLICT specification",
          null);
    return target;
  }

  /// Refuses rows of which one would overwrite what another has just written: which of them should
  /// stay nobody said.
  ///
  /// @param columns of the cells of the rows
  void requireDistinct(
      Table table, Plan.Conflict conflict, List<Expr.Column> columns, List<Plan.Row> rows) {
    if (conflict.merge().isEmpty() || rows.size() < 2) return;
    Set<List<Value>> seen = new HashSet<>();
    for (Plan.Row row : rows) {
      List<Value> key = new ArrayList<>(conflict.target().size());
      for (Expr.Column column : conflict.target()) {
        int at = columns.indexOf(column);
        Value given = at < 0 ? null : row.cells().get(at);
        Value value = given == null ? filled(sight.column(table, column.name())) : given;
        if (!value.equals(Value.NULL)) key.add(value);
      }
      if (key.size() == conflict.target().size() && !seen.add(key))
        throw refused(
            "21000",
            "ON CONFLICT DO UPDATE command cannot affect row a second time",
            "Ensure that no rows proposed for insertion within the same command have duplicate"
                + " constrained values.");
    }
  }

  /// The value that every row gets alike which does not name the column, or null: an empty one, and
  /// one that is new each time, meet no other.
  private static Value filled(Column column) {
    return switch (column.fill()) {
      case Fill.Literal(String text) -> ValueReader.read(column.type(), text);
      case Fill.Now _ -> new Value.Text("now");
      case Fill.Nothing _,
          Fill.RandomUuid _,
          Fill.OrderedUuid _,
          Fill.AuthUid _,
          Fill.Identity _,
          Fill.Generated _,
          Fill.Existing _,
          Fill.Computed _ ->
          Value.NULL;
    };
  }

  /// Whether no two rows agree in all of these columns.
  private static boolean isKey(Table table, Set<String> columns) {
    if (columns.equals(Set.copyOf(table.primaryKey()))) return true;
    for (Table.Unique unique : table.uniques())
      if (columns.equals(Set.copyOf(unique.columns()))) return true;
    for (Index index : table.indexes()) {
      Set<String> parts = new HashSet<>();
      for (Index.Part part : index.parts()) parts.add(part.column());
      if (index.unique() && index.where() == null && columns.equals(parts)) return true;
    }
    return false;
  }

  /// Refuses a put whose URL says anything but the values of the primary key.
  void requireNamed(Asked.Put asked) {
    Table table = sight.table(asked.into());
    Set<String> named = new HashSet<>();
    for (Condition condition : asked.where()) {
      if (!(condition instanceof Condition.Compare compare)
          || compare.operator() != Operator.EQ
          || compare.quantifier() != Quantifier.ONE
          || !compare.field().path().isEmpty()
          || sight.find(table, compare.field().name()) == null)
        throw new ProblemException(new Problem.NotByKey());
      named.add(compare.field().name());
    }
    if (named.isEmpty() || !named.equals(Set.copyOf(table.primaryKey())))
      throw new ProblemException(new Problem.NotByKey());
  }

  /// Refuses a put of anything but one row with the key in its URL.
  void requireSame(Asked.Put asked) {
    Table table = sight.table(asked.into());
    boolean isSame = asked.rows().size() == 1;
    for (Condition condition : asked.where()) {
      Condition.Compare compare = (Condition.Compare) condition;
      int at = asked.columns().indexOf(compare.field().name());
      isSame = isSame && at >= 0;
      if (!isSame) break;
      ColumnType type = sight.column(table, compare.field().name()).type();
      Value given = ValueReader.fromCell(type, asked.rows().getFirst().get(at));
      isSame =
          given != null && isEqual(given, ValueReader.operand(type, compare.operands().getFirst()));
    }
    if (!isSame) throw new ProblemException(new Problem.OtherKey());
  }

  private static boolean isEqual(Value one, Value other) {
    return one instanceof Value.Decimal(var first) && other instanceof Value.Decimal(var second)
        ? first.compareTo(second) == 0
        : one.equals(other);
  }

  private static ProblemException refused(String sqlState, String message, @Nullable String hint) {
    return new ProblemException(new Problem.Database(sqlState, message, null, hint));
  }
}
