package dev.mainstay.core.plan;

/// On whose behalf a request runs.
public sealed interface Caller {
  /// Somebody outside: a role that the model declares, and the claims of a verified token.
  record Outside(String role, Claims claims) implements Caller {}

  /// Mainstay's own services. Sees the system schemas, passes every policy, and is never made from
  /// a request.
  record Inside() implements Caller {}
}
