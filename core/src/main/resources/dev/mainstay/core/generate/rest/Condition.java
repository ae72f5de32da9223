package PACKAGE.rest;

import java.util.StringJoiner;

/**
 * A condition on rows.
 *
 * @param <T> the rows
 */
public final class Condition<T> {
  /** What stands before the {@code =} of a query. */
  final String name;

  /** What stands behind it. */
  final String test;

  /** The same, within another condition. */
  private final String inner;

  private Condition(String name, String test, String inner) {
    this.name = name;
    this.test = test;
    this.inner = inner;
  }

  /** A comparison with a text that may hold anything. */
  static <T> Condition<T> text(String name, String operator, String text) {
    return new Condition<>(
        name, operator + "." + text, name + "." + operator + "." + Literal.quoted(text));
  }

  static <T> Condition<T> plain(String name, String operator, String text) {
    return new Condition<>(name, operator + "." + text, name + "." + operator + "." + text);
  }

  /** All of them hold. */
  @SafeVarargs
  public static <T> Condition<T> all(Condition<T>... conditions) {
    StringJoiner list = new StringJoiner(",", "(", ")");
    for (Condition<T> condition : conditions) list.add(condition.inner);
    return group("and", list.toString());
  }

  /** One of them holds, or several. */
  @SafeVarargs
  public static <T> Condition<T> any(Condition<T>... conditions) {
    StringJoiner list = new StringJoiner(",", "(", ")");
    for (Condition<T> condition : conditions) list.add(condition.inner);
    return group("or", list.toString());
  }

  private static <T> Condition<T> group(String word, String list) {
    return new Condition<>(word, list, word + list);
  }

  /** It does not hold; of null neither does. */
  public Condition<T> not() {
    if (test.startsWith("(")) return new Condition<>(inverse(name), test, inverse(inner));
    String without = inner.substring(name.length() + 1);
    return new Condition<>(name, inverse(test), name + "." + inverse(without));
  }

  private static String inverse(String words) {
    return words.startsWith("not.") ? words.substring("not.".length()) : "not." + words;
  }

  @Override
  public String toString() {
    return inner;
  }
}
