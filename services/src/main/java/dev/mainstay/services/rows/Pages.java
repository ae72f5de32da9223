package dev.mainstay.services.rows;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.mainstay.core.engine.ByteBudget;
import dev.mainstay.core.engine.Engine;
import dev.mainstay.core.model.Table;
import dev.mainstay.core.plan.Caller;
import dev.mainstay.core.plan.Planner;
import dev.mainstay.core.problem.Problem;
import dev.mainstay.core.problem.ProblemException;
import dev.mainstay.core.query.Asked;
import dev.mainstay.core.query.JsonText;
import dev.mainstay.core.query.Operator;
import dev.mainstay.core.query.Quantifier;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/// All rows of a table in the order of its key, some at a time. Each page begins behind the key of
/// the row before it, so the last one costs what the first does.
///
/// Of a key `(a, b)` the rows behind `(1, 2)` are asked for in two steps, `a = 1 and b > 2` and
/// then `a > 1`: each is one range of the key's index, which `a > 1 or (a = 1 and b > 2)` is not.
final class Pages {
  /// A page should have about this many bytes of JSON.
  private static final long AIM = 1 << 20;

  private static final long MOST_ROWS = 5_000;
  private static final Caller CALLER = new Caller.Inside();

  private final Planner planner;
  private final Table table;
  private final List<Asked.Item> items;
  private final List<Asked.Condition> where;
  private final ByteBudget.Lease lease;
  private List<String> last;

  /// How many columns of the key are held fast while the next one is counted up; below 0 at the
  /// end.
  private int held;

  private long limit = 100;

  /// @param items with the columns of the key among them
  /// @param where what else must hold of the rows
  /// @param lease where the reads count their bytes; given back after each page
  Pages(
      Planner planner,
      Table table,
      List<Asked.Item> items,
      List<Asked.Condition> where,
      ByteBudget.Lease lease) {
    this(planner, table, items, where, List.of(), lease);
  }

  /// @param after the key behind which it begins, as text; empty for the first row
  Pages(
      Planner planner,
      Table table,
      List<Asked.Item> items,
      List<Asked.Condition> where,
      List<String> after,
      ByteBudget.Lease lease) {
    this.planner = planner;
    this.table = table;
    this.items = List.copyOf(items);
    this.where = List.copyOf(where);
    this.last = List.copyOf(after);
    this.held = Math.max(0, after.size() - 1);
    this.lease = lease;
  }

  /// The key of the last row, as text; empty before the first.
  List<String> last() {
    return last;
  }

  /// The next rows, or none after the last.
  List<byte[]> next(Engine.Unit unit) {
    while (held >= 0) {
      List<byte[]> rows = page(unit);
      if (rows.isEmpty()) {
        held--;
        continue;
      }
      last = key(rows.getLast());
      held = rows.size() < limit ? held - 1 : last.size() - 1;
      limit = nextLimit(rows);
      return rows;
    }
    return List.of();
  }

  private List<byte[]> page(Engine.Unit unit) {
    while (true) {
      try {
        return unit.read(planner.read(asked(), CALLER)).rows();
      } catch (ProblemException e) {
        boolean isMuch =
            e.problem() instanceof Problem.Overloaded || e.problem() instanceof Problem.TooLarge;
        if (!isMuch || limit == 1) throw e;
        limit = Math.max(1, limit / 8);
      } finally {
        lease.close();
      }
    }
  }

  private long nextLimit(List<byte[]> rows) {
    long bytes = 1;
    for (byte[] row : rows) bytes += row.length;
    return Math.clamp(AIM * rows.size() / bytes, 1, Math.min(MOST_ROWS, 4 * limit));
  }

  private Asked.Read asked() {
    List<String> key = table.primaryKey();
    List<Asked.Condition> conditions = new ArrayList<>(where);
    if (!last.isEmpty()) {
      for (int i = 0; i < held; i++) conditions.add(compare(key.get(i), Operator.EQ, last.get(i)));
      conditions.add(compare(key.get(held), Operator.GT, last.get(held)));
    }
    List<Asked.Ordering> order = new ArrayList<>();
    for (String column : key.subList(last.isEmpty() ? 0 : held, key.size()))
      order.add(new Asked.Ordering(null, Asked.Field.of(column), /* descending= */ false, null));
    return new Asked.Read(
        table.name(), new Asked.Rows(items, conditions, order, limit, null), Asked.Count.NONE);
  }

  private List<String> key(byte[] row) {
    JsonNode json = JsonText.parse(new String(row, UTF_8));
    List<String> key = new ArrayList<>();
    for (String column : table.primaryKey()) {
      JsonNode value = json.get(column);
      key.add(value.isString() ? value.stringValue() : JsonText.canonical(value));
    }
    return key;
  }

  static Asked.Condition compare(String column, Operator operator, String operand) {
    return new Asked.Condition.Compare(
        Asked.Field.of(column), operator, Quantifier.ONE, List.of(operand));
  }
}
