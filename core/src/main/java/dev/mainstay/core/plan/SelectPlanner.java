package dev.mainstay.core.plan;

import dev.mainstay.core.model.Column;
import dev.mainstay.core.model.ColumnType;
import dev.mainstay.core.model.Relation;
import dev.mainstay.core.model.Relation.Junction;
import dev.mainstay.core.model.Table;
import dev.mainstay.core.model.TableName;
import dev.mainstay.core.plan.Select.Output;
import dev.mainstay.core.problem.Problem;
import dev.mainstay.core.problem.ProblemException;
import dev.mainstay.core.query.Asked;
import dev.mainstay.core.query.Asked.Item;
import dev.mainstay.core.query.Expr;
import dev.mainstay.core.query.Filter;
import dev.mainstay.core.query.Link;
import dev.mainstay.core.query.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Turns rows as asked for into a [Select], and every embed in it likewise, each under its own
/// table's read policy.
final class SelectPlanner {
  private static final ColumnType BIGINT = new ColumnType.Whole(64);

  private final Sight sight;
  private final Limits limits;
  private final Binds binds;
  private final FieldPlanner fields;
  private final ConditionPlanner conditions;
  private final RelationFinder relations;

  SelectPlanner(Sight sight, Limits limits, Binds binds) {
    this.sight = sight;
    this.limits = limits;
    this.binds = binds;
    this.fields = new FieldPlanner(sight);
    this.conditions = new ConditionPlanner(sight, fields, binds);
    this.relations = new RelationFinder(sight);
  }

  /// Rows that are read: no more of them than the limits allow.
  Select read(Table table, Asked.Rows asked) {
    return select(table, asked, limits.maxRows());
  }

  /// Rows that were written: all of them.
  Select written(Table table, Asked.Rows asked) {
    return select(table, asked, null);
  }

  /// Conditions on the table alone.
  Filter filter(Table table, List<Asked.Condition> where) {
    return conditions.filter(table, where, Embeds.NONE);
  }

  private Select select(Table table, Asked.Rows asked, @Nullable Long maxRows) {
    Embeds embeds = new Embeds();
    List<Output> outputs = new ArrayList<>();
    for (Item item : asked.items()) {
      switch (item) {
        case Item.Star() -> {
          for (Column column : sight.columns(table))
            outputs.add(
                new Output.Value(column.name(), new Expr.Column(0, column.name(), column.type())));
        }
        case Item.Column column when isBareCount(table, column) ->
            outputs.add(rowCount(column.alias(), column.cast()));
        case Item.Column column -> outputs.add(output(table, column));
        case Item.CountRows(String alias, String cast) -> {
          requireAggregates();
          outputs.add(rowCount(alias, cast));
        }
        case Item.Embed embed -> {
          Embeds.Planned planned = embed(table, embed);
          embeds.add(planned);
          outputs.addAll(outputs(planned));
        }
      }
    }
    boolean grouped = outputs.stream().anyMatch(Output.Aggregate.class::isInstance);
    Filter where = Filter.and(conditions.filter(table, asked.where(), embeds), embeds.inner());
    return new Select(
        table.name(),
        outputs,
        sight.guard(table).read(),
        where,
        order(table, asked.order(), embeds, grouped ? new Grouping(table, outputs) : null),
        grouped,
        bound(least(asked.limit(), maxRows)),
        asked.offset() == null || asked.offset() == 0 ? null : bound(asked.offset()));
  }

  private Output output(Table table, Item.Column item) {
    Expr expr = fields.expr(table, item.field());
    if (item.cast() != null) expr = new Expr.Cast(expr, fields.castType(item.cast()));
    if (item.aggregate() == null)
      return new Output.Value(
          item.alias() == null ? FieldPlanner.key(item.field()) : item.alias(), expr);
    requireAggregates();
    String name = item.aggregate().name().toLowerCase(Locale.ROOT);
    return new Output.Aggregate(
        item.alias() == null ? name : item.alias(),
        item.aggregate(),
        expr,
        AggregateTypes.of(item.aggregate(), expr.type()),
        item.resultCast() == null ? null : fields.castType(item.resultCast()));
  }

  /// `count` without parentheses, as it was written before there were aggregates: the number of
  /// rows, whether aggregates are on or not.
  private boolean isBareCount(Table table, Item.Column item) {
    return item.aggregate() == null
        && item.field().equals(Asked.Field.of("count"))
        && sight.find(table, "count") == null;
  }

