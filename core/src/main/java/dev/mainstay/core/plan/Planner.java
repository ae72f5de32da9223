package dev.mainstay.core.plan;

import dev.mainstay.core.model.Column;
import dev.mainstay.core.model.ColumnType;
import dev.mainstay.core.model.Function;
import dev.mainstay.core.model.Policy.Action;
import dev.mainstay.core.model.Table;
import dev.mainstay.core.model.TableName;
import dev.mainstay.core.policy.Guard;
import dev.mainstay.core.problem.ProblemException;
import dev.mainstay.core.query.Asked;
import dev.mainstay.core.query.Expr;
import dev.mainstay.core.query.Filter;
import dev.mainstay.core.query.Value;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/// The one maker of plans. Names, types and limits are settled here against one snapshot of the
/// model, and the caller's policies become part of the plan; what reaches an engine is within the
/// caller's rights.
///
/// Policies mean what PostgreSQL's row-level security means; see `docs/policies.md`. Pure: no I/O,
/// safe for many threads when `random` is.
public final class Planner {
  private final Catalog catalog;
  private final Limits limits;
  private final Fills fills;
  private final ZoneId zone;

  public Planner(Catalog catalog, Limits limits, InstantSource clock, RandomGenerator random) {
    this(catalog, limits, new Fills(clock, random), ZoneOffset.UTC);
  }

  private Planner(Catalog catalog, Limits limits, Fills fills, ZoneId zone) {
    this.catalog = catalog;
    this.limits = limits;
    this.fills = fills;
    this.zone = zone;
  }

  /// The same, for requests whose times are on the clocks of a zone when they do not say. Policies
  /// and stored defaults stay in UTC.
  public Planner in(ZoneId other) {
    return new Planner(catalog, limits, fills, other);
  }

  public Catalog catalog() {
    return catalog;
  }

  /// What the caller may name and do in the schema.
  public Visible visible(String schema, Caller caller) {
    return new VisibleFinder(new Sight(catalog, caller, zone)).in(schema);
  }

  /// @throws ProblemException when a name, a value or a feature asked for is not there for the
  ///   caller
  public Plan.Read read(Asked.Read asked, Caller caller) {
    Sight sight = new Sight(catalog, caller, zone);
    Binds binds = new Binds();
    Table table = sight.table(asked.from());
    Select select = new SelectPlanner(sight, limits, binds).read(table, asked.rows());
    Plan.Counting counting = counting(asked.counted(), select, sight);
    Expr.Bind enough =
        counting == Plan.Counting.ESTIMATED && limits.maxRows() != null
            ? binds.bind(new Value.Whole(limits.maxRows()), new ColumnType.Whole(64))
            : null;
    return new Plan.Read(new Plan.ReadShape(select, counting, enough), binds.values(), caller);
  }

  /// An estimate is drawn from all rows, also those that the caller must not learn of; then the
  /// rows are counted instead.
  private Plan.Counting counting(Asked.Count asked, Select select, Sight sight) {
    boolean isOpen = sight.bypasses() || Estimates.tellOnlyOf(select);
    return switch (asked) {
      case NONE -> Plan.Counting.NONE;
      case EXACT -> Plan.Counting.EXACT;
      case PLANNED -> isOpen ? Plan.Counting.PLANNED : Plan.Counting.EXACT;
      case ESTIMATED ->
          !isOpen
              ? Plan.Counting.EXACT
              : limits.maxRows() == null ? Plan.Counting.PLANNED : Plan.Counting.ESTIMATED;
    };
  }

  /// @throws ProblemException as [#read], or for a column the caller may not write
  public Plan.Insert insert(Asked.Insert asked, Caller caller) {
    return insert(asked, Plan.Expectation.ANY, caller);
  }

  /// @throws ProblemException as above
  public Plan.Insert insert(Asked.Insert asked, Plan.Expectation expected, Caller caller) {
    Sight sight = new Sight(catalog, caller, zone);
    return insert(asked, expected, sight, new WritePlanner(sight, fills));
  }

  /// Puts rows back as they once were: with their own numbers, also in columns that are otherwise
  /// the database's to number.
  ///
  /// @throws ProblemException as [#insert]
  public Plan.Insert restore(Asked.Insert asked, Caller.Inside caller) {
    Sight sight = new Sight(catalog, caller, zone);
    return insert(asked, Plan.Expectation.ANY, sight, WritePlanner.restoring(sight, fills));
  }

