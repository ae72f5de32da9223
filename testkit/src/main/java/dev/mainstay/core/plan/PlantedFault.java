package dev.mainstay.core.plan;

import dev.mainstay.core.plan.Select.Output;
import dev.mainstay.core.query.Expr;
import dev.mainstay.core.query.Filter;
import dev.mainstay.core.query.Link;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
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
  CALLED_ROWS_WITHOUT_POLICY,
  CALLED_COUNT_WITHOUT_POLICY,
  CALLED_AGGREGATE_WITHOUT_POLICY,
  CALLED_EMBED_WITHOUT_POLICY,
  WRITTEN_ROWS_CALLED_WITHOUT_POLICY,
  /// What a search finds, an index answers: the policy is not asked.
  SEARCHED_ROWS_WITHOUT_POLICY,
  SEARCHED_EMBED_WITHOUT_POLICY,
  SEARCHED_ROWS_WRITTEN_WITHOUT_POLICY,
  SEARCHED_ROWS_CALLED_WITHOUT_POLICY,
  /// Made in the model: a hidden column that is not.
  HIDDEN_COLUMN_NAMED,
  /// Made in the model: a table without a policy for the caller that is suggested.
  HIDDEN_TABLE_SUGGESTED,
  /// Made in the model: a function that the caller may not call and that is suggested.
  HIDDEN_FUNCTION_SUGGESTED;

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

  /// @param writes whether the function may write
  public Plan.Call in(Plan.Call plan, boolean writes) {
    return switch (this) {
      case CALLED_ROWS_WITHOUT_POLICY -> writes ? plan : called(plan, PlantedFault::ofRows);
      case CALLED_AGGREGATE_WITHOUT_POLICY -> called(plan, PlantedFault::ofGroups);
      case CALLED_EMBED_WITHOUT_POLICY -> called(plan, PlantedFault::openEmbeds);
      case WRITTEN_ROWS_CALLED_WITHOUT_POLICY -> writes ? called(plan, PlantedFault::ofRows) : plan;
      case SEARCHED_ROWS_CALLED_WITHOUT_POLICY -> called(plan, PlantedFault::ofHits);
      default -> plan;
    };
  }

  /// The call whose total is told in place of that of `plan`.
  public Plan.Call counted(Plan.Call plan, boolean writes) {
    return this == CALLED_COUNT_WITHOUT_POLICY
        ? called(plan, PlantedFault::open)
        : in(plan, writes);
  }

  private static Plan.Call called(Plan.Call plan, UnaryOperator<Select> spoilt) {
    Plan.CallShape s = plan.shape();
    Select rows = s.rows() == null ? null : spoilt.apply(s.rows());
    return new Plan.Call(
        new Plan.CallShape(s.function(), s.arguments(), rows, s.counted(), s.writes()),
        plan.values(),
        plan.expected(),
        plan.caller());
  }

  private static Select ofRows(Select select) {
    return select.grouped() ? select : open(select);
  }

  private static Select ofGroups(Select select) {
    return select.grouped() ? open(select) : select;
  }

  private static Select ofHits(Select select) {
    Filter policy = ofHits(select.policy(), select.where());
    return with(select, select.outputs(), policy, select.where(), select.order());
  }

  /// The policy of rows that are not found by a search of all that is asked.
  private static Filter ofHits(Filter policy, Filter where) {
    return switch (where) {
      case Filter.Finds finds -> Filter.or(policy, finds);
      case Filter.And(List<Filter> all) -> {
        for (Filter one : all) if (one instanceof Filter.Finds) yield Filter.or(policy, one);
        yield policy;
      }
      case Filter.Constant _,
          Filter.Or _,
          Filter.Not _,
          Filter.Test _,
          Filter.IsNull _,
          Filter.Is _,
          Filter.Holds _,
          Filter.Search _,
          Filter.Exists _ ->
          policy;
    };
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
                s.table(),
                s.key(),
                s.columns(),
                in(s.conflict()),
                check,
                returned(s.returning()),
                s.numbered());
        yield new Plan.Insert(
            shape, insert.rows(), insert.values(), insert.expected(), insert.caller());
      }
      case Plan.Update update -> {
        Plan.UpdateShape s = update.shape();
        Filter policy =
            switch (this) {
              case UPDATE_WITHOUT_READ_POLICY -> half(s.policy(), 1);
              case UPDATE_WITHOUT_ITS_POLICY -> half(s.policy(), 0);
              case SEARCHED_ROWS_WRITTEN_WITHOUT_POLICY -> ofHits(s.policy(), s.where());
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
              case SEARCHED_ROWS_WRITTEN_WITHOUT_POLICY -> ofHits(s.policy(), s.where());
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
    return select == null || this != RETURNED_EMBED_WITHOUT_POLICY ? select : openEmbeds(select);
  }

  private static Select openEmbeds(Select select) {
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
      case SEARCHED_ROWS_WITHOUT_POLICY -> ofHits(inside);
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
              if (this == SEARCHED_EMBED_WITHOUT_POLICY) rows = ofHits(rows);
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
