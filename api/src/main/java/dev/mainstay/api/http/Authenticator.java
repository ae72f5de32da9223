package dev.mainstay.api.http;

import dev.mainstay.core.model.Role;
import dev.mainstay.core.plan.Caller;
import dev.mainstay.core.plan.Claims;
import dev.mainstay.core.problem.Problem;
import dev.mainstay.core.problem.ProblemException;
import dev.mainstay.services.keys.Tokens;
import java.util.Locale;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Finds out who asks, from the headers `apikey` and `Authorization` (WIRE.md §0, §1.18).
///
/// The key says which application calls and gives a role; a user's token in `Authorization`, when
/// there is one, says as whom and replaces that role. An opaque key (`sb_…`) in `Authorization` is
/// no user's token.
public final class Authenticator {
  private static final String BEARER = "bearer";

  private final Tokens tokens;
  private final OpaqueKeys keys;
  private final boolean requireKey;

  /// @param requireKey false: who brings nothing is `anon`
  public Authenticator(Tokens tokens, OpaqueKeys keys, boolean requireKey) {
    this.tokens = tokens;
    this.keys = keys;
    this.requireKey = requireKey;
  }

  /// Knows the keys that are no tokens.
  @FunctionalInterface
  public interface OpaqueKeys {
    /// The role a key acts as, or null when it is unknown or revoked.
    @Nullable String role(String key);
  }

  /// @param isDeclared whether the model has a role of that name
  /// @throws ProblemException [Problem.NoKey], [Problem.BadToken], or `22023` for a role that is
  ///   not declared
  public Caller.Outside caller(Headers headers, Predicate<String> isDeclared) {
    String key = headers.first("apikey");
    String bearer = bearer(headers);
    if (key == null || key.isEmpty()) {
      if (requireKey) throw new ProblemException(new Problem.NoKey(false));
      if (bearer == null) return new Caller.Outside(Role.ANON.name(), Claims.NONE);
      return declared(isOpaque(bearer) ? byKey(bearer) : byToken(bearer), isDeclared);
    }
    Caller.Outside application = declared(byKey(key), isDeclared);
    if (bearer == null || isOpaque(bearer) || bearer.equals(key)) return application;
    return declared(byToken(bearer), isDeclared);
  }

  /// Whether the headers carry a key of a role that passes every policy, in `apikey` or in
  /// `Authorization`.
  public boolean isOperator(Headers headers) {
    String key = headers.first("apikey");
    if (key == null) key = bearer(headers);
    return key != null && byKey(key).role().equals(Role.SERVICE.name());
  }

  private Caller.Outside byKey(String key) {
    if (isOpaque(key)) {
      String role = keys.role(key);
      if (role == null) throw new ProblemException(new Problem.NoKey(true));
      return new Caller.Outside(role, Claims.NONE);
    }
    try {
      return byToken(key);
    } catch (ProblemException e) {
      throw e.problem() instanceof Problem.BadToken
          ? new ProblemException(new Problem.NoKey(true))
          : e;
    }
  }

  private Caller.Outside byToken(String token) {
    Claims claims = tokens.verified(token);
    Object role = claims.values().get("role");
    return new Caller.Outside(role instanceof String name ? name : Role.ANON.name(), claims);
  }

  private static Caller.Outside declared(Caller.Outside caller, Predicate<String> isDeclared) {
    if (isDeclared.test(caller.role())) return caller;
    // PostgreSQL's own words when PostgREST tries SET ROLE; it answers 401.
    throw new ProblemException(
        new Problem.Database("22023", "role \"" + caller.role() + "\" does not exist", null, null));
  }

  private static boolean isOpaque(String key) {
    return key.startsWith("sb_");
  }

  private static @Nullable String bearer(Headers headers) {
    String header = headers.first("authorization");
    if (header == null) return null;
    int space = header.indexOf(' ');
    String scheme = space < 0 ? header : header.substring(0, space);
    if (!scheme.toLowerCase(Locale.ROOT).equals(BEARER)) return null;
    return space < 0 ? "" : header.substring(space + 1).strip();
  }
}