  private Plan.Insert insert(
      Asked.Insert asked, Plan.Expectation expected, Sight sight, WritePlanner writes) {
    Binds binds = new Binds();
    ConflictPlanner conflicts = new ConflictPlanner(sight);
    Table table = writes.writable(sight.table(asked.into()), Action.INSERT);
    Guard guard = sight.guard(table);

    List<Column> given = writes.columns(table, asked.columns());
    List<Column> filled = writes.filled(table, given);
    List<Plan.Row> rows = new ArrayList<>(asked.rows().size());
    for (List<Asked.Cell> cells : asked.rows()) rows.add(writes.row(given, cells, filled));

    List<Expr.Column> columns = new ArrayList<>(given.size() + filled.size());
    for (Column column : given) columns.add(sight.here(table.name(), column.name()));
    for (Column column : filled) columns.add(sight.here(table.name(), column.name()));

    Asked.Rows wanted = asked.returning();
    Select returning =
        wanted == null ? null : new SelectPlanner(sight, limits, binds).written(table, wanted);
    Plan.Conflict conflict =
        asked.conflict() == null
            ? null
            : conflicts.conflict(table, asked.conflict(), writes.mergeable(table, given));
    if (conflict != null) conflicts.requireDistinct(table, conflict, columns, rows);
    // To look for the row that is there already is to read, as in PostgreSQL.
    boolean isRead = returning != null || conflict != null;
    Filter check = isRead ? Filter.and(guard.insert(), guard.read()) : guard.insert();
    Plan.InsertShape shape =
        new Plan.InsertShape(
            table.name(),
            writes.key(table),
            columns,
            conflict,
            check,
            returning,
            writes.numbered(table, given));
    return new Plan.Insert(shape, rows, binds.values(), expected, sight.caller());
  }

  /// @throws ProblemException as [#insert], or for a row that is not the one its key names
  public Plan.Insert put(Asked.Put asked, Caller caller) {
    ConflictPlanner conflicts = new ConflictPlanner(new Sight(catalog, caller, zone));
    conflicts.requireNamed(asked);
    Asked.Conflict byKey = new Asked.Conflict(List.of(), true);
    Asked.Insert insert =
        new Asked.Insert(asked.into(), asked.columns(), asked.rows(), byKey, asked.returning());
    Plan.Insert plan = insert(insert, caller);
    conflicts.requireSame(asked);
    return plan;
  }

  /// @throws ProblemException as [#insert]
  public Plan.Update update(Asked.Update asked, Plan.Expectation expected, Caller caller) {
    Sight sight = new Sight(catalog, caller, zone);
    Binds binds = new Binds();
    WritePlanner writes = new WritePlanner(sight, fills);
    Table table = writes.writable(sight.table(asked.table()), Action.UPDATE);
    Guard guard = sight.guard(table);

    List<String> names = new ArrayList<>(asked.assignments().size());
    for (Asked.Assignment assignment : asked.assignments()) names.add(assignment.column());
    List<Column> columns = writes.columns(table, names);
    List<Plan.Assignment> assignments = new ArrayList<>(columns.size());
    for (int i = 0; i < columns.size(); i++) {
      Column column = columns.get(i);
      Value value = writes.value(column, asked.assignments().get(i).cell(), "update");
      assignments.add(
          new Plan.Assignment(
              sight.here(table.name(), column.name()),
              value == null ? null : binds.bind(value, column.type())));
    }

    SelectPlanner selects = new SelectPlanner(sight, limits, binds);
    Filter where = selects.filter(table, asked.where());
    Asked.Rows wanted = asked.returning();
    Plan.UpdateShape shape =
        new Plan.UpdateShape(
            table.name(),
            writes.key(table),
            assignments,
            Filter.and(guard.read(), guard.updateOld()),
            where,
            Filter.and(guard.updateNew(), guard.read()),
            wanted == null ? null : selects.written(table, wanted));
    return new Plan.Update(shape, binds.values(), expected, caller);
  }

  /// @throws ProblemException as [#read]
  public Plan.Delete delete(Asked.Delete asked, Plan.Expectation expected, Caller caller) {
    Sight sight = new Sight(catalog, caller, zone);
    Binds binds = new Binds();
    WritePlanner writes = new WritePlanner(sight, fills);
    Table table = writes.writable(sight.table(asked.from()), Action.DELETE);
    Guard guard = sight.guard(table);

    SelectPlanner selects = new SelectPlanner(sight, limits, binds);
    Filter where = selects.filter(table, asked.where());
    Asked.Rows wanted = asked.returning();
    Plan.DeleteShape shape =
        new Plan.DeleteShape(
            table.name(),
            writes.key(table),
            Filter.and(guard.read(), guard.delete()),
            where,
            wanted == null ? null : selects.written(table, wanted));
    return new Plan.Delete(shape, binds.values(), expected, caller);
  }

  /// @throws ProblemException as [#read], for a function that is not there for the caller, and for
  ///   arguments that are no values of their types
  public Plan.Call call(Asked.Call asked, Plan.Expectation expected, Caller caller) {
    Sight sight = new Sight(catalog, caller, zone);
    Binds binds = new Binds();
    Plan.CallShape shape = new CallPlanner(sight, limits, binds).call(asked, expected);
    return new Plan.Call(shape, binds.values(), expected, caller);
  }

  /// The functions of a name that the caller may call.
  ///
  /// @throws ProblemException when there is none
  public List<Function> callable(TableName name, Caller caller) {
    return new FunctionFinder(new Sight(catalog, caller, zone)).callable(name);
  }

  /// The call of a function ahead of a request, for its effect, whoever may call it by name.
  ///
  /// @param function without arguments that must be given
  public Plan.Call ahead(Function function, Caller caller) {
    Sight sight = new Sight(catalog, caller, zone);
    Binds binds = new Binds();
    Plan.CallShape shape = new CallPlanner(sight, limits, binds).ahead(function);
    return new Plan.Call(shape, binds.values(), Plan.Expectation.ANY, caller);
  }
}
