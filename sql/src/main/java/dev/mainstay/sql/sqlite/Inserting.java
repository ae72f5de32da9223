package dev.mainstay.sql.sqlite;

import dev.mainstay.core.model.ColumnType;
import dev.mainstay.core.model.Fill;
import dev.mainstay.core.model.Model;
import dev.mainstay.core.model.Table;
import dev.mainstay.core.plan.Plan;
import dev.mainstay.core.query.Expr;
import dev.mainstay.core.query.Value;
import dev.mainstay.sql.SelfReferences;
import dev.mainstay.sql.Sql;
import dev.mainstay.sql.SqlCompiler;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteErrorCode;

/// Inserts the rows of one plan, and answers their keys: one prepared statement a row, since SQLite
/// runs in this process and a statement more costs a microsecond.
///
/// Only where a table refers to itself the rows go in together, so that they may refer to each
/// other in any order, as within one statement of PostgreSQL.
final class Inserting {
  /// SQLite binds no more values in one statement.
  private static final int MOST_VALUES = 250_000;

  private final Table table;
  private final SqlCompiler compiler;
  private final Constraints constraints;
  private final Session session;
  private final Plan.Insert plan;
  private final Statements.Insert statements;
  private final Arguments arguments;
  private final List<ColumnType> types;

  Inserting(
      Model model,
      SqlCompiler compiler,
      Constraints constraints,
      Session session,
      Plan.Insert plan,
      Statements.Insert statements,
      Arguments arguments) {
    this.table = Objects.requireNonNull(model.table(plan.shape().table()));
    this.compiler = compiler;
    this.constraints = constraints;
    this.session = session;
    this.plan = plan;
    this.statements = statements;
    this.arguments = arguments;
    this.types = Statements.types(plan.shape().key());
  }

  List<List<Value>> keys() throws SQLException {
    for (Plan.Row row : plan.rows()) requireKey(plan, row, table);
    if (isTogether()) return together();
    List<List<Value>> keys = new ArrayList<>(plan.rows().size());
    for (Plan.Row row : plan.rows()) {
      try {
        keys.addAll(insert(row));
      } catch (SQLException e) {
        throw constraints.refusedInsert(e, plan, row);
      }
    }
    return keys;
  }

  private List<List<Value>> insert(Plan.Row row) throws SQLException {
    Sql sql =
        statements
            .inserts()
            .of(named(row), n -> Statements.insert(plan.shape(), n, table, 1, compiler));
    return session.values(sql, arguments.withCells(row.cells()), types);
  }

  private boolean isTogether() {
    if (plan.rows().size() < 2 || new SelfReferences(plan, table).areNone()) return false;
    BitSet first = named(plan.rows().getFirst());
    return plan.rows().size() * (first.cardinality() + Statements.timed(table).size())
            <= MOST_VALUES
        && plan.rows().stream().allMatch(row -> named(row).equals(first));
  }

  private List<List<Value>> together() throws SQLException {
    BitSet named = named(plan.rows().getFirst());
    Sql sql = Statements.insert(plan.shape(), named, table, plan.rows().size(), compiler);
    List<@Nullable Value> cells = new ArrayList<>();
    for (Plan.Row row : plan.rows()) cells.addAll(row.cells());
    try {
      return session.valuesOnce(sql, arguments.withCells(cells), types);
    } catch (SQLException e) {
      throw culprit(e);
    }
  }

  /// Which row it was: the rows are tried one by one, and those that refer to others again after
  /// those. All of it is undone with the request; so nothing is tried when the transaction may be
  /// gone, as after a time-out.
  private RuntimeException culprit(SQLException together) throws SQLException {
    switch (Errors.code(together)) {
      case SQLITE_CONSTRAINT_UNIQUE,
          SQLITE_CONSTRAINT_PRIMARYKEY,
          SQLITE_CONSTRAINT_ROWID,
          SQLITE_CONSTRAINT_NOTNULL,
          SQLITE_CONSTRAINT_CHECK,
          SQLITE_CONSTRAINT_FOREIGNKEY -> {}
      default -> throw Errors.translate(together);
    }
    SelfReferences references = new SelfReferences(plan, table);
    SQLException last = together;
    List<Integer> left = references.eldersFirst(places(plan));
    List<Integer> refused = new ArrayList<>();
    for (int place : left) {
      Plan.Row row = plan.rows().get(place);
      try {
        insert(row);
      } catch (SQLException e) {
        if (Errors.code(e) != SQLiteErrorCode.SQLITE_CONSTRAINT_FOREIGNKEY)
          return constraints.refusedInsert(e, plan, row);
        refused.add(place);
        last = e;
      }
    }
    if (refused.isEmpty() || Errors.code(together) != SQLiteErrorCode.SQLITE_CONSTRAINT_FOREIGNKEY)
      return constraints.refused(together, table.name());
    return constraints.refusedInsert(last, plan, plan.rows().get(references.astray(refused)));
  }

  static List<Integer> places(Plan.Insert plan) {
    return IntStream.range(0, plan.rows().size()).boxed().toList();
  }

  /// SQLite gives a whole-number key a value when the row has none; PostgreSQL refuses the row.
  static void requireKey(Plan.Insert plan, Plan.Row row, Table table) {
    for (Expr.Column key : plan.shape().key()) {
      int at = plan.shape().columns().indexOf(key);
      Value cell = at < 0 ? null : row.cells().get(at);
      boolean isFilled =
          !(Objects.requireNonNull(table.column(key.name())).fill() instanceof Fill.Nothing);
      if (cell instanceof Value.Null || (cell == null && !isFilled))
        throw Constraints.notNull(key.name(), table.name().name());
    }
  }

  static BitSet named(Plan.Row row) {
    BitSet named = new BitSet(row.cells().size());
    for (int i = 0; i < row.cells().size(); i++) if (row.cells().get(i) != null) named.set(i);
    return named;
  }
}
