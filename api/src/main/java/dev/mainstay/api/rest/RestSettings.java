package dev.mainstay.api.rest;

import java.util.List;

/// How REST is served.
///
/// @param path the prefix all of it lies below, `/` for none
/// @param schemas what callers may reach, the default one first
/// @param maxRows the most rows a read answers, and each embed in it
/// @param requireWhere whether an update or delete without a filter is refused (`21000`)
public record RestSettings(String path, List<String> schemas, int maxRows, boolean requireWhere) {
  public static final RestSettings DEFAULT =
      new RestSettings("/rest/v1", List.of("public"), 1000, true);

  public RestSettings {
    schemas = List.copyOf(schemas);
    if (schemas.isEmpty()) throw new IllegalArgumentException("no schema is exposed");
    if (maxRows < 1) throw new IllegalArgumentException("maxRows: " + maxRows);
  }
}
