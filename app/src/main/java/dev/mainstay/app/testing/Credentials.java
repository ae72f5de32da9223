package dev.mainstay.app.testing;

import dev.mainstay.core.model.Role;
import dev.mainstay.core.testing.TestCaller;
import dev.mainstay.services.keys.Secret;
import dev.mainstay.services.keys.Tokens;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Keys and tokens for the callers of tests, signed with a secret that is used nowhere else.
///
/// @param audience what a token's `aud` must contain, or null
public record Credentials(Tokens tokens, @Nullable String audience, Clock clock) {
  private static final Duration LIFE = Duration.ofHours(1);
  private static final int SECRET = 48;

  public static Credentials make(@Nullable String audience, RandomGenerator random, Clock clock) {
    byte[] bytes = new byte[SECRET];
    random.nextBytes(bytes);
    var secret = new Secret(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
    return new Credentials(new Tokens(secret, audience, clock), audience, clock);
  }

  /// The headers that say who asks.
  Map<String, String> headers(TestCaller caller) {
    var headers = new LinkedHashMap<String, String>();
    boolean isKey = caller.claims() == null;
    String key = isKey ? caller.role() : Role.ANON.name();
    headers.put("apikey", tokens.sign(Map.of("iss", "mainstay", "role", key)));
    if (!isKey) headers.put("Authorization", "Bearer " + tokens.sign(claims(caller)));
    return headers;
  }

  /// What a token says of them that a user got by signing in (WIRE.md §2.7).
  private Map<String, Object> claims(TestCaller caller) {
    Instant now = clock.instant();
    var claims = new LinkedHashMap<String, Object>();
    claims.put("iss", "mainstay");
    if (caller.uid() != null) claims.put("sub", caller.uid());
    claims.put("aud", audience == null ? Role.AUTHENTICATED.name() : audience);
    claims.put("role", caller.role());
    claims.put("iat", now.getEpochSecond());
    claims.put("exp", now.plus(LIFE).getEpochSecond());
    if (caller.uid() != null) {
      claims.put("aal", "aal1");
      claims.put("is_anonymous", false);
      claims.put("app_metadata", Map.of("provider", "email", "providers", List.of("email")));
      claims.put("user_metadata", Map.of());
    }
    if (caller.claims() != null)
      for (Map.Entry<String, JsonNode> claim : caller.claims().properties())
        claims.put(claim.getKey(), JsonMapper.shared().treeToValue(claim.getValue(), Object.class));
    return claims;
  }
}
