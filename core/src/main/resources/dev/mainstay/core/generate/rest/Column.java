package PACKAGE.rest;

import java.util.Collection;
import java.util.Objects;
import java.util.StringJoiner;

/**
 * A column, of which conditions and orders are made.
 *
 * @param <T> the rows that have it
 * @param <V> what it holds
 */
public final class Column<T, V> {
  final String name;

  public Column(String name) {
    this.name = Literal.name(name);
  }

  public Condition<T> eq(V value) {
    return compared("eq", value);
  }

  public Condition<T> neq(V value) {
    return compared("neq", value);
  }

  public Condition<T> gt(V value) {
    return compared("gt", value);
  }

  public Condition<T> gte(V value) {
    return compared("gte", value);
  }

  public Condition<T> lt(V value) {
    return compared("lt", value);
  }

  public Condition<T> lte(V value) {
    return compared("lte", value);
  }

  /** None of no values. */
  public Condition<T> in(Collection<? extends V> values) {
    StringJoiner list = new StringJoiner(",", "(", ")");
    for (V value : values) list.add(Literal.quoted(Literal.of(Objects.requireNonNull(value))));
    return Condition.plain(name, "in", list.toString());
  }

  public Condition<T> isNull() {
    return Condition.plain(name, "is", "null");
  }

  public Condition<T> isNotNull() {
    return isNull().not();
  }

  /** {@code %} or {@code *} stands for any text, {@code _} for any character. */
  public Condition<T> like(String pattern) {
    return Condition.text(name, "like", pattern);
  }

  /** The same, whatever the case of letters. */
  public Condition<T> ilike(String pattern) {
    return Condition.text(name, "ilike", pattern);
  }

  public Order<T> ascending() {
    return new Order<>(name, ".asc", "");
  }

  public Order<T> descending() {
    return new Order<>(name, ".desc", "");
  }

  private Condition<T> compared(String operator, V value) {
    Objects.requireNonNull(value, "nothing compares with null: isNull()");
    return Condition.text(name, operator, Literal.of(value));
  }

  @Override
  public String toString() {
    return name;
  }
}
