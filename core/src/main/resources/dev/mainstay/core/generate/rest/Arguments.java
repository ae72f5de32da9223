package PACKAGE.rest;

import java.util.LinkedHashMap;
import java.util.Map;

/** What a function is called with, by name. */
public final class Arguments {
  final Map<String, Object> values = new LinkedHashMap<>();

  public Arguments with(String name, Object value) {
    values.put(name, value);
    return this;
  }

  /** Without a value the function takes what it takes when nothing is said. */
  public Arguments withIfGiven(String name, Object value) {
    return value == null ? this : with(name, value);
  }
}
