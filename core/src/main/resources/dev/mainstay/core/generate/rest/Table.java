package PACKAGE.rest;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.StringJoiner;
import java.util.stream.Collectors;

/**
 * Rows that can be read and written, as far as the caller may.
 *
 * @param <T> a row
 * @param <V> values for one
 */
public final class Table<T, V extends Values> extends Query<T, Table<T, V>> {
  public Table(Connection connection, String name, Class<T> row, String columns) {
    this(new Source<>(connection, name, row, columns), new Asked(List.of(), List.of(), -1, -1));
  }

  private Table(Source<T> source, Asked asked) {
    super(source, asked);
  }

  @Override
  Table<T, V> with(Asked asked) {
    return new Table<>(source, asked);
  }

  /** Makes a row, and answers it as it is stored. */
  public T insert(V values) {
    return written("POST").body(values.values).single(source.row());
  }

  /** Makes rows, all or none, and answers them as they are stored. */
  public List<T> insertAll(List<V> rows) {
    return rows.isEmpty() ? List.of() : several(written("POST"), rows).list(source.row());
  }

  /** Makes rows without reading them, which a caller may be allowed to who may not read. */
  public void add(List<V> rows) {
    if (!rows.isEmpty())
      several(source.connection().request("POST", source.name()), rows)
          .prefer("return=minimal")
          .nothing();
  }

  /** Makes a row, or changes the one that has the same values in the columns, or the same key. */
  @SafeVarargs
  public final T upsert(V values, Column<T, ?>... columns) {
    Request request = written("POST").prefer("resolution=merge-duplicates");
    StringJoiner names = new StringJoiner(",");
    for (Column<T, ?> column : columns) names.add(column.name);
    if (columns.length > 0) request.parameter("on_conflict", names.toString());
    return request.body(values.values).single(source.row());
  }

  /** Changes all these rows, and answers them as they are now. */
  public List<T> update(V values) {
    return written("PATCH").body(values.values).list(source.row());
  }

  /** Deletes all these rows, and answers them as they were. */
  public List<T> delete() {
    return written("DELETE").list(source.row());
  }

  private Request written(String method) {
    if (asked.limit() >= 0 || asked.offset() >= 0)
      throw new IllegalStateException("rows are written without a limit or an offset");
    if (method.equals("POST") && !asked.where().isEmpty())
      throw new IllegalStateException("rows are made without conditions");
    return request(method, source.columns()).prefer("return=representation");
  }

  /** What some name and others do not is filled as if nobody had. */
  private Request several(Request request, List<V> rows) {
    Set<String> columns = new LinkedHashSet<>();
    List<Map<String, Object>> body = new ArrayList<>();
    for (V row : rows) {
      columns.addAll(row.values.keySet());
      body.add(row.values);
    }
    String names = columns.stream().map(Literal::name).collect(Collectors.joining(","));
    if (!columns.isEmpty()) request.parameter("columns", names).prefer("missing=default");
    return request.body(body);
  }
}
