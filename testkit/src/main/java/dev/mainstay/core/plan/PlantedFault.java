package dev.mainstay.core.plan;

import dev.mainstay.core.plan.Select.Output;
import dev.mainstay.core.query.Expr;
import dev.mainstay.core.query.Filter;
import dev.mainstay.core.query.Link;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A mistake that a planner could make, made on purpose in a plan that was made well: the leak
/// search has to notice each. It stands here because nothing outside this package can make a plan.
public enum PlantedFault {
  NONE,
  ROWS_WITHOUT_POLICY,
  COUNT_WITHOUT_POLICY,
  EMBED_WITHOUT_POLICY,
  SPREAD_WITHOUT_POLICY,
  AGGREGATE_WITHOUT_POLICY,
  JUNCTION_WITHOUT_POLICY,
  INNER_JOIN_WITHOUT_POLICY,
  IS_NULL_OF_EMBED_WITHOUT_POLICY,
  RELATED_ORDER_WITHOUT_POLICY,
  POLICY_AFTER_PAGE,
  INSERT_WITHOUT_CHECK,
  UPSERT_WITHOUT_UPDATE_POLICY,
  UPSERT_WITHOUT_CHECK,
  RETURNED_ROW_NOT_READABLE,
  RETURNED_EMBED_WITHOUT_POLICY,
  UPDATE_WITHOUT_READ_POLICY,
  UPDATE_WITHOUT_ITS_POLICY,
  UPDATE_WITHOUT_CHECK,
  DELETE_WITHOUT_READ_POLICY,
  DELETE_WITHOUT_ITS_POLICY,
  /// Made in the model: a hidden column that is not.
  HIDDEN_COLUMN_NAMED,
  /// Made in the model: a table without a policy for the caller that is suggested.
  HIDDEN_TABLE_SUGGESTED;

  public Plan.Read in(Plan.Read plan) {
    Plan.ReadShape shape = plan.shape();
    return new Plan.Read(
        new Plan.ReadShape(root(shape.select()), shape.counting(), shape.enough()),
        plan.values(),
        plan.caller());
  }

  /// The plan whose total is told in place of that of `plan`.
  public Plan.Read counted(Plan.Read plan) {
    Plan.ReadShape shape = plan.shape();
    return this == COUNT_WITHOUT_POLICY
        ? new Plan.Read(
            new Plan.ReadShape(open(shape.select()), shape.counting(), shape.enough()),
            plan.values(),
            plan.caller())
        : in(plan);
  }

  public Plan.Write in(Plan.Write plan) {
    return switch (plan) {
      case Plan.Insert insert -> {
        Plan.InsertShape s = insert.shape();
        Filter check =
            switch (this) {
              case INSERT_WITHOUT_CHECK -> Filter.TRUE;
              case RETURNED_ROW_NOT_READABLE -> first(s.check(), s.returning());
              default -> s.check();
            };
        Plan.InsertShape shape =
            new Plan.InsertShape(
                s.table(), s.key(), s.columns(), in(s.conflict()), check, returned(s.returning()));
        yield new Plan.Insert(
            shape, insert.rows(), insert.values(), insert.expected(), insert.caller());
      }
      case Plan.Update update -> {
        Plan.UpdateShape s = update.shape();
        Filter policy =
            switch (this) {
              case UPDATE_WITHOUT_READ_POLICY -> half(s.policy(), 1);
              case UPDATE_WITHOUT_ITS_POLICY -> half(s.policy(), 0);
              default -> s.policy();
            };
        Filter check =
            switch (this) {
              case UPDATE_WITHOUT_CHECK -> half(s.check(), 1);
              case RETURNED_ROW_NOT_READABLE -> half(s.check(), 0);
              default -> s.check();
            };
        Plan.UpdateShape shape =
            new Plan.UpdateShape(
                s.table(),
                s.key(),
                s.assignments(),
                policy,
                s.where(),
                check,
                returned(s.returning()));
        yield new Plan.Update(shape, update.values(), update.expected(), update.caller());
      }
      case Plan.Delete delete -> {
        Plan.DeleteShape s = delete.shape();
        Filter policy =
            switch (this) {
              case DELETE_WITHOUT_READ_POLICY -> half(s.policy(), 1);
              case DELETE_WITHOUT_ITS_POLICY -> half(s.policy(), 0);
              default -> s.policy();
            };
        Plan.DeleteShape shape =
            new Plan.DeleteShape(s.table(), s.key(), policy, s.where(), returned(s.returning()));
        yield new Plan.Delete(shape, delete.values(), delete.expected(), delete.caller());
      }
    };
  }

  private Plan.@Nullable Conflict in(Plan.@Nullable Conflict conflict) {
    if (conflict == null) return null;
    return switch (this) {
      case UPSERT_WITHOUT_UPDATE_POLICY ->
          new Plan.Conflict(
              conflict.target(), conflict.merge(), half(conflict.policy(), 0), conflict.check());
      case UPSERT_WITHOUT_CHECK ->
          new Plan.Conflict(
              conflict.target(), conflict.merge(), conflict.policy(), half(conflict.check(), 1));
      default -> conflict;
    };
  }

