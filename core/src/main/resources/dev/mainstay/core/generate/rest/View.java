package PACKAGE.rest;

import java.util.List;

/**
 * Rows that can be read.
 *
 * @param <T> a row
 */
public final class View<T> extends Query<T, View<T>> {
  public View(Connection connection, String name, Class<T> row, String columns) {
    this(new Source<>(connection, name, row, columns), new Asked(List.of(), List.of(), -1, -1));
  }

  private View(Source<T> source, Asked asked) {
    super(source, asked);
  }

  @Override
  View<T> with(Asked asked) {
    return new View<>(source, asked);
  }
}
