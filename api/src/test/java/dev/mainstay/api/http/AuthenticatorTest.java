package dev.mainstay.api.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mainstay.core.plan.Caller;
import dev.mainstay.core.plan.Claims;
import dev.mainstay.core.problem.Problem;
import dev.mainstay.core.problem.ProblemException;
import dev.mainstay.services.keys.Secret;
import dev.mainstay.services.keys.Tokens;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class AuthenticatorTest {
  private static final Tokens TOKENS = new Tokens(Edge.SECRET, null, Clock.systemUTC());
  private static final Tokens FOREIGN =
      new Tokens(new Secret("another secret of thirty-two bytes"), null, Clock.systemUTC());
  private static final Set<String> ROLES =
      Set.of("anon", "authenticated", "service_role", "editor");
  private static final Map<String, String> KEYS =
      Map.of("sb_publishable_1", "anon", "sb_secret_1", "service_role", "sb_secret_2", "dropped");

  private static final String ANON = TOKENS.sign(Map.of("role", "anon"));
  private static final String SERVICE = TOKENS.sign(Map.of("role", "service_role"));
  private static final String USER = TOKENS.sign(Map.of("role", "authenticated"));
  private static final String DROPPED = TOKENS.sign(Map.of("role", "dropped"));
  private static final String NO_ROLE = TOKENS.sign(Map.of("name", "x"));
  private static final String EXPIRED = TOKENS.sign(Map.of("role", "anon", "exp", 1));
  private static final String STRANGE = FOREIGN.sign(Map.of("role", "service_role"));

  private static final Problem NOT_DECLARED =
      new Problem.Database("22023", "role \"dropped\" does not exist", null, null);

  @Test
  void takesTheRoleOfTheUsersTokenElseOfTheKey() {
    record Case(@Nullable String key, @Nullable String authorization, Object expected) {}
    for (Case one :
        List.of(
            new Case(null, null, new Problem.NoKey(false)),
            new Case("", null, new Problem.NoKey(false)),
            new Case(null, "Bearer " + USER, new Problem.NoKey(false)),
            new Case("nonsense", null, new Problem.NoKey(true)),
            new Case("a.b.c", "Bearer " + USER, new Problem.NoKey(true)),
            new Case("sb_publishable_9", null, new Problem.NoKey(true)),
            new Case(EXPIRED, null, new Problem.NoKey(true)),
            new Case(STRANGE, null, new Problem.NoKey(true)),
            new Case("sb_secret_2", null, NOT_DECLARED),
            new Case(DROPPED, null, NOT_DECLARED),
            new Case(ANON, null, role("anon")),
            new Case(
                NO_ROLE,
                null,
                new Caller.Outside("anon", new Claims(Map.of("name", "x"), "{\"name\":\"x\"}"))),
            new Case(ANON, "Bearer " + ANON, role("anon")),
            new Case(ANON, "Bearer " + USER, role("authenticated")),
            new Case(ANON, "bearer  " + USER, role("authenticated")),
            new Case(SERVICE, "Bearer " + USER, role("authenticated")),
            new Case(ANON, "Basic eDp5", role("anon")),
            new Case(
                ANON,
                "Bearer",
                new Problem.BadToken("PGRST301", "Empty JWT is sent in Authorization header")),
            new Case(
                ANON,
                "Bearer ",
                new Problem.BadToken("PGRST301", "Empty JWT is sent in Authorization header")),
            new Case(
                ANON,
                "Bearer x",
                new Problem.BadToken("PGRST301", "Expected 3 parts in JWT; got 1")),
            new Case(
                ANON,
                "Bearer " + STRANGE,
                new Problem.BadToken("PGRST301", "JWT cryptographic operation failed")),
            new Case(ANON, "Bearer " + EXPIRED, new Problem.BadToken("PGRST303", "JWT expired")),
            new Case(ANON, "Bearer " + DROPPED, NOT_DECLARED),
            new Case("sb_publishable_1", null, new Caller.Outside("anon", Claims.NONE)),
            new Case(
                "sb_publishable_1",
                "Bearer sb_publishable_1",
                new Caller.Outside("anon", Claims.NONE)),
            new Case(
                "sb_publishable_1", "Bearer sb_secret_1", new Caller.Outside("anon", Claims.NONE)),
            new Case("sb_secret_1", "Bearer " + USER, role("authenticated")),
            new Case("sb_secret_1", null, new Caller.Outside("service_role", Claims.NONE)))) {
      assertThat(outcome(authenticator(true), one.key(), one.authorization()))
          .as("%s %s", one.key(), one.authorization())
          .isEqualTo(one.expected());
    }
  }

  @Test
  void canBeToldToTakeThoseWhoBringNoKey() {
    record Case(@Nullable String key, @Nullable String authorization, Object expected) {}
    for (Case one :
        List.of(
            new Case(null, null, new Caller.Outside("anon", Claims.NONE)),
            new Case(null, "Bearer " + USER, role("authenticated")),
            new Case(null, "Bearer sb_secret_1", new Caller.Outside("service_role", Claims.NONE)),
            new Case(null, "Bearer sb_secret_9", new Problem.NoKey(true)),
            new Case(null, "Bearer " + EXPIRED, new Problem.BadToken("PGRST303", "JWT expired")),
            new Case("nonsense", null, new Problem.NoKey(true)))) {
      assertThat(outcome(authenticator(false), one.key(), one.authorization()))
          .as("%s %s", one.key(), one.authorization())
          .isEqualTo(one.expected());
    }
  }

  @Test
  void knowsTheOperatorByTheServiceKey() {
    Authenticator authenticator = authenticator(true);
    assertThat(authenticator.isOperator(headers(SERVICE, null))).isTrue();
    assertThat(authenticator.isOperator(headers("sb_secret_1", null))).isTrue();
    assertThat(authenticator.isOperator(headers(null, "Bearer " + SERVICE))).isTrue();
    assertThat(authenticator.isOperator(headers(ANON, "Bearer " + SERVICE))).isFalse();
    assertThat(authenticator.isOperator(headers(null, null))).isFalse();
    assertThat(authenticator.isOperator(headers(ANON, null))).isFalse();
  }

  private static Authenticator authenticator(boolean requireKey) {
    return new Authenticator(TOKENS, KEYS::get, requireKey);
  }

  private static Caller.Outside role(String role) {
    return new Caller.Outside(
        role, new Claims(Map.of("role", role), "{\"role\":\"" + role + "\"}"));
  }

  private static Object outcome(
      Authenticator authenticator, @Nullable String key, @Nullable String authorization) {
    try {
      return authenticator.caller(headers(key, authorization), ROLES::contains);
    } catch (ProblemException e) {
      return e.problem();
    }
  }

  private static Headers headers(@Nullable String key, @Nullable String authorization) {
    var headers = new LinkedHashMap<String, List<String>>();
    if (key != null) headers.put("apikey", List.of(key));
    if (authorization != null) headers.put("authorization", List.of(authorization));
    return new Headers(headers);
  }
}
