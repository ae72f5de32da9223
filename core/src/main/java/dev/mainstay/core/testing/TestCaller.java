package dev.mainstay.core.testing;

import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// As whom a request is made.
///
/// @param name what people call them
/// @param uid the `sub` of their token, or null
/// @param claims an object with what else the token says; null for somebody who brings the key of
///   the role and no token
public record TestCaller(
    String name, String role, @Nullable String uid, @Nullable JsonNode claims) {
  /// The uid of somebody of whom nothing is known but a name: always the same.
  static String uidOf(String name) {
    byte[] bytes = ("mainstay test caller " + name).getBytes(StandardCharsets.UTF_8);
    return UUID.nameUUIDFromBytes(bytes).toString();
  }
}
