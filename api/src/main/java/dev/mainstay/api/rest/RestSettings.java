package dev.mainstay.api.rest;

import java.util.List;

/// How REST is served. How much a request may ask for is the planner's to say.
///
/// @param path the prefix all of it lies below, `/` for none
/// @param schemas what callers may reach, the default one first
/// @param requireWhere whether an update or delete without a filter is refused (`21000`)
public record RestSettings(String path, List<String> schemas, boolean requireWhere) {
  public static final RestSettings DEFAULT = new RestSettings("/rest/v1", List.of("public"), true);

  public RestSettings {
    schemas = List.copyOf(schemas);
    if (schemas.isEmpty()) throw new IllegalArgumentException("no schema is exposed");
  }
}
