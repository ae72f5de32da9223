package dev.mainstay.api.openapi;

import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// How requests say who makes them: the application by a key, a user by a token.
final class Security {
  private static final String KEY = "apikey";

  private Security() {}

  /// A key alone, or a key and a user's token; where none is required a token alone, or nothing.
  ///
  /// @param token what the document calls the token
  static void write(ArrayNode security, boolean requireKey, String token) {
    security.addObject().putArray(KEY);
    ObjectNode both = security.addObject();
    both.putArray(KEY);
    both.putArray(token);
    if (requireKey) return;
    security.addObject().putArray(token);
    security.addObject();
  }

  static void openApi(ObjectNode schemes) {
    key(schemes);
    schemes
        .putObject("bearer")
        .put("type", "http")
        .put("scheme", "bearer")
        .put("bearerFormat", "JWT")
        .put("description", "A user's token: says as whom. Its role replaces the key's.");
  }

  /// OpenAPI 2.0 knows no token but as a header; PostgREST's name for it is `JWT`.
  static void swagger(ObjectNode schemes) {
    key(schemes);
    schemes
        .putObject("JWT")
        .put("type", "apiKey")
        .put("in", "header")
        .put("name", "Authorization")
        .put("description", "`Bearer ` and a user's token. Its role replaces the key's.");
  }

  private static void key(ObjectNode schemes) {
    schemes
        .putObject(KEY)
        .put("type", "apiKey")
        .put("in", "header")
        .put("name", "apikey")
        .put("description", "Says which application calls, and gives a role.");
  }
}
