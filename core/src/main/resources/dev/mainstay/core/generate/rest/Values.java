package PACKAGE.rest;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Values for a new row, or for a change of rows. A column that is not named is not written; one
 * that is given null becomes null.
 */
public abstract class Values {
  final Map<String, Object> values = new LinkedHashMap<>();

  protected final void put(String column, Object value) {
    values.put(column, value);
  }

  @Override
  public final String toString() {
    return values.toString();
  }
}
