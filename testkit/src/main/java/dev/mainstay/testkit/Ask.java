package dev.mainstay.testkit;

import dev.mainstay.core.model.TableName;
import dev.mainstay.core.query.Asked;
import dev.mainstay.core.query.Asked.Item;
import dev.mainstay.core.query.Asked.Ordering;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Rows as a test asks for them: `of("title").embed("artists", of("name")).where(eq("id", "1"))`.
/// Immutable.
public record Ask(Asked.Rows rows) {
  /// Every column the caller may see.
  public static Ask everything() {
    return items(List.of(new Item.Star()));
  }

  /// The columns of those names; none for none.
  public static Ask of(String... columns) {
    List<Item> items = new ArrayList<>();
    for (String column : columns)
      items.add(new Item.Column(null, Where.field(column), null, null, null));
    return items(items);
  }

  private static Ask items(List<Item> items) {
    return new Ask(new Asked.Rows(items, List.of(), List.of(), null, null));
  }

  public Ask with(Item item) {
    return new Ask(
        new Asked.Rows(
            joined(rows.items(), List.of(item)),
            rows.where(),
            rows.order(),
            rows.limit(),
            rows.offset()));
  }

  /// The same with related rows nested under the target's name.
  public Ask embed(String target, Ask related) {
    return with(embedded(target, related));
  }

  public Ask where(Asked.Condition... conditions) {
    return new Ask(
        new Asked.Rows(
            rows.items(),
            joined(rows.where(), Arrays.asList(conditions)),
            rows.order(),
            rows.limit(),
            rows.offset()));
  }

  public Ask order(Ordering... keys) {
    return new Ask(
        new Asked.Rows(
            rows.items(),
            rows.where(),
            joined(rows.order(), Arrays.asList(keys)),
            rows.limit(),
            rows.offset()));
  }

  public Ask limit(long limit) {
    return new Ask(new Asked.Rows(rows.items(), rows.where(), rows.order(), limit, rows.offset()));
  }

  public Ask offset(long offset) {
    return new Ask(new Asked.Rows(rows.items(), rows.where(), rows.order(), rows.limit(), offset));
  }

  public Asked.Read from(String table) {
    return new Asked.Read(table(table), rows, Asked.Count.NONE);
  }

  public Asked.Read countedFrom(String table) {
    return new Asked.Read(table(table), rows, Asked.Count.EXACT);
  }

  // ── items ──

  public static Item.Embed embedded(String target, Ask related) {
    return new Item.Embed(null, target, null, Asked.Join.LEFT, Asked.Shape.NESTED, related.rows());
  }

  public static Item.Embed as(String alias, Item.Embed embed) {
    return new Item.Embed(
        alias, embed.target(), embed.hint(), embed.join(), embed.shape(), embed.rows());
  }

  public static Item.Embed hinted(String hint, Item.Embed embed) {
    return new Item.Embed(
        embed.alias(), embed.target(), hint, embed.join(), embed.shape(), embed.rows());
  }

  public static Item.Embed inner(Item.Embed embed) {
    return new Item.Embed(
        embed.alias(), embed.target(), embed.hint(), Asked.Join.INNER, embed.shape(), embed.rows());
  }

  public static Item.Embed spread(Item.Embed embed) {
    return new Item.Embed(
        embed.alias(),
        embed.target(),
        embed.hint(),
        embed.join(),
        Asked.Shape.SPREAD,
        embed.rows());
  }

  public static Item column(String alias, String field, @Nullable String cast) {
    return new Item.Column(alias, Where.field(field), cast, null, null);
  }

  public static Item aggregate(String alias, Asked.Aggregate function, String field) {
    return new Item.Column(alias, Where.field(field), null, function, null);
  }

  public static Item countRows() {
    return new Item.CountRows(null, null);
  }

  // ── order ──

  public static Ordering asc(String field) {
    return new Ordering(null, Where.field(field), false, null);
  }

  public static Ordering desc(String field) {
    return new Ordering(null, Where.field(field), true, null);
  }

  public static Ordering nullsFirst(Ordering key) {
    return new Ordering(key.embed(), key.field(), key.descending(), true);
  }

  public static Ordering nullsLast(Ordering key) {
    return new Ordering(key.embed(), key.field(), key.descending(), false);
  }

  /// By a column of a to-one embed.
  public static Ordering through(String embed, Ordering key) {
    return new Ordering(embed, key.field(), key.descending(), key.nullsFirst());
  }

  /// `albums`, or with its schema `auth.users`.
  public static TableName table(String name) {
    int dot = name.indexOf('.');
    return dot < 0
        ? TableName.inDefaultSchema(name)
        : new TableName(name.substring(0, dot), name.substring(dot + 1));
  }

  private static <T> List<T> joined(List<? extends T> one, List<? extends T> other) {
    List<T> all = new ArrayList<>(one);
    all.addAll(other);
    return all;
  }
}
