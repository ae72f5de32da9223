package dev.mainstay.api.http;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BooleanSupplier;

/// The pages the server has besides its endpoints.
public final class Pages {
  private Pages() {}

  /// `/health/live`: the process answers.
  public static Page live() {
    return request -> Plain.json(200, Map.of("status", "live"));
  }

  /// `/health/ready`: the database answers too, and the server is not about to stop.
  public static Page ready(BooleanSupplier isReachable, BooleanSupplier isDraining) {
    return request -> {
      if (isDraining.getAsBoolean())
        return Plain.error(503, "stopping", "The server is about to stop", null);
      return isReachable.getAsBoolean()
          ? Plain.json(200, Map.of("status", "ready"))
          : Plain.error(503, "unavailable", "The database does not answer", null);
    };
  }

  /// `/`: what this is and where its parts are.
  public static Page landing(Map<String, String> parts) {
    var body = new LinkedHashMap<String, Object>();
    body.put("name", "Mainstay");
    body.putAll(parts);
    return request -> Plain.json(200, body);
  }
}
