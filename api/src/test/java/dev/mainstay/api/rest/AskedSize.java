package dev.mainstay.api.rest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mainstay.core.query.Asked;
import dev.mainstay.core.query.Asked.Condition;
import dev.mainstay.core.query.Asked.Item;

/// How much rows as asked for ask for, counted as [Quota] counts it.
final class AskedSize {
  private int items;
  private int conditions;
  private int values;
  private int embedDepth;
  private int logicDepth;

  private AskedSize() {}

  /// Fails when a reader let through more than a request may ask for.
  static void assertWithinQuota(Asked.Rows rows) {
    AskedSize size = new AskedSize();
    size.add(rows, 0);
    size.assertWithinQuota();
  }

  static void assertWithinQuota(Condition condition) {
    AskedSize size = new AskedSize();
    size.add(condition, 0);
    size.assertWithinQuota();
  }

  private void assertWithinQuota() {
    assertThat(items).isLessThanOrEqualTo(Quota.ITEMS);
    assertThat(conditions).isLessThanOrEqualTo(Quota.CONDITIONS);
    assertThat(values).isLessThanOrEqualTo(Quota.VALUES);
    assertThat(embedDepth).isLessThanOrEqualTo(Quota.EMBED_DEPTH);
    assertThat(logicDepth).isLessThanOrEqualTo(Quota.LOGIC_DEPTH);
  }

  private void add(Asked.Rows rows, int depth) {
    embedDepth = Math.max(embedDepth, depth);
    items += rows.order().size();
    for (Item item : rows.items()) {
      items++;
      if (item instanceof Item.Column column) items += column.field().path().size();
      if (item instanceof Item.Embed embed) add(embed.rows(), depth + 1);
    }
    for (Condition condition : rows.where()) add(condition, 0);
  }

  private void add(Condition condition, int depth) {
    logicDepth = Math.max(logicDepth, depth);
    switch (condition) {
      case Condition.And and -> and.all().forEach(member -> add(member, depth + 1));
      case Condition.Or or -> or.any().forEach(member -> add(member, depth + 1));
      case Condition.Not(Condition inner) -> add(inner, depth);
      case Condition.Compare compare -> {
        conditions++;
        items += compare.field().path().size();
        if (compare.operands().size() > 1) values += compare.operands().size();
      }
      case Condition.IsNull _, Condition.Is _, Condition.Search _ -> conditions++;
    }
  }
}