  private Output rowCount(@Nullable String alias, @Nullable String cast) {
    return new Output.Aggregate(
        alias == null ? "count" : alias,
        Asked.Aggregate.COUNT,
        null,
        BIGINT,
        cast == null ? null : fields.castType(cast));
  }

  private void requireAggregates() {
    if (!limits.aggregates()) throw new ProblemException(new Problem.AggregatesOff());
  }

  private Embeds.Planned embed(Table parent, Item.Embed asked) {
    Relation relation = relations.find(parent, asked.target(), asked.hint());
    Table target = sight.table(relation.to());
    Select rows = relation.toOne() ? one(target, asked.rows()) : read(target, asked.rows());
    return new Embeds.Planned(asked, link(relation), relation.toOne(), rows);
  }

  /// The one row that is related: a page either holds it or it does not.
  private Select one(Table table, Asked.Rows asked) {
    boolean isPastIt =
        (asked.limit() != null && asked.limit() == 0)
            || (asked.offset() != null && asked.offset() > 0);
    Asked.Rows unpaged = new Asked.Rows(asked.items(), asked.where(), asked.order(), null, null);
    Select select = select(table, unpaged, null);
    return isPastIt ? select.where(Filter.FALSE) : select;
  }

  /// An embed of which nothing is asked, `tags()`, is there for its filters.
  private static List<Output> outputs(Embeds.Planned embed) {
    if (embed.asked().rows().items().isEmpty()) return List.of();
    return switch (embed.asked().shape()) {
      case NESTED ->
          List.of(new Output.Embed(embed.asked().key(), embed.link(), embed.toOne(), embed.rows()));
      case SPREAD -> Spreads.lifted(embed);
    };
  }

  private Link link(Relation relation) {
    if (relation.function() != null)
      return new Link(relation.to(), List.of(), null, relation.function());
    Junction junction = relation.junction();
    if (junction == null)
      return new Link(
          relation.to(),
          pairs(relation.from(), relation.columns(), relation.to(), relation.targetColumns()),
          null);
    Table between = sight.table(junction.table());
    return new Link(
        relation.to(),
        pairs(between.name(), junction.far().columns(), relation.to(), relation.targetColumns()),
        new Link.Via(
            between.name(),
            pairs(relation.from(), relation.columns(), between.name(), junction.near().columns()),
            sight.guard(between).read()));
  }

  private List<Link.Pair> pairs(
      TableName from, List<String> fromColumns, TableName to, List<String> toColumns) {
    List<Link.Pair> pairs = new ArrayList<>(fromColumns.size());
    for (int i = 0; i < fromColumns.size(); i++)
      pairs.add(
          new Link.Pair(sight.here(from, fromColumns.get(i)), sight.here(to, toColumns.get(i))));
    return pairs;
  }

  /// @param grouping when the rows are groups
  private List<Select.Key> order(
      Table table, List<Asked.Ordering> asked, Embeds embeds, @Nullable Grouping grouping) {
    List<Select.Key> keys = new ArrayList<>(asked.size());
    for (Asked.Ordering ordering : asked) {
      Expr expr =
          ordering.embed() == null
              ? fields.expr(table, ordering.field())
              : related(table, ordering.embed(), ordering.field(), embeds);
      if (grouping != null)
        grouping.require(
            expr,
            ordering.embed() == null ? table.name().name() : ordering.embed(),
            ordering.field().name());
      boolean nullsFirst =
          ordering.nullsFirst() == null ? ordering.descending() : ordering.nullsFirst();
      keys.add(new Select.Key(expr, ordering.descending(), nullsFirst));
    }
    return keys;
  }

  private Expr related(Table table, String name, Asked.Field field, Embeds embeds) {
    Embeds.Planned embed = embeds.named(name);
    if (embed == null) throw new ProblemException(new Problem.NotEmbedded(name));
    if (!embed.toOne())
      throw new ProblemException(
          new Problem.BadEmbedOrder(table.name().name(), embed.asked().key()));
    Expr lifted = field.path().isEmpty() ? Spreads.value(embed, field.name()) : null;
    Table target = sight.table(embed.link().target());
    return embed.through(lifted == null ? fields.expr(target, field) : lifted);
  }

  private Expr.@Nullable Bind bound(@Nullable Long number) {
    return number == null ? null : binds.bind(new Value.Whole(number), BIGINT);
  }

  private static @Nullable Long least(@Nullable Long one, @Nullable Long other) {
    if (one == null) return other;
    return other == null ? one : (Long) Math.min(one, other);
  }
}
