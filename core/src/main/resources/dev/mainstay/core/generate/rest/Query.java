package PACKAGE.rest;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Some rows of a table or view, in some order. Each method answers another query, or asks the
 * server, which throws {@link RestException}; a query itself never changes.
 *
 * @param <T> a row
 * @param <Q> this type
 */
public abstract class Query<T, Q extends Query<T, Q>> {
  final Source<T> source;
  final Asked asked;

  Query(Source<T> source, Asked asked) {
    this.source = source;
    this.asked = asked;
  }

  /** Where the rows are. */
  record Source<T>(Connection connection, String name, Class<T> row, String columns) {}

  /** Which of them; -1 for no limit and no offset. */
  record Asked(List<Condition<?>> where, List<String> order, long limit, long offset) {}

  abstract Q with(Asked other);

  /** Those of them for which all the conditions hold. */
  @SafeVarargs
  public final Q where(Condition<T>... conditions) {
    List<Condition<?>> all = new ArrayList<>(asked.where());
    for (Condition<T> condition : conditions) all.add(condition);
    return with(new Asked(all, asked.order(), asked.limit(), asked.offset()));
  }

  /** Sorted, behind what they are sorted by already. */
  @SafeVarargs
  public final Q order(Order<T>... orders) {
    List<String> all = new ArrayList<>(asked.order());
    for (Order<T> order : orders) all.add(order.toString());
    return with(new Asked(asked.where(), all, asked.limit(), asked.offset()));
  }

  /** At most so many. */
  public final Q limit(long most) {
    return with(new Asked(asked.where(), asked.order(), most, asked.offset()));
  }

  /** Without the first ones. */
  public final Q offset(long first) {
    return with(new Asked(asked.where(), asked.order(), asked.limit(), first));
  }

  public final List<T> list() {
    return list(source.row(), source.columns());
  }

  /** The first one, if there is any. */
  public final Optional<T> first() {
    return limit(1).list().stream().findFirst();
  }

  /** The only one; {@code PGRST116} if there is none or another. */
  public final T single() {
    return single(source.row(), source.columns());
  }

  /** With what is selected, embedded rows perhaps among it, as another type. */
  public final <R> List<R> list(Class<R> type, String select) {
    return request("GET", select).list(type);
  }

  /** The only one, with what is selected. */
  public final <R> R single(Class<R> type, String select) {
    return request("GET", select).single(type);
  }

  /** How many there are, whatever the limit. */
  public final long count() {
    return request("HEAD", null).count();
  }

  final Request request(String method, String select) {
    Request request = source.connection().request(method, source.name());
    if (select != null) request.parameter("select", select);
    for (Condition<?> condition : asked.where()) request.parameter(condition.name, condition.test);
    if (!asked.order().isEmpty())
      request.parameter("order", String.join(",", asked.order()));
    if (asked.limit() >= 0) request.parameter("limit", Long.toString(asked.limit()));
    if (asked.offset() >= 0) request.parameter("offset", Long.toString(asked.offset()));
    return request;
  }
}
