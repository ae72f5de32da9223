package dev.mainstay.api.rest;

import dev.mainstay.core.model.TableName;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How REST is served. How much a request may ask for is the planner's to say.
///
/// @param path the prefix all of it lies below, `/` for none
/// @param schemas what callers may reach, the default one first
/// @param requireWhere whether an update or delete without a filter is refused (`21000`)
/// @param ending what becomes of what a request has written, `Prefer: tx=` or not
/// @param plans whether callers may see how the engine would carry out what they ask
/// @param preRequest the function, without arguments, that is called ahead of every request and in
///   its transaction; or null
public record RestSettings(
    String path,
    List<String> schemas,
    boolean requireWhere,
    Ending ending,
    boolean plans,
    @Nullable TableName preRequest) {
  public static final RestSettings DEFAULT =
      new RestSettings("/rest/v1", List.of("public"), true, Ending.COMMIT, false, null);

  public RestSettings {
    schemas = List.copyOf(schemas);
    if (schemas.isEmpty()) throw new IllegalArgumentException("no schema is exposed");
  }

  public RestSettings withSchemas(List<String> shown) {
    return new RestSettings(path, shown, requireWhere, ending, plans, preRequest);
  }

  public RestSettings withoutRequiredWhere() {
    return new RestSettings(path, schemas, false, ending, plans, preRequest);
  }

  public RestSettings withPlans() {
    return new RestSettings(path, schemas, requireWhere, ending, true, preRequest);
  }

  public RestSettings ending(Ending other) {
    return new RestSettings(path, schemas, requireWhere, other, plans, preRequest);
  }

  public RestSettings withPreRequest(TableName function) {
    return new RestSettings(path, schemas, requireWhere, ending, plans, function);
  }
}
