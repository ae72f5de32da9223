package dev.mainstay.testkit;

import dev.mainstay.core.plan.Caller;
import dev.mainstay.core.plan.Claims;
import java.util.HashMap;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/// Those on whose behalf tests ask.
public final class Callers {
  public static final Caller INSIDE = new Caller.Inside();
  public static final Caller.Outside ANON = outside("anon", Map.of("role", "anon"));
  public static final Caller.Outside SERVICE =
      outside("service_role", Map.of("role", "service_role"));

  private Callers() {}

  /// A signed-in user.
  public static Caller.Outside user(String sub) {
    return outside("authenticated", Map.of("role", "authenticated", "sub", sub));
  }

  /// A signed-in user whose token says more.
  public static Caller.Outside user(String sub, Map<String, Object> claims) {
    Map<String, Object> all = new HashMap<>(claims);
    all.put("role", "authenticated");
    all.put("sub", sub);
    return outside("authenticated", all);
  }

  public static Caller.Outside outside(String role, Map<String, Object> claims) {
    return new Caller.Outside(
        role, new Claims(claims, JsonMapper.shared().writeValueAsString(claims)));
  }
}