  private static Filter first(Filter check, @Nullable Select returning) {
    return returning == null ? check : half(check, 0);
  }

  /// One of the two that must both hold.
  private static Filter half(Filter both, int which) {
    return both instanceof Filter.And(List<Filter> all) && all.size() == 2
        ? all.get(which)
        : Filter.TRUE;
  }

  private @Nullable Select returned(@Nullable Select select) {
    if (select == null || this != RETURNED_EMBED_WITHOUT_POLICY) return select;
    List<Output> outputs = new ArrayList<>();
    for (Output output : select.outputs())
      outputs.add(
          output instanceof Output.Embed e
              ? new Output.Embed(e.key(), e.link(), e.toOne(), open(e.rows()))
              : output);
    return with(select, outputs, select.policy(), select.where(), select.order());
  }

  // ── selects ──

  private Select root(Select select) {
    Select inside = inside(select);
    return switch (this) {
      case ROWS_WITHOUT_POLICY -> select.grouped() ? inside : open(inside);
      case POLICY_AFTER_PAGE -> select.limit() == null ? inside : open(inside);
      default -> inside;
    };
  }

  private static Select open(Select select) {
    return with(select, select.outputs(), Filter.TRUE, select.where(), select.order());
  }

  // NullAway takes what a class file says of `Expr.@Nullable Bind` for nothing.
  @SuppressWarnings("NullAway")
  private static Select with(
      Select s, List<Output> outputs, Filter policy, Filter where, List<Select.Key> order) {
    return new Select(s.table(), outputs, policy, where, order, s.grouped(), s.limit(), s.offset());
  }

  private Select inside(Select select) {
    List<Output> outputs = new ArrayList<>();
    for (Output output : select.outputs())
      outputs.add(
          switch (output) {
            case Output.Embed e -> {
              Select rows = inside(e.rows());
              boolean opens = this == EMBED_WITHOUT_POLICY && !rows.grouped();
              yield new Output.Embed(e.key(), in(e.link()), e.toOne(), opens ? open(rows) : rows);
            }
            case Output.Spread s -> {
              Select rows = inside(s.rows());
              boolean opens = this == SPREAD_WITHOUT_POLICY;
              yield new Output.Spread(in(s.link()), s.toOne(), opens ? open(rows) : rows);
            }
            case Output.Value(String key, Expr.Through lifted) when this == SPREAD_WITHOUT_POLICY ->
                new Output.Value(key, new Expr.Through(lifted.link(), Filter.TRUE, lifted.inner()));
            case Output.Value _, Output.Aggregate _ -> output;
          });
    List<Select.Key> order = new ArrayList<>();
    for (Select.Key key : select.order()) order.add(in(key));
    boolean opens = this == AGGREGATE_WITHOUT_POLICY && select.grouped();
    Filter where = in(select.where(), select.outputs(), false);
    return with(select, outputs, opens ? Filter.TRUE : select.policy(), where, order);
  }

  private Link in(Link link) {
    Link.Via via = link.via();
    return via == null || this != JUNCTION_WITHOUT_POLICY
        ? link
        : new Link(
            link.target(), link.pairs(), new Link.Via(via.junction(), via.pairs(), Filter.TRUE));
  }

  private Select.Key in(Select.Key key) {
    return this == RELATED_ORDER_WITHOUT_POLICY && key.expr() instanceof Expr.Through through
        ? new Select.Key(
            new Expr.Through(through.link(), Filter.TRUE, through.inner()),
            key.descending(),
            key.nullsFirst())
        : key;
  }

  /// @param denied whether it stands below a not, as `is.null` on an embed puts it
  private Filter in(Filter filter, List<Output> outputs, boolean denied) {
    return switch (filter) {
      case Filter.And(List<Filter> all) ->
          new Filter.And(all.stream().map(one -> in(one, outputs, false)).toList());
      case Filter.Or(List<Filter> any) ->
          new Filter.Or(any.stream().map(one -> in(one, outputs, false)).toList());
      case Filter.Not(Filter inner) -> new Filter.Not(in(inner, outputs, true));
      case Filter.Exists exists ->
          this == (denied ? IS_NULL_OF_EMBED_WITHOUT_POLICY : INNER_JOIN_WITHOUT_POLICY)
              ? new Filter.Exists(exists.link(), asked(exists, outputs))
              : exists;
      case Filter.Constant _,
          Filter.Test _,
          Filter.IsNull _,
          Filter.Is _,
          Filter.Holds _,
          Filter.Search _,
          Filter.Finds _ ->
          filter;
    };
  }

  /// What was asked of the rows of the embed, without their policy.
  private static Filter asked(Filter.Exists exists, List<Output> outputs) {
    for (Output output : outputs) {
      @Nullable Select rows =
          switch (output) {
            case Output.Embed e -> e.rows();
            case Output.Spread s -> s.rows();
            case Output.Value _, Output.Aggregate _ -> null;
          };
      if (rows != null
          && exists.link().target().equals(rows.table())
          && exists.where().equals(Filter.and(rows.policy(), rows.where()))) return rows.where();
    }
    return exists.where();
  }
}
