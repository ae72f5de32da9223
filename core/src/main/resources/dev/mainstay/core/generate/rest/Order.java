package PACKAGE.rest;

/**
 * An order of rows by a column.
 *
 * @param <T> the rows
 */
public final class Order<T> {
  private final String column;
  private final String direction;
  private final String nulls;

  Order(String column, String direction, String nulls) {
    this.column = column;
    this.direction = direction;
    this.nulls = nulls;
  }

  public Order<T> nullsFirst() {
    return new Order<>(column, direction, ".nullsfirst");
  }

  public Order<T> nullsLast() {
    return new Order<>(column, direction, ".nullslast");
  }

  @Override
  public String toString() {
    return column + direction + nulls;
  }
}
